"""List the prices that the catalog has for a model at a moment."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, NamedTuple

from cost_lib import policy
from cost_lib.billing import OVERRIDABLE
from cost_lib.catalog.model_names import house_of, table_of
from cost_lib.catalog.prices import Price, contexts_of, find_price, table_names
from cost_lib.catalog.rate_tables import BEGIN, END
from cost_lib.errors import UnknownModelError

# meters that are not counted in millions
COUNTED: Final = frozenset(
    "pages annotated_pages messages images requests video_seconds web_searches storage_searches rerank_searches grounded_prompts "
    "maps_prompts maps_queries live_searches code_executions".split()
)
TAKES_ANY: Final = frozenset(("ollama",))  # what runs at home has any name
PICO: Final = 10**12


class Listed(NamedTuple):
    """The prices of one model."""

    asked: str
    at: datetime
    prices: tuple[Price, ...]


def find(asked: str, at: datetime) -> Listed:
    """Find the prices of ``provider/model``, or of a model under the house that it belongs to, else wherever it is known."""
    own = tuple(_house_prices(asked))
    for provider, model in _candidates(asked):
        found = tuple(
            price
            for context in contexts_of(provider, model)
            if isinstance(price := find_price(provider, model, at, context=context), Price)
        )
        if found:
            return Listed(asked, at, own + found)
    if own:
        return Listed(asked, at, own)
    provider, _, model = asked.partition("/")
    missing = find_price(provider if model else house_of(asked) or provider, model or asked, at)
    raise UnknownModelError(asked, "" if isinstance(missing, Price) else missing.suggestion)


def _house_prices(asked: str) -> Iterator[Price]:
    """Give what the policy says of a model; it outweighs all tables."""
    rules = policy.load(policy.find(Path.cwd(), env=os.environ))
    for name, row in rules.prices.items():
        provider, _, model = name.partition("/")
        if asked in {name, model}:
            rates = {meter: rate for meter in OVERRIDABLE if (rate := getattr(row, meter)) is not None}
            place = f"{row.place.file.name}:{row.place.line}" if row.place is not None else "the policy"
            yield Price(provider, model, "house price", rates, source=place, checked="by the house")


def _candidates(asked: str) -> list[tuple[str, str]]:
    """Give table and name in the order in which they are to be tried."""
    provider, _, model = asked.partition("/")
    known = table_names()
    if model and table_of(provider) in known:
        return [(provider, model)]
    house = house_of(asked)
    return [(name, asked) for name in sorted(known, key=lambda name: (name != house, name)) if name not in TAKES_ANY]


def as_json(listed: Listed) -> str:
    """Write prices as JSON: integer pico-USD per unit, as in the tables."""
    prices = [_record(price) for price in listed.prices]
    return json.dumps({"asked": listed.asked, "at": listed.at.isoformat(), "prices": prices}, indent=2) + "\n"


def _record(price: Price) -> dict[str, Any]:
    return {
        "provider": price.provider,
        "model": price.model,
        "context": price.context or "standard",
        "unit": "pico-USD per token, character, page, search, image or request; per hour for *_ms",
        "rates": dict(price.rates),
        "above": [{"tokens": tier.tokens, "rates": dict(tier.rates)} for tier in reversed(price.tiers)],
        "minimum": dict(price.minimum),
        "from": None if price.start == BEGIN else price.start.isoformat(),
        "to": None if price.end == END else price.end.isoformat(),
        "hours": f"{price.hours[0]:%H:%M}-{price.hours[1]:%H:%M}" if price.hours else None,
        "source": price.source,
        "checked": price.checked,
    }


def as_text(listed: Listed) -> str:
    """Write prices for a reader: USD in the units of the providers' pages."""
    first = listed.prices[0]
    lines = [f"{first.provider} {first.model} at {listed.at:%Y-%m-%d %H:%M} UTC"]
    for price in listed.prices:
        lines.append(f"\n{price.context or 'standard'}{_period(price)}")
        lines += [f"  {meter:18} {shown_rate(meter, rate)}" for meter, rate in price.rates.items()] or ["  free of charge"]
        for tier in reversed(price.tiers):
            lines.append(f"  over {tier.tokens:,} tokens of input")
            changed = {meter: rate for meter, rate in tier.rates.items() if price.rates.get(meter) != rate}
            lines += [f"    {meter:16} {shown_rate(meter, rate)}" for meter, rate in changed.items()]
        lines.append(f"  {price.source}, checked {price.checked}")
    return "\n".join(lines) + "\n"


def _period(price: Price) -> str:
    start = "" if price.start == BEGIN else f" from {price.start:%Y-%m-%d}"
    end = "" if price.end == END else f" until {price.end:%Y-%m-%d}"
    hours = f", {price.hours[0]:%H:%M}-{price.hours[1]:%H:%M} UTC" if price.hours else ""
    return f"{start}{end}{hours}"


def shown_rate(meter: str, rate: int) -> str:
    """Write a rate with its unit, exactly."""
    if meter.endswith("_ms"):
        return f"${_plain(Decimal(rate) / PICO)} per hour"
    if meter in COUNTED:
        return f"${_plain(Decimal(rate) * 1000 / PICO)} per 1,000"
    return f"${_plain(Decimal(rate) * 10**6 / PICO)} per million"


def _plain(amount: Decimal) -> str:
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
