"""Price what a request used, and say in its event what came of it: a cost, or why there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from cost_lib.catalog.prices import Price, find_price
from cost_lib.in_force import rules_in_force
from cost_lib.model import Cost, Unknown, Usage
from cost_lib.pricing import cost

if TYPE_CHECKING:
    from datetime import datetime

    from cost_lib.facts import Facts

METERS: Final = Usage._fields[:6]
OVERRIDABLE: Final = ("input", "output", "cache_read", "cache_write_5m", "cache_write_1h")


def money(facts: Facts, now: datetime) -> dict[str, Any]:
    """Return the keys of an event that say what was used and what it cost."""
    usage = facts.usage
    if not facts.is_charged:
        return {"usage_source": "none", "cost_source": "none"}
    if isinstance(usage, Unknown):
        return {"usage_source": "unknown", "usage_reason": usage.reason, "cost_source": "unknown", "cost_reason": "the usage is unknown"}
    found: dict[str, Any] = dict(zip(METERS, usage[:6], strict=True))
    found |= {"units": dict(usage.units), "usage_source": "reported"}
    cost, source = _cost(facts, usage, now)
    if isinstance(cost, Cost):
        return found | {"cost_nano_usd": cost.nano_usd, "cost_split": dict(cost.split), "cost_source": source}
    return found | {"cost_source": "unknown", "cost_reason": cost.reason}


def _cost(facts: Facts, usage: Usage, now: datetime) -> tuple[Cost | Unknown, str]:
    model = facts.model or facts.model_requested
    prices = rules_in_force().policy.prices
    own = prices.get(f"{facts.provider}/{model}") or prices.get(f"{facts.provider}/{facts.model_requested}")
    found = find_price(facts.provider, model, now, context=facts.price_context)
    if own is None:
        return cost(usage, found), "catalog"
    given = {name: rate for name in OVERRIDABLE if (rate := getattr(own, name)) is not None}
    base = {} if isinstance(found, Unknown) else dict(found.rates)
    return cost(usage, Price(facts.provider, model, facts.price_context, {**base, **given})), "override"
