"""The costs on which public price libraries disagree: every one right, from the published rate, by hand in the comments.

``truth`` is in USD. Rates in comments are USD per million tokens unless they say otherwise. The mixes shared by a family:
MIXED is 100 uncached, 40,000 read, 7,000 written for an hour, 500 out; GROUNDED is one prompt answered with two searches.
"""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import NamedTuple

import pytest

from cost_lib.catalog.prices import find_price
from cost_lib.model import Cost, Usage
from cost_lib.pricing import cost

TODAY = "2026-11-22"
PLAIN = Usage(1000, output_tokens=500)
MIXED = Usage(100, cache_read_tokens=40_000, cache_write_1h_tokens=7_000, output_tokens=500)
GROUNDED = Usage(1000, output_tokens=500, units={"web_searches": 2, "grounded_prompts": 1})
SEARCHED = Usage(1000, output_tokens=500, units={"web_searches": 3})
HEARD = Usage(1000, output_tokens=500, units={"audio_input": 1000, "audio_cache_read": 3000})
LONG = Usage(250_000, output_tokens=1000)


class Case(NamedTuple):
    family: str
    provider: str
    model: str
    usage: Usage
    truth: str
    at: str = TODAY
    context: str = ""


CASES = (
    # platform.claude.com/docs/en/about-claude/pricing: Haiku 4.5 1 in, 5 out; web search $10 per 1,000
    Case("web-search", "anthropic", "claude-haiku-4-5", SEARCHED, "0.0335"),
    # same page: half of everything in a batch, an hour's cache write is 2x input, a read 0.1x
    Case("batch+cache", "anthropic", "claude-haiku-4-5", MIXED, "0.0103", context="batch"),
    Case("batch+cache", "anthropic", "claude-sonnet-4-5", MIXED, "0.0309", context="batch"),
    Case("batch+cache", "anthropic", "claude-sonnet-4-6", MIXED, "0.0309", context="batch"),
    # Opus 4.1: 15 in, 75 out, write 18.75 (5 minutes) and 30 (hour), read 1.5
    Case("plain", "anthropic", "claude-opus-4-1", PLAIN, "0.0525"),
    Case("cache-read", "anthropic", "claude-opus-4-1", Usage(19, cache_read_tokens=50_000, output_tokens=500), "0.112785"),
    Case("cache-write-5m", "anthropic", "claude-opus-4-1", Usage(100, cache_write_5m_tokens=20_000, output_tokens=500), "0.414"),
    Case("cache-write-1h", "anthropic", "claude-opus-4-1", Usage(100, cache_write_1h_tokens=20_000, output_tokens=500), "0.639"),
    Case("cache-mixed", "anthropic", "claude-opus-4-1", MIXED._replace(cache_write_5m_tokens=3000), "0.36525"),
    Case("web-search", "anthropic", "claude-opus-4-1", SEARCHED, "0.0825"),
    Case("batch", "anthropic", "claude-opus-4-1", PLAIN, "0.02625", context="batch"),
    Case("batch+cache", "anthropic", "claude-opus-4-1", MIXED, "0.1545", context="batch"),
    # Opus 4.5 and later: 5 in, 25 out, hour's write 10, read 0.5
    Case("batch+cache", "anthropic", "claude-opus-4-5", MIXED, "0.0515", context="batch"),
    Case("batch+cache", "anthropic", "claude-opus-4-6", MIXED, "0.0515", context="batch"),
    Case("batch+cache", "anthropic", "claude-opus-4-8", MIXED, "0.0515", context="batch"),
    # Sonnet 5: 2 in, 10 out, hour's write 4, read 0.2
    Case("batch+cache", "anthropic", "claude-sonnet-5", MIXED, "0.0206", context="batch"),
    # long context of the 1M beta: over 200k of input, cache included, 2x in and 1.5x out
    Case("long-context", "anthropic", "claude-sonnet-4-5", LONG, "1.5225", "2025-12-01"),
    Case("long-context", "anthropic", "claude-sonnet-4-5", Usage(15_000, 190_000, output_tokens=1000), "0.2265", "2025-12-01"),
    # claude.com/blog/1m-context-ga: flat from 2026-03-13
    Case("long-context-hist", "anthropic", "claude-sonnet-4-6", LONG, "1.5225", "2026-03-01"),
    Case("long-context-hist", "anthropic", "claude-opus-4-6", LONG, "2.5375", "2026-03-01"),
    # ai.google.dev/gemini-api/docs/pricing: grounding $35 per 1,000 prompts up to 2.5, $14 per 1,000 queries from 3
    Case("web-search", "google", "gemini-2.5-pro", GROUNDED, "0.04125"),  # 1.25 in, 10 out
    Case("web-search", "google", "gemini-2.5-flash", GROUNDED, "0.03655"),  # 0.30 in, 2.50 out
    Case("web-search", "google", "gemini-2.5-flash-lite", GROUNDED, "0.0353"),  # 0.10 in, 0.40 out
    Case("web-search", "google", "gemini-2.0-flash", GROUNDED, "0.0353"),  # 0.10 in, 0.40 out
    Case("web-search", "google", "gemini-3-pro-preview", GROUNDED, "0.036"),  # 2 in, 12 out
    # same page: audio 1.00, cached audio 0.10
    Case("audio-cached", "google", "gemini-2.5-flash", HEARD, "0.00285"),
    Case("audio-cached", "google", "gemini-2.5-flash-lite", HEARD, "0.00069"),  # audio 0.30, cached audio 0.03
    Case("audio-cached", "google", "gemini-2.0-flash", HEARD, "0.001525"),  # audio 0.70, cached audio 0.175
    Case("audio-in", "google", "gemini-2.0-flash", Usage(1000, output_tokens=500, units={"audio_input": 4000}), "0.0031"),
    Case("plain", "google", "gemini-2.0-flash", PLAIN, "0.0003"),
    Case("cached", "google", "gemini-2.0-flash", Usage(2000, 8000, output_tokens=500), "0.0006"),  # cached 0.025
    Case("reasoning", "google", "gemini-2.0-flash", Usage(1000, output_tokens=4500, reasoning_tokens=4000), "0.0019"),
    Case("batch", "google", "gemini-2.0-flash", PLAIN, "0.00015", context="batch"),
    Case("plain", "google", "gemini-3-pro-preview", PLAIN, "0.008"),
    Case("cached", "google", "gemini-3-pro-preview", Usage(2000, 8000, output_tokens=500), "0.0116"),  # cached 0.20
    Case("reasoning", "google", "gemini-3-pro-preview", Usage(1000, output_tokens=4500, reasoning_tokens=4000), "0.056"),
    Case("batch", "google", "gemini-3-pro-preview", PLAIN, "0.004", context="batch"),
    Case("long-context", "google", "gemini-3-pro-preview", Usage(205_000, output_tokens=1000), "0.838"),  # over 200k: 4 in, 18 out
    Case("at-threshold", "google", "gemini-3-pro-preview", Usage(200_000, output_tokens=1000), "0.412"),  # not yet over it
    # platform.openai.com/docs/pricing: text 2.50 and 10, audio 40 and 80 since 2024-12-17
    Case("audio-in", "openai", "gpt-4o-audio-preview", Usage(output_tokens=50, units={"audio_input": 1000}), "0.0405", "2025-06-01"),
    Case("audio-out", "openai", "gpt-4o-audio-preview", Usage(600, units={"audio_output": 1000}), "0.0815", "2025-06-01"),
    # o3 at launch: 10 in, 2.50 cached, 40 out; cut on 2025-06-10
    Case("historical", "openai", "o3", PLAIN, "0.03", "2025-05-01"),
    Case("historical", "openai", "o3", Usage(1808, 8192, output_tokens=500), "0.05856", "2025-05-01"),
    # the alias gpt-4o was gpt-4o-2024-05-13 (5 and 15) until 2024-10-02
    Case("historical", "openai", "gpt-4o", PLAIN, "0.0125", "2024-07-01"),
    # Gemini 1.5 Flash up to 128k: 0.35 and 1.05 until 2024-08-12
    Case("historical", "google", "gemini-1.5-flash", PLAIN, "0.000875", "2024-07-01"),
    # Gemini 2.5 Flash in preview, not thinking: 0.15 and 0.60
    Case("historical", "google", "gemini-2.5-flash", PLAIN, "0.00045", "2025-06-01"),
    Case("historical", "google", "gemini-2.5-flash-preview-05-20", PLAIN, "0.00045", "2025-06-01"),
    # api-docs.deepseek.com: V3 at 0.14, 0.014 cached, 0.28 until 2025-02-08; then 0.27, 0.07, 1.10 by day
    Case("historical", "deepseek", "deepseek-chat", Usage(400, 600, output_tokens=500), "0.0002044", "2025-01-10"),
    Case("historical", "deepseek", "deepseek-chat", Usage(400, 600, output_tokens=500), "0.0007", "2025-05-10T12:00"),
    # Claude 3.5 Haiku at launch: 1 and 5, cut to 0.80 and 4 on 2024-12-03
    Case("historical", "anthropic", "claude-3-5-haiku-20241022", PLAIN, "0.0035", "2024-11-20"),
    # gpt-5.6-sol: 5 and 30, cut to 4 and 20 on 2026-08-21
    Case("historical", "openai", "gpt-5.6-sol", PLAIN, "0.02", "2026-08-01"),
)

