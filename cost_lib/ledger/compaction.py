"""Take files of events into the ledger: every event once, whatever happens on the way.

What is new is read, written as parts beside those that are there, and counts from the moment at which one rename puts a new
manifest in place. Whatever a run that died has left behind is in no manifest, and the next run removes it.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from cost_lib.errors import ReportError
from cost_lib.ledger import bookkeeping, durable, manifest, noticing, once, packing
from cost_lib.ledger.bookkeeping import Piece
from cost_lib.ledger.buckets.address import Place
from cost_lib.ledger.buckets.reaching import reach
from cost_lib.ledger.connecting import connect
from cost_lib.ledger.intake import take_in
from cost_lib.ledger.manifest import is_ledger
from cost_lib.ledger.merging import merge
from cost_lib.ledger.noticing import Noticed
from cost_lib.ledger.parting import parts_of
from cost_lib.ledger.retention import Keep, let_go
from cost_lib.ledger.sweeping import sweep
from cost_lib.ledger.views import quoted
from cost_lib.ledger.wholeness import demand_whole
from cost_lib.ledger.workplace import Workplace, working_at
from cost_lib.reading_log import Skipped

if TYPE_CHECKING:
    import duckdb

    from cost_lib.ledger.manifest import Manifest

GROUP: Final = 1 << 30  # bytes of lines that are taken in at a time
STAGING: Final = "staging"
MEMORY: Final = "700MB"  # what DuckDB may hold before it goes to the disk
FOREVER: Final = Keep()
DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")


class Summary(NamedTuple):
    """What a compaction did."""

    files: int = 0  # that had something new
    size: int = 0  # bytes of their lines
    events: int = 0  # that are in the ledger now and were not before
    doubled: int = 0  # that were there already, or stood there twice
    late: int = 0  # of days of which there are rollups alone: not taken in
    future: int = 0  # dated in the future, and taken in
    merged: int = 0  # parts that are now in others
    removed: int = 0  # files of lines
    thinned: int = 0  # parts of which rollups are left
    skipped: tuple[Skipped, ...] = ()
    noticed: tuple[Noticed, ...] = ()


def compact(places: Sequence[Path], ledger: Place, *, now: float, keep: Keep = FOREVER) -> Summary:
    """Take what is new in files and folders into a ledger."""
    files = bookkeeping.files_of(places)
    if ledger.resolve() in {file.parent.resolve() for file in files}:
        raise ReportError(f"{ledger}: lines of the log are in this folder, and nobody would look for them in a ledger; name another")
    with working_at(ledger) as at:
        connection = connected(at)
        try:
            held = manifest.read(ledger)
            if isinstance(ledger, Path):
                demand_whole(ledger, held)
            held = sweep(connection, ledger, held, now=now)
            if not is_ledger(ledger):
                held = manifest.commit(ledger, held)
            summary = Summary()
            for group in _grouped(bookkeeping.pieces(held, files, now=now)):
                held, summary = _take(connection, at, held, group, summary, now=now)
            merged = merge(connection, at, held, now=now)
        finally:
            connection.close()
            shutil.rmtree(at.folder / STAGING, ignore_errors=True)
        removed, thinned = let_go(ledger, files, keep, now=now)
    return summary._replace(merged=merged, removed=removed, thinned=thinned)


def _take(  # noqa: PLR0913 - one step of a fold
    connection: duckdb.DuckDBPyConnection, at: Workplace, held: Manifest, group: Sequence[Piece], before: Summary, *, now: float
) -> tuple[Manifest, Summary]:
    """Take in some pieces, which count all at once."""
    staging = at.folder / STAGING
    shutil.rmtree(staging, ignore_errors=True)
    durable.make(staging)
    taken = take_in(connection, group, staging, now=now, lacking=_lacking(held))
    gone = once.find_gone(connection, taken.staged, {at.ledger: held}, is_packed=True)
    late = gone.late
    noticed = noticing.named(connection, group, now=now)
    future = noticing.future(connection, now=now)
    parts = parts_of(connection, taken.staged, gone.total, at, held)
    skipped = {piece.file: sum(one.file == piece.file for one in taken.skipped) for piece in group}
    sources = [bookkeeping.taken(piece, skipped=skipped[piece.file], refused=late, now=now) for piece in group]
    newer = msgspec.structs.replace(held, parts=(*held.parts, *parts), sources=bookkeeping.remembered(held.sources, sources, now=now))
    summary = before._replace(
        files=before.files + len(group),
        size=before.size + sum(piece.end - piece.start for piece in group),
        events=before.events + sum(part.events for part in parts),
        doubled=before.doubled + gone.total - late,
        late=before.late + late,
        future=before.future + future,
        skipped=(*before.skipped, *taken.skipped),
        noticed=(*before.noticed, *noticed),
    )
    return manifest.commit(at.ledger, newer), summary


def _lacking(held: Manifest) -> Collection[str]:
    """Return the columns that what was taken in last had no values of."""
    newest = max((part for part in held.parts if part.layout == packing.NEWEST), key=lambda part: part.name, default=None)
    return packing.OPTIONAL if newest is None else newest.absent


def _grouped(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Put together what belongs to one day, by the names of the files, and cut that where it becomes much."""
    new = sorted((piece for piece in pieces if piece.end > piece.start), key=lambda piece: (_day(piece), str(piece.file)))
    for _, same in groupby(new, key=_day):
        group: list[Piece] = []
        for piece in same:
            if group and sum(one.end - one.start for one in group) + piece.end - piece.start > GROUP:
                yield group
                group = []
            group.append(piece)
        yield group


def _day(piece: Piece) -> str:
    found = DAY.search(piece.file.name)
    return found[0] if found else piece.file.name


def connected(at: Workplace) -> duckdb.DuckDBPyConnection:
    """Connect to an engine that holds little and spills the rest beside what it writes."""
    connection = connect()
    reach(connection, [at.ledger])
    connection.execute(f"SET memory_limit = '{MEMORY}'")
    connection.execute(f"SET temp_directory = {quoted(str(at.folder / STAGING / 'spilled'))}")
    return connection
