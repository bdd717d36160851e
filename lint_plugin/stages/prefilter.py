"""Tell from bytes alone whether a file can matter: bytes -> Traces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from cost_lib.catalog.tokens import names_provider, provider_imports, providers_in

if TYPE_CHECKING:
    from cost_lib.policy import Policy

SANCTIONED: Final = re.compile(rb"(?<![\w.])cost_lib(?!\w)")


class Needles(NamedTuple):
    """What makes a file relevant by the policy: one of these words, or all of a group."""

    words: frozenset[bytes] = frozenset()
    groups: tuple[tuple[bytes, ...], ...] = ()


def may_be_relevant(data: bytes, needles: Needles) -> bool:
    """Tell whether something besides the imports of a file may make it relevant; a quick question, which errs on the side of relevance."""
    return (
        names_provider(data)
        or (bool(needles.words) and any(word in data for word in needles.words))
        or any(all(word in data for word in group) for group in needles.groups)
    )


# A declaration stands in a comment on one of the first two lines, and the first is blank or a comment too.
_DECLARED: Final = re.compile(rb"(?:\xef\xbb\xbf)?(?:[ \t\f]*(?:#[^\r\n]*)?\r?\n)?[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
_PROBE: Final = bytes(range(128)) + b"\\u0041 +AEE- ~{"


def hides_names(data: bytes) -> bool:
    """Tell whether a file is declared to be in an encoding that can spell a name by other bytes than its own letters: UTF-7, escapes."""
    found = _DECLARED.match(data)
    return found is not None and not _spells_plainly(found[1])


@cache
def _spells_plainly(encoding: bytes) -> bool:
    try:
        return _PROBE.decode(encoding.decode()) == _PROBE.decode("ascii")
    except UnicodeError:
        return False
    except LookupError:  # of no text: what Python itself cannot read hides nothing
        return True


def relevant_imports(lines: bytes) -> Iterator[int]:
    """Yield where in lines with imports something is imported that makes a file relevant, sooner or later."""
    yield from provider_imports(lines)
    if b"cost_lib" in lines:
        for match in SANCTIONED.finditer(lines):
            yield match.start()


def is_relevant(data: bytes, needles: Needles) -> bool:
    """Tell whether a file names a provider, a provider's host, the sanctioned library or something of the policy's."""
    if b"cost_lib" in data and SANCTIONED.search(data) is not None:
        return True
    if bool(providers_in(data)) and _reaches_provider(data):
        return True
    return any(word in data for word in needles.words) or any(all(word in data for word in group) for group in needles.groups)


def needles_of(policy: Policy) -> Needles:
    """Return what a policy makes relevant: house wrappers, gateways, and whatever rules look for that are off by default."""
    words = [wrapper.name.rpartition(".")[2] for wrapper in policy.wrappers]
    words += [max(host.split("*"), key=len) for host in policy.hosts]
    groups: list[Iterable[str]] = []
    if policy.enables("CMK105"):
        from cost_lib import catalog

        groups += (chain.split(".") for chain in catalog.load().chains())
    if policy.enables("CMK302"):
        groups += ((token, operator) for token in ("token", "Token", "TOKEN") for operator in "*/")
    return Needles(frozenset(word.encode() for word in words), tuple(sorted(tuple(word.encode() for word in group) for group in groups)))


# What stands in brackets may go over several lines, and what stands behind a backslash belongs to the line.
_IMPORT: Final = re.compile(rb"import(?:[^\n\\(]++|\((?:[^)#]++|#[^\n]*+)*+|\\\r?\n|\\)*+")
_BACKSLASH_OR_RETURN: Final = b"\\\r"
_CONTINUED: Final = (b"\\\n", b"\\\r\n")


def import_lines(data: bytes) -> list[bytes]:
    """Return the lines in which something is imported, or that hold the word; a file has few of them, and shares most with others."""
    lines: list[bytes] = []
    start_of = data.rfind
    for found in _IMPORT.finditer(data):
        at, end = found.span()
        start = start_of(b"\n", 0, at) + 1
        if start > 1 and data[start - 2] in _BACKSLASH_OR_RETURN:  # ``from x \`` may stand above
            while data.endswith(_CONTINUED, 0, start):
                start = start_of(b"\n", 0, start - 1) + 1
        lines.append(data[start:end])
    return lines


def cells_as_lines(data: bytes) -> bytes:
    """Return a notebook in which the lines of its cells, strings or ends of lines in one, are lines."""
    return data.replace(b"\\n", b"\n").replace(b'"', b"\n")


_FROM: Final = re.compile(rb"from[ \t]+([A-Za-z_][\w.]*)[ \t]+import[ \t]+(\([^)]*\)|[^\n]*)")
_NAMES: Final = re.compile(rb"(\w+)(?:[ \t]+as[ \t]+\w+)?")


def _reaches_provider(data: bytes) -> bool:
    """Tell whether a file that names a provider takes more from it than exceptions, types and other plain names.

    Everything but ``from package import names`` counts, and so does an unmistakable call on whatever receiver.
    """
    from cost_lib import catalog

    known = catalog.load()
    roots = known.roots()
    rest = data
    for match in _FROM.finditer(data):
        module = match[1].decode()
        if module.partition(".")[0] not in roots:
            continue
        names = match[2].partition(b"#")[0] if not match[2].startswith(b"(") else match[2]
        if b"*" in names or any(known.matters(f"{module}.{name.decode()}") for name in _NAMES.findall(names) if name != b"as"):
            return True
        rest = rest.replace(match.group(), b"")
    return bool(providers_in(rest)) or any(chain in rest for chain in _distinctive())


@cache
def _distinctive() -> tuple[bytes, ...]:
    from cost_lib import catalog

    return tuple(f".{chain.rpartition('.')[2]}(".encode() for chain in sorted(catalog.load().chains()))
