"""Prices of 2026, each from the page that its comment names: cuts, tiers and modes that came after the usual maps were made."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

import pytest

from cost_lib.catalog.prices import Price, find_price
from cost_lib.model import Unknown, Usage
from cost_lib.pricing import context_length


class Row(NamedTuple):
    provider: str
    model: str
    at: str
    context: str
    usd: dict[str, float]  # per million tokens


NOW = "2026-11-22"
ROWS = (
    # developers.openai.com/api/docs/models/gpt-6.2-sol: Fast twice, Ultrafast 3 times until 2027-02-28, then 6 times; 12 h writes $5
    Row("openai", "gpt-6.2-sol", NOW, "", {"input": 2, "cache_read": 0.1, "cache_write_5m": 2.5, "cache_write_12h": 5, "output": 10}),
    Row("openai", "gpt-6.2-sol", NOW, "priority", {"input": 4, "cache_read": 0.2, "output": 20}),
    Row("openai", "gpt-6.2-sol", NOW, "fast", {"input": 4, "output": 20}),
    Row("openai", "gpt-6.2-sol", NOW, "ultrafast", {"input": 6, "cache_read": 0.3, "output": 30}),
    Row("openai", "gpt-6.2-sol", "2027-03-01", "ultrafast", {"input": 12, "output": 60}),
    Row("openai", "gpt-6.2-astra", NOW, "fast", {"input": 16, "cache_read": 0.8, "output": 80}),
    # openai.com/api-fast-mode: priority of GPT-5.6 before and after the cuts of 2026-07-30 and 2026-08-21
    Row("openai", "gpt-5.6-sol", "2026-08-01", "priority", {"input": 10, "cache_read": 1, "output": 60}),
    Row("openai", "gpt-5.6-terra", "2026-08-01", "priority", {"input": 4, "cache_read": 0.4, "output": 24}),
    Row("openai", "gpt-5.6-luna", "2026-08-01", "fast", {"input": 0.4, "cache_read": 0.04, "output": 2.4}),
    Row("openai", "gpt-5.6-sol", "2026-08-01", "batch", {"input": 2.5, "output": 15}),
    # developers.openai.com/api/docs/pricing, batch: half
    Row("openai", "o4-mini-deep-research", "2026-01-01", "batch", {"input": 1, "output": 4}),
    Row("openai", "computer-use-preview", "2026-01-01", "batch", {"input": 1.5, "output": 6}),
    Row("openai", "gpt-4-32k", "2024-06-01", "batch", {"input": 30, "output": 60}),
    # platform.claude.com/docs/en/about-claude/pricing: reads of Sonnet 5.5 cut on 2026-10-07
    Row("anthropic", "claude-sonnet-5-5", "2026-10-06", "", {"input": 2, "cache_read": 0.2, "output": 10}),
    Row("anthropic", "claude-sonnet-5-5", "2026-10-06", "batch", {"input": 1, "cache_read": 0.1}),
    Row("anthropic", "claude-sonnet-5-5", "2026-10-07", "", {"input": 2, "cache_read": 0.1, "output": 10}),
    # ai.google.dev/gemini-api/docs/pricing: 3.6 Flash at $1.50/$7.50, half of it since 2026-08-13 and through 2026
    Row("google", "gemini-3.6-flash", "2026-07-25", "", {"input": 1.5, "cache_read": 0.15, "output": 7.5}),
    Row("google", "gemini-3.6-flash", "2026-07-25", "batch", {"input": 0.75, "output": 3.75}),
    Row("google", "gemini-3.6-flash", NOW, "", {"input": 0.75, "output": 3.75}),
    Row("google", "gemini-3.8-flash", "2027-01-01", "flex", {"input": 0.75, "cache_read": 0.075, "output": 3.75}),
    Row("google", "gemini-3.7-flash", "2027-01-01", "priority", {"input": 2.7, "output": 13.5}),
    Row("google", "gemini-3.7-flash", "2026-12-31", "batch", {"input": 0.375, "output": 1.875}),
    # half of the price in batches: docs.mistral.ai, console.groq.com (cached input has no further discount), docs.fireworks.ai
    Row("mistral", "mistral-medium-2508", NOW, "batch", {"input": 0.2, "output": 1}),
    Row("groq", "openai/gpt-oss-120b", NOW, "batch", {"input": 0.075, "cache_read": 0.075, "output": 0.3}),
    Row("fireworks", "accounts/fireworks/models/gpt-oss-120b", NOW, "batch", {"input": 0.075, "output": 0.3}),
    # aws.amazon.com/bedrock/pricing: Claude 2.0 as 2.1
    Row("aws", "anthropic.claude-v2", "2024-06-01", "", {"input": 8, "output": 24}),
    # a voice is a part of the name: deepgram.com/pricing, Aura-2 $30 and Aura $15 a million characters
    Row("deepgram", "aura-2-thalia-en", NOW, "", {"characters": 30}),
    Row("deepgram", "aura-asteria-en", NOW, "", {"characters": 15}),
    # docs.x.ai/docs/models as archived on 2024-12-17
    Row("x-ai", "grok-vision-beta", "2024-12-17", "", {"input": 5, "output": 15}),
    # developers.openai.com/api/docs/models/gpt-4o-transcribe; the pricing page of 2025 had $6
    Row("openai", "gpt-4o-transcribe", NOW, "", {"audio_input": 2.5, "output": 10}),
    Row("openai", "gpt-4o-transcribe", "2025-11-16", "", {"audio_input": 6, "output": 10}),
    Row("openai", "gpt-4o-mini-transcribe", NOW, "", {"audio_input": 1.25, "output": 5}),
    # priority processing as read off OpenAI's pricing page in 2025 and 2026, long before the map that has it
    Row("openai", "gpt-5", "2025-08-08", "priority", {"input": 2.5, "cache_read": 0.25, "output": 20}),
    Row("openai", "gpt-5.4", "2026-04-03", "priority", {"input": 5, "cache_read": 0.5, "output": 30}),
    Row("openai", "gpt-5.5", "2026-05-21", "priority", {"input": 12.5, "cache_read": 1.25, "output": 75}),
    Row("openai", "gpt-4o-mini", "2026-08-15", "priority", {"input": 0.25, "output": 1}),
    # platform.moonshot.ai: batches at 60 %; platform.minimax.io: priority at 1.5 times; together.ai since July 2026
    Row("moonshotai", "kimi-k2.6", NOW, "batch", {"input": 0.57, "cache_read": 0.096, "output": 2.4}),
    Row("minimax", "MiniMax-M3", NOW, "priority", {"input": 0.45, "cache_read": 0.09, "output": 1.8}),
    Row("together", "meta-llama/Llama-3.3-70B-Instruct-Turbo", "2026-06-01", "", {"input": 0.88}),
    Row("together", "meta-llama/Llama-3.3-70B-Instruct-Turbo", NOW, "", {"input": 1.04, "output": 1.04}),
    # api-docs.deepseek.com: no peak on weekends and public holidays of China; the first prices by the hour began at 16:00 UTC
    Row("deepseek", "deepseek-v4-pro", "2026-08-16T15:59", "", {"input": 0.435, "output": 0.87}),
    Row("deepseek", "deepseek-v4-pro", "2026-08-16T16:00", "", {"input": 0.66, "output": 1.98}),
    Row("deepseek", "deepseek-v4-pro", "2026-09-24T02:00", "", {"input": 1.32, "output": 3.96}),
    Row("deepseek", "deepseek-v4-pro", "2026-09-25T02:00", "", {"input": 0.66, "output": 1.98}),
    Row("deepseek", "deepseek-flash", "2026-10-07T07:00", "", {"input": 0.15, "output": 0.6}),
    Row("deepseek", "deepseek-flash", "2026-10-08T07:00", "", {"input": 0.3, "output": 1.2}),
    # web search on Azure is Grounding with Bing: $14 per 1,000 (a row's rates are per million); priority over 272k as in LiteLLM
    Row("azure", "gpt-5-2025-08-07", NOW, "", {"input": 1.25, "output": 10, "web_searches": 14_000}),
    Row("azure", "o3", NOW, "", {"web_searches": 14_000}),
    Row("azure", "o4-mini-deep-research", NOW, "", {"input": 2, "output": 8}),
    # TrueFoundry's list of February 2026: what the newer maps no longer hold
    Row("azure", "gpt-35-turbo-0613", "2024-01-15", "", {"input": 1.5, "output": 2}),
    Row("azure", "Meta-Llama-3.1-405B-Instruct", "2026-02-06", "", {"input": 5.33, "output": 16}),
    Row("mistral", "codestral-2405", "2024-08-01", "", {"input": 1, "output": 3}),
    Row("mistral", "mistral-large-2407", "2024-09-17", "", {"input": 2, "output": 6}),
    Row("aws", "cohere.command-text-v14", "2026-02-06", "", {"input": 1.5, "output": 2}),
    Row("google", "claude-3-sonnet@20240229", "2025-02-06", "", {"input": 3, "output": 15}),
    # o3 at its launch in Flex, as reported on 2025-04-18; gpt-3.5-turbo at its launch; experimental Gemini; search by Claude on Vertex AI
    Row("openai", "o3-2025-04-16", "2025-05-10", "flex", {"input": 5, "output": 20}),
    Row("openai", "gpt-3.5-turbo-0301", "2023-04-15", "", {"input": 2, "output": 2}),
    Row("google", "claude-opus-5", NOW, "", {"input": 5, "output": 25, "web_searches": 10_000}),
    Row("together", "deepseek-ai/DeepSeek-R1", "2025-09-01", "", {"input": 3, "output": 7}),
    # docs.x.ai/developers/pricing: 10 % more in the United States; cached input of 4.5 is not that of 4.6
    Row("x-ai", "grok-4.6", NOW, "regional", {"input": 2.2, "cache_read": 0.55, "output": 6.6}),
    Row("x-ai", "grok-4.5", NOW, "", {"input": 2, "cache_read": 0.3, "output": 6}),
    Row("x-ai", "grok-build-0.1", NOW, "", {"input": 1, "cache_read": 0.2, "output": 2}),
    # Azure's own price, which is not that of the maker
    Row("azure", "DeepSeek-R1", NOW, "", {"input": 1.35, "output": 5.4}),
)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.model} {row.context or 'standard'} {row.at}")
def test_a_price_of_2026_is_the_published_one(row: Row) -> None:
    price = find_price(row.provider, row.model, datetime.fromisoformat(row.at).replace(tzinfo=UTC), context=row.context)
    assert not isinstance(price, Unknown), price
    assert {meter: round(usd * 10**6) for meter, usd in row.usd.items()} == {meter: price.rates.get(meter) for meter in row.usd}


@pytest.mark.parametrize(("model", "at"), [("llama-3.3-70b-versatile", "2025-03-20"), ("llama-3.3-70b-specdec", NOW)])
def test_a_discount_on_batches_that_nothing_supports_is_not_given(model: str, at: str) -> None:
    found = find_price("groq", model, datetime.fromisoformat(at).replace(tzinfo=UTC), context="batch")
    assert isinstance(found, Unknown)
    assert "batch rates" in found.reason


@pytest.mark.parametrize("model", ["gemini-2.0-flash-exp", "gemini-2.5-pro-exp-03-25", "gemini-2.0-flash-thinking-exp-01-21"])
def test_experimental_models_of_google_are_free(model: str) -> None:
    price = find_price("google", model, datetime(2025, 4, 1, tzinfo=UTC))
    assert isinstance(price, Price)
    assert {} == price.rates


def test_priority_over_272k_costs_twice_the_long_price_on_azure() -> None:
    price = find_price("azure", "gpt-5.4-2026-03-05", datetime(2026, 11, 22, tzinfo=UTC), context="priority")
    assert isinstance(price, Price)
    assert [(272_000, 10_000_000, 45_000_000)] == [(tier.tokens, tier.rates["input"], tier.rates["output"]) for tier in price.tiers]


@pytest.mark.parametrize(("at", "usd"), [("2026-03-12", [10.0]), ("2026-03-13", [])])
@pytest.mark.parametrize(
    ("provider", "model", "factor"),
    [
        ("anthropic", "claude-opus-4-6", 1.0),
        ("google", "claude-opus-4-6@default", 1.0),
        ("aws", "global.anthropic.claude-opus-4-6-v1", 1.0),
        ("aws", "us.anthropic.claude-opus-4-6-v1", 1.1),
        ("google", "claude-sonnet-4-6", 0.6),
        ("aws", "eu.anthropic.claude-sonnet-4-6", 0.66),
    ],
)
def test_claude_4_6_costs_more_over_200k_until_the_long_context_was_no_beta(
    provider: str, model: str, factor: float, at: str, usd: list[float]
) -> None:
    price = find_price(provider, model, datetime.fromisoformat(at).replace(tzinfo=UTC))
    assert isinstance(price, Price)
    assert [round(long * factor * 10**6) for long in usd] == [tier.rates["input"] for tier in price.tiers]


@pytest.mark.parametrize(("provider", "model"), [("anthropic", "claude-sonnet-4-20250514"), ("google", "claude-sonnet-4@20250514")])
def test_sonnet_4_costs_more_over_200k_of_input_cached_or_not(provider: str, model: str) -> None:
    price = find_price(provider, model, datetime(2025, 10, 1, tzinfo=UTC))
    assert isinstance(price, Price)
    (tier,) = price.tiers
    assert (200_000, True, 6_000_000, 600_000, 22_500_000) == (
        tier.tokens,
        tier.cached,
        tier.rates["input"],
        tier.rates["cache_read"],
        tier.rates["output"],
    )
    assert context_length(Usage(150_000, 60_000)) > tier.tokens
