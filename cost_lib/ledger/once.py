"""Tell events that are there already: every event counts once, by its id, in whatever file and however often it comes.

Most ids are UUIDs of version 7, which tell their time: such an event is looked for in the days around it alone. Ids that tell
none, or another time than the event does, are «strays» and kept once more in a small tree of their own, which is looked through
whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from cost_lib.ledger.buckets.address import Place
from cost_lib.ledger.manifest import Manifest
from cost_lib.ledger.views import literal, quoted

if TYPE_CHECKING:
    import duckdb

DAY: Final = timedelta(days=1)
KNOWN: Final = "counted already"
AGAIN: Final = "stands there twice, counted once"
LATE: Final = "of a day of which there are rollups alone, not taken in"
HEX: Final = 16  # bits of the millisecond that the first eight digits leave out
PLACE: Final = 15  # of the version in a UUID, counted from one
# the first of several rows of an id is kept
GONE: Final = """
    CREATE OR REPLACE TEMP TABLE gone AS
    SELECT filename, file_row_number, event_id, why
    FROM (
        SELECT filename, file_row_number, event_id,
            CASE
                WHEN ts < $thinned::TIMESTAMP THEN $late
                WHEN event_id IN (FROM known) THEN $known
                WHEN row_number() OVER (PARTITION BY event_id ORDER BY array_position($order, filename), file_row_number) > 1 THEN $again
            END AS why
        FROM staged
        WHERE event_id IN (FROM again) OR ts < $thinned::TIMESTAMP
    )
    WHERE why IS NOT NULL
"""
LONG_AGO: Final = "0001-01-01"


class Gone(NamedTuple):
    """How many events are not taken in."""

    total: int
    late: int  # those of days of which there are rollups alone


def find_gone(connection: duckdb.DuckDBPyConnection, staged: Sequence[Path], ledgers: Mapping[Place, Manifest]) -> Gone:
    """Make the table ``gone`` of the rows of staged files that are not to be taken in: there already, there twice, too late."""
    connection.execute(f"CREATE OR REPLACE TEMP VIEW staged AS FROM {files(staged, numbered=True)}")
    known = [file for ledger, held in ledgers.items() for file in (*_around(connection, ledger, held), *_strays(ledger, held))]
    source = f"SELECT event_id FROM {files(known)}" if known else "SELECT ''::VARCHAR AS event_id WHERE false"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE known AS SELECT event_id FROM staged WHERE event_id IN ({source})")
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE again AS "
        "SELECT event_id FROM staged GROUP BY event_id HAVING count(*) > 1 UNION ALL SELECT event_id FROM known"
    )
    words = {"late": LATE, "known": KNOWN, "again": AGAIN}
    connection.execute(
        GONE,
        {
            "order": [str(file) for file in staged],
            "thinned": max((held.thinned for held in ledgers.values()), default="") or LONG_AGO,
            **words,
        },
    )
    late: Any = connection.execute("SELECT count(*) FROM gone WHERE why = ?", [LATE]).fetchone()
    return Gone(count(connection, "gone"), int(late[0]))


def files(names: Iterable[PurePath], *, numbered: bool = False, mixed: bool = False, hive: bool = False) -> str:
    """Write the files of Parquet as a table."""
    options = ", filename = true, file_row_number = true" if numbered else ""
    options += ", union_by_name = true" if mixed else ""
    return f"read_parquet([{', '.join(quoted(literal(name)) for name in names)}], hive_partitioning = {str(hive).lower()}{options})"


def is_stray(day: str) -> str:
    """Write the condition under which an id of a day tells no time, or another."""
    at = date.fromisoformat(day)
    return f"NOT (event_id >= '{_digits(at - DAY)}' AND event_id < '{_digits(at + 2 * DAY)}' AND event_id[{PLACE}] = '7')"


def count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    """Count the rows of a table of our own."""
    found = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(found[0]) if found else 0


def _around(connection: duckdb.DuckDBPyConnection, ledger: Place, manifest: Manifest) -> list[PurePath]:
    """List the parts of the days around those that the ids tell."""
    if not manifest.parts:
        return []
    first, last = (date.fromisoformat(edge(part.day for part in manifest.parts)) for edge in (min, max))
    told = connection.execute(
        f"SELECT DISTINCT event_id[1:8] FROM staged WHERE event_id[{PLACE}] = '7' AND event_id >= ? AND event_id < ?",
        [_digits(first - DAY), _digits(last + 2 * DAY)],
    ).fetchall()
    days = {_day(digits) for (digits,) in told}
    near = {str(day + step) for day in days if day is not None for step in (-DAY, timedelta(), DAY)}
    return [part.file(ledger, "events") for part in manifest.parts if part.day in near and "events" in part.trees]


def _strays(ledger: Place, held: Manifest) -> list[PurePath]:
    return [part.file(ledger, "strays") for part in held.parts if "strays" in part.trees]


def _digits(day: date) -> str:
    """Write how the ids of a day begin."""
    return f"{int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() * 1000) >> HEX:08x}"


def _day(digits: str) -> date | None:
    try:
        return datetime.fromtimestamp((int(digits, 16) << HEX) / 1000, UTC).date()
    except ValueError:  # no hexadecimal digits
        return None
