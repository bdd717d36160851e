"""Tell from bytes alone whether a file can matter: bytes -> Traces."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from cost_lib.catalog import providers_in

if TYPE_CHECKING:
    from cost_lib.policy import Policy

SANCTIONED: Final = re.compile(rb"(?<![\w.])cost_lib(?!\w)")


class Needles(NamedTuple):
    """What makes a file relevant by the policy: one of these words, or all of a group."""

    words: frozenset[bytes] = frozenset()
    groups: tuple[tuple[bytes, ...], ...] = ()


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


# The line break comes first, literally: the search then jumps from line to line.
_IMPORT: Final = re.compile(rb"\n[ \t]*(?:from[ \t]+[\w.]+[ \t]+import[ \t]+(?:\([^)]*\)|[^\n]*)|import[ \t]+[^\n]+)")
STAR: Final = b"*"  # among the imported words of a file with a star import
_STAR: Final = re.compile(rb"import[ \t\r(]*\*")
_WORD: Final = re.compile(rb"\w+")


def imported_words(data: bytes) -> frozenset[bytes]:
    """Return every word in the import statements of a file: segments of modules and names taken from them."""
    if data[:64].lstrip()[:1] == b"{":  # a notebook: lines are strings, or ends of lines in one
        data = data.replace(b"\\n", b"\n").replace(b'"', b"\n")
    statements = b"".join(_IMPORT.findall(b"\n" + data))
    words = set(_WORD.findall(statements))
    if STAR in statements and imports_star(statements):
        words.add(STAR)
    return frozenset(words)


def imports_star(data: bytes) -> bool:
    """Tell whether there may be a star import."""
    return _STAR.search(data) is not None


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
