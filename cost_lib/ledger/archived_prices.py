"""Look prices up in the tables that events were priced by: those that are kept beside the log, or the ones that are shipped.

Nothing of the process is touched: a notebook may read an old table while the program around it prices its calls by today's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path, PurePath
from typing import Any, Final, NamedTuple

from cost_lib.catalog.model_names import spellings, split_route
from cost_lib.catalog.prices import Price, context_key, find_price
from cost_lib.catalog.rate_tables import MODELS, TABLE_NAME, Table
from cost_lib.catalog.table_archive import FOLDER, version_of
from cost_lib.model import Unknown

VERSION: Final = re.compile(r"[0-9a-f]{12}", re.ASCII)
HOUSE: Final = "house-prices"
House = Mapping[str, Mapping[str, int]]


class Priced(NamedTuple):
    """What names the price of an event."""

    provider: str
    model: str
    model_requested: str
    context: str
    at: datetime

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of its model: as billed, as asked for."""
        return tuple(dict.fromkeys(name for name in (self.model, self.model_requested) if name))


def look_up(version: str, wanted: Iterable[Priced], places: Iterable[PurePath]) -> dict[Priced, Price | Unknown]:
    """Find the prices of one version of a table."""
    asked = list(wanted)
    try:
        archived = _archived(version, places)
        if archived is not None:
            table, house = archived
            return {one: _with_house(_in_table(table, one), one, house) for one in asked}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:  # somebody has written into it
        return {one: Unknown(f"the price table {version} that is kept beside the log cannot be read: {problem}") for one in asked}
    return {one: _shipped(one, version) for one in asked}


def _archived(version: str, places: Iterable[PurePath]) -> tuple[Table | None, House] | None:
    """Read the table that is kept under a version, and the house prices that were laid over it."""
    if not VERSION.fullmatch(version):
        return None
    for folder in dict.fromkeys(folder for place in places if isinstance(place, Path) for folder in (place, place.parent)):
        for file in sorted((folder / FOLDER).glob(f"*-{version}.json")):
            name = file.name.removesuffix(f"-{version}.json")
            if re.fullmatch(TABLE_NAME, name):
                return _parted(name, file.read_text(encoding="utf-8"))
    return None


def _parted(name: str, text: str) -> tuple[Table | None, House]:
    """Part a table from the house prices, its last line."""
    head, _, last = text.rstrip("\n").rpartition("\n")
    house: Any = {}
    if last.startswith(f'{{"{HOUSE}"'):
        text, house = head, json.loads(last)[HOUSE]
    head, found, body = text.partition(MODELS)
    return (Table(name, json.loads(f"{head}{MODELS}]}}"), body) if found else None), house


def _in_table(table: Table | None, one: Priced) -> Price | Unknown:
    """Find a price in a table that is not the process's own."""
    key, at = context_key(one.context), one.at.replace(tzinfo=UTC)
    for name in one.names if table is not None else ():
        entry = table.find_entry(spellings(*split_route(one.provider, name))) if table is not None else None
        rows = table.prices_of(entry, key) if table is not None and entry is not None else ()
        found = next((price for price in rows if price.start <= at < price.end and _is_at(price, at)), None)
        if found is not None:
            return found
    return Unknown("the price table that is kept beside the log does not have it")


def _is_at(price: Price, at: datetime) -> bool:
    """Say whether a price of certain hours holds at a moment."""
    if price.hours is None:
        return True
    start, end = price.hours
    is_day = price.days is None or price.days[0] <= at.isoweekday() <= price.days[1]
    return is_day and (start <= at.time() < end if start < end else at.time() >= start or at.time() < end)


def _shipped(one: Priced, version: str) -> Price | Unknown:
    """Take a price of the tables that are shipped, if it is these that the event was priced by."""
    found: Price | Unknown = Unknown("the event names no model")
    for name in one.names:
        found = find_price(one.provider, name, one.at.replace(tzinfo=UTC), context=one.context)
        if isinstance(found, Price):
            return (
                found if version_of(found.provider) == version else Unknown(f"the price table {version or '?'} is not kept beside the log")
            )
    return found


def _with_house(found: Price | Unknown, one: Priced, house: House) -> Price | Unknown:
    own = next((house[key] for name in one.names if (key := f"{one.provider}/{name}") in house), None)
    if own is None:
        return found
    return Price(one.provider, one.model, one.context, {**({} if isinstance(found, Unknown) else found.rates), **own})
