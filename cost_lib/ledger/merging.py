"""Make one part of the small ones of a day, so that a year stays some hundred files however often events are taken in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from cost_lib.ledger import manifest, packing, rollups, rows
from cost_lib.ledger.columns import TREES
from cost_lib.ledger.manifest import Manifest, Part, Retired
from cost_lib.ledger.parting import finished, name_of, new_files

if TYPE_CHECKING:
    import duckdb

SMALL: Final = 32 << 20  # bytes of events
NEWEST: Final = len(TREES["days"])
MANY: Final = 8  # small parts of a day that still grows


def merge(connection: duckdb.DuckDBPyConnection, ledger: Path, held: Manifest, *, now: float) -> int:
    """Merge what is small; return how many parts are now in others."""
    merged = 0
    for parts in _small(held, now):
        one = _merged(connection, ledger, held, parts)
        gone = tuple(Retired(str(part.file(Path(), tree)), now) for part in parts for tree in part.trees)
        kept = tuple(part for part in held.parts if part not in parts)
        held = manifest.commit(ledger, msgspec.structs.replace(held, parts=(*kept, one), retired=(*held.retired, *gone)))
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


def _merged(connection: duckdb.DuckDBPyConnection, ledger: Path, held: Manifest, parts: Sequence[Part]) -> Part:
    day = parts[0].day
    files = new_files(ledger, day, name_of(held, 0))
    if any(part.rolled != NEWEST for part in parts):
        return _rolled_anew(connection, ledger, parts, files)
    capped: tuple[str, ...] = ()
    for tree in TREES:
        olds = [part.file(ledger, tree) for part in parts if tree in part.trees]
        if not olds:
            continue
        if tree in ("days", "user_days"):
            capped += rollups.add_up(connection, olds, files[tree], by_user=tree == "user_days")
        else:
            rollups.write(connection, _alike(ledger, parts) if tree == "events" else _united(olds), files[tree])
    return finished(connection, files, day, tuple(sorted({*capped, *(name for part in parts for name in part.capped)})))


def _rolled_anew(connection: duckdb.DuckDBPyConnection, ledger: Path, parts: Sequence[Part], files: dict[str, Path]) -> Part:
    """Merge parts of an older version: their rollups do not hold all that those of this one do, but their events do."""
    rollups.write(connection, _alike(ledger, parts), files["events"])
    return finished(connection, files, parts[0].day, rollups.roll_up(connection, files["events"], files, parts[0].day))


def _alike(ledger: Path, parts: Sequence[Part]) -> str:
    """Write the events of parts as those of this version are laid out."""
    files = {part.file(ledger, "events"): part for part in parts}
    if all(part.layout == packing.NEWEST for part in parts):
        return _united(files)
    return packing.packed(rows.events_of(files))


def _united(files: Iterable[Path]) -> str:
    return f"SELECT * FROM {rows.files(files, mixed=True)}"  # noqa: S608 - names of our own
