"""Prepared prices against the one authority."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cost_lib.catalog.prices import Price, find_price
from cost_lib.model import Cost, Usage
from cost_lib.price_plans import plan_cost, plan_for
from cost_lib.pricing import cost

AT = datetime(2026, 11, 22, tzinfo=UTC)
MODELS = (
    ("openai", "gpt-4o-mini"),
    ("openai", "gpt-5.4"),
    ("openai", "text-embedding-3-small"),
    ("anthropic", "claude-haiku-4-5"),
    ("anthropic", "claude-sonnet-4-5"),
    ("google", "gemini-2.5-pro"),
    ("gcp.gemini", "gemini-2.5-flash"),
    ("groq", "llama-3.3-70b-versatile"),
    ("deepseek", "deepseek-chat"),
    ("perplexity", "sonar-pro"),
)
COUNTS = st.integers(0, 2_000_000)


@given(st.sampled_from(MODELS), st.tuples(COUNTS, COUNTS, COUNTS, COUNTS, COUNTS, COUNTS))
def test_a_plan_gives_the_cost_that_pricing_gives(model: tuple[str, str], counts: tuple[int, int, int, int, int, int]) -> None:
    price, usage = find_price(*model, AT), Usage(*counts)
    plan = plan_for(price) if isinstance(price, Price) else None
    found = cost(usage, price)
    assert plan is None or (found if isinstance(found, Cost) else None) == plan_cost(plan, usage)  # a refusal is left to pricing


def test_the_usual_models_have_a_plan() -> None:
    prices = [find_price(provider, model, AT) for provider, model in (MODELS[0], MODELS[3], MODELS[4])]
    assert [] == [price for price in prices if not isinstance(price, Price) or plan_for(price) is None]


def test_a_price_by_thousands_of_a_nano_dollar_has_no_plan() -> None:
    assert plan_for(Price("p", "m", "", {"input": 1500, "output": 2000})) is None


@pytest.mark.parametrize("besides", ["requests", "reasoning", "output_if_reasoning"])
def test_a_price_of_more_than_tokens_has_no_plan(besides: str) -> None:
    assert plan_for(Price("p", "m", "", {"input": 1000, "output": 2000, besides: 1000})) is None


def test_counts_that_cannot_be_are_left_to_pricing() -> None:
    price = Price("p", "m", "", {"input": 1000, "output": 2000})
    plan = plan_for(price)
    assert plan is not None
    assert plan_cost(plan, Usage(-1)) is None
    assert Cost(1, {"input": 1}) == plan_cost(plan, Usage(1))