# the same calls on the other side of the day on which the price changed
CHANGED = (
    Case("long-context", "anthropic", "claude-sonnet-4-6", LONG, "0.765", "2026-03-13"),
    Case("historical", "openai", "o3", PLAIN, "0.006", "2025-06-10"),
    Case("historical", "openai", "gpt-4o", PLAIN, "0.0075", "2024-10-02"),
    Case("historical", "google", "gemini-1.5-flash", PLAIN, "0.000225", "2024-08-12"),
    Case("historical", "google", "gemini-2.5-flash", PLAIN, "0.00155", "2025-06-17"),
    Case("historical", "google", "gemini-2.5-flash", PLAIN._replace(reasoning_tokens=100), "0.0019", "2025-06-01"),
    Case("historical", "deepseek", "deepseek-chat", Usage(400, 600, output_tokens=500), "0.00035", "2025-05-10T20:00"),
    Case("historical", "deepseek", "deepseek-chat", Usage(400, 600, output_tokens=500), "0.0003388", "2025-10-01"),
    Case("historical", "anthropic", "claude-3-5-haiku-20241022", PLAIN, "0.0028", "2024-12-03"),
    Case("historical", "openai", "gpt-5.6-sol", PLAIN, "0.014", "2026-08-21"),
    # the alias gpt-3.5-turbo: 1.50 and 2 until 2024-02-16, then 0.50 and 1.50
    Case("historical", "openai", "gpt-3.5-turbo", PLAIN, "0.0025", "2024-02-15"),
    Case("historical", "openai", "gpt-3.5-turbo", PLAIN, "0.00125", "2024-02-16"),
    # o1-mini: 3 and 12 until 2025-01-31, then as o3-mini
    Case("historical", "openai", "o1-mini", PLAIN, "0.009", "2025-01-30"),
    Case("historical", "openai", "o1-mini", PLAIN, "0.0033", "2025-01-31"),
    # Claude 2: 11.02 and 32.68 until 2.1 came, then 8 and 24
    Case("historical", "anthropic", "claude-2.0", PLAIN, "0.02736", "2023-11-20"),
    Case("historical", "anthropic", "claude-2.0", PLAIN, "0.02", "2023-11-21"),
    # Gemini 1.0 Pro by the token: 0.50 and 1.50
    Case("historical", "google", "gemini-pro", PLAIN, "0.00125", "2024-06-01"),
    Case("historical", "mistral", "mistral-small-latest", PLAIN, "0.0005", "2024-10-01"),
)


@pytest.mark.parametrize("case", CASES + CHANGED, ids=lambda case: f"{case.family}-{case.model}-{case.at}")
def test_a_disputed_cost_is_the_published_one(case: Case) -> None:
    at = datetime.fromisoformat(case.at).replace(tzinfo=UTC)
    found = cost(case.usage, find_price(case.provider, case.model, at, context=case.context))
    assert isinstance(found, Cost), found
    assert int(Decimal(case.truth) * 10**9) == found.nano_usd
