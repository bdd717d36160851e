"""Make of a part's events what reports read instead of them: a rollup by day, one by day and user, outcomes, stray ids.

Measures add up, so a day may have several parts. A tag whose values are without number would make the rollup as long as the
events: such tags are told apart in the events alone, and the rollup says which they are.
"""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, Final

from cost_lib.ledger import durable, once, packing, rows
from cost_lib.ledger.columns import DAY_DIMENSIONS, DAY_MEASURES, MEASURES, OUTCOMES, SPLITS, TOKENS, USER_DIMENSIONS
from cost_lib.ledger.staging import PARQUET
from cost_lib.ledger.views import quoted, rolled

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import duckdb

MOST_VALUES: Final = 100  # of one tag on one day
MOST_SETS: Final = 1000  # of tags on one day, before any is looked at
MANY: Final = "(many)"
HUGE: Final = 2**40  # what no call uses or costs; sums of what is smaller keep within 64 bits, so a larger one stays alone
HUGE_SUM: Final = 2**55
AMOUNTS: Final = (*TOKENS, "cost_nano_usd", "latency_us")
SUMS: Final = (*TOKENS, "cost_nano_usd", "latency_us_sum")


def roll_up(connection: duckdb.DuckDBPyConnection, events: Path, targets: dict[str, Path], day: str) -> tuple[str, ...]:
    """Write what is made of a file of events; return the tags that the rollup of days does not tell apart."""
    file = rows.files([events], numbered=True)
    source = f"({packing.unpacked(file, packing.absent_of(connection, events), ['file_row_number'])})"
    capped = _cap(connection, f"SELECT tags FROM {source} WHERE tags IS NOT NULL")
    kept = f"(SELECT events.* {_replaced(capped)} FROM {source} AS events {_joined(capped)})"
    write(connection, narrow(kept, key="file_row_number"), targets["days"])
    write(connection, narrow(source, by_user=True, key="file_row_number"), targets["user_days"])
    outcomes = f"SELECT {', '.join(OUTCOMES)} FROM {source} WHERE kind = 'outcome'"
    strays = f"SELECT {packing.EVENT_ID} AS event_id FROM {file} WHERE {once.is_stray(day)}"
    for tree, wanted in (("outcomes", outcomes), ("strays", strays)):
        if connection.execute(f"SELECT 1 FROM ({wanted}) LIMIT 1").fetchone():
            write(connection, wanted, targets[tree])
    return capped


def add_up(connection: duckdb.DuckDBPyConnection, rollups: Sequence[PurePath], to: Path, *, by_user: bool) -> tuple[str, ...]:
    """Make one rollup of several of a day; return the tags that it does not tell apart."""
    source = rows.files(rollups, mixed=True)
    capped = () if by_user else _cap(connection, f"SELECT tags FROM {source} WHERE tags IS NOT NULL")
    alone = " OR ".join(f"abs({name}::HUGEINT) > {HUGE_SUM}" for name in (SUMS if by_user else (*SUMS, *SPLITS)))
    dimensions = ", ".join(USER_DIMENSIONS if by_user else DAY_DIMENSIONS)
    measures = ", ".join(f"sum({name}) AS {name}" for name in _measures(by_user=by_user))
    bucket = f"CASE WHEN {alone} THEN row_number() OVER () END AS alone"
    kept = f"(SELECT events.* {_replaced(capped)}, {bucket} FROM {source} AS events {_joined(capped)})"
    write(connection, _narrow(f"SELECT dt, {dimensions}, {measures} FROM {kept} GROUP BY dt, {dimensions}, alone", by_user=by_user), to)
    return capped


def write(connection: duckdb.DuckDBPyConnection, query: str, to: Path) -> None:
    """Write the answer of a query as the ledger keeps it."""
    durable.Steps.before("copy")
    connection.execute(f"COPY ({query}) TO {quoted(str(to))} ({PARQUET})")


def narrow(source: str, *, by_user: bool = False, key: str = "event_id") -> str:
    """Roll up so that no sum needs more than 64 bits: what is huge stays alone, told apart by a key."""
    alone = " OR ".join(f"abs({name}::HUGEINT) > {HUGE}" for name in AMOUNTS)
    return _narrow(rolled(source, by_user=by_user, apart=f"CASE WHEN {alone} THEN {key} END"), by_user=by_user)


def _narrow(query: str, *, by_user: bool) -> str:
    """Keep sums in 64 bits: Parquet has no wider integers."""
    return f"SELECT * REPLACE ({', '.join(f'{name}::BIGINT AS {name}' for name in _measures(by_user=by_user))}) FROM ({query})"


def _measures(*, by_user: bool) -> Iterable[str]:
    return MEASURES if by_user else DAY_MEASURES


def _cap(connection: duckdb.DuckDBPyConnection, tags: str) -> tuple[str, ...]:
    """Make a table of tags with those left out that have too many values; return their names."""
    connection.execute(f"CREATE OR REPLACE TEMP TABLE sets AS SELECT DISTINCT tags FROM ({tags})")
    if once.count(connection, "sets") <= MOST_SETS:
        return ()
    pairs = "(SELECT tags, pair.key AS name, pair.value AS value FROM sets, json_each(tags) AS pair)"
    counted: list[Any] = connection.execute(
        f"SELECT name, count(DISTINCT value) AS n FROM {pairs} GROUP BY name ORDER BY n DESC, name"
    ).fetchall()
    capped = {name for name, values in counted if values > MOST_VALUES}
    for name, _ in counted:
        capped.add(name)
        value = f"CASE WHEN name IN (SELECT unnest($capped)) THEN '\"{MANY}\"' ELSE value::VARCHAR END"
        connection.execute(
            "CREATE OR REPLACE TEMP TABLE shorter AS "
            f"SELECT tags, '{{' || string_agg(to_json(name)::VARCHAR || ':' || {value}, ',' ORDER BY name) || '}}' AS kept "
            f"FROM {pairs} GROUP BY tags",
            {"capped": sorted(capped)},
        )
        found: Any = connection.execute("SELECT count(DISTINCT kept) FROM shorter").fetchone()
        if found[0] <= MOST_SETS:
            break
    return tuple(sorted(capped))


def _replaced(capped: tuple[str, ...]) -> str:
    return "REPLACE (shorter.kept AS tags)" if capped else ""


def _joined(capped: tuple[str, ...]) -> str:
    return "LEFT JOIN shorter ON shorter.tags = events.tags" if capped else ""
