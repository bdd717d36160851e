"""Usage and price to cost: pure, exact integers, rounded once.

Every meter of ``Usage`` is billed at its own rate; where a price has none, at the rate that the meter is a kind of (cached
tokens without a discount are input tokens). What has no rate at all makes the cost unknown, never free.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cost_lib.catalog.rate_tables import Price, round_half_even
from cost_lib.model import Cost, Unknown, Usage

PICO_PER_NANO: Final = 1000
MS_PER_HOUR: Final = 3_600_000
DURATIONS: Final = frozenset(("audio_ms", "audio_input_ms", "audio_output_ms"))
# a meter without a rate is billed as one of these, the first that has one
FALLBACK: Final[Mapping[str, tuple[str, ...]]] = {
    "cache_read": ("input",),
    "cache_write_5m": ("input",),
    "cache_write_1h": ("input",),
    "reasoning": ("output",),
    "audio_input": ("input",),
    "image_input": ("input",),
    "video_input": ("input",),
    "audio_cache_read": ("audio_input", "cache_read", "input"),
    "image_cache_read": ("image_input", "cache_read", "input"),
    "video_cache_read": ("video_input", "cache_read", "input"),
    "audio_output": ("output",),
    "image_output": ("output",),
    "video_output": ("output",),
    "audio_input_ms": ("audio_ms",),
    "audio_output_ms": ("audio_ms",),
}
# with the first of a pair rated, the second's fallback would guess a discount or a surcharge
AMBIGUOUS: Final[Mapping[str, tuple[str, ...]]] = {
    "cache_write_1h": ("cache_write_5m",),
    "audio_cache_read": ("audio_input", "cache_read"),
    "image_cache_read": ("image_input", "cache_read"),
    "video_cache_read": ("video_input", "cache_read"),
}
# facts about one thing in two units: of each pair the price knows one, the other is not billed
ALTERNATIVES: Final = (("web_searches", "grounded_prompts"),)
INPUT_UNITS: Final = ("audio_input", "image_input", "video_input")
CACHED_UNITS: Final = ("audio_cache_read", "image_cache_read", "video_cache_read")


def cost(usage: Usage, price: Price | Unknown) -> Cost | Unknown:
    """Give what a call cost, or the reason why that is not known."""
    if isinstance(price, Unknown):
        return price
    counts = quantities(usage, price)
    if isinstance(counts, Unknown):
        return counts
    rates = _rates_for(usage, price)
    parts: dict[str, int] = {}
    for meter, count in counts.items():
        rate = _rate(rates, meter)
        if rate is None:
            return Unknown(f"{price.provider} {price.model} has no rate for {meter}")
        parts[meter] = max(count, price.minimum.get(meter, 0)) * rate
    return _rounded(parts)


def quantities(usage: Usage, price: Price) -> dict[str, int] | Unknown:
    """Give the billed count of every meter that is not zero."""
    if usage.reasoning_tokens > usage.output_tokens:
        return Unknown(f"{usage.reasoning_tokens} reasoning tokens are more than the {usage.output_tokens} output tokens they are part of")
    split_reasoning = "reasoning" in price.rates
    counts = {
        "input": usage.input_tokens,
        "cache_read": usage.cache_read_tokens,
        "cache_write_5m": usage.cache_write_5m_tokens,
        "cache_write_1h": usage.cache_write_1h_tokens,
        "output": usage.output_tokens - (usage.reasoning_tokens if split_reasoning else 0),
        "reasoning": usage.reasoning_tokens if split_reasoning else 0,
        **usage.units,
    }
    negative = sorted(meter for meter, count in counts.items() if count < 0)
    if negative:
        return Unknown(f"negative usage: {', '.join(negative)}")
    counts = {meter: count for meter, count in counts.items() if count}
    for one, other in ALTERNATIVES:
        if counts.keys() >= {one, other}:
            del counts[one if other in price.rates else other]
    if "requests" in price.rates:
        counts.setdefault("requests", 1)
    return counts


def context_length(usage: Usage, *, cached: bool = True) -> int:
    """Give the input tokens that decide the tier."""
    plain = usage.input_tokens + sum(usage.units.get(meter, 0) for meter in INPUT_UNITS)
    if not cached:
        return plain
    stored = usage.cache_read_tokens + usage.cache_write_5m_tokens + usage.cache_write_1h_tokens
    return plain + stored + sum(usage.units.get(meter, 0) for meter in CACHED_UNITS)


def _rates_for(usage: Usage, price: Price) -> Mapping[str, int]:
    """Choose the tier by context length, and the output rate that some models raise when they reason."""
    rates = price.rates
    for tier in price.tiers:
        if context_length(usage, cached=tier.cached) > tier.tokens:
            rates = tier.rates
            break
    if usage.reasoning_tokens and "output_if_reasoning" in rates:
        return {**rates, "output": rates["output_if_reasoning"]}
    return rates


def _rate(rates: Mapping[str, int], meter: str) -> int | None:
    """Find the rate of a meter, its own or the one it falls back to; an empty table is a free model."""
    if not rates:
        return 0
    own = rates.get(meter)
    if own is not None:
        return own
    guesses = AMBIGUOUS.get(meter, ())
    if guesses and all(guess in rates for guess in guesses):
        return None
    return next((rates[other] for other in FALLBACK.get(meter, ()) if other in rates), None)


def _rounded(parts: Mapping[str, int]) -> Cost:
    """Round the sum to nano-USD, half to even, and split it by largest remainder."""
    unit = PICO_PER_NANO
    if not DURATIONS.isdisjoint(parts):
        unit *= MS_PER_HOUR
        parts = {meter: amount if meter in DURATIONS else amount * MS_PER_HOUR for meter, amount in parts.items()}
    total = round_half_even(sum(parts.values()), unit)
    split = {meter: amount // unit for meter, amount in parts.items()}
    left = total - sum(split.values())
    if left:
        for meter in sorted(parts, key=lambda meter: -(parts[meter] % unit))[:left]:
            split[meter] += 1
    return Cost(total, split)
