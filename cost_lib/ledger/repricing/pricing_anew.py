"""Price recorded events by what they say alone, with the code that priced them first."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, Final, NamedTuple

from cost_lib.billing import METERS, charge
from cost_lib.facts import Facts
from cost_lib.ledger.repricing.model import Restated
from cost_lib.model import NO_UNITS, Cost, Pass, Unknown, Usage

COLUMNS: Final = (
    "event_id", "ts", "dt", "provider", "model", "model_requested", "price_context", *METERS, "units", "passes", "cut", "usage_source",
    "provider_cost_nano_usd", "cost_nano_usd", "cost_split", "cost_source",
)  # fmt: skip
NEEDED: Final = ("units", "passes")  # an event that was cut by these cannot be priced anew
SOURCES: Final = ("catalog", "override", "provider", "unknown")


class Row(NamedTuple):
    """What is needed of an event."""

    event_id: str
    ts: datetime
    dt: date
    provider: str | None
    model: str | None
    model_requested: str | None
    price_context: str | None
    input_tokens: int | None
    cache_read_tokens: int | None
    cache_write_5m_tokens: int | None
    cache_write_1h_tokens: int | None
    output_tokens: int | None
    reasoning_tokens: int | None
    units: str | None
    passes: str | None
    cut: str | None
    usage_source: str | None
    provider_cost_nano_usd: int | None
    cost_nano_usd: int | None
    cost_split: str | None
    cost_source: str | None


def price_anew(row: Row) -> Restated | str:
    """Return what an event costs under the prices in force, or why that cannot be said."""
    if row.usage_source in (None, "", "unknown", "none"):
        return "the usage is unknown"
    if row.cut and not set(json.loads(row.cut)).isdisjoint(NEEDED):
        return "the event was cut: its meters are not whole"
    facts = Facts({}, provider=row.provider or "", model=row.model or "", model_requested=row.model_requested or "")
    facts.usage = Usage(
        row.input_tokens or 0, row.cache_read_tokens or 0, row.cache_write_5m_tokens or 0, row.cache_write_1h_tokens or 0,
        row.output_tokens or 0, row.reasoning_tokens or 0, json.loads(row.units) if row.units else NO_UNITS,
    )  # fmt: skip
    facts.price_context = row.price_context or ""
    facts.reported_cost = row.provider_cost_nano_usd
    if row.passes:
        facts.passes = tuple(pass_of(record) for record in json.loads(row.passes))
    cost, source, version = charge(facts, row.ts.replace(tzinfo=UTC, microsecond=0))  # as at run time: prices change by the second
    if isinstance(cost, Unknown):
        return cost.reason
    return Restated(row.event_id, row.dt, cost.nano_usd, _split(cost), source, None, version)


def pass_of(record: Mapping[str, Any]) -> Pass:
    """Read what a second model or pass used."""
    counts: dict[str, Any] = {name: record.get(name, 0) for name in METERS}
    return Pass(str(record.get("model", "")), str(record.get("why", "")), Usage(**counts, units=record.get("units", {})))


def _split(cost: Cost) -> str | None:
    return json.dumps(dict(cost.split), separators=(",", ":")) if cost.split else None
