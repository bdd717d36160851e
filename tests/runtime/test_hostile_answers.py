"""Answers, counts and tags that nobody sends in good faith, or only by mistake: an event each, and nothing impossible in it."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any
from unittest.mock import MagicMock

import pytest

from cost_lib import meter, record_call, tags
from tests.runtime.replay import CHAT, CHAT_COST, CHAT_STREAM, Pieces, Replay

if TYPE_CHECKING:
    from cost_lib.testing import Events

httpx2 = pytest.importorskip("httpx2")
EVENTS = {"content-type": "text/event-stream"}
CHATS = "https://api.openai.com/v1/chat/completions"
RESPONSES = "https://api.openai.com/v1/responses"
MESSAGES = "https://api.anthropic.com/v1/messages"


def post(url: str, answer: Any) -> Any:
    meter()
    with httpx2.Client(transport=Replay(httpx2, (200, answer)).transport()) as http:
        return http.post(url, json={"model": "gpt-4o-mini", "messages": []})


@pytest.mark.parametrize("count", [-5, -1.5, 10**30, 1e300, 10**13, "-5", "9" * 40])
@pytest.mark.parametrize("name", ["prompt_tokens", "completion_tokens"])
def test_a_count_that_cannot_be_makes_the_usage_unknown(events: Events, name: str, count: Any) -> None:
    post(CHATS, {**CHAT, "usage": {**CHAT["usage"], name: count, "prompt_tokens_details": {}, "completion_tokens_details": {}}})
    assert ("unknown", None) == (events.one()["usage_source"], events.one().get("cost_nano_usd"))


def test_counts_written_as_strings_are_counts(events: Events) -> None:
    post(CHATS, {**CHAT, "usage": {"prompt_tokens": "1000", "completion_tokens": "500", "total_tokens": "1500"}})
    assert (1000, 500) == (events.one()["input_tokens"], events.one()["output_tokens"])


@pytest.mark.parametrize("cost", [-1, -0.5, 1e300])
def test_a_cost_that_cannot_be_is_none(events: Events, cost: float) -> None:
    post("https://openrouter.ai/api/v1/chat/completions", {**CHAT, "usage": {**CHAT["usage"], "cost": cost}})
    assert "provider_cost_nano_usd" not in events.one()


@pytest.mark.parametrize("kind", [[], {}, 1, True, None])
@pytest.mark.parametrize("url", [CHATS, RESPONSES, MESSAGES, "https://api.replicate.com/v1/models/a/b/predictions"])
def test_an_event_of_a_stream_may_have_any_type(events: Events, url: str, kind: Any) -> None:
    data = b"".join(b"data: %b\n\n" % json.dumps({**CHAT, "type": kind, "event_type": kind}).encode() for _ in range(3))
    answer = post(url, data)
    assert (data, 1) == (answer.content, len(events.all()))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("size", [1, 7, 10_000])
def test_any_end_of_a_line_ends_it(events: Events, end: str, size: int) -> None:
    data = CHAT_STREAM.replace(b"\n", end.encode())
    meter()
    pieces = httpx2.MockTransport(lambda _: httpx2.Response(200, headers=EVENTS, stream=Pieces(httpx2, data, size)))
    with httpx2.Client(transport=pieces) as http:
        assert data == http.post(CHATS, json={"model": "gpt-4o-mini"}).content
    assert CHAT_COST == events.one()["cost_nano_usd"]


@pytest.mark.parametrize("word", [["queued"], {"a": 1}, 1])
def test_a_state_that_is_no_word_leaves_the_model_known(events: Events, word: Any) -> None:
    post(RESPONSES, {"model": "gpt-5.4", "status": word, "usage": {}})
    assert ("gpt-5.4", "the answer reports no usage") == (events.one()["model"], events.one()["usage_reason"])


@pytest.mark.parametrize("kind", [["message_stop"], {"a": 1}])
@pytest.mark.parametrize("url", [RESPONSES, MESSAGES])
def test_a_type_that_is_no_word_loses_no_event(events: Events, url: str, kind: Any) -> None:
    post(url, {**CHAT, "type": kind})
    assert 1 == len(events.all())


def test_a_sound_of_endless_length_loses_no_event(events: Events) -> None:
    post("https://api.deepgram.com/v1/listen?model=nova-3", {"metadata": {"duration": 1e308, "channels": 1}})
    assert "unknown" == events.one()["usage_source"]


def test_an_answer_that_trips_our_own_code_leaves_an_event(events: Events, monkeypatch: pytest.MonkeyPatch) -> None:
    def trip(*_: object) -> Any:
        raise KeyError("trip")

    monkeypatch.delenv("PYTEST_CURRENT_TEST")
    monkeypatch.setattr("cost_lib.families.reading.Reader._hurried", trip)
    assert CHAT == post(CHATS, CHAT).json()
    assert ("unknown", "the answer could not be read") == (events.one()["usage_source"], events.one()["usage_reason"])


def test_sound_is_still_counted(events: Events) -> None:
    post("https://api.deepgram.com/v1/listen?model=nova-3", {"metadata": {"duration": 1.5, "channels": 2}})
    assert {"audio_ms": 3000} == events.one()["units"]


@pytest.mark.parametrize("said", ["7", 1.5, MagicMock(spec=[]), -1])
def test_what_is_no_count_is_not_recorded_as_one(events: Events, said: Any) -> None:
    with record_call(provider="openai", model="gpt-4o-mini") as call:
        call.usage(input_tokens=said)
    assert "unknown" == events.one()["usage_source"]


def test_a_meter_of_which_an_sdk_says_nothing_is_0(events: Events) -> None:
    with record_call(provider="openai", model="gpt-4o-mini") as call:
        call.usage(input_tokens=10, cache_read_tokens=None)
    assert (10, 0) == (events.one()["input_tokens"], events.one()["cache_read_tokens"])


@pytest.mark.parametrize("text", ["4" * 1_000_000, "a." * 500_000, "x" * 1_000_000, "1-" * 500_000])
def test_a_document_for_a_tag_holds_nobody(events: Events, text: str) -> None:
    began = time.thread_time()
    for name in ("feature", "session_id"):
        with tags(**{name: text}), record_call(provider="openai", model="gpt-4o-mini") as call:
            call.usage(input_tokens=1)
    assert time.thread_time() - began < 1
    assert {1024} == {len(event.get("feature") or event["session_id"]) for event in events.all()}
