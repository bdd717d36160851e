"""Make a ledger of a year for the benchmarks, 1,000,000 events a day, without the JSON lines in between.

Run ``python benchmarks/ledger_year.py FOLDER [--days 365] [--drawn 50] [--events 1000000] [--keys short]``. The first ``--drawn``
days are drawn; the others are those again: hard links of their events under other ``dt=`` folders, their rollups with the other date.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import duckdb
import msgspec

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from ledger_events import LEFT_OUT  # noqa: E402
from ledger_lines import make_table  # noqa: E402

from cost_lib.ledger import manifest, packing, rollups, rows  # noqa: E402
from cost_lib.ledger.manifest import Manifest, Part  # noqa: E402
from cost_lib.ledger.parting import finished, new_files  # noqa: E402
from cost_lib.ledger.workplace import Workplace  # noqa: E402

FIRST = date(2025, 11, 1)


def main() -> None:
    """Make the ledger."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--drawn", type=int, default=50)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--keys", choices=["short", "plain", "full"], default="short")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True)
    began = time.process_time()
    connection = duckdb.connect()
    connection.execute("SET threads = 1")
    connection.execute("SET TimeZone = 'UTC'")
    parts: list[Part] = []
    for number in range(asked.days):
        day = FIRST + timedelta(days=number)
        if number < asked.drawn:
            make_table(connection, day, asked.events, keys=asked.keys)
            parts.append(drawn_part(connection, asked.folder, str(day), frozenset(LEFT_OUT[asked.keys])))
        else:
            parts.append(repeated(connection, asked.folder, parts[number % asked.drawn], str(day)))
    manifest.commit(asked.folder, Manifest(parts=tuple(parts)))
    print(f"{sum(part.events for part in parts):,} events of {asked.days} days in {time.process_time() - began:.0f} CPU seconds")


def drawn_part(connection: duckdb.DuckDBPyConnection, ledger: Path, day: str, absent: frozenset[str]) -> Part:
    """Write the drawn events as a part."""
    files = new_files(ledger, day, "00000001-0000")
    rollups.write(connection, packing.packed("drawn", absent & packing.OPTIONAL), files["events"])
    capped = rollups.roll_up(connection, files["events"], files, day)
    return finished(connection, Workplace(ledger, ledger), files, day, capped)


def repeated(connection: duckdb.DuckDBPyConnection, ledger: Path, part: Part, day: str) -> Part:
    """Let a day be another one again."""
    files = new_files(ledger, day, part.name)
    for tree in part.trees:
        if tree in ("days", "user_days"):
            again = f"SELECT * REPLACE (DATE '{day}' AS dt) FROM {rows.files([part.file(ledger, tree)])}"
            rollups.write(connection, again, files[tree])
        else:
            os.link(part.file(ledger, tree), files[tree])
    return msgspec.structs.replace(part, day=day)


if __name__ == "__main__":
    main()
