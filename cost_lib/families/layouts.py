"""Know the layout of an answer again: the same members in the same order, so that one pattern proves it and finds the counts.

A layout is learned from an answer that was read in full. Its tail runs from ``"usage"`` to the end of the document: every name, every
brace and every word that decides about the price is as it was, and only counts and other values differ. Its head runs from the
beginning to the model. Whatever does not match is read in full.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from cost_lib.families.plain import Counts, count_message, count_vectors

Match = Callable[..., "re.Match[bytes] | None"]
USAGE: Final = b'"usage"'
LONGEST: Final = 4096  # bytes of a head or a tail
TOKEN: Final = re.compile(rb'\s+|"[^"\\]*"|-?[0-9][0-9.eE+-]*|true|false|null|[{}:,]')
TABLES: Final = (b"{", b"}")
DIGITS_OR_SIGN: Final = b"-0123456789"
BEFORE: Final = (b",", b"{")  # a name
Piece = tuple[int, bytes]  # of a pattern: its kind, and what stands there exactly
EXACT, SPACE, COUNT, DIGITS, NUMBER, WORD = range(6)  # the compiled twin knows them by these numbers
BY_KIND: Final = {
    SPACE: rb"[ \t\r\n]*",
    COUNT: rb"(0|[1-9][0-9]{0,11})",
    DIGITS: rb"[0-9]+",
    NUMBER: rb"-?[0-9][0-9.eE+-]*",
    WORD: rb'"[^"\\]*"',
}
DECIDING: Final = frozenset(("service_tier", "model", "error"))  # words by which a price is chosen, wherever they stand
MODEL_PATH: Final = ("model",)
TIER_OF_CHAT: Final = ("service_tier",)
TIER_OF_MESSAGE: Final = ("usage", "service_tier")
IGNORED: Final = frozenset(("accepted_prediction_tokens", "rejected_prediction_tokens"))  # parts of what is counted anyway
# what ``settle`` takes from an answer, in its order
CHAT: Final = ("prompt_tokens", "completion_tokens", "cached_tokens", "total_tokens", "reasoning_tokens")
MESSAGE: Final = (
    *("input_tokens", "output_tokens", "cache_read_input_tokens", "cache_creation_input_tokens"),
    *("ephemeral_1h_input_tokens", "ephemeral_5m_input_tokens"),
)


class Layout(NamedTuple):
    """What answers of one kind look like."""

    mark: bytes  # the last of it in a document is where its tail begins: that of the usage, or of the model, after what parts members
    tail: Match
    head: Match | None  # up to the model; None where that stands in the tail
    order: tuple[int, ...]  # groups of the tail, in the order of the counts above
    is_message: bool
    is_bare: bool  # no tier is named: one that is may stand anywhere
    tail_pieces: tuple[Piece, ...]  # what the patterns are made of
    head_pieces: tuple[Piece, ...]


def layout_of(data: bytes, read: Callable[[bytes], Counts | None], model: str, tier: str) -> Layout | None:
    """Learn the layout of an answer that was read in full; None where a pattern would not prove it."""
    is_message = read is count_message
    names, needed = (MESSAGE, MESSAGE[:2]) if is_message else (CHAT, (CHAT[0], CHAT[3]))
    head, found = None, _tail(data, USAGE, names)
    if found is None or MODEL_PATH not in found.paths:
        head = _pieces(data[:LONGEST], _Found(()), until=model)
        found = found if head is not None else _tail(data, b'"model"', names)
    if found is None or not found.places.keys() >= set(needed) or (head is None and MODEL_PATH not in found.paths):
        return None
    if tier and (TIER_OF_MESSAGE if is_message else TIER_OF_CHAT) not in found.paths:
        return None
    tail = re.compile(_pattern(found.tail) + b"()")  # the last group is empty: a count that is not there
    order = tuple(found.places.get(name, tail.groups) for name in names)
    # vectors, of which there are megabytes, have one tier
    is_bare = not tier and read is not count_vectors
    match = re.compile(_pattern(head)).match if head is not None else None
    return Layout(found.mark, tail.fullmatch, match, order, is_message, is_bare, found.tail, head or ())


class _Found:
    """What a pattern has met on its way."""

    tail: tuple[Piece, ...]
    mark: bytes

    def __init__(self, names: tuple[str, ...], lead: bytes = b"") -> None:
        self.names = names  # of counts
        self.lead = lead
        self.places: dict[str, int] = {}  # which groups are which counts
        self.paths: set[tuple[str, ...]] = set()  # of the values: another table may have a model of its own


def _tail(data: bytes, name: bytes, names: tuple[str, ...]) -> _Found | None:
    """Make the pattern of what runs from a name to the end of a document."""
    start = data.rfind(name)
    before = data[: max(start, 0)].rstrip()
    if before[-1:] not in BEFORE or len(data) - start > LONGEST:
        return None
    lead = data[len(before) - 1 : start]  # with it the quote is none that another name holds
    found = _Found(names, lead)
    tail = _pieces(data[start:], found)
    if tail is None:
        return None
    found.tail, found.mark = tail, lead + name
    return found


def _pieces(data: bytes, found: _Found, *, until: str = "") -> tuple[Piece, ...] | None:
    """Take apart a document's end, or its beginning up to its model, into what stays and what may differ."""
    pieces: list[Piece] = [(EXACT, found.lead)] if found.lead else []
    path: list[str] = []  # the names of the tables around
    name, is_value, place = "", False, 0
    while (token := TOKEN.match(data, place)) is not None:
        word, place = token[0], token.end()
        if word.isspace():
            pieces.append((SPACE, b""))
        elif word == b"}" and not path:  # the document's own
            return _joined([*pieces, (EXACT, b"}"), (SPACE, b"")]) if not until and not data[place:].strip() else None
        elif word in TABLES:
            if until and pieces:  # nothing but plain members may stand before the model
                return None
            path, is_value = (path[:-1] if word == b"}" or until else [*path, name]), False
            pieces.append((EXACT, word))
        elif word in b":,":
            is_value = word == b":"
            pieces.append((EXACT, word))
        elif not is_value:
            name = word[1:-1].decode("utf-8", "replace")
            pieces.append((EXACT, word))
        elif until and name == "model":
            return _joined([*pieces, (EXACT, word)]) if word[1:-1] == until.encode() else None
        else:
            pieces.append(_value(word, (*path, name), found))
    return None


def _joined(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Make one piece of those that stand there exactly, one after the other."""
    found: list[Piece] = []
    for kind, exact in pieces:
        if kind == EXACT and found and found[-1][0] == EXACT:
            found[-1] = (EXACT, found[-1][1] + exact)
        else:
            found.append((kind, exact))
    return tuple(found)


def _pattern(pieces: tuple[Piece, ...]) -> bytes:
    """Write pieces as a regular expression."""
    return b"".join([re.escape(exact) if kind == EXACT else BY_KIND[kind] for kind, exact in pieces])


def _value(word: bytes, path: tuple[str, ...], found: _Found) -> Piece:
    """Say what may stand in the place of a value."""
    name, is_usage, places = path[-1], path[0] == "usage", found.places
    found.paths.add(path)
    is_number = word[:1] in DIGITS_OR_SIGN
    if is_usage and is_number and name in found.names and name not in places:
        places[name] = len(places) + 1
        return COUNT, b""
    if is_usage and is_number and name in IGNORED:
        return DIGITS, b""
    if is_usage or name in DECIDING or not (is_number or word[:1] == b'"'):
        return EXACT, word
    return (NUMBER if is_number else WORD), b""
