"""Price what a request used, and say in its event what came of it: a cost, or why there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from cost_lib.catalog.prices import Price, find_price
from cost_lib.in_force import rules_in_force
from cost_lib.json_text import written_fields
from cost_lib.model import Cost, Unknown, Usage
from cost_lib.price_plans import Plan, plan_cost, plan_for
from cost_lib.pricing import cost

if TYPE_CHECKING:
    from datetime import datetime

    from cost_lib.facts import Facts

METERS: Final = Usage._fields[:6]
OVERRIDABLE: Final = ("input", "output", "cache_read", "cache_write_5m", "cache_write_1h")


def money_text(facts: Facts, now: datetime) -> str:
    """Write what ``money`` returns as members of an event; for plain tokens at a known price without making it first."""
    usage = facts.usage
    if facts.is_charged and type(usage) is Usage and not usage.units and not facts.usage_source:
        found, source = _cost(facts, usage, now)
        if type(found) is Cost:
            facts.cost = found
            split = ",".join([f'"{meter}":{amount}' for meter, amount in found.split.items()])
            return (
                f',"input_tokens":{usage[0]},"cache_read_tokens":{usage[1]},"cache_write_5m_tokens":{usage[2]}'
                f',"cache_write_1h_tokens":{usage[3]},"output_tokens":{usage[4]},"reasoning_tokens":{usage[5]},"usage_source":"reported"'
                f',"cost_nano_usd":{found.nano_usd}{f""","cost_split":{{{split}}}""" if split else ""},"cost_source":"{source}"'
            )
    return written_fields(money(facts, now))


def money(facts: Facts, now: datetime) -> dict[str, Any]:
    """Return the keys of an event that say what was used and what it cost."""
    usage = facts.usage
    if not facts.is_charged:
        return {"usage_source": "none", "cost_source": "none"}
    if isinstance(usage, Unknown):
        return {"usage_source": "unknown", "usage_reason": usage.reason, "cost_source": "unknown", "cost_reason": "the usage is unknown"}
    found: dict[str, Any] = dict(zip(METERS, usage[:6], strict=True))
    found |= {"units": dict(usage.units), "usage_source": facts.usage_source or "reported"}
    cost, source = _cost(facts, usage, now)
    facts.cost = cost
    if isinstance(cost, Cost):
        return found | {"cost_nano_usd": cost.nano_usd, "cost_split": dict(cost.split), "cost_source": source}
    return found | {"cost_source": "unknown", "cost_reason": cost.reason}


def price_of(facts: Facts, now: datetime, context: str) -> tuple[Price | Unknown, str]:
    """Return the price of a request's model at a moment, and whether the policy has overridden any of it."""
    model = facts.model or facts.model_requested
    prices = rules_in_force().policy.prices
    own = (prices.get(f"{facts.provider}/{model}") or prices.get(f"{facts.provider}/{facts.model_requested}")) if prices else None
    found = find_price(facts.provider, model, now, context=context)
    if own is None:
        return found, "catalog"
    given = {name: rate for name in OVERRIDABLE if (rate := getattr(own, name)) is not None}
    base = {} if isinstance(found, Unknown) else dict(found.rates)
    return Price(facts.provider, model, context, {**base, **given}), "override"


def _cost(facts: Facts, usage: Usage, now: datetime) -> tuple[Cost | Unknown, str]:
    price, source = price_of(facts, now, facts.price_context)
    if source == "catalog" and not usage.units:
        known = _plans.get(id(price)) or _plan(price)
        found = plan_cost(known[1], usage) if known[1] is not None else None
        if found is not None:
            return found, source
    return cost(usage, price), source


_plans: Final[dict[int, tuple[Price | Unknown, Plan | None]]] = {}
MOST: Final = 1024


def _plan(price: Price | Unknown) -> tuple[Price | Unknown, Plan | None]:
    """Prepare a price of the catalog, and keep it: what is kept is no other's address."""
    if len(_plans) >= MOST:
        _plans.clear()
    found = _plans[id(price)] = (price, None if isinstance(price, Unknown) else plan_for(price))
    return found
