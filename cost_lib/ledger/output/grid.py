"""Turn an answer into rows of text: what people read, in a terminal or in Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Final, NamedTuple

from cost_lib.ledger.answer import Answer

NANO: Final = 10**9
NOTHING: Final = "-"
UNATTRIBUTED: Final = "(unattributed)"
PLAIN: Final = "line"
TITLES: Final = {
    "cost_nano_usd": "cost USD",
    "per_request_nano_usd": "a request",
    "input_tokens": "tokens in",
    "output_tokens": "tokens out",
    "cache_read_tokens": "cached",
    "share_of_requests": "of requests",
    "latency_ms": "ms",
    "margin_share": "of revenue",
    "loss_making_share": "loss making",
    "prompt_version": "version",
    "ts": "time (UTC)",
    "place": "",
}
FINE: Final = ("per_", "saved_per_")  # averages, which are small


class Grid(NamedTuple):
    """A table of text."""

    head: tuple[str, ...]
    rows: list[tuple[str, ...]]
    styles: list[str]  # the kind of each row: line, unattributed, others, subtotal, total, memo
    words: int  # how many columns from the left are words; the others are figures


def gridded(answer: Answer, shown: Sequence[str]) -> Grid:
    """Choose and write the columns of an answer that people see: its keys first."""
    columns = (
        *(("place",) if "place" in answer.columns and "place" in shown else ()),
        *answer.keys,
        *(one for one in shown if one != "place"),
    )
    records = answer.records
    places = _places(records, shown)
    grid = Grid(tuple(_title(one) for one in columns), [], [], _words(answer, records, columns))
    for record in records:
        if not answer.keys and record.get("line") == PLAIN and len(records) > 1:
            continue  # by nothing, the total is all there is
        _label(record, answer.keys)
        grid.rows.append(tuple(_cell(column, record.get(column), places) for column in columns))
        grid.styles.append(str(record.get("line", PLAIN)))
    memo = _memo(answer, records, columns, places)
    if memo is not None:
        grid.rows.append(memo)
        grid.styles.append("memo")
    return grid


def usd(nano: float, places: int) -> str:
    """Write nano-USD as dollars."""
    exact = Decimal(nano) / NANO if isinstance(nano, int) else Decimal(repr(nano)) / NANO
    return f"{exact:,.{places}f}"


def _label(record: dict[str, Any], keys: Sequence[str]) -> None:
    """Say in the place of the keys what a line is that is not of one thing."""
    line, free = record.get("line", PLAIN), [key for key in keys if record[key] is None]
    if not free or line == PLAIN:
        return
    if line == "unattributed":
        record["feature" if "feature" in free else free[0]] = UNATTRIBUTED
        return
    words = f"({record['members']:,} others)" if record.get("members") and line == "others" else f"({line})" if line == "others" else line
    record[free[0]] = "total" if line == "subtotal" else words
    for key in free[1:]:
        record[key] = ""


def _memo(answer: Answer, records: Sequence[dict[str, Any]], columns: Sequence[str], places: int) -> tuple[str, ...] | None:
    """Say below the total what of it nobody answers for, where no line of its own does."""
    total = records[-1] if records and records[-1].get("line") == "total" else None
    if total is None or "feature" in answer.keys or not answer.keys or not total.get("unattributed_requests"):
        return None
    said = {
        answer.keys[0]: "of which unattributed",
        "requests": total["unattributed_requests"],
        "cost_nano_usd": total["unattributed_nano_usd"],
        "share": total["unattributed_nano_usd"] / total["cost_nano_usd"] if total["cost_nano_usd"] else None,
    }
    return tuple(_cell(column, said[column], places) if said.get(column) is not None else "" for column in columns)


def _words(answer: Answer, records: Sequence[dict[str, Any]], columns: Sequence[str]) -> int:
    """Count the columns from the left that hold words."""
    known = len(answer.keys)
    while known < len(columns) and all(isinstance(record.get(columns[known]), (str, datetime, type(None))) for record in records):
        known += 1
    return known


def _places(records: Sequence[dict[str, Any]], shown: Sequence[str]) -> int:
    """Choose as many decimals as the smallest sum of money needs."""
    sums = [abs(record[one]) for record in records for one in shown if _is_sum(one) and record.get(one)]
    return 2 if all(value >= NANO for value in sums) else 6


def _is_sum(column: str) -> bool:
    return column.endswith("_nano_usd") and not column.startswith(FINE)


def _title(column: str) -> str:
    return TITLES.get(column, column.removesuffix("_nano_usd").removesuffix("_share").replace("_", " "))


def _cell(column: str, value: Any, places: int) -> str:
    if value is None:
        return NOTHING if column != "place" else ""
    if isinstance(value, str):  # first, because a tag may have the name of a figure
        return value
    if column.endswith("_nano_usd"):
        return usd(value, places if _is_sum(column) else 6)
    if "share" in column or "_rate" in column:
        return f"{value:.1%}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, float):
        return f"{value:,.0f}"
    return f"{value:,}" if isinstance(value, int) else str(value)
