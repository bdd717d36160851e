"""Keep the one file that says what a ledger holds: its parts, and how far every file of events has been taken in.

A reader opens it once and sees one state of the ledger; a compaction puts a new one in its place with one rename.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path, PurePath
from typing import Final, TypeVar

import msgspec

from cost_lib.errors import ReportError
from cost_lib.ledger import durable
from cost_lib.ledger.buckets.address import Bucket, Place
from cost_lib.ledger.buckets.reaching import content
from cost_lib.ledger.buckets.writing import objects_of
from cost_lib.ledger.columns import TREES

FILE: Final = "manifest.json"
VERSION: Final = 2  # since 2, events are packed; 1 is read as it is
DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
END: Final = ".parquet"
NAME: Final = re.compile(r"[A-Za-z0-9-]+")
Named = TypeVar("Named", bound=PurePath)


class Part(msgspec.Struct, frozen=True, omit_defaults=True):
    """Some events of one day: a file in each of the trees that it names."""

    day: str
    name: str
    events: int
    size: int  # bytes of its events
    trees: tuple[str, ...]
    columns: int = 0  # how many columns its events have: older ones have fewer
    capped: tuple[str, ...] = ()  # tags of too many values, which the rollup of days does not tell apart
    rolled: int = 0  # how many columns its rollup of days has, likewise
    layout: int = 0  # how its events are laid out
    absent: tuple[str, ...] = ()  # columns that its events have no values of

    def file(self, ledger: Named, tree: str) -> Named:
        """Return the file in a tree."""
        return ledger / tree / f"dt={self.day}" / f"{self.name}.parquet"

    def __post_init__(self) -> None:
        """Refuse what would name a file elsewhere."""
        if not (_is_day(self.day) and NAME.fullmatch(self.name) and TREES.keys() >= set(self.trees)):
            raise ValueError(f"no part of a ledger: {self.day} {self.name}")


class Source(msgspec.Struct, frozen=True, omit_defaults=True):
    """How far a file of events has been taken in."""

    path: str
    device: int
    inode: int
    offset: int  # bytes that were taken in
    head: str  # hash of the first of them
    tail: str  # hash of the last of them
    seen: str  # the day on which it was last there
    skipped: int = 0  # pieces that were no events
    refused: int = 0  # events that could not be taken in: the file is kept


class Retired(msgspec.Struct, frozen=True):
    """A file that newer ones stand for; who began to read earlier may still need it."""

    path: str  # below the ledger
    at: float  # seconds since the epoch

    def __post_init__(self) -> None:
        """Refuse what is elsewhere: these files are removed."""
        tree, _, rest = self.path.partition("/dt=")
        day, _, name = rest.partition("/")
        if not (tree in TREES and _is_day(day) and name.endswith(END) and NAME.fullmatch(name.removesuffix(END))):
            raise ValueError(f"no file of a ledger: {self.path}")


class Manifest(msgspec.Struct, frozen=True):
    """What a ledger holds."""

    v: int = VERSION
    generation: int = 0
    parts: tuple[Part, ...] = ()
    sources: tuple[Source, ...] = ()
    retired: tuple[Retired, ...] = ()
    thinned: str = ""  # the first day whose events are kept; of earlier ones there are rollups alone

    def __post_init__(self) -> None:
        """Refuse a first day that is none."""
        if self.thinned and not _is_day(self.thinned):
            raise ValueError(f"no day: {self.thinned}")


def _is_day(text: str) -> bool:
    try:
        return DAY.fullmatch(text) is not None and bool(date.fromisoformat(text))
    except ValueError:
        return False


def is_ledger(place: Place) -> bool:
    """Say whether a place is a ledger."""
    return content(place / FILE) is not None if isinstance(place, Bucket) else (place / FILE).is_file()


def read(ledger: Place) -> Manifest:
    """Read what a ledger holds; nothing where it is yet to be made."""
    data = content(ledger / FILE) if isinstance(ledger, Bucket) else _lines(ledger / FILE)
    return _decoded(data, ledger) if data is not None else Manifest()


def commit(ledger: Place, manifest: Manifest) -> Manifest:
    """Put a new manifest in the place of the one before; this is the moment at which everything in it counts."""
    found = msgspec.structs.replace(manifest, v=VERSION, generation=manifest.generation + 1)
    data = msgspec.json.format(msgspec.json.encode(found), indent=1)
    if isinstance(ledger, Bucket):
        _put(ledger, data, manifest.generation)
    else:
        durable.write(ledger / FILE, data)
    return found


def _put(ledger: Bucket, data: bytes, generation: int) -> None:
    """Put it over the one that it continues, or say that somebody else was first."""
    objects = objects_of(ledger)
    found = objects.get(FILE)
    before = _decoded(found.data, ledger).generation if found is not None else 0
    durable.Steps.before("commit")
    if before != generation or not objects.put(FILE, data, over=found.tag if found is not None else ""):
        raise ReportError(f"{ledger}: another compaction has written to it meanwhile; run again, nothing is lost")


def _lines(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None


def _decoded(data: bytes, ledger: Place) -> Manifest:
    try:
        found = msgspec.json.decode(data, type=Manifest)
    except ValueError as problem:
        raise ReportError(
            f"{ledger / FILE}: this is no ledger that can be read ({problem}); restore it, or compact into a new folder"
        ) from None
    if found.v > VERSION:
        raise ReportError(f"{ledger / FILE}: written by a newer costmark, in format {found.v}; upgrade this one")
    return found
