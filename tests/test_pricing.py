"""Usage and price to cost: exact, rounded once, never negative, never silently free."""

from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cost_lib.catalog.prices import Price, Tier, find_price
from cost_lib.model import Cost, Unknown, Usage
from cost_lib.pricing import cost

TODAY = datetime(2026, 11, 22, tzinfo=UTC)
CLAUDE = {"input": 3_000_000, "output": 15_000_000, "cache_read": 300_000, "cache_write_5m": 3_750_000, "cache_write_1h": 6_000_000}
COUNTS = st.integers(min_value=0, max_value=10**7)
TOKENS = st.tuples(COUNTS, COUNTS, COUNTS, COUNTS, COUNTS).map(lambda counts: Usage(*counts))


def price(tiers: tuple[Tier, ...] = (), /, **rates: int) -> Price:
    return Price("house", "model", "", rates, tiers)


def paid(usage: Usage, of: Price) -> Cost:
    found = cost(usage, of)
    assert isinstance(found, Cost), found
    return found


def why(usage: Usage, of: Price | Unknown) -> str:
    found = cost(usage, of)
    assert isinstance(found, Unknown), found
    return found.reason


def test_every_meter_is_billed_at_its_own_rate() -> None:
    split = paid(Usage(1000, 1000, 1000, 1000, 1000), price(**CLAUDE)).split
    assert {
        "input": 3_000_000,
        "cache_read": 300_000,
        "cache_write_5m": 3_750_000,
        "cache_write_1h": 6_000_000,
        "output": 15_000_000,
    } == split


def test_nothing_used_costs_nothing() -> None:
    assert Cost(0, {}) == paid(Usage(), price(**CLAUDE))


def test_reasoning_is_part_of_the_output() -> None:
    assert paid(Usage(output_tokens=100), price(**CLAUDE)) == paid(Usage(output_tokens=100, reasoning_tokens=60), price(**CLAUDE))


def test_reasoning_with_a_rate_of_its_own_is_billed_apart() -> None:
    found = paid(Usage(output_tokens=100, reasoning_tokens=60), price(output=8_000_000, reasoning=3_000_000))
    assert {"output": 320_000, "reasoning": 180_000} == found.split


def test_some_models_raise_all_output_once_they_reason() -> None:
    rates = price(output=600_000, output_if_reasoning=3_500_000)
    assert [60_000, 350_000] == [paid(Usage(output_tokens=100, reasoning_tokens=thoughts), rates).nano_usd for thoughts in (0, 1)]


@pytest.mark.parametrize(
    ("usage", "nano_usd"),
    [
        (Usage(cache_read_tokens=1000), 2_000_000),
        (Usage(cache_write_5m_tokens=1000), 2_000_000),
        (Usage(cache_write_1h_tokens=1000), 2_000_000),
        (Usage(units={"audio_input": 1000}), 2_000_000),
        (Usage(units={"audio_cache_read": 1000}), 2_000_000),
        (Usage(units={"image_output": 1000}), 8_000_000),
    ],
)
def test_tokens_without_a_rate_of_their_own_cost_what_they_are(usage: Usage, nano_usd: int) -> None:
    assert nano_usd == paid(usage, price(input=2_000_000, output=8_000_000)).nano_usd


@pytest.mark.parametrize("meter", ["web_searches", "images", "pages", "audio_ms", "a_meter_of_tomorrow"])
def test_what_has_no_rate_makes_the_cost_unknown(meter: str) -> None:
    assert f"house model has no rate for {meter}" == why(Usage(1, units={meter: 1}), price(**CLAUDE))


@pytest.mark.parametrize(
    ("usage", "rates", "nano_usd"),
    [
        (Usage(3, units={"characters": 11}), {"characters": 25_000}, 275),  # embeddings that are billed by the character
        (Usage(3, units={"characters": 11}), {"input": 100_000}, 300),
        (Usage(5, output_tokens=20, units={"audio_input": 375, "audio_input_ms": 3000}), {"audio_ms": 180_000_000_000}, 150_000),
        (Usage(9, units={"audio_input": 375, "audio_input_ms": 4000}), {"input": 1_000_000, "audio_ms": 240_000_000_000}, 275_667),
        (Usage(9, units={"audio_input": 375, "audio_input_ms": 4000}), {"input": 1_000_000}, 384_000),
        (Usage(1000, units={"web_searches": 2, "grounded_prompts": 1}), {"input": 1_000_000, "grounded_prompts": 10**9}, 2_000_000),
    ],
)
def test_one_thing_in_two_units_is_billed_in_the_one_that_the_price_knows(usage: Usage, rates: dict[str, int], nano_usd: int) -> None:
    assert nano_usd == paid(usage, price(**rates)).nano_usd


def test_characters_alone_are_not_billed_as_tokens() -> None:
    assert "no rate for characters" in why(Usage(units={"characters": 1}), price(**CLAUDE))


def test_an_hour_in_the_cache_is_not_guessed_from_five_minutes() -> None:
    assert "cache_write_1h" in why(Usage(cache_write_1h_tokens=1), price(input=3_000_000, cache_write_5m=3_750_000))


def test_cached_audio_is_not_guessed_where_both_its_kinds_are_rated() -> None:
    assert "audio_cache_read" in why(Usage(units={"audio_cache_read": 1}), price(input=1, audio_input=2, cache_read=1))


def test_a_free_model_costs_nothing_whatever_it_used() -> None:
    assert 0 == paid(Usage(1000, output_tokens=1000, units={"audio_input": 5}), price()).nano_usd


