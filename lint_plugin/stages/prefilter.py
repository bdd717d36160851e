"""Tell from bytes alone whether a file can matter: bytes -> Traces."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from cost_lib.catalog import providers_in

SANCTIONED: Final = re.compile(rb"(?<![\w.])cost_lib(?!\w)")


def is_relevant(data: bytes, wrappers: frozenset[bytes]) -> bool:
    """Tell whether a file names a provider, a provider's host, the sanctioned library or a house wrapper."""
    if b"cost" in data and SANCTIONED.search(data) is not None:
        return True
    if bool(providers_in(data)):
        return True
    return any(token in data for token in wrappers)


def wrapper_tokens(names: Iterable[str]) -> frozenset[bytes]:
    """Return the bytes by which a file that uses a house wrapper is known: the wrapper's last name and its module's."""
    return frozenset(name.rpartition(".")[2].encode() for name in names)


_IMPORT: Final = re.compile(
    rb"(?:^|\n)[ \t]*(?:from[ \t]+(\.*[\w.]*)[ \t]+import[ \t]+(\([^)]*\)|[^\n]*)|import[ \t]+([^\n]+))"
)
_WORD: Final = re.compile(rb"\w+")


def imported_words(data: bytes) -> frozenset[bytes]:
    """Return every word in the import statements of a file: segments of modules and names taken from them."""
    words: set[bytes] = set()
    for match in _IMPORT.finditer(data):
        words.update(_WORD.findall(match.group()))
    return frozenset(words)
