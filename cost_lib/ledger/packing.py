"""Lay events out as the files of a ledger keep them, small and quick to ask, and give them back as they were.

- Ids of ours are time, process and a count: the time is that of the event, an operation is a few counts and milliseconds before its
  event. They become whole numbers; every other id stays as it is.
- The parts of a cost are whole rates times tokens, and the rates are few; a split that is anything else stays as it is.
- What every report asks of a request is worked out once.
- What a program says of none of its calls has no column.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cost_lib.ledger.columns import IDS, PROCESS, STORED, TYPES, WHAT, WHO
from cost_lib.ledger.views import COUNTED, METERS, REQUEST, SHAPE, UNPRICED, literal

if TYPE_CHECKING:
    import duckdb

PLAIN: Final = 0  # how older parts are laid out: the columns of an event, as they are
NEWEST: Final = 1
SPLIT_METERS: Final = METERS[:5]
RATES: Final = tuple(f"rate_{meter}" for meter in SPLIT_METERS)
# in this order after those of an event: what of an id is not its time, by how many milliseconds its time is not that of the event,
# and by how many ids and milliseconds (beside its latency) an operation began before its event
IN_IDS: Final = ("id_maker", "id_low", "id_ms", "operation_behind", "operation_ms")
FLAGS: Final = {"request": "BIGINT", "is_counted": "BOOLEAN", "is_unpriced": "BOOLEAN"}
PACKED: Final = {**TYPES, **dict.fromkeys((*IN_IDS, *RATES), "BIGINT"), **FLAGS}
# a program says them of all its calls, or of most, or of none
OPTIONAL: Final = frozenset(
    (*IDS[2:], *WHO, *WHAT, *PROCESS, "tags", "price_version", "ttft_us", "call_site", "call_site_name", "cost_split")
)

LOW: Final = 16  # bits of the count that change quickly
WORD: Final = 2**64 - 1
HALF: Final = 2**16 - 1  # version and process, in the upper word of an id
COUNT: Final = 48  # bits of the count, in the lower word
MS: Final = 80  # bits below the milliseconds
SEVEN: Final = 7  # the version of ids that tell their time
LATENCY: Final = "coalesce(latency_us // 1000, 0)"
# an id of ours as two words, e of the event and o of the operation; no other id, whose text would not come back
STEPS: Final = (
    "TRY_CAST(event_id AS UUID) AS e, TRY_CAST(operation_id AS UUID) AS o",
    ", ".join(
        f"CASE WHEN {one}::VARCHAR = {column} THEN {one}::UHUGEINT END AS {one}_number"
        for one, column in (("e", "event_id"), ("o", "operation_id"))
    ),
    ", ".join(
        f"({one}_number >> 64)::UBIGINT AS {one}_high, ({one}_number & {WORD}::UHUGEINT)::UBIGINT AS {one}_low" for one in ("e", "o")
    ),
    f"coalesce(e_high >> 12 & 15 = {SEVEN}, false) AS is_ours",
    f"is_ours AND coalesce((e_high & {HALF}) = (o_high & {HALF}) AND e_low >> {COUNT} = o_low >> {COUNT}, false) AS is_near",
)
E_MS: Final = "(e_high >> 16)::BIGINT"
E_COUNT: Final = f"(e_low & {2**COUNT - 1})::BIGINT"
NUMBERED: Final = {
    "event_id": "CASE WHEN is_ours THEN NULL ELSE event_id END",
    "operation_id": "CASE WHEN is_near THEN NULL ELSE operation_id END",
    "id_maker": f"CASE WHEN is_ours THEN (e_high & {HALF})::BIGINT * {2**COUNT} + (e_low >> {LOW})::BIGINT END",
    "id_low": f"CASE WHEN is_ours THEN (e_low & {2**LOW - 1})::BIGINT END",
    "id_ms": f"CASE WHEN is_ours THEN {E_MS} - epoch_ms(ts) END",
    "operation_behind": f"CASE WHEN is_near THEN {E_COUNT} - (o_low & {2**COUNT - 1})::BIGINT END",
    "operation_ms": f"CASE WHEN is_near THEN {E_MS} - {LATENCY} - (o_high >> 16)::BIGINT END",
}

MAKER: Final = f"(id_maker::UHUGEINT << {LOW})"
NUMBER: Final = f"(((epoch_ms(ts) + id_ms)::UHUGEINT << {MS}) | {MAKER} | id_low::UHUGEINT)"
OPERATION: Final = (
    f"(((epoch_ms(ts) + id_ms - {LATENCY} - operation_ms)::UHUGEINT << {MS}) | ({MAKER} & ({2**32 - 1}::UHUGEINT << {COUNT}))"
    f" | ((({MAKER} | id_low::UHUGEINT) & {2**COUNT - 1}::UHUGEINT)::BIGINT - operation_behind)::UHUGEINT)"
)
EVENT_ID: Final = f"CASE WHEN id_maker IS NULL THEN event_id ELSE {NUMBER}::UUID::VARCHAR END"
OPERATION_ID: Final = f"CASE WHEN operation_behind IS NULL THEN operation_id ELSE {OPERATION}::UUID::VARCHAR END"

# the same for the same id, and quick to make
ID_HASH: Final = "hash(event_id, id_maker, id_low, epoch_ms(ts) + id_ms)"

AMOUNTS: Final = {meter: f"rate_{meter} * {meter}_tokens" for meter in SPLIT_METERS}
WRITTEN: Final = "'{' || concat_ws(',', " + ", ".join(f"'\"{meter}\":' || ({made})" for meter, made in AMOUNTS.items()) + ") || '}'"
RATED: Final = f"coalesce({', '.join(RATES)}) IS NOT NULL"
SPLIT: Final = f"CASE WHEN {RATED} THEN {WRITTEN} ELSE cost_split END"
PARTS: Final = (
    f"CASE WHEN {RATED} THEN {{{', '.join(f'{meter}: {made}' for meter, made in AMOUNTS.items())}, reasoning: NULL::BIGINT}} "
    f"ELSE from_json(cost_split, '{SHAPE}') END"
)


def packed(source: str, absent: Collection[str] = ()) -> str:
    """Select from events, as they are read, what a file of the ledger keeps of them; without columns that are known to be empty."""
    left = [name for name in PACKED if name not in absent and not (name in RATES and "cost_split" in absent)]
    made = {**NUMBERED, "request": REQUEST, "is_counted": COUNTED, "is_unpriced": UNPRICED}
    inner = f"SELECT * FROM {source}"
    for step in STEPS:
        inner = f"SELECT *, {step} FROM ({inner})"
    if "cost_split" not in absent:
        made |= {"cost_split": "CASE WHEN is_rated THEN NULL ELSE cost_split END"}
        made |= {rate: f"CASE WHEN is_rated THEN {rate} END" for rate in RATES}
        inner = _rated(inner)
    columns = ", ".join(f"{made[name]} AS {name}" if name in made else name for name in left)
    return f"SELECT {columns} FROM ({inner})"


def _rated(inner: str) -> str:
    """Work out the rates of a split, and whether it comes back from them letter by letter."""
    tokens = [f"{meter}_tokens" for meter in SPLIT_METERS]
    rates = ", ".join(
        f"CASE WHEN {count} > 0 AND parts.{meter} % {count} = 0 THEN parts.{meter} // {count} END AS {rate}"
        for meter, count, rate in zip(SPLIT_METERS, tokens, RATES, strict=True)
    )
    parsed = f"SELECT *, from_json(cost_split, '{SHAPE}') AS parts FROM ({inner})"
    return f"SELECT *, {RATED} AND {WRITTEN} = cost_split AS is_rated FROM (SELECT *, {rates} FROM ({parsed}))"


def unpacked(source: str, absent: Collection[str] = (), more: Iterable[str] = ()) -> str:
    """Select events as they were from files of the ledger, with what is made of each, and more columns of the source."""
    lost = ", ".join(f"NULL::{PACKED[name]} AS {name}" for name in PACKED if name in absent)
    inner = f"(SELECT *, {lost} FROM {source})" if lost else source
    made = {"event_id": EVENT_ID, "operation_id": OPERATION_ID, "cost_split": SPLIT}
    columns = ", ".join(f"{made[name]} AS {name}" if name in made else name for name in STORED)
    return f"SELECT {', '.join((columns, *FLAGS, f'{PARTS} AS parts', *more))} FROM {inner}"


def stray(first: int, last: int, otherwise: str) -> str:
    """Write the condition under which the id of an event is not of some milliseconds, or none of ours and ``otherwise``."""
    return f"CASE WHEN id_maker IS NULL THEN {otherwise} ELSE NOT (epoch_ms(ts) + id_ms >= {first} AND epoch_ms(ts) + id_ms < {last}) END"


def absent_of(connection: duckdb.DuckDBPyConnection, file: Path) -> tuple[str, ...]:
    """Return which columns a file has not."""
    found = connection.execute("SELECT name FROM parquet_schema($file)", {"file": literal(file)}).fetchall()
    names = {name for (name,) in found}
    return tuple(name for name in PACKED if name not in names)
