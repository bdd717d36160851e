"""Find, in the bytes of a file, which providers it may use.

One alternation of all tokens takes 27 ns a byte, more than the whole budget of a cold run. So each kind of token is looked
for behind the rare bytes that must precede it: ``from``, ``import`` or the dot before a top-level domain. On 33 MB of
Python that takes 0.1 s instead of 0.9 s.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from cost_lib.catalog.registry import ALSO, HOSTS, TOKENS, WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Owners = dict[bytes, frozenset[str]]


def provider_imports(lines: bytes) -> Iterator[int]:
    """Yield where in lines with imports a provider is imported."""
    _, statement, plain = _imports()
    for pattern in (statement, plain):
        for match in pattern.finditer(lines):
            yield match.start(1)


def names_provider(data: bytes) -> bool:
    """Tell whether a file names a provider's host, or holds a word of one, whatever it imports."""
    _, hosts, domain = _domains()
    for match in domain.finditer(data):
        if data.endswith(hosts, 0, match.end()):
            return True
    return any(word in data for word in _words())


def providers_in(data: bytes) -> frozenset[str]:
    """Return the names of the provider modules that a file may use: it imports them, names a host or holds a word of theirs."""
    found = {name for name in _imported(data) if name not in ALSO or any(word in data for word in ALSO[name])}
    owners, hosts, domain = _domains()
    for match in domain.finditer(data):
        if data.endswith(hosts, 0, match.end()):
            found.update(*(names for host, names in owners.items() if data.endswith(host, 0, match.end())))
    found.update(*(names for word, names in _words().items() if word in data))
    return frozenset(found)


def _imported(data: bytes) -> set[str]:
    found: set[str] = set()
    owners, statement, plain = _imports()
    for token in statement.findall(data):
        found |= owners[token]
    for match in plain.finditer(data):
        found.update(*(owners[token] for token in (match[1], *_listed(data, match.end()))))
    return found


def _listed(data: bytes, start: int) -> list[bytes]:
    owners, _, _ = _imports()
    names = data[start : data.find(b"\n", start) + 1 or None].split(b",")[1:]  # the rest of `import x, y`
    return [token for token in owners if any(name.lstrip().startswith(token) for name in names)]


@cache
def _imports() -> tuple[Owners, re.Pattern[bytes], re.Pattern[bytes]]:
    exact = _owners(TOKENS)
    # The longest token wins, so it also stands for those that it begins with.
    owners = {token: frozenset[str]().union(*(names for other, names in exact.items() if token.startswith(other))) for token in exact}
    tokens = _either(exact)
    # Repetitions are bounded: a hostile line must not take time that grows with its square.
    listed = rb"[ \t]+(?:[\w.]++(?:[ \t]++as[ \t]++\w++)?,[ \t]*+){0,40}?"  # `import os, x`
    called = rb"\w{0,40}+\(\s{0,99}+(?:name\s?=\s?)?[\"']"  # import_module("x"), __import__("x"), importorskip("x")
    return owners, re.compile(rb"from[ \t]+(%s)" % tokens), re.compile(rb"import(?:%s|%s)(%s)" % (listed, called, tokens))


@cache
def _domains() -> tuple[Owners, tuple[bytes, ...], re.Pattern[bytes]]:
    owners = _owners(HOSTS)
    endings = _either({host.rpartition(b".")[2] for host in owners})
    return owners, tuple(owners), re.compile(rb"\.(?:%s)(?![\w-])" % endings)


@cache
def _words() -> Owners:
    return _owners(WORDS)


def _owners(table: Mapping[str, tuple[bytes, ...]]) -> Owners:
    owners: Owners = {}
    for name, tokens in table.items():
        for token in tokens:
            owners[token] = owners.get(token, frozenset()) | {name}
    return owners


def _either(tokens: Iterable[bytes]) -> bytes:
    return b"|".join(re.escape(token) for token in sorted(tokens, key=len, reverse=True))
