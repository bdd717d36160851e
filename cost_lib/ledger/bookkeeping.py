"""Know which bytes of which files of events are in the ledger already: files grow, are renamed, rotated, truncated, replaced.

A file is the one that was read if it stands at the same place or has the same inode, and begins and, where reading stopped,
ends with the same bytes. Whatever is in doubt is read again: events that are there already are told by their ids.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from cost_lib.errors import NoLogError
from cost_lib.ledger.manifest import Manifest, Source
from cost_lib.reading_log import gather_left
from cost_lib.sinks.files import END, START

EDGE: Final = 4096  # bytes by which a beginning and an end are known again
STEP: Final = 1 << 16
STALE: Final = 86_400  # seconds after which a line without an end will not get one
REMEMBERED: Final = timedelta(days=400)  # for so long a file that is gone is known
PATTERNS: Final = (f"{START}*{END}", f"{START}*{END}.[0-9]*", f"*/{START}*{END}", f"*/{START}*{END}.[0-9]*")


class Piece(NamedTuple):
    """What of a file is not in the ledger yet."""

    file: Path
    start: int
    end: int
    device: int
    inode: int
    size: int  # of the file, when it was looked at
    modified: float
    skipped: int = 0  # of what was taken in before
    refused: int = 0


def files_of(places: Iterable[Path]) -> tuple[Path, ...]:
    """Return the files of a log: those named, and the daily ones of folders and the folders of hosts in them."""
    found: dict[Path, None] = {}
    for place in places:
        gather_left(place)
        files = sorted({file for pattern in PATTERNS for file in place.glob(pattern)}) if place.is_dir() else [place]
        if not files or not files[0].is_file():
            raise NoLogError(str(place))
        found.update(dict.fromkeys(file for file in files if file.is_file()))
    return tuple(found)


def pieces(manifest: Manifest, files: Sequence[Path], *, now: float) -> list[Piece]:
    """Say what of the files is new; a piece without length is a file that has nothing new."""
    by_inode = {(source.device, source.inode): source for source in manifest.sources}
    by_path = {source.path: source for source in manifest.sources}
    found = []
    for file in files:
        with file.open("rb") as opened:
            state = os.fstat(opened.fileno())
            known = [by_inode.get((state.st_dev, state.st_ino)), by_path.get(str(file.absolute()))]
            source = next((one for one in known if one is not None and _is_same(opened, state.st_size, one)), None)
            start = source.offset if source is not None else 0
            is_stale = now - state.st_mtime > STALE
            end = state.st_size if is_stale else _last_line(opened, start, state.st_size)
        before = (source.skipped, source.refused) if source is not None else (0, 0)
        found.append(Piece(file, start, end, state.st_dev, state.st_ino, state.st_size, state.st_mtime, *before))
    return found


def taken(piece: Piece, *, skipped: int, refused: int, now: float) -> Source:
    """Write down that a piece is in the ledger."""
    with piece.file.open("rb") as opened:
        head, tail = _edges(opened, piece.end)
    return Source(
        str(piece.file.absolute()),
        piece.device,
        piece.inode,
        piece.end,
        head,
        tail,
        seen=str(datetime.fromtimestamp(now, UTC).date()),
        skipped=piece.skipped + skipped,
        refused=piece.refused + refused,
    )


def remembered(sources: Sequence[Source], newer: Sequence[Source], *, now: float) -> tuple[Source, ...]:
    """Put newer entries in the place of older ones, and forget files that have long been gone."""
    replaced_paths = {source.path for source in newer}
    replaced_inodes = {(source.device, source.inode) for source in newer}
    oldest = str((datetime.fromtimestamp(now, UTC) - REMEMBERED).date())
    kept = [
        source
        for source in sources
        if source.path not in replaced_paths and (source.device, source.inode) not in replaced_inodes and source.seen >= oldest
    ]
    return (*kept, *newer)


def in_both(one: Manifest, other: Manifest) -> Source | None:
    """Return a file that two ledgers have taken in, as it is or as a copy; its events would count twice."""
    heads = {source.head for source in one.sources}
    short = {(source.path, source.inode) for source in one.sources if source.offset < EDGE}
    places = {(source.path, source.inode) for source in one.sources}
    for source in other.sources:  # what was read of it before it was as long as its head is known by its place
        place = (source.path, source.inode)
        if source.head in heads or place in short or (source.offset < EDGE and place in places):
            return source
    return None


def is_untouched(piece: Piece) -> bool:
    """Say whether a file is still as it was looked at."""
    try:
        state = piece.file.stat()
    except FileNotFoundError:
        return False
    return (state.st_dev, state.st_ino, state.st_size) == (piece.device, piece.inode, piece.size)


def _is_same(opened: BinaryIO, size: int, source: Source) -> bool:
    return size >= source.offset and _edges(opened, source.offset) == (source.head, source.tail)


def _edges(opened: BinaryIO, offset: int) -> tuple[str, str]:
    """Hash the beginning and the end of what was read."""
    length = min(EDGE, offset)
    opened.seek(0)
    head = opened.read(length)
    opened.seek(offset - length)
    return _hash(head), _hash(opened.read(length))


def _hash(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=12).hexdigest()


def _last_line(opened: BinaryIO, start: int, size: int) -> int:
    """Return where the last line that has an end ends."""
    at = size
    while at > start:
        begin = max(start, at - STEP)
        opened.seek(begin)
        found = opened.read(at - begin).rfind(b"\n")
        if found >= 0:
            return begin + found + 1
        at = begin
    return start
