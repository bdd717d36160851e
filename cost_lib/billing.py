"""Price what a request used, and say in its event what came of it: a cost, or why there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from cost_lib.catalog.model_classes import class_of
from cost_lib.catalog.prices import Price, find_price, find_window
from cost_lib.catalog.table_archive import version_of
from cost_lib.in_force import HELD, InForce, rules_in_force
from cost_lib.json_text import quoted, written_fields
from cost_lib.model import Cost, Pass, Unknown, Usage
from cost_lib.price_plans import Plan, plan_cost, plan_for
from cost_lib.pricing import cost

if TYPE_CHECKING:
    from datetime import datetime

    from cost_lib.facts import Facts

METERS: Final = Usage._fields[:6]
OVERRIDABLE: Final = ("input", "output", "cache_read", "cache_write_5m", "cache_write_1h")
CATALOG: Final = "catalog"
OVERRIDE: Final = "override"
PROVIDER: Final = "provider"
BATCH: Final = "batch"
ESTIMATED: Final = "estimated"


class Charge(NamedTuple):
    """What a request costs, who says so, and by which table."""

    cost: Cost | Unknown
    source: str
    version: str = ""


class Ready(NamedTuple):
    """What holds for all requests of a model in one context, until a price changes."""

    start: datetime
    end: datetime
    rules: InForce
    price: Price | Unknown
    source: str
    version: str
    plan: Plan | None  # only for prices of the catalog
    model_class: str
    is_batch: bool
    tail: str  # of what is written of a known cost


def money_text(facts: Facts, now: datetime) -> str:
    """Write what ``money`` returns as members of an event; for plain tokens at a known price without making it first."""
    usage = facts.usage
    if (
        type(usage) is Usage
        and facts.is_charged
        and facts.reported_cost is None
        and not (usage.units or facts.usage_source or facts.passes)
    ):
        ready = ready_for(facts, now)
        found = plan_cost(ready.plan, usage) if ready.plan is not None else None
        if found is not None:
            facts.cost = found
            spent, read, written, hour, made, reasoned, _ = usage
            split = ",".join([f'"{meter}":{amount}' for meter, amount in found.split.items()])
            return (
                f',"input_tokens":{spent},"cache_read_tokens":{read},"cache_write_5m_tokens":{written}'
                f',"cache_write_1h_tokens":{hour},"output_tokens":{made},"reasoning_tokens":{reasoned},"usage_source":"reported"'
                f',"cost_nano_usd":{found.nano_usd}{f""","cost_split":{{{split}}}""" if split else ""}{ready.tail}'
            )
    return written_fields(money(facts, now))


def money(facts: Facts, now: datetime) -> dict[str, Any]:
    """Return the keys of an event that say what was used and what it cost."""
    usage = facts.usage
    if not facts.is_charged:
        return {"usage_source": "none", "cost_source": "none"}
    if isinstance(usage, Unknown):
        found: dict[str, Any] = {"usage_source": "unknown", "usage_reason": usage.reason}
    else:
        found = dict(zip(METERS, usage[:6], strict=True))
        found |= {"units": dict(usage.units), "passes": [_pass_record(one) for one in facts.passes]}
        found |= {"usage_source": facts.usage_source or "reported"}
        if facts.usage_source == ESTIMATED:
            found["usage_reason"] = "the stream was cut: input as reported at its start, output by what came through"
    cost, source, version = charge(facts, now)
    if isinstance(cost, Cost):
        found |= {"cost_nano_usd": cost.nano_usd, "cost_split": dict(cost.split), "cost_source": source}
    else:
        found |= {"cost_source": "unknown", "cost_reason": cost.reason}
    return found | {"provider_cost_nano_usd": facts.reported_cost, "price_version": version, "price_context": facts.price_context}


def price_of(facts: Facts, now: datetime, context: str) -> tuple[Price | Unknown, str]:
    """Return the price of a request's model at a moment, and whether the policy has overridden any of it."""
    model = facts.model or facts.model_requested
    prices = rules_in_force().policy.prices
    own = (prices.get(f"{facts.provider}/{model}") or prices.get(f"{facts.provider}/{facts.model_requested}")) if prices else None
    found = find_price(facts.provider, model, now, context=context)
    if type(found) is Unknown and facts.model_requested and model != facts.model_requested:
        asked = find_price(facts.provider, facts.model_requested, now, context=context)  # some answers shorten the name
        found = asked if isinstance(asked, Price) else found
    if own is None:
        return found, CATALOG
    given = {name: rate for name in OVERRIDABLE if (rate := getattr(own, name)) is not None}
    base = {} if isinstance(found, Unknown) else dict(found.rates)
    return Price("" if isinstance(found, Unknown) else found.provider, model, context, {**base, **given}), OVERRIDE


