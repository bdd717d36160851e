"""Dated prices: what a model cost per unit at a moment, or why that is not known.

Rates are integers in pico-USD (10^-12 USD) per unit, from the tables that ``scripts/generate_rates.py`` writes. Contexts are
what changes the price of a request: ``batch``, ``flex``, ``priority``, ``fast``, ``regional`` (inference pinned to a
geography), ``hd``, ``search=low`` ..., joined by ``+`` in alphabetical order; ``context_key`` writes them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any, Final, NamedTuple

from cost_lib.catalog.model_names import CLOSED, DEPLOYMENTS, OWN_NAMES, ROUTERS, house_of, is_foreign, spellings, split_route, undated
from cost_lib.catalog.rate_tables import BEGIN, END, Price, Retired, Table, Tier, forget_tables, read_table, utc
from cost_lib.model import Unknown

__all__ = [
    "Known",
    "Price",
    "Retired",
    "Tier",
    "context_key",
    "contexts_of",
    "find_price",
    "find_window",
    "forget",
    "is_known",
    "place_context",
    "table_names",
]

STANDARD: Final = frozenset(
    ("", "standard", "default", "auto", "standard_only", "on_demand", "global", "not_available", "1024x1024", "720p")
)
REGIONS: Final = frozenset(("us", "eu", "au", "in", "jp", "ca", "uk", "gb", "sg", "kr", "ae", "ap", "apac", "multi_region"))
CACHE_LIMIT: Final = 4096  # look-ups kept; model names come from outside


class Known(NamedTuple):
    """The catalog has a price, or the host lets its users name models."""

    model: str = ""  # the table's entry; "" = nothing to hold the name against


class _Dated:
    """Prices of which the moment decides, with the window in which the last answer holds."""

    __slots__ = ("prices", "window")

    def __init__(self, prices: tuple[Price, ...]) -> None:
        self.prices = prices
        self.window: tuple[datetime, datetime, Price | Unknown] = (END, BEGIN, prices[0])  # empty: nothing was asked yet

    def find(self, moment: datetime) -> Price | Unknown:
        """Choose the price of a moment; the window is one assignment, so threads see a whole one."""
        price = _at(self.prices, moment)
        edges = _edges(self.prices, moment)
        self.window = (max(edge for edge in edges if edge <= moment), min(edge for edge in edges if edge > moment), price)
        return price


_Found = Price | Unknown | _Dated
_found: dict[tuple[str, str, str], _Found] = {}


def find_price(provider: str, model: str, at: datetime | date, *, context: str = "") -> Price | Unknown:
    """Give the price of a model at a moment (naive means UTC), or the reason why there is none."""
    try:
        found = _found.get((provider, model, context)) or _remember(provider, model, context)
    except OSError as problem:
        return Unknown(f"the price table of {provider!r} cannot be read: {problem.strerror}")
    if not isinstance(found, _Dated):
        return found
    start, end, price = found.window
    if isinstance(at, datetime) and at.tzinfo is UTC and start <= at < end:
        return price
    return found.find(utc(at))


def find_window(provider: str, model: str, at: datetime, *, context: str = "") -> tuple[datetime, datetime]:
    """Give the time around a moment within which ``find_price`` gives the same answer, its end excluded."""
    try:
        found = _found.get((provider, model, context)) or _remember(provider, model, context)
    except OSError:
        return utc(at), utc(at)  # it may do so at the next call
    if not isinstance(found, _Dated):
        return BEGIN, END
    found.find(utc(at))
    return found.window[:2]


def context_key(*parts: str) -> str:
    """Join what changes the price of a request into one key; standard tiers vanish, geographies become ``regional``."""
    wanted = {piece for part in parts for piece in part.lower().split("+")} - STANDARD
    if wanted & REGIONS:
        wanted = (wanted - REGIONS) | {"regional"}
    return "+".join(sorted(wanted))


def is_known(provider: str, model: str, at: datetime | date) -> Known | Retired | Unknown:
    """Say whether a model name written in code can be priced at a moment.

    Conservative: hosts whose users name models (deployments, gateways, open weights) are never unknown.
    """
    name_of_table, name = split_route(provider, model)
    table = read_table(name_of_table)
    if table is None or not name.strip():
        return Known()
    names = tuple(spellings(name_of_table, name))
    retired = table.find_retirement(names)
    if retired and retired.date <= utc(at).date():
        return retired
    entry = _entry_of(table, names)
    if entry is not None:
        return Known(str(entry[1]["id"]))
    if name_of_table not in CLOSED or re.search(OWN_NAMES, names[-1]) or is_foreign(name_of_table, names[-1]):
        return Known()
    return Unknown(f"the price table of {name_of_table} has no model {name!r}", _suggestion(table, names, at))


def contexts_of(provider: str, model: str) -> tuple[str, ...]:
    """Give the contexts in which a model has prices of its own, the standard one first."""
    name_of_table, name = split_route(provider, model)
    table = read_table(name_of_table)
    found = _entry_of(table, tuple(spellings(name_of_table, name))) if table is not None else None
    return tuple(sorted({str(row.get("for", "")) for row in found[1]["prices"]})) if found is not None else ()


@lru_cache(maxsize=CACHE_LIMIT)
def place_context(provider: str, model: str, place: str) -> str:
    """Give the context of a place in which a model has prices of its own; empty where it costs what it does elsewhere."""
    wanted = f"in={place}"
    return wanted if any(wanted in context.split("+") for context in contexts_of(provider, model)) else ""


def table_names() -> tuple[str, ...]:
    """Give the providers that have a price table."""
    from importlib import resources

    names = (file.name for file in resources.files("cost_lib.catalog").joinpath("rates").iterdir())
    return tuple(sorted(name.removesuffix(".json") for name in names if name.endswith(".json")))


def forget() -> None:
    """Drop what was read, so that the tables are read anew."""
    forget_tables()
    _found.clear()
    place_context.cache_clear()


def _remember(provider: str, model: str, context: str) -> _Found:
    """Look a model up and keep the answer."""
    if len(_found) >= CACHE_LIMIT:
        _found.clear()
    found = _look_up(provider, model, context)
    _found[provider, model, context] = found
    return found


def _look_up(provider: str, model: str, context: str) -> _Found:
    """Find the prices of a model in a context, for all times."""
    name_of_table, name = split_route(provider, model)
    if name_of_table in ROUTERS:
        name_of_table = house_of(name)
    table = read_table(name_of_table)
    if table is None:
        return Unknown(f"no price table for provider {provider!r}")
    others = spellings(name_of_table, name)
    first = (next(others),)  # nearly always the one; the others take as long as the rest of a first look-up
    entry = table.find_entry(first)
    names = first if entry is not None else (*first, *others)
    found = (table, entry) if entry is not None else _entry_of(table, names)
    if found is not None:
        source, entry = found
        key = context_key(context)
        prices = source.prices_of(entry, key)
        return _compiled(prices) if prices else Unknown(f"{source.provider} {entry['id']} has no {key} rates in the price table")
    if name_of_table in DEPLOYMENTS:
        return Unknown(f"{name!r} is no model name of {name_of_table}; a deployment name says nothing about its price")
    return Unknown(f"the price table of {name_of_table} has no model {name!r}", _suggestion(table, names, None))


def _entry_of(table: Table, names: tuple[str, ...]) -> tuple[Table, Mapping[str, Any]] | None:
    """Find a model in a table, or in those whose models the provider also serves."""
    for candidate in (table, *filter(None, map(read_table, table.fallback))):
        entry = candidate.find_entry(names)
        if entry is not None:
            return candidate, entry
    return None


def _compiled(prices: tuple[Price, ...]) -> _Found:
    """Prepare prices for the look-up: most have one that always holds."""
    first = prices[0]
    return first if first.hours is None and first.start is BEGIN and first.end is END else _Dated(prices)


def _at(prices: tuple[Price, ...], moment: datetime) -> Price | Unknown:
    """Choose the first price that holds at a moment; those of certain hours come first in the tables."""
    for price in prices:
        if price.start <= moment < price.end and (price.hours is None or _is_in_hours(price, moment)):
            return price
    first = min(prices, key=lambda price: price.start)
    return Unknown(f"{first.provider} {first.model} has {first.context or 'standard'} rates only from {first.start:%Y-%m-%d} on")


def _edges(prices: tuple[Price, ...], moment: datetime) -> list[datetime]:
    """Give the times at which another price may begin: of periods, and on the day of the moment of hours."""
    edges = [BEGIN, END, *(edge for price in prices for edge in (price.start, price.end))]
    hours = [hour for price in prices for hour in price.hours or ()]
    if hours:
        day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
        edges += [day, day + timedelta(days=1), *(datetime.combine(day, hour, UTC) for hour in hours)]
    return edges


def _is_in_hours(price: Price, moment: datetime) -> bool:
    """Say whether a moment lies in the daily hours of a price."""
    if price.hours is None or (price.days and not price.days[0] <= moment.isoweekday() <= price.days[1]):
        return False
    start, end = price.hours
    now = moment.time()
    return start <= now < end if start < end else now >= start or now < end


def _suggestion(table: Table, names: tuple[str, ...], at: datetime | date | None) -> str:
    """Give the closest name that the table knows and that is still served, or nothing."""
    from difflib import SequenceMatcher, get_close_matches  # only messages need it

    known = table.names()
    wanted = {*names, *map(undated, names)}
    close = [
        (SequenceMatcher(None, name, want).ratio(), name) for want in wanted for name in get_close_matches(want, known, n=3, cutoff=0.75)
    ]
    for _, name in sorted(close, reverse=True):
        retired = table.find_retirement((name,))
        if at is None or retired is None or retired.date > utc(at).date():
            return name
    return ""
