"""Mistakes that users of other tools have reported in usage and money; each is named by its report."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from cost_lib.answers import price_answer
from cost_lib.billing import money
from cost_lib.catalog.prices import find_price
from cost_lib.facts import Facts
from cost_lib.model import Cost, Usage
from cost_lib.pricing import cost

AT = datetime(2026, 11, 22, tzinfo=UTC)
OPENAI = "https://api.openai.com/v1/chat/completions"
ANTHROPIC = "https://api.anthropic.com/v1/messages"
GEMINI = "https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:generateContent"


def stream(*events: dict[str, Any]) -> str:
    return "".join(f"data: {json.dumps(event)}\n\n" for event in events)


def test_a_model_without_a_price_is_not_free() -> None:
    """https://github.com/BerriAI/litellm/pull/36561."""
    found = price_answer({"model": "claude-nonsense-9", "usage": {"input_tokens": 9, "output_tokens": 9}}, url=ANTHROPIC)
    assert ("unknown", None) == (found["cost_source"], found.get("cost_nano_usd"))


def test_cache_hits_of_gemini_are_billed_once() -> None:
    """https://github.com/BerriAI/litellm/issues/14849."""
    usage = {"promptTokenCount": 100_000, "cachedContentTokenCount": 90_000, "candidatesTokenCount": 0}
    found = price_answer({"modelVersion": "gemini-2.5-flash", "usageMetadata": usage}, url=GEMINI, at=AT)
    assert 10_000 * 300 + 90_000 * 30 == found["cost_nano_usd"]


def test_cached_images_are_billed_once() -> None:
    """https://github.com/BerriAI/litellm/pull/37407."""
    details = {"cached_tokens": 900, "image_tokens": 800}
    usage = {"prompt_tokens": 1000, "completion_tokens": 0, "total_tokens": 1000, "prompt_tokens_details": details}
    found = price_answer({"model": "grok-4-fast-reasoning", "usage": usage}, url="https://api.x.ai/v1/chat/completions", at=AT)
    assert 100 * 200 + 900 * 50 == found["cost_nano_usd"]


def test_the_cache_of_anthropic_is_billed_at_its_own_rates() -> None:
    """https://github.com/BerriAI/litellm/issues/11364."""
    usage = {"input_tokens": 10, "cache_read_input_tokens": 1000, "cache_creation_input_tokens": 100, "output_tokens": 1}
    found = price_answer({"type": "message", "model": "claude-haiku-4-5", "usage": usage}, url=ANTHROPIC, at=AT)
    assert 10 * 1000 + 1000 * 100 + 100 * 1250 + 5000 == found["cost_nano_usd"]


def test_a_stream_with_a_cache_costs_what_the_same_answer_costs() -> None:
    """https://github.com/BerriAI/litellm/issues/11789."""
    usage = {"input_tokens": 10, "cache_read_input_tokens": 1000, "cache_creation_input_tokens": 100, "output_tokens": 50}
    whole = price_answer({"type": "message", "model": "claude-haiku-4-5", "usage": usage}, url=ANTHROPIC, at=AT)
    start = {"type": "message_start", "message": {"model": "claude-haiku-4-5", "usage": {**usage, "output_tokens": 1}}}
    parts = price_answer(stream(start, {"type": "message_delta", "usage": usage}, {"type": "message_stop"}), url=ANTHROPIC, at=AT)
    assert whole["cost_nano_usd"] == parts["cost_nano_usd"]


