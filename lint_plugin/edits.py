"""Small replacements in a text: where, and by what; whatever lies outside them stays as it is."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple


class Edit(NamedTuple):
    """Replace the characters from ``start`` to ``end`` by ``text``; an insertion where both are the same."""

    start: int
    end: int
    text: str
    rank: int = 0  # among insertions at one place the lower one comes first


def around(start: int, end: int, before: str, after: str) -> tuple[Edit, Edit]:
    """Return the edits that put a piece of text between two others; what surrounds more stands further out."""
    return Edit(start, start, before, -end), Edit(end, end, after, -start)


class Overlap(ValueError):  # noqa: N818  (a state of the edits, not an error of the program)
    """Two edits want the same characters."""


def ordered(edits: Iterable[Edit]) -> list[Edit]:
    """Return edits in the order of the text; insertions at one place keep theirs."""
    found = sorted((edit for edit in edits if edit.text or edit.end > edit.start), key=lambda edit: (edit.start, edit.end, edit.rank))
    for before, after in pairwise(found):
        if after.start < before.end:
            raise Overlap
    return found


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Return the text with all edits made."""
    pieces: list[str] = []
    at = 0
    for edit in ordered(edits):
        pieces += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*pieces, text[at:]])


class Shift:
    """Where the characters of a text are once the edits are made, and where they were before."""

    def __init__(self, edits: Iterable[Edit]) -> None:
        """Add up what each edit moves."""
        done = ordered(edits)
        self._old: list[int] = []
        self._new: list[int] = []
        self._by: list[int] = []
        moved = 0
        for edit in done:
            moved += len(edit.text) - (edit.end - edit.start)
            self._old.append(edit.end)
            self._new.append(edit.end + moved)
            self._by.append(moved)

    def forward(self, offset: int) -> int:
        """Return the new offset of a character that no edit replaces."""
        return offset + self._moved(self._old, offset)

    def back(self, offset: int) -> int:
        """Return the old offset of a character; one that was inserted lies where the text behind it was."""
        return offset - self._moved(self._new, offset)

    def _moved(self, places: Sequence[int], offset: int) -> int:
        at = bisect_right(places, offset)
        return self._by[at - 1] if at else 0