def test_an_unknown_price_keeps_its_reason() -> None:
    assert "no price table" in why(Usage(1), find_price("nobody", "model", TODAY))


@pytest.mark.parametrize(
    "usage", [Usage(-1), Usage(output_tokens=-1), Usage(units={"images": -1}), Usage(output_tokens=1, reasoning_tokens=2)]
)
def test_impossible_usage_is_refused(usage: Usage) -> None:
    assert isinstance(cost(usage, price(**CLAUDE, images=1, reasoning=1)), Unknown)


def test_a_fee_per_request_is_charged_once() -> None:
    assert {"input": 1000, "requests": 5_000_000} == paid(Usage(1), price(input=1_000_000, requests=5_000_000_000)).split


@pytest.mark.parametrize(("rated", "nano_usd"), [("web_searches", 2), ("grounded_prompts", 1)])
def test_of_two_ways_to_count_searches_the_rated_one_is_billed(rated: str, nano_usd: int) -> None:
    usage = Usage(units={"web_searches": 2, "grounded_prompts": 1})
    assert nano_usd == paid(usage, price(input=0, output=0, **{rated: 1000})).nano_usd


def test_durations_are_rated_by_the_hour_and_billed_by_the_millisecond() -> None:
    # $0.111 an hour is no whole number of pico-USD a millisecond: 10 s are 0.111 x 10 / 3600 = $0.000308333...
    assert 308_333 == paid(Usage(units={"audio_ms": 10_000}), price(audio_ms=111_000_000_000)).nano_usd


def test_a_minimum_is_billed() -> None:
    rates = price(audio_ms=3_600_000_000_000)._replace(minimum={"audio_ms": 10_000})
    assert [10**7, 11 * 10**6] == [paid(Usage(units={"audio_ms": ms}), rates).nano_usd for ms in (1, 11_000)]


@pytest.mark.parametrize(("pico", "nano"), [(499, 0), (500, 0), (501, 1), (1499, 1), (1500, 2), (2500, 2), (2501, 3)])
def test_a_cost_is_rounded_half_to_even(pico: int, nano: int) -> None:
    assert nano == paid(Usage(1), price(input=pico)).nano_usd


def test_rounding_happens_once_over_all_meters() -> None:
    # 0.4 + 0.4 + 0.4 nano-USD is 1.2, not three times nothing
    found = paid(Usage(1, 1, output_tokens=1), price(input=400, cache_read=400, output=400))
    assert (1, 1) == (found.nano_usd, sum(found.split.values()))


def test_the_split_gives_the_rest_to_the_largest_remainder() -> None:
    assert {"input": 1, "output": 3} == paid(Usage(1, output_tokens=1), price(input=1400, output=2600)).split


LONG = (
    Tier(tokens=200_000, cached=True, rates={"input": 6_000_000, "output": 20_000_000, "cache_read": 600_000}),
    Tier(tokens=100_000, cached=False, rates={"input": 5_000_000, "output": 18_000_000, "cache_read": 500_000}),
)


@pytest.mark.parametrize(
    ("usage", "rate"),
    [
        (Usage(100_000), 3_000_000),
        (Usage(100_001), 5_000_000),
        (Usage(100_000, 100_000), 3_000_000),  # cached tokens do not count for the lower tier
        (Usage(100_000, 100_001), 6_000_000),
        (Usage(100_000, cache_write_1h_tokens=100_001), 6_000_000),
        (Usage(100_000, units={"image_input": 100_001}), 6_000_000),
        (Usage(200_000, output_tokens=50_000), 5_000_000),
        (Usage(200_001), 6_000_000),
    ],
)
def test_the_length_of_the_input_decides_the_tier(usage: Usage, rate: int) -> None:
    found = paid(usage, price(LONG, input=3_000_000, output=15_000_000, cache_read=300_000))
    assert usage.input_tokens * rate // 1000 == found.split["input"]


@given(TOKENS, TOKENS)
def test_cost_adds_up_over_usage_within_a_tier(one: Usage, other: Usage) -> None:
    both = Usage(*(a + b for a, b in zip(one[:5], other[:5], strict=True)))  # type: ignore[arg-type]  # five counts
    apart = paid(one, price(**CLAUDE)).nano_usd + paid(other, price(**CLAUDE)).nano_usd
    assert abs(apart - paid(both, price(**CLAUDE)).nano_usd) <= 1  # three roundings instead of one


@given(TOKENS, st.dictionaries(st.sampled_from(sorted(CLAUDE)), st.integers(0, 10**9), min_size=5))
def test_a_cost_is_exact_and_its_split_adds_up(usage: Usage, rates: dict[str, int]) -> None:
    found = paid(usage, price(**rates))
    exact = Fraction(sum(count * rates[meter] for count, meter in zip(usage[:5], CLAUDE_ORDER, strict=True)), 1000)
    assert round(exact) == found.nano_usd == sum(found.split.values())
    assert all(part >= 0 for part in found.split.values())


CLAUDE_ORDER = ("input", "cache_read", "cache_write_5m", "cache_write_1h", "output")


@given(
    TOKENS,
    st.sampled_from(
        [("anthropic", "claude-sonnet-4-5"), ("openai", "gpt-5.4"), ("google", "gemini-2.5-pro"), ("groq", "llama-3.1-8b-instant")]
    ),
)
def test_a_cost_is_never_negative(usage: Usage, model: tuple[str, str]) -> None:
    found = cost(usage, find_price(*model, TODAY))
    assert isinstance(found, Unknown) or found.nano_usd >= 0
