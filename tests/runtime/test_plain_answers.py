"""The quick way against the long one: it gives the same reading, or leaves the answer to it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cost_lib.families import anthropic, openai
from cost_lib.families.around import Around
from cost_lib.families.plain import read_chat, read_message
from tests.runtime.replay import CHAT, MESSAGE

COUNT = st.one_of(st.integers(0, 1000), st.none())
TIER = st.sampled_from(["", "default", "flex", "priority", None])
AROUND = Around("openai", "api.openai.com", "/v1/chat/completions", body=lambda: b'{"model":"m"}')
ODD = st.dictionaries(st.sampled_from(["cached_tokens", "reasoning_tokens", "audio_tokens", "image_tokens", "cost"]), COUNT, max_size=3)


def same(family: Any, quick: Any, body: dict[str, Any], around: Around = AROUND) -> bool:
    found = quick(json.dumps(body).encode(), around)
    return found is None or family.read(body, around) == found


@settings(max_examples=60)
@given(st.integers(0, 1000), st.integers(0, 1000), st.integers(0, 2), ODD, ODD, ODD, TIER)
def test_a_chat_is_read_as_the_long_way_reads_it(  # noqa: PLR0917 - one argument a part of the answer
    given_: int, made: int, beside: int, spent: dict[str, Any], wrote: dict[str, Any], other: dict[str, Any], tier: str | None
) -> None:
    usage = {"prompt_tokens": given_, "completion_tokens": made, "total_tokens": given_ + made + beside, **other}
    details = {"prompt_tokens_details": spent or None, "completion_tokens_details": wrote}
    assert same(openai, read_chat, {"model": "gpt-4o", "service_tier": tier, "usage": {**usage, **details}})


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from(list(MESSAGE["usage"])), COUNT), st.dictionaries(st.sampled_from(["5m", "1h"]), COUNT), TIER, TIER)
def test_a_message_is_read_as_the_long_way_reads_it(
    usage: dict[str, Any], parts: dict[str, Any], tier: str | None, speed: str | None
) -> None:
    creation = {f"ephemeral_{name}_input_tokens": number for name, number in parts.items()}
    body: dict[str, Any] = {"model": "claude", "usage": {**usage, "cache_creation": creation or None, "service_tier": tier}}
    assert same(anthropic, read_message, body)
    assert same(anthropic, read_message, {**body, "usage": {**body["usage"], "speed": speed}})


@pytest.mark.parametrize("word", ["service_tier", "speed", "inference_geo"])
def test_what_only_the_request_says_is_found_on_the_long_way(word: str) -> None:
    asked = Around("anthropic", "api.anthropic.com", "/v1/messages", body=json.dumps({word: "priority"}).encode)
    assert read_message(json.dumps(MESSAGE).encode(), asked) is None


@pytest.mark.parametrize("filler", ["", "x" * 9000])
def test_an_answer_that_has_an_error_beside_its_usage_goes_the_long_way(filler: str) -> None:
    for read, answer in ((read_chat, CHAT), (read_message, MESSAGE)):
        tail = {name: answer[name] for name in ("model", "usage")}
        body = {"text": filler, **tail, "service_tier": "default", "error": {"code": "x"}}
        assert read(json.dumps(body).encode(), AROUND) is None


def test_the_usual_answers_are_read_the_quick_way() -> None:
    assert read_chat(json.dumps(CHAT).encode(), AROUND) is not None
    assert read_message(json.dumps(MESSAGE).encode(), AROUND) is not None


@pytest.mark.parametrize("change", [{"num_search_queries": 3}, {"cost": 0.1}, {"prompt_tokens_details": {"image_tokens": 3}}])
def test_an_answer_that_holds_more_is_not(change: dict[str, Any]) -> None:
    assert read_chat(json.dumps({**CHAT, "usage": {**CHAT["usage"], **change}}).encode(), AROUND) is None


def test_of_two_models_of_a_long_answer_the_last_counts_as_in_any_document() -> None:
    data = json.dumps({**CHAT, "padding": ["x" * 9000]}).encode()[:-1] + b',"usage":%b,"service_tier":"default","model":"gpt-4o"}'
    found = read_chat(data % json.dumps(CHAT["usage"]).encode(), AROUND)
    assert found is not None
    assert "gpt-4o" == found.model
