"""Usage and price to cost: pure, exact integers, rounded once.

Every meter of ``Usage`` is billed at its own rate; where a price has none, at the rate that the meter is a kind of (cached
tokens without a discount are input tokens). What has no rate at all makes the cost unknown, never free.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cost_lib.catalog.rate_tables import Price, round_half_even
from cost_lib.model import Cost, Unknown, Usage

TOKENS: Final = ("input", "cache_read", "cache_write_5m", "cache_write_1h", "output")  # in the order of Usage's fields
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
ALTERNATIVES: Final = (("web_searches", "grounded_prompts"), ("maps_queries", "maps_prompts"), ("audio_input", "audio_input_ms"))
# what some models are billed by in place of their tokens
INSTEAD: Final = frozenset(("audio_ms", "audio_input_ms", "characters", "images", "pages", "requests"))
INPUT_UNITS: Final = ("audio_input", "image_input", "video_input")
CACHED_UNITS: Final = ("audio_cache_read", "image_cache_read", "video_cache_read", "cache_write_12h")


def cost(usage: Usage, price: Price | Unknown) -> Cost | Unknown:
    """Give what a call cost, or the reason why that is not known."""
    if isinstance(price, Unknown):
        return price
    rates = price.rates
    if usage.units:
        usage = _in_billed_units(usage, rates)
    if price.tiers or usage.reasoning_tokens:
        rates = _rates_for(usage, price)
    parts: dict[str, int] = {}  # meter -> pico-USD
    for meter, count in zip(TOKENS, usage[:5], strict=True):
        if count:  # one pass without calls: most responses have two or three meters
            rate = rates.get(meter)
            if rate is None or count < 0:
                rate = rate_of(rates, meter)
                if rate is None or count < 0:
                    return _refuse(price, meter, count)
            parts[meter] = count * rate
    if usage.units or usage.reasoning_tokens or "requests" in rates:
        trouble = _add_others(usage, price, rates, parts)
        if trouble is not None:
            return trouble
    return _rounded(parts)


def _in_billed_units(usage: Usage, rates: Mapping[str, int]) -> Usage:
    """Leave out tokens where a model is billed by time, characters or pages alone, and characters where it is billed by tokens."""
    if "input" in rates or "output" in rates:
        if usage.units.get("characters") and usage.input_tokens and "characters" not in rates:
            return usage._replace(units={name: count for name, count in usage.units.items() if name != "characters"})
        return usage
    is_rated = any(count and name in INSTEAD and rate_of(rates, name) is not None for name, count in usage.units.items())
    return Usage(units={name: count for name, count in usage.units.items() if name in INSTEAD}) if rates and is_rated else usage


def _refuse(price: Price, meter: str, count: int) -> Unknown:
    """Say why a meter cannot be billed."""
    if count < 0:
        return Unknown(f"negative usage: {meter}")
    return Unknown(f"{price.provider} {price.model} has no rate for {meter}")


def _add_others(usage: Usage, price: Price, rates: Mapping[str, int], parts: dict[str, int]) -> Unknown | None:
    """Add what is not plain tokens: reasoning that is billed apart, other meters, a fee per request."""
    counts = dict(usage.units)
    for one, other in ALTERNATIVES:
        if counts.keys() >= {one, other}:
            del counts[one if rate_of(rates, other) is not None else other]
    if "reasoning" in rates and usage.reasoning_tokens:
        if usage.reasoning_tokens > usage.output_tokens:
            return _refuse(price, "output", usage.output_tokens - usage.reasoning_tokens)
        counts["reasoning"] = usage.reasoning_tokens
        parts["output"] = (usage.output_tokens - usage.reasoning_tokens) * rates["output"]
    if "requests" in rates:
        counts.setdefault("requests", 1)
    for meter, count in counts.items():
        rate = rate_of(rates, meter)
        if count and (rate is None or count < 0):
            return _refuse(price, meter, count)
        if count and rate is not None:
            parts[meter] = parts.get(meter, 0) + max(count, price.minimum.get(meter, 0)) * rate
    return None


def context_length(usage: Usage, *, cached: bool = True) -> int:
    """Give the input tokens that decide the tier."""
    length = usage.input_tokens
    if cached:
        length += usage.cache_read_tokens + usage.cache_write_5m_tokens + usage.cache_write_1h_tokens
    if usage.units:
        length += sum(usage.units.get(meter, 0) for meter in (INPUT_UNITS + CACHED_UNITS if cached else INPUT_UNITS))
    return length


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


def rate_of(rates: Mapping[str, int], meter: str) -> int | None:
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


def _rounded(parts: dict[str, int]) -> Cost:
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
