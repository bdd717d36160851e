"""Tell events that are there already: every event counts once, by its id, in whatever file and however often it comes.

Most ids are UUIDs of version 7, which tell their time: such an event is looked for in the days around it alone. Ids that tell
none, or another time than the event does, are «strays» and kept once more in a small tree of their own, which is looked through
whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from cost_lib.ledger import packing
from cost_lib.ledger.buckets.address import Place
from cost_lib.ledger.manifest import Manifest, Part
from cost_lib.ledger.rows import files, ids_of

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
        WHERE @again OR ts < $thinned::TIMESTAMP
    )
    WHERE why IS NOT NULL
"""
LONG_AGO: Final = "0001-01-01"


class Gone(NamedTuple):
    """How many events are not taken in."""

    total: int
    late: int  # those of days of which there are rollups alone


def find_gone(
    connection: duckdb.DuckDBPyConnection, staged: Sequence[Path], ledgers: Mapping[Place, Manifest], *, is_packed: bool = False
) -> Gone:
    """Make the table ``gone`` of the rows of staged files that are not to be taken in: there already, there twice, too late."""
    made = f"* REPLACE ({packing.EVENT_ID} AS event_id), {packing.ID_HASH} AS id_hash" if is_packed else "*, hash(event_id) AS id_hash"
    connection.execute(f"CREATE OR REPLACE TEMP VIEW staged AS SELECT {made} FROM {files(staged, numbered=True)}")
    source = " UNION ALL ".join(_known(connection, ledgers)) or "SELECT ''::VARCHAR AS event_id WHERE false"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE known AS SELECT event_id FROM staged WHERE event_id IN ({source})")
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE again AS "
        f"SELECT event_id FROM staged WHERE {_alike(connection)} GROUP BY event_id HAVING count(*) > 1 UNION ALL SELECT event_id FROM known"
    )
    words = {"late": LATE, "known": KNOWN, "again": AGAIN}
    connection.execute(
        GONE.replace("@again", "event_id IN (FROM again)" if count(connection, "again") else "false"),
        {
            "order": [str(file) for file in staged],
            "thinned": max((held.thinned for held in ledgers.values()), default="") or LONG_AGO,
            **words,
        },
    )
    late: Any = connection.execute("SELECT count(*) FROM gone WHERE why = ?", [LATE]).fetchone()
    return Gone(count(connection, "gone"), int(late[0]))


def is_stray(day: str) -> str:
    """Write the condition under which an id of a day, as a part keeps it, tells no time, or another."""
    at = date.fromisoformat(day)
    first, last = _digits(at - DAY), _digits(at + 2 * DAY)
    text = f"NOT (event_id >= '{first}' AND event_id < '{last}' AND event_id[{PLACE}] = '7')"
    return packing.stray(int(first, 16) << HEX, int(last, 16) << HEX, text)


def count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    """Count the rows of a table of our own."""
    found = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(found[0]) if found else 0


def _alike(connection: duckdb.DuckDBPyConnection) -> str:
    """Write the condition under which an id may stand there twice; mostly none does, and no id has to be written out."""
    connection.execute("CREATE OR REPLACE TEMP TABLE alike AS SELECT id_hash FROM staged GROUP BY id_hash HAVING count(*) > 1")
    return "id_hash IN (FROM alike)" if count(connection, "alike") else "false"


def _known(connection: duckdb.DuckDBPyConnection, ledgers: Mapping[Place, Manifest]) -> Iterator[str]:
    """Write the queries of the ids that a staged one may be: of parts of the days around, and strays."""
    near = {part.file(ledger, "events"): part for ledger, held in ledgers.items() for part in _around(connection, held)}
    if near:
        yield ids_of(near)
    strays = [part.file(ledger, "strays") for ledger, held in ledgers.items() for part in held.parts if "strays" in part.trees]
    if strays:
        yield f"SELECT event_id FROM {files(strays)}"


def _around(connection: duckdb.DuckDBPyConnection, manifest: Manifest) -> list[Part]:
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
    return [part for part in manifest.parts if part.day in near and "events" in part.trees]


def _digits(day: date) -> str:
    """Write how the ids of a day begin."""
    return f"{int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() * 1000) >> HEX:08x}"


def _day(digits: str) -> date | None:
    try:
        return datetime.fromtimestamp((int(digits, 16) << HEX) / 1000, UTC).date()
    except ValueError:  # no hexadecimal digits
        return None
