"""Make one part of the small ones of a day, so that a year stays some hundred files however often events are taken in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Final

import msgspec

from cost_lib.ledger import manifest, packing, rollups, rows
from cost_lib.ledger.buckets.address import Place
from cost_lib.ledger.columns import TREES
from cost_lib.ledger.manifest import Manifest, Part, Retired
from cost_lib.ledger.parting import finished, new_files
from cost_lib.ledger.workplace import Workplace

if TYPE_CHECKING:
    import duckdb

SMALL: Final = 32 << 20  # bytes of events
NEWEST: Final = len(TREES["days"])
MANY: Final = 8  # small parts of a day that still grows


def merge(connection: duckdb.DuckDBPyConnection, at: Workplace, held: Manifest, *, now: float) -> int:
    """Merge what is small; return how many parts are now in others."""
    merged = 0
    for parts in _small(held, now):
        one = _merged(connection, at, held, parts)
        gone = tuple(Retired(str(part.file(Path(), tree)), now) for part in parts for tree in part.trees)
        kept = tuple(part for part in held.parts if part not in parts)
        held = manifest.commit(at.ledger, msgspec.structs.replace(held, parts=(*kept, one), retired=(*held.retired, *gone)))
        merged += len(parts)
    return merged


def _small(held: Manifest, now: float) -> Iterator[Sequence[Part]]:
    """List the small parts of each day that are to be one: of a day that is over, or when they have become many."""
    over = str((datetime.fromtimestamp(now, UTC) - timedelta(days=1)).date())
    days: dict[tuple[str, bool], list[Part]] = {}
    for part in held.parts:
        if part.size < SMALL and ("events" in part.trees or part.rolled == NEWEST):  # else there is nothing to make them alike of
            days.setdefault((part.day, "events" in part.trees), []).append(part)
    for (day, _), parts in sorted(days.items()):
        if len(parts) >= (2 if day < over else MANY):
            yield parts


def _merged(connection: duckdb.DuckDBPyConnection, at: Workplace, held: Manifest, parts: Sequence[Part]) -> Part:
    day = parts[0].day
    files = new_files(at.folder, day, at.name(held.generation + 1, 0))
    if any(part.rolled != NEWEST for part in parts):
        return _rolled_anew(connection, at, parts, files)
    capped: tuple[str, ...] = ()
    for tree in TREES:
        olds = [part.file(at.ledger, tree) for part in parts if tree in part.trees]
        if not olds:
            continue
        if tree in ("days", "user_days"):
            capped += rollups.add_up(connection, olds, files[tree], by_user=tree == "user_days")
        else:
            rollups.write(connection, _alike(at.ledger, parts) if tree == "events" else _united(olds), files[tree])
    return finished(connection, at, files, day, tuple(sorted({*capped, *(name for part in parts for name in part.capped)})))


def _rolled_anew(connection: duckdb.DuckDBPyConnection, at: Workplace, parts: Sequence[Part], files: dict[str, Path]) -> Part:
    """Merge parts of an older version: their rollups do not hold all that those of this one do, but their events do."""
    rollups.write(connection, _alike(at.ledger, parts), files["events"])
    return finished(connection, at, files, parts[0].day, rollups.roll_up(connection, files["events"], files, parts[0].day))


def _alike(ledger: Place, parts: Sequence[Part]) -> str:
    """Write the events of parts as those of this version are laid out."""
    files = {part.file(ledger, "events"): part for part in parts}
    if all(part.layout == packing.NEWEST for part in parts):
        return _united(files)
    return packing.packed(rows.events_of(files))


def _united(files: Iterable[PurePath]) -> str:
    return f"SELECT * FROM {rows.files(files, mixed=True)}"  # noqa: S608 - names of our own
