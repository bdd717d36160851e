"""Prepare a price for what most requests are billed for: plain tokens, at a whole number of nano-USD each.

``pricing.cost`` is the one authority. A plan is made where its rounding and its special cases cannot come up, and gives the
same cost in a quarter of the time.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from cost_lib.catalog.rate_tables import Price
from cost_lib.model import Cost, Usage
from cost_lib.pricing import PICO_PER_NANO, TOKENS, rate_of

Rates = tuple[int, int, int, int, int]  # nano-USD per token, in the order of Usage's fields
# with these a request is billed for more than its tokens, or its tokens by what they were used for
BESIDES: Final = frozenset(("requests", "reasoning", "output_if_reasoning"))
INPUT, READ, WRITE_5M, WRITE_1H, OUTPUT = TOKENS
_new: Final = tuple.__new__


class Plan(NamedTuple):
    """A price, ready for use."""

    price: Price
    rates: Rates
    tiers: tuple[tuple[int, bool, Rates], ...]  # longest first: tokens, whether cached ones count, rates above


def plan_for(price: Price) -> Plan | None:
    """Prepare a price; None where only ``pricing.cost`` will do."""
    rates = _rates(price.rates)
    tiers = [(tier.tokens, tier.cached, _rates(tier.rates)) for tier in price.tiers]
    if rates is None or any(found is None for _, _, found in tiers):
        return None
    return Plan(price, rates, tuple((tokens, cached, found) for tokens, cached, found in tiers if found is not None))


def plan_cost(plan: Plan, usage: Usage) -> Cost | None:
    """Give the cost of plain tokens; None for counts that cannot be."""
    spent, read, written, kept, made, *_ = usage
    if (spent | read | written | kept | made) < 0:
        return None
    _, rates, tiers = plan
    for tokens, cached, above in tiers:
        if (spent + read + written + kept if cached else spent) > tokens:
            rates = above
            break
    of_input, of_read, of_5m, of_1h, of_output = rates
    split = {}
    if spent:
        split[INPUT] = spent * of_input
    if read:
        split[READ] = read * of_read
    if written:
        split[WRITE_5M] = written * of_5m
    if kept:
        split[WRITE_1H] = kept * of_1h
    if made:
        split[OUTPUT] = made * of_output
    return _new(Cost, (sum(split.values()), split))


def _rates(rates: Mapping[str, int]) -> Rates | None:
    if not rates or not BESIDES.isdisjoint(rates):
        return None
    found = [rate_of(rates, meter) for meter in TOKENS]
    known = [rate // PICO_PER_NANO for rate in found if rate is not None and rate % PICO_PER_NANO == 0]
    return (known[0], known[1], known[2], known[3], known[4]) if len(known) == len(TOKENS) else None
