"""Write parts: the events of one day, and what is made of them, each file on the disk before anything names it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cost_lib.ledger import durable, once, packing, rollups, rows
from cost_lib.ledger.columns import STORED, TREES
from cost_lib.ledger.manifest import Manifest, Part
from cost_lib.ledger.workplace import Workplace

if TYPE_CHECKING:
    import duckdb


def parts_of(connection: duckdb.DuckDBPyConnection, staged: Sequence[Path], gone: int, at: Workplace, held: Manifest) -> list[Part]:
    """Write the staged events that are new, a part a day."""
    left = rows.files(staged, numbered=True) + (" ANTI JOIN gone USING (filename, file_row_number)" if gone else "")
    days = [day for (day,) in connection.execute(f"SELECT DISTINCT ts::DATE::VARCHAR AS day FROM {left} ORDER BY day").fetchall()]  # noqa: S608
    found = []
    for number, day in enumerate(days):
        files = new_files(at.folder, day, at.name(held.generation + 1, number))
        if not gone and len(days) == len(staged) == 1:
            durable.move(staged[0], files["events"])
        else:
            kept = f"SELECT * EXCLUDE (filename, file_row_number) FROM {left} WHERE ts::DATE = '{day}'"  # noqa: S608 - names of our own
            rollups.write(connection, kept, files["events"])
        capped = rollups.roll_up(connection, files["events"], files, day)
        found.append(finished(connection, at, files, day, capped))
    return found


def new_files(folder: Path, day: str, name: str) -> dict[str, Path]:
    """Name the files of a part, and make their folders."""
    found = {tree: folder / tree / f"dt={day}" / f"{name}.parquet" for tree in TREES}
    for file in found.values():
        durable.make(file.parent)
    return found


def finished(connection: duckdb.DuckDBPyConnection, at: Workplace, files: dict[str, Path], day: str, capped: tuple[str, ...]) -> Part:
    """Wait until the files of a part are where they are safe, and describe it."""
    trees = tuple(tree for tree, file in files.items() if file.exists())
    for tree in trees:
        durable.sync(files[tree])
        durable.sync(files[tree].parent)
    events = files["events"]
    is_whole = "events" in trees
    count = once.count(connection, rows.files([events])) if is_whole else 0
    size = events.stat().st_size if is_whole else 0
    absent = packing.absent_of(connection, events) if is_whole else ()
    at.hand_over([files[tree] for tree in trees])
    return Part(day, events.stem, count, size, trees, len(STORED), capped, len(TREES["days"]), packing.NEWEST, absent)
