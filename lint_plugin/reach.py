"""What a run made of the files that it did not lower: by this a later one knows that a change to such a file tells it nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Packed = tuple[list[str], list[tuple[bytes, list[bytes]]], list[tuple[str, list[bytes]]], list[tuple[str, list[bytes]]]]


class Reach:
    """The files that a run lowered, and everything that it looked for in the others."""

    __slots__ = ("fixtures", "forms", "lowered", "segments")

    def __init__(self, packed: Packed | None = None) -> None:
        """Begin with nothing, or with what an earlier run has kept."""
        lowered, segments, forms, fixtures = packed or ([], [], [], [])
        self.lowered: set[str] = set(lowered)
        self.segments: dict[bytes, set[bytes]] = {word: set(names) for word, names in segments}  # a word of an import; names with it
        self.forms: dict[str, set[bytes]] = {folder: set(names) for folder, names in forms}  # attributes read without an import, by folder
        self.fixtures: dict[str, set[bytes]] = {folder: set(names) for folder, names in fixtures}  # a folder; fixtures of tests below

    def look_for(self, segments: Mapping[bytes, Iterable[bytes]]) -> None:
        """Note words of imports, and the names that count with them."""
        _merge(self.segments, segments)

    def look_for_forms(self, forms: Mapping[str, Iterable[bytes]]) -> None:
        """Note spellings of attributes of objects that need no import, by the folder below which they count."""
        _merge(self.forms, forms)

    def look_for_fixtures(self, fixtures: Mapping[str, Iterable[bytes]]) -> None:
        """Note names of fixtures, by the folder below which they count."""
        _merge(self.fixtures, fixtures)

    def packed(self) -> Packed:
        """Return plain data to keep."""
        return sorted(self.lowered), _plain(self.segments), _plain(self.forms), _plain(self.fixtures)


def _plain(known: dict[Any, set[bytes]]) -> list[tuple[Any, list[bytes]]]:
    return [(key, sorted(names)) for key, names in sorted(known.items())]


def _merge(known: dict[Any, set[bytes]], more: Mapping[Any, Iterable[bytes]]) -> None:
    for key, names in more.items():
        known.setdefault(key, set()).update(names)
