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

Rates = tuple[int, int, int, int, int]  # nano-USD per token, in the order of Usage's fields; or absent
# with these a request is billed for more than its tokens, or its tokens by what they were used for
BESIDES: Final = frozenset(("requests", "reasoning", "output_if_reasoning"))
ABSENT: Final = -1  # there is no rate: vectors have no output
INPUT, READ, WRITE_5M, WRITE_1H, OUTPUT = TOKENS
_new: Final = tuple.__new__


class Plan(NamedTuple):
    """A price, ready for use."""

    price: Price
    rates: Rates
    tiers: tuple[tuple[int, bool, Rates], ...]  # longest first: tokens, whether cached ones count, rates above
    has_gaps: bool  # some of the rates are absent


def plan_for(price: Price) -> Plan | None:
    """Prepare a price; None where only ``pricing.cost`` will do."""
    rates = _rates(price.rates)
    tiers = [(tier.tokens, tier.cached, found) for tier in price.tiers if (found := _rates(tier.rates)) is not None]
    if rates is None or len(tiers) < len(price.tiers):
        return None
    return Plan(price, rates, tuple(tiers), ABSENT in rates or any(ABSENT in found for _, _, found in tiers))


def plan_cost(plan: Plan, usage: Usage) -> Cost | None:
    """Give the cost of plain tokens; None for counts that cannot be."""
    spent, read, written, kept, made, *_ = usage
    if (spent | read | written | kept | made) < 0:
        return None
    _, rates, tiers, _ = plan
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
    if plan.has_gaps and min(split.values(), default=0) < 0:
        return None
    return _new(Cost, (sum(split.values()), split))


def _rates(rates: Mapping[str, int]) -> Rates | None:
    if not rates or not BESIDES.isdisjoint(rates):
        return None
    found = [rate_of(rates, meter) for meter in TOKENS]
    if any(rate is not None and rate % PICO_PER_NANO for rate in found):
        return None
    known = [ABSENT if rate is None else rate // PICO_PER_NANO for rate in found]
    return known[0], known[1], known[2], known[3], known[4]
