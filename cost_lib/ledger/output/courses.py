"""Lay a trend out: one line a series, its course drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, Final

from cost_lib.ledger.answer import Answer
from cost_lib.ledger.asking.period import next_month
from cost_lib.ledger.output.grid import UNATTRIBUTED, Grid, usd
from cost_lib.ledger.output.sparks import spark

WEEK: Final = 7


def coursed(answer: Answer, *, encoding: str = "utf-8") -> Grid:
    """Draw each series of an answer whose first key is the time."""
    every, *keys = answer.keys
    times = list(_times(sorted(record[every] for record in answer.records), every))
    series: dict[tuple[Any, ...], dict[str, dict[str, Any]]] = {}
    for record in answer.records:
        series.setdefault((record["line"], *(record[key] for key in keys)), {})[record[every]] = record
    names = tuple(keys) or ("",)
    span = f"last {WEEK} days" if every == "day" else f"last {every}"
    grid = Grid((*names, "requests", "cost USD", span, "change", f"by {every}"), [], [], len(names))
    everything = [record["cost_nano_usd"] for record in answer.records if record["cost_nano_usd"]]
    places = 2 if everything and min(everything) >= 10**9 else 6
    for (line, *values), found in series.items():
        costs = [found[time]["cost_nano_usd"] if time in found else 0 for time in times]
        size = WEEK if every == "day" else 1
        last, before = sum(costs[-size:]), sum(costs[-2 * size : -size]) if len(costs) >= 2 * size else 0
        change = f"{(last - before) / before:+.0%}" if before else "-"
        requests = sum(record["requests"] for record in found.values())
        drawn = spark(costs, encoding=encoding)
        grid.rows.append((*_named(line, values), f"{requests:,}", usd(sum(costs), places), usd(last, places), change, drawn))
        grid.styles.append(line)
    return grid


def _named(line: str, values: Sequence[str | None]) -> tuple[str, ...]:
    if line == "line":
        return tuple(value or "-" for value in values)
    first = {"unattributed": UNATTRIBUTED, "others": "(others)", "total": "total"}[line]
    return (first, *(value or "" for value in values[1:]))


def _times(known: Sequence[str], every: str) -> Iterator[str]:
    """Yield all days, weeks or months from the first to the last one, those without calls too."""
    if not known:
        return
    text = f"{known[0]}-01" if every == "month" else known[0]
    at = date.fromisoformat(text)
    while (name := f"{at:%Y-%m}" if every == "month" else at.isoformat()) <= known[-1]:
        yield name
        at = next_month(at) if every == "month" else at + timedelta(days=WEEK if every == "week" else 1)
