"""What caching saved: what the tokens that came from a cache would have cost as input, at the prices of the table of their event.

A cell of cache.sql is what one line had of one model on one day, at one price. Saved is what its cached tokens would have cost at the
rate of input less what they did cost; paid for that is what tokens written to a cache cost above the rate of input.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from cost_lib.errors import ReportError
from cost_lib.ledger.archived_prices import Priced, look_up
from cost_lib.ledger.queries import rendered, source, used
from cost_lib.ledger.reports.shapes import columns, each, order
from cost_lib.model import Unknown
from cost_lib.pricing import rate_of

if TYPE_CHECKING:
    from cost_lib.catalog.prices import Price
    from cost_lib.ledger.asking.question import Question
    from cost_lib.ledger.session import Session, Table

PICO_PER_NANO: Final = 1000
LIMITS: Final = 8  # lengths that one question can tell apart
NEVER: Final = 2**62
MONEY: Final = "HUGEINT"
FIGURES: Final = {
    "requests": "BIGINT", "cached_requests": "BIGINT", "share_cached": "DOUBLE",
    "tokens": "BIGINT", "cache_read_tokens": "BIGINT", "share_of_tokens": "DOUBLE",
    "cost_nano_usd": MONEY, "read_saved_nano_usd": MONEY, "write_premium_nano_usd": MONEY, "saved_nano_usd": MONEY, "share_saved": "DOUBLE",
    "per_cached_request_nano_usd": "DOUBLE", "per_fresh_request_nano_usd": "DOUBLE",
    "unknown_cache_tokens": "BIGINT", "unpriced": "BIGINT",
}  # fmt: skip
SUMS: Final = ("requests", "tokens", "cache_read_tokens", "cost_nano_usd", "unpriced")


class Saved(NamedTuple):
    """What a cell saved and paid, in nano-USD; ``unknown`` tokens of a cache have no price."""

    read: int = 0
    written: int = 0
    unknown: int = 0


def cache(session: Session, question: Question) -> Table:
    """Work out what caching saved."""
    view = question.view("event_id")
    if view == "meters":
        raise ReportError("what caching saved is not by meter; leave meter out")
    limits = _limits(session, _records(session, view, "cache_prices", question, {}))
    given = {f"t{number}": limit for number, limit in enumerate((*limits, *(NEVER,) * (LIMITS - len(limits))), 1)}
    cells = _records(session, view, "cache", question, given)
    names = question.grouping.names
    lines: dict[tuple[Any, ...], dict[str, Any]] = {}
    for cell, one in zip(cells, _saved(session, cells, limits), strict=True):
        keys = tuple(cell[f"key{number}"] for number in range(1, len(names) + 1))
        for key in ((*keys, "unattributed" if cell["is_apart"] else "line"), (*(None for _ in names), "total")):
            _add(lines.setdefault(key, dict.fromkeys((*SUMS, "cached", "cached_cost", "read", "written", "unknown"), 0)), cell, one)
    in_time = question.grouping.is_by_time
    ranked = sorted(lines.items(), key=lambda item: order(item[0], len(names), item[1]["read"] - item[1]["written"], in_time=in_time))
    return session.filled(view, columns(names, FIGURES), [(*key, *_figures(sums)) for key, sums in ranked], names)


def _records(session: Session, view: str, name: str, question: Question, more: dict[str, int]) -> list[dict[str, Any]]:
    query = rendered(name, by=question.grouping.spliced(), where=question.condition.sql, **{"from": source(view)})
    cursor = session.opened(view).connection.execute(query, used(query, {**question.parameters, **more}))
    names = [one[0] for one in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _limits(session: Session, models: Sequence[dict[str, Any]]) -> tuple[int, ...]:
    """Find the lengths of input beyond which the rates of any of these models change."""
    found: set[int] = set()
    for version in {row["price_version"] for row in models}:
        asked = [_priced(row) for row in models if row["price_version"] == version]
        for price in look_up(version, asked, session.places).values():
            if not isinstance(price, Unknown):
                found.update(tier.tokens for tier in price.tiers)
    return tuple(sorted(found)[:LIMITS])


def _saved(session: Session, cells: Sequence[dict[str, Any]], limits: tuple[int, ...]) -> list[Saved]:
    """Work out each cell, the cells of one price table together."""
    found = [Saved()] * len(cells)
    priced = [(place, cell, _priced(cell)) for place, cell in enumerate(cells) if cell["is_priced"]]
    for version in {cell["price_version"] for _, cell, _ in priced}:
        mine = [one for one in priced if one[1]["price_version"] == version]
        known = look_up(version, {asked for _, _, asked in mine}, session.places)
        for place, cell, asked in mine:
            found[place] = _of_cell(cell, known[asked], limits)
    return found


def _priced(row: dict[str, Any]) -> Priced:
    return Priced(row["provider"], row["model"], row["model_requested"], row["price_context"], row["at"])


def _of_cell(cell: dict[str, Any], price: Price | Unknown, limits: tuple[int, ...]) -> Saved:
    read, written = cell["cache_read_tokens"], cell["cache_write_5m_tokens"] + cell["cache_write_1h_tokens"]
    if isinstance(price, Unknown):
        return Saved(unknown=int(read + written))
    rates = price.rates
    for tier in price.tiers:  # the longest first
        if tier.tokens in limits and cell["reach" if tier.cached else "reach_uncached"] > limits.index(tier.tokens):
            rates = tier.rates
            break
    rate = rate_of(rates, "input")
    if rate is None:
        return Saved(unknown=int(read + written))
    return Saved(
        round(Fraction(int(read) * rate, PICO_PER_NANO)) - int(cell["split_read"]),
        int(cell["split_written"]) - round(Fraction(int(written) * rate, PICO_PER_NANO)),
    )


def _add(sums: dict[str, Any], cell: dict[str, Any], one: Saved) -> None:
    for name in SUMS:
        sums[name] += cell[name]
    if cell["is_cached"]:
        sums["cached"] += cell["requests"]
        sums["cached_cost"] += cell["cost_nano_usd"]
    sums["read"] += one.read
    sums["written"] += one.written
    sums["unknown"] += one.unknown


def _figures(sums: dict[str, Any]) -> tuple[Any, ...]:
    saved = sums["read"] - sums["written"]
    fresh = sums["requests"] - sums["cached"]
    return (
        sums["requests"], sums["cached"], each(sums["cached"], sums["requests"]),
        sums["tokens"], sums["cache_read_tokens"], each(sums["cache_read_tokens"], sums["tokens"]),
        sums["cost_nano_usd"], sums["read"], sums["written"], saved, each(saved, sums["cost_nano_usd"] + saved),
        each(sums["cached_cost"], sums["cached"]), each(sums["cost_nano_usd"] - sums["cached_cost"], fresh),
        sums["unknown"], sums["unpriced"],
    )  # fmt: skip
