"""The costs on which public price libraries disagree, from the providers' raw answers alone, and what changes a price in them.

``truth`` is in USD; where the rates are from is said in ``tests/catalog/test_prices_disputed.py``, case by case.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from cost_lib.answers import price_answer

TODAY = "2026-11-22"
Answer = dict[str, Any]
ADDRESSES = {
    "anthropic": "https://api.anthropic.com/v1/messages",
    "google": "https://generativelanguage.googleapis.com/v1beta/models/{model}:generateContent",
    "openai": "https://api.openai.com/v1/chat/completions",
    "responses": "https://api.openai.com/v1/responses",
    "deepseek": "https://api.deepseek.com/chat/completions",
}


def claude(given: int, made: int = 500, **more: Any) -> Answer:
    return {"type": "message", "usage": {"input_tokens": given, "output_tokens": made, "service_tier": "standard", **more}}


def mixed(hour: int = 7000, five: int = 0, **more: Any) -> Answer:
    parts = {"ephemeral_5m_input_tokens": five, "ephemeral_1h_input_tokens": hour}
    return claude(100, cache_read_input_tokens=40_000, cache_creation_input_tokens=hour + five, cache_creation=parts, **more)


def batched(answer: Answer) -> Answer:
    answer["usage"]["service_tier"] = "batch"
    return answer


SEARCHED = claude(1000, server_tool_use={"web_search_requests": 3})


def gemini(prompt: int, candidates: int = 500, queries: tuple[str, ...] = (), **more: Any) -> Answer:
    grounding: Answer = {"groundingMetadata": {"webSearchQueries": list(queries)}} if queries else {}
    usage = {"promptTokenCount": prompt, "candidatesTokenCount": candidates, **more}
    return {"candidates": [{"finishReason": "STOP", **grounding}], "usageMetadata": usage}


GROUNDED = gemini(1000, 500, ("first", "second"))


def heard(fresh: int, kept: int = 0) -> Answer:
    rows = [{"modality": "TEXT", "tokenCount": 1000}, {"modality": "AUDIO", "tokenCount": fresh + kept}]
    cached: Answer = {"cachedContentTokenCount": kept, "cacheTokensDetails": [{"modality": "AUDIO", "tokenCount": kept}]} if kept else {}
    return gemini(1000 + fresh + kept, promptTokensDetails=rows, **cached)


def chat(prompt: int, made: int = 500, **more: Any) -> Answer:
    return {
        "object": "chat.completion",
        "usage": {"prompt_tokens": prompt, "completion_tokens": made, "total_tokens": prompt + made, **more},
    }


CASES: tuple[tuple[str, str, Answer, str, str], ...] = (
    ("anthropic", "claude-haiku-4-5", SEARCHED, "0.0335", TODAY),
    ("anthropic", "claude-haiku-4-5", batched(mixed()), "0.0103", TODAY),
    ("anthropic", "claude-sonnet-4-5", batched(mixed()), "0.0309", TODAY),
    ("anthropic", "claude-sonnet-4-6", batched(mixed()), "0.0309", TODAY),
    ("anthropic", "claude-opus-4-1", claude(1000), "0.0525", TODAY),
    ("anthropic", "claude-opus-4-1", claude(19, cache_read_input_tokens=50_000), "0.112785", TODAY),
    ("anthropic", "claude-opus-4-1", claude(100, cache_creation_input_tokens=20_000), "0.414", TODAY),
    ("anthropic", "claude-opus-4-1", claude(100, cache_creation={"ephemeral_1h_input_tokens": 20_000}), "0.639", TODAY),
    ("anthropic", "claude-opus-4-1", mixed(five=3000), "0.36525", TODAY),
    ("anthropic", "claude-opus-4-1", SEARCHED, "0.0825", TODAY),
    ("anthropic", "claude-opus-4-1", batched(claude(1000)), "0.02625", TODAY),
    ("anthropic", "claude-opus-4-1", batched(mixed()), "0.1545", TODAY),
    ("anthropic", "claude-opus-4-5", batched(mixed()), "0.0515", TODAY),
    ("anthropic", "claude-opus-4-6", batched(mixed()), "0.0515", TODAY),
    ("anthropic", "claude-opus-4-8", batched(mixed()), "0.0515", TODAY),
    ("anthropic", "claude-sonnet-5", batched(mixed()), "0.0206", TODAY),
    ("anthropic", "claude-sonnet-4-5", claude(250_000, 1000), "1.5225", "2025-12-01"),
    ("anthropic", "claude-sonnet-4-5", claude(15_000, 1000, cache_read_input_tokens=190_000), "0.2265", "2025-12-01"),
    ("anthropic", "claude-sonnet-4-6", claude(250_000, 1000), "1.5225", "2026-03-01"),
    ("anthropic", "claude-opus-4-6", claude(250_000, 1000), "2.5375", "2026-03-01"),
    ("anthropic", "claude-3-5-haiku-20241022", claude(1000), "0.0035", "2024-11-20"),
    ("google", "gemini-2.5-pro", GROUNDED, "0.04125", TODAY),
    ("google", "gemini-2.5-flash", GROUNDED, "0.03655", TODAY),
    ("google", "gemini-2.5-flash-lite", GROUNDED, "0.0353", TODAY),
    ("google", "gemini-2.0-flash", GROUNDED, "0.0353", TODAY),
    ("google", "gemini-3-pro-preview", GROUNDED, "0.036", TODAY),
    ("google", "gemini-2.5-flash", heard(1000, 3000), "0.00285", TODAY),
    ("google", "gemini-2.5-flash-lite", heard(1000, 3000), "0.00069", TODAY),
    ("google", "gemini-2.0-flash", heard(1000, 3000), "0.001525", TODAY),
    ("google", "gemini-2.0-flash", heard(4000), "0.0031", TODAY),
    ("google", "gemini-2.0-flash", gemini(1000), "0.0003", TODAY),
    ("google", "gemini-2.0-flash", gemini(10_000, cachedContentTokenCount=8000), "0.0006", TODAY),
    ("google", "gemini-2.0-flash", gemini(1000, thoughtsTokenCount=4000), "0.0019", TODAY),
    ("google", "gemini-2.0-flash", gemini(1000, serviceTier="batch"), "0.00015", TODAY),
    ("google", "gemini-3-pro-preview", gemini(1000), "0.008", TODAY),
    ("google", "gemini-3-pro-preview", gemini(10_000, cachedContentTokenCount=8000), "0.0116", TODAY),
    ("google", "gemini-3-pro-preview", gemini(1000, thoughtsTokenCount=4000), "0.056", TODAY),
    ("google", "gemini-3-pro-preview", gemini(1000, serviceTier="batch"), "0.004", TODAY),
    ("google", "gemini-3-pro-preview", gemini(205_000, 1000), "0.838", TODAY),
    ("google", "gemini-3-pro-preview", gemini(200_000, 1000), "0.412", TODAY),
    ("google", "gemini-1.5-flash", gemini(1000), "0.000875", "2024-07-01"),
    ("google", "gemini-2.5-flash", gemini(1000), "0.00045", "2025-06-01"),
    ("openai", "gpt-4o-audio-preview", chat(1000, 50, prompt_tokens_details={"audio_tokens": 1000}), "0.0405", "2025-06-01"),
    ("openai", "gpt-4o-audio-preview", chat(600, 1000, completion_tokens_details={"audio_tokens": 1000}), "0.0815", "2025-06-01"),
    ("openai", "o3", chat(1000), "0.03", "2025-05-01"),
    ("openai", "o3", chat(10_000, prompt_tokens_details={"cached_tokens": 8192}), "0.05856", "2025-05-01"),
    ("openai", "gpt-4o", chat(1000), "0.0125", "2024-07-01"),
    ("openai", "gpt-5.6-sol", chat(1000), "0.02", "2026-08-01"),
    ("openai", "gpt-5.6-sol", chat(1000), "0.014", "2026-08-21"),
    ("deepseek", "deepseek-chat", chat(1000, prompt_cache_hit_tokens=600, prompt_cache_miss_tokens=400), "0.0002044", "2025-01-10"),
    ("deepseek", "deepseek-chat", chat(1000, prompt_cache_hit_tokens=600, prompt_cache_miss_tokens=400), "0.0007", "2025-05-10T12:00"),
)


def cost_of(house: str, model: str, answer: Answer, at: str = TODAY, **more: Any) -> Decimal:
    named = {**answer, "modelVersion": model} if house == "google" else {**answer, "model": model}
    url = ADDRESSES[house].format(model=model)
    found = price_answer(named, url=url, at=datetime.fromisoformat(at).replace(tzinfo=UTC), **more)
    return Decimal(found["cost_nano_usd"]) / 10**9


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[1]}-{case[3]}-{case[4]}")
def test_a_disputed_answer_costs_what_was_published(case: tuple[str, str, Answer, str, str]) -> None:
    house, model, answer, truth, at = case
    assert Decimal(truth) == cost_of(house, model, answer, at)


def test_searches_of_a_response_are_billed_and_opened_pages_are_not() -> None:
    calls = [{"type": "web_search_call", "action": {"type": kind}} for kind in ("search", "open_page", "search")]
    answer = {"object": "response", "output": calls, "usage": {"input_tokens": 1000, "output_tokens": 500}}
    assert Decimal("0.00625") + 2 * Decimal("0.01") == cost_of("responses", "gpt-5", answer)  # 1.25 in, 10 out; $10 per 1,000


@pytest.mark.parametrize(
    ("tier", "truth"),
    [("default", "0.01"), ("flex", "0.005"), ("priority", "0.02"), ("auto", "0.01")],  # gpt-5.4: 2.50 and 15, priority twice, flex half
)
def test_the_tier_that_the_answer_names_is_billed(tier: str, truth: str) -> None:
    assert Decimal(truth) == cost_of("openai", "gpt-5.4", {**chat(1000), "service_tier": tier})


def test_the_tier_that_was_asked_for_holds_where_the_answer_names_none() -> None:
    request = {"model": "gpt-5.4", "service_tier": "flex"}
    assert Decimal("0.005") == cost_of("openai", "gpt-5.4", chat(1000), request=request)


def test_the_answer_outweighs_the_tier_that_was_asked_for() -> None:
    request = {"model": "gpt-5.4", "service_tier": "flex"}
    assert Decimal("0.01") == cost_of("openai", "gpt-5.4", {**chat(1000), "service_tier": "default"}, request=request)


def test_data_that_must_stay_in_a_place_costs_a_tenth_more() -> None:
    # Opus 4.6: 5 in, 25 out
    assert Decimal("0.0175") * Decimal("1.1") == cost_of("anthropic", "claude-opus-4-6", claude(1000, inference_geo="us"))
    answer = {**chat(1000), "model": "gpt-5.4"}
    found = price_answer(answer, url="https://eu.api.openai.com/v1/chat/completions", at=datetime(2026, 11, 22, tzinfo=UTC))
    assert 11_000_000 == found["cost_nano_usd"]


def test_a_regional_endpoint_of_vertex_costs_a_tenth_more_for_claude() -> None:
    url = "https://us-east5-aiplatform.googleapis.com/v1/projects/p/locations/us-east5/publishers/anthropic/models/claude-haiku-4-5:rawPredict"
    found = price_answer({**claude(1000), "model": "claude-haiku-4-5"}, url=url, at=datetime(2026, 11, 22, tzinfo=UTC))
    assert (3_850_000, "regional") == (found["cost_nano_usd"], found["price_context"])


def test_fast_mode_has_its_own_price() -> None:
    # Opus 4.8: twice 5 in and 25 out
    assert Decimal("0.035") == cost_of("anthropic", "claude-opus-4-8", claude(1000, speed="fast"))


def test_cache_writes_for_half_a_day_and_the_fastest_tier_have_their_own_prices() -> None:
    details = {"cache_write_tokens": 1000, "cache_write_tokens_details": {"ttl_12h_tokens": 1000}}
    usage = {"input_tokens": 1000, "output_tokens": 0, "input_tokens_details": details}
    # gpt-6-astra: 10 in, 2.5 times that for twelve hours, all six times in the tier ultrafast
    assert Decimal("0.025") == cost_of("responses", "gpt-6-astra", {"usage": usage})
    assert Decimal("0.15") == cost_of("responses", "gpt-6-astra", {"usage": usage, "service_tier": "ultrafast"})


@pytest.mark.parametrize(
    ("house", "model", "answer", "reason"),
    [
        ("anthropic", "claude-nonsense-9", claude(1000), "no model"),
        ("openai", "gpt-4o-mini", {**chat(1000), "service_tier": "scale"}, "scale"),
        ("google", "gemini-2.5-flash", gemini(1000, trafficType="PROVISIONED_THROUGHPUT"), "provisioned_throughput"),
        ("responses", "gpt-5", {"output": [{"type": "image_generation_call"}], "usage": {"input_tokens": 1}}, "image_generation"),
    ],
)
def test_what_cannot_be_priced_is_refused_with_the_reason(house: str, model: str, answer: Answer, reason: str) -> None:
    named = {**answer, "model": model, "modelVersion": model}
    found = price_answer(named, url=ADDRESSES[house].format(model=model))
    assert "unknown" == found["cost_source"]
    assert reason in found["cost_reason"]


def test_what_drawing_used_is_billed_at_the_price_of_its_model() -> None:
    drawing = {
        "input_tokens": 50,
        "output_tokens": 1056,
        "total_tokens": 1106,
        "input_tokens_details": {"image_tokens": 0, "text_tokens": 50},
    }
    answer = {
        "tools": [{"type": "image_generation", "model": "gpt-image-1"}],
        "tool_usage": {"image_gen": drawing},
        "output": [{"type": "image_generation_call"}],
        "usage": {"input_tokens": 1000, "output_tokens": 500},
    }
    # gpt-image-1: 5 in, 40 out
    assert Decimal("0.00625") + Decimal("0.00025") + Decimal("0.04224") == cost_of("responses", "gpt-5", answer)


def test_an_error_in_a_good_answer_costs_nothing() -> None:
    found = price_answer({"error": {"code": 502, "message": "secret"}}, url="https://openrouter.ai/api/v1/chat/completions")
    assert ("error", {"code": "502"}, "none") == (found["status"], found["error"], found["cost_source"])
    assert "secret" not in json.dumps(found)


def test_an_answer_may_be_a_stream_a_form_s_or_an_error() -> None:
    lines = '{"model":"llama3","done":false}\n{"model":"llama3","done":true,"prompt_eval_count":3,"eval_count":4}\n'
    assert (3, 0) == tuple(price_answer(lines, url="http://localhost:11434/api/chat")[key] for key in ("input_tokens", "cost_nano_usd"))
    form = b'--x\r\nContent-Disposition: form-data; name="model"\r\n\r\nwhisper-1\r\n--x--'
    heard = price_answer({"text": "x", "duration": 60.0}, url="https://api.openai.com/v1/audio/transcriptions", request=form)
    assert 6_000_000 == heard["cost_nano_usd"]
    failed = price_answer({"error": {"code": "rate_limit_exceeded"}}, url=ADDRESSES["openai"], status=429)
    assert {"status": 429, "code": "rate_limit_exceeded"} == failed["error"]
    assert "broken" in price_answer(b"\0\0\0\1" * 8, url="https://bedrock-runtime.us-east-1.amazonaws.com/model/m/converse")["usage_reason"]
