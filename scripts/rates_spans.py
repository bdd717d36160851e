"""What the generator of the price tables works on: models, and spans of time in which rates hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

PICO = 10**12
# meter -> published unit. Durations are counted in milliseconds but rated by the hour: most published rates are not an
# integer number of pico-USD per millisecond.
PER = {"audio_ms": 1, "audio_input_ms": 1, "audio_output_ms": 1}
PER |= dict.fromkeys(("input", "cache_read", "cache_write_5m", "cache_write_1h", "cache_write_12h"), 10**6)
PER |= dict.fromkeys(("output", "reasoning", "output_if_reasoning", "citation"), 10**6)
PER |= dict.fromkeys(("audio_input", "audio_output", "audio_cache_read", "image_input", "image_output", "image_cache_read"), 10**6)
PER |= dict.fromkeys(("video_input", "video_output", "video_cache_read", "characters"), 10**6)
PER |= dict.fromkeys(("pages", "annotated_pages", "messages", "web_searches", "storage_searches", "rerank_searches", "requests"), 1000)
PER |= dict.fromkeys(("grounded_prompts", "maps_prompts", "maps_queries", "live_searches"), 1000)
PER["code_executions"] = 1000
PER["pixels"] = 10**9
PER |= dict.fromkeys(("images", "video_seconds"), 1)

# fees that a discount on tokens does not touch
FEES = frozenset(
    "web_searches storage_searches rerank_searches requests grounded_prompts maps_prompts maps_queries live_searches "
    "code_executions".split()
)


class Span(NamedTuple):
    """One set of rates with the time and the context in which it holds; earlier spans win over later ones."""

    context: str
    start: str  # ISO date or minute, UTC, inclusive; "" = open
    end: str  # exclusive; "" = open
    hours: str  # "01:00-04:00", UTC; "" = all day
    days: str  # "1-5", ISO week days, UTC; "" = all
    rates: Mapping[str, int]
    tiers: tuple[tuple[int, Mapping[str, int]], ...]
    source: str


class Entry(NamedTuple):
    """One model of one provider."""

    id: str
    match: tuple[str, ...]
    spans: tuple[Span, ...]
    note: str = ""
    minimum: Mapping[str, int] = {}


def pico(meter: str, published: Decimal | str) -> int:
    """Turn a published price into pico-USD per unit; refuses what is not an integer."""
    exact = Decimal(published) * PICO / PER[meter]
    whole = int(exact.to_integral_value())
    # some sources hold binary floats (0.18000000000000002) or cut fractions (0.0833333333333333); anything coarser is a mistake
    if exact < 0 or abs(exact - whole) > exact * Decimal("1e-5"):
        raise SystemExit(f"{meter} at {published} is not a whole number of pico-USD")
    return whole


def join_tiers(under: Span, over: Span) -> tuple[tuple[int, Mapping[str, int]], ...]:
    """Keep the standard tiers of the meters that the variant does not price."""
    kept = [(start, {meter: rate for meter, rate in rates.items() if meter not in over.rates}) for start, rates in under.tiers]
    joined: dict[int, dict[str, int]] = {}
    for start, rates in (*kept, *over.tiers):
        if rates:
            joined.setdefault(start, {}).update(rates)
    return tuple(sorted(joined.items()))


def matches(clause: str, name: str) -> bool:
    """Say whether one clause accepts a name."""
    sign, text = clause[0], clause[1:]
    if sign == "=":
        return name == text
    if sign == "^":
        return name.startswith(text)
    if sign == "$":
        return name.endswith(text)
    return text in name if sign == "*" else re.search(text, name) is not None