def charge(facts: Facts, now: datetime) -> Charge:
    """Work out what a request costs, and note in the facts what follows from its price."""
    ready = ready_for(facts, now)
    usage = facts.usage
    found = Unknown("the usage is unknown") if isinstance(usage, Unknown) else _cost(usage, ready)
    for one in facts.passes:
        found = _plus(found, one, facts, now)
    source = ready.source
    told = facts.reported_cost
    if told is not None and source != OVERRIDE:  # what the provider says is what it bills; the catalog's own split stays where it agrees
        agrees = isinstance(found, Cost) and found.nano_usd == told
        found, source = (found if agrees else Cost(told)), PROVIDER
    facts.cost = found
    return Charge(found, source, "" if isinstance(found, Unknown) else ready.version)


def ready_for(facts: Facts, now: datetime) -> Ready:
    """Return what holds for a request's model, and note in the facts what follows from it."""
    key = (facts.provider, facts.model, facts.model_requested, facts.price_context)
    found = _ready.get(key)
    if found is None or found.rules is not HELD.in_force or not found.start <= now < found.end:
        if len(_ready) >= MOST:
            _ready.clear()
        found = _ready[key] = _prepare(facts, now)
    if not facts.model_class:
        facts.model_class = found.model_class
    if found.is_batch:
        facts.is_batch = True
    return found


def _prepare(facts: Facts, now: datetime) -> Ready:
    rules = rules_in_force()
    price, source = price_of(facts, now, facts.price_context)
    version = _version(price, source, rules)
    plan = plan_for(price) if source == CATALOG and isinstance(price, Price) else None
    kind = class_of(facts.model or facts.model_requested, price)
    context = f',"price_context":{quoted(facts.price_context)}' if facts.price_context else ""
    tail = f',"cost_source":"{source}","price_version":"{version}"{context}'
    names = dict.fromkeys((facts.model or facts.model_requested, facts.model_requested or facts.model))
    windows = [find_window(facts.provider, name, now, context=facts.price_context) for name in names]
    start, end = max(start for start, _ in windows), min(end for _, end in windows)
    return Ready(start, end, rules, price, source, version, plan, kind, BATCH in facts.price_context.split("+"), tail)


def _cost(usage: Usage, ready: Ready) -> Cost | Unknown:
    found = plan_cost(ready.plan, usage) if ready.plan is not None and not usage.units else None
    return found if found is not None else cost(usage, ready.price)


def _plus(found: Cost | Unknown, one: Pass, facts: Facts, now: datetime) -> Cost | Unknown:
    """Add what a second model or pass costs; its part of the split has the pass's name."""
    if isinstance(found, Unknown):
        return found
    more = cost(one.usage, find_price(facts.provider, one.model, now, context=facts.price_context))
    if isinstance(more, Unknown):
        return Unknown(f"{one.why}: {more.reason}")
    split = {**found.split, one.why: found.split.get(one.why, 0) + more.nano_usd}
    return Cost(found.nano_usd + more.nano_usd, split)


def _version(price: Price | Unknown, source: str, rules: InForce) -> str:
    """Return the version of the table that a price is from."""
    if isinstance(price, Unknown):
        return ""
    if source == CATALOG:
        return version_of(price.provider)
    own = {
        name: {meter: rate for meter in OVERRIDABLE if (rate := getattr(row, meter)) is not None}
        for name, row in rules.policy.prices.items()
    }
    return version_of(price.provider, rules.mark, own)


def _pass_record(one: Pass) -> dict[str, Any]:
    counts = {name: number for name, number in zip(METERS, one.usage[:6], strict=True) if number}
    return {"model": one.model, "why": one.why, **counts, **({"units": dict(one.usage.units)} if one.usage.units else {})}


_ready: Final[dict[tuple[str, str, str, str], Ready]] = {}
MOST: Final = 1024
