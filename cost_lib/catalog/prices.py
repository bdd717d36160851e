"""Dated price tables: what a model cost per unit at a moment, or why that is not known.

The tables are ``rates/<provider>.json``, written by ``scripts/generate_rates.py``; each is read when first asked for. Rates are
integers in pico-USD (10^-12 USD) per unit. Contexts are what changes the price of a request: ``batch``, ``flex``,
``priority``, ``fast``, ``us`` (residency), joined by ``+`` in alphabetical order; ``context_key`` writes them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from datetime import time as clock_time
from typing import Any, Final, NamedTuple

from cost_lib.catalog.model_names import CLOSED, OWN_NAMES, ROUTERS, spellings, split_route, undated
from cost_lib.model import Unknown

BEGIN: Final = datetime.min.replace(tzinfo=UTC)
END: Final = datetime.max.replace(tzinfo=UTC)
STANDARD: Final = frozenset(("", "standard", "default", "auto", "standard_only", "on_demand", "global", "not_available"))
CACHE_LIMIT: Final = 4096  # look-ups kept; model names come from outside


class Tier(NamedTuple):
    """Rates of a request whose input is longer than ``tokens``; they hold for the whole request."""

    tokens: int
    cached: bool  # whether cache reads and writes count towards ``tokens``
    rates: Mapping[str, int]  # complete: the standard rates where the tier changes nothing


class Price(NamedTuple):
    """The rates of one model in one context over one period."""

    provider: str  # the table
    model: str  # the table's entry
    context: str
    rates: Mapping[str, int]  # meter -> pico-USD per unit (durations: per hour)
    tiers: tuple[Tier, ...] = ()  # longest first
    start: datetime = BEGIN  # UTC, inclusive
    end: datetime = END  # exclusive
    hours: tuple[clock_time, clock_time] | None = None  # UTC, inclusive and exclusive
    days: tuple[int, int] | None = None  # ISO week days, UTC, both inclusive
    minimum: Mapping[str, int] = {}  # meter -> least quantity that a request is billed for
    source: str = ""
    checked: str = ""  # ISO date on which the source was read


class Known(NamedTuple):
    """The catalog has a price, or the host lets its users name models."""

    model: str = ""  # the table's entry; "" = nothing to hold the name against


class Retired(NamedTuple):
    """The provider no longer serves the model."""

    date: date
    source: str


class _Table(NamedTuple):
    """One file, indexed."""

    provider: str
    fallback: tuple[str, ...]
    sources: Mapping[str, Mapping[str, Any]]
    retired: tuple[tuple[str, str, str], ...]
    models: tuple[Mapping[str, Any], ...]
    exact: Mapping[str, int]
    patterns: tuple[tuple[str, int], ...]


_tables: dict[str, _Table | None] = {}
_found: dict[tuple[str, str, str], Price | Unknown | tuple[Price, ...]] = {}


def find_price(provider: str, model: str, at: datetime | date, *, context: str = "") -> Price | Unknown:
    """Give the price of a model at a moment (naive means UTC), or the reason why there is none."""
    found = _found.get((provider, model, context))
    if found is None:
        found = _remember(provider, model, context)
    kind = found.__class__
    if kind is Price or kind is Unknown:
        return found  # type: ignore[return-value]  # an exact class test, twice as fast as isinstance here
    return _at(found, _moment(at))  # type: ignore[arg-type]


def context_key(*parts: str) -> str:
    """Join what changes the price of a request into one key; standard tiers vanish."""
    wanted = {piece for part in parts for piece in part.lower().split("+")} - STANDARD
    return "+".join(sorted(wanted))


def is_known(provider: str, model: str, at: datetime | date) -> Known | Retired | Unknown:
    """Say whether a model name written in code can be priced at a moment.

    Conservative: hosts whose users name models (deployments, gateways, open weights) are never unknown.
    """
    table_name, name = split_route(provider, model)
    table = _table(table_name)
    if table is None or not name.strip():
        return Known()
    retired = _retirement(table, name)
    if retired and retired.date <= _moment(at).date():
        return retired
    entry = _entry(table, name)
    if entry is not None:
        return Known(str(entry["id"]))
    if table_name not in CLOSED or OWN_NAMES.search(name.lower()) or provider.strip().lower() in ROUTERS:
        return Known()
    return Unknown(f"the price table of {table_name} has no model {name!r}", _suggestion(table, name))


def forget() -> None:
    """Drop what was read, so that the tables are read anew."""
    _tables.clear()
    _found.clear()


def _remember(provider: str, model: str, context: str) -> Price | Unknown | tuple[Price, ...]:
    """Look a model up and keep the answer."""
    if len(_found) >= CACHE_LIMIT:
        _found.clear()
    found = _look_up(provider, model, context)
    _found[provider, model, context] = found
    return found


def _look_up(provider: str, model: str, context: str) -> Price | Unknown | tuple[Price, ...]:
    """Find the prices of a model in a context, for all times."""
    table_name, name = split_route(provider, model)
    table = _table(table_name)
    if table is None:
        return Unknown(f"no price table for provider {provider!r}")
    key = context_key(context)
    for candidate in (table, *filter(None, map(_table, table.fallback))):
        entry = _entry(candidate, name)
        if entry is None:
            continue
        prices = tuple(_price(candidate, entry, row) for row in entry["prices"] if row.get("for", "") == key)
        if not prices:
            return Unknown(f"{candidate.provider} {entry['id']} has no {key} rates in the price table")
        return prices[0] if len(prices) == 1 and _is_always(prices[0]) else prices
    if table_name == "azure":
        return Unknown(f"{name!r} is no model name of azure; a deployment name says nothing about its price")
    return Unknown(f"the price table of {table_name} has no model {name!r}", _suggestion(table, name))


def _at(prices: tuple[Price, ...], moment: datetime) -> Price | Unknown:
    """Choose the first price that holds at a moment; those of certain hours come first in the tables."""
    for price in prices:
        if price.start <= moment < price.end and (price.hours is None or _is_in_hours(price, moment)):
            return price
    first = prices[0]
    return Unknown(f"{first.provider} {first.model} has no {first.context or 'standard'} rates for {moment:%Y-%m-%d}")


def _is_in_hours(price: Price, moment: datetime) -> bool:
    """Say whether a moment lies in the daily hours of a price."""
    if price.hours is None or (price.days and not price.days[0] <= moment.isoweekday() <= price.days[1]):
        return False
    start, end = price.hours
    now = moment.time()
    return start <= now < end if start < end else now >= start or now < end


def _is_always(price: Price) -> bool:
    """Say whether a price holds at every moment."""
    return price.start is BEGIN and price.end is END and price.hours is None


def _moment(at: datetime | date) -> datetime:
    """Give an aware UTC time; a date is its first moment."""
    if not isinstance(at, datetime):
        return datetime(at.year, at.month, at.day, tzinfo=UTC)
    if at.tzinfo is UTC:
        return at
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def _table(name: str) -> _Table | None:
    """Read a provider's table once; None where there is none."""
    if name not in _tables:
        if len(_tables) >= CACHE_LIMIT:
            _tables.clear()
        _tables[name] = _read(name)
    return _tables[name]