def test_usage_beside_choices_in_the_last_chunk_is_read() -> None:
    """https://github.com/BerriAI/litellm/issues/36168."""
    last = {
        "model": "gpt-4o-mini",
        "choices": [{"delta": {}, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 100, "completion_tokens": 10},
    }
    found = price_answer(stream({"model": "gpt-4o-mini", "choices": [{"delta": {"content": "x"}}]}, last), url=OPENAI, at=AT)
    assert 100 * 150 + 10 * 600 == found["cost_nano_usd"]


def test_a_stream_that_was_cut_is_not_priced_at_one_token() -> None:
    """https://github.com/BerriAI/litellm/pull/39893."""
    start = {"type": "message_start", "message": {"model": "claude-haiku-4-5", "usage": {"input_tokens": 10, "output_tokens": 1}}}
    delta = {"type": "content_block_delta", "delta": {"type": "text_delta", "text": "some words of an answer"}}
    found = price_answer(stream(start, *[delta] * 100), url=ANTHROPIC, at=AT)
    assert ("estimated", True) == (found["usage_source"], found["output_tokens"] >= 100)


def test_an_interrupted_stream_without_usage_is_unknown_and_not_zero() -> None:
    """https://github.com/PostHog/posthog-js/pull/4664."""
    found = price_answer(stream({"model": "gpt-4o-mini", "choices": [{"delta": {"content": "x"}}]}), url=OPENAI)
    assert ("unknown", "unknown", None) == (found["usage_source"], found["cost_source"], found.get("input_tokens"))


def test_cached_input_is_counted_once_whether_it_lies_inside_or_beside() -> None:
    """https://github.com/langfuse/langfuse/issues/12306."""
    inside = {"prompt_tokens": 100, "completion_tokens": 1, "total_tokens": 101, "prompt_tokens_details": {"cached_tokens": 60}}
    beside = {"input_tokens": 40, "cache_read_input_tokens": 60, "output_tokens": 1}
    found = (
        price_answer({"model": "gpt-4o-mini", "usage": inside}, url=OPENAI),
        price_answer({"type": "message", "usage": beside}, url=ANTHROPIC),
    )
    assert [(40, 60), (40, 60)] == [(one["input_tokens"], one["cache_read_tokens"]) for one in found]


def test_cache_writes_inside_openai_s_input_are_not_dropped() -> None:
    """https://github.com/BerriAI/litellm/issues/33772."""
    usage = {"prompt_tokens": 4020, "completion_tokens": 4, "total_tokens": 4024, "prompt_tokens_details": {"cache_write_tokens": 4012}}
    found = price_answer({"model": "gpt-5.6-sol", "usage": usage}, url=OPENAI, at=AT)
    assert 8 * 4000 + 4012 * 5000 + 4 * 20_000 == found["cost_nano_usd"]


def test_a_past_month_keeps_the_prices_of_its_time() -> None:
    """https://github.com/ccusage/ccusage/issues/1636."""
    usage = Usage(1000, output_tokens=500)
    then, now = (cost(usage, find_price("openai", "gpt-5.6-sol", datetime(2026, month, 1, tzinfo=UTC))) for month in (8, 9))
    assert (Cost, Cost) == (type(then), type(now))
    assert then != now


def test_what_the_provider_charged_is_what_is_reported() -> None:
    """https://github.com/BerriAI/litellm/pull/39441."""
    answer = {"model": "x-ai/grok-4", "usage": {"prompt_tokens": 687, "completion_tokens": 187, "total_tokens": 874, "cost": 0.00333825}}
    found = price_answer(answer, url="https://openrouter.ai/api/v1/chat/completions", at=AT)
    assert (3_338_250, "provider") == (found["cost_nano_usd"], found["cost_source"])


def test_a_region_of_bedrock_is_in_the_price() -> None:
    """https://github.com/BerriAI/litellm/issues/12313."""
    answer = {"usage": {"inputTokens": 1000, "outputTokens": 0}}
    costs = [
        price_answer(answer, url=f"https://bedrock-runtime.us-east-1.amazonaws.com/model/{model}/converse", at=AT)["cost_nano_usd"]
        for model in ("global.anthropic.claude-sonnet-4-5-20250929-v1:0", "us.anthropic.claude-sonnet-4-5-20250929-v1:0")
    ]
    assert [3_000_000, 3_300_000] == costs


def test_what_a_local_cache_answers_costs_nothing_because_nothing_is_sent() -> None:
    """https://github.com/langfuse/langfuse/issues/2112."""
    facts = Facts({}, provider="openai", model_requested="gpt-4o-mini", usage=Usage(1000))
    facts.is_charged = False
    assert {"usage_source": "none", "cost_source": "none"} == money(facts, AT)