def _read(name: str) -> _Table | None:
    """Read and index one file."""
    import json  # here, because importing the run time must cost nothing
    from importlib import resources

    if not re.fullmatch(r"[a-z0-9][a-z0-9_.-]*", name):
        return None
    file = resources.files("cost_lib.catalog").joinpath("rates", f"{name}.json")
    if not file.is_file():
        return None
    raw = json.loads(file.read_bytes())
    exact: dict[str, int] = {}
    patterns: list[tuple[str, int]] = []
    for index, entry in enumerate(raw["models"]):
        for clause in entry["match"]:
            if clause[0] == "=":
                exact.setdefault(clause[1:], index)
            else:
                patterns.append((clause, index))
    retired = tuple((row[0], row[1], row[2]) for row in raw["retired"])
    return _Table(name, tuple(raw["fallback"]), raw["sources"], retired, tuple(raw["models"]), exact, tuple(patterns))


def _entry(table: _Table, model: str) -> Mapping[str, Any] | None:
    """Find the entry of a model under any of its spellings."""
    for name in spellings(table.provider, model):
        index = table.exact.get(name)
        if index is None:
            index = next((place for clause, place in table.patterns if matches(clause, name)), None)
        if index is not None:
            return table.models[index]
    return None


def matches(clause: str, name: str) -> bool:
    """Say whether a clause accepts a name: "=" exact, "^" prefix, "$" suffix, "*" contained, "~" regular expression."""
    sign, text = clause[0], clause[1:]
    if sign == "^":
        return name.startswith(text)
    if sign == "*":
        return text in name
    if sign == "=":
        return name == text
    if sign == "$":
        return name.endswith(text)
    return re.search(text, name) is not None


def _retirement(table: _Table, model: str) -> Retired | None:
    """Find when a model was retired."""
    for name in spellings(table.provider, model):
        for clause, day, source in table.retired:
            if matches(clause, name):
                return Retired(date.fromisoformat(day), str(table.sources[source]["from"]))
    return None


def _price(table: _Table, entry: Mapping[str, Any], row: Mapping[str, Any]) -> Price:
    """Build a price from one row of a table."""
    rates = row["rates"]
    tiers = tuple(Tier(tier["tokens"], tier["cached"], {**rates, **tier["rates"]}) for tier in reversed(row.get("above", ())))
    source = table.sources[row.get("source", "genai")]
    return Price(
        table.provider,
        entry["id"],
        row.get("for", ""),
        rates,
        tiers,
        _moment(datetime.fromisoformat(row["from"])) if "from" in row else BEGIN,
        _moment(datetime.fromisoformat(row["to"])) if "to" in row else END,
        _hours(row.get("hours", "")),
        _days(row.get("days", "")),
        entry.get("minimum", {}),
        " ".join((source["from"], *source.get("urls", ()))),
        source["checked"],
    )


def _hours(text: str) -> tuple[clock_time, clock_time] | None:
    """Read ``01:00-04:00``."""
    if not text:
        return None
    start, _, end = text.partition("-")
    return clock_time.fromisoformat(start), clock_time.fromisoformat(end)


def _days(text: str) -> tuple[int, int] | None:
    """Read ``1-5``."""
    return (int(text[0]), int(text[-1])) if text else None


def _suggestion(table: _Table, model: str) -> str:
    """Give the closest name that the table knows, or nothing."""
    import difflib  # only messages need it

    wanted = undated(list(spellings(table.provider, model))[-1])
    close = difflib.get_close_matches(wanted, _names(table), n=1, cutoff=0.75)
    return close[0] if close else ""


def _names(table: _Table) -> Iterable[str]:
    """Give every literal name of a table that is not retired wholesale."""
    prefixes = [clause[1:] for clause, _ in table.patterns if clause[0] == "^"]
    return [*table.exact, *prefixes]
