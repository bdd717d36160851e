from __future__ import annotations

import asyncio
import gc
from typing import TYPE_CHECKING, Any

import pytest

from cost_lib import UntaggedCall, in_force, meter, tagged, tags, unmeter
from tests.runtime.replay import BARE_STREAM, CHAT, CHAT_COST, CHAT_STREAM, MESSAGE, MESSAGE_STREAM, Replay

if TYPE_CHECKING:
    from pathlib import Path

    from cost_lib.testing import Events

openai = pytest.importorskip("openai")
anthropic = pytest.importorskip("anthropic")
httpx = pytest.importorskip("httpx")
httpx2 = pytest.importorskip("httpx2")
HI: list[Any] = [{"role": "user", "content": "hi"}]
CHEAP: dict[str, Any] = {"model": "gpt-4o-mini", "messages": HI}
STREAM: dict[str, Any] = {"stream": True, "stream_options": {"include_usage": True}}


def openai_client(replay: Replay, **options: Any) -> Any:
    return openai.OpenAI(api_key="k", http_client=httpx2.Client(transport=replay.transport()), **options)


def async_openai(replay: Replay) -> Any:
    return openai.AsyncOpenAI(api_key="k", http_client=httpx2.AsyncClient(transport=httpx2.MockTransport(replay.answer)))


def claude(replay: Replay) -> Any:
    return anthropic.Anthropic(api_key="k", http_client=httpx2.Client(transport=replay.transport()))


def counts(event: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(event.get(key) for key in ("input_tokens", "cache_read_tokens", "output_tokens", "reasoning_tokens", "cost_nano_usd"))


CHAT_COUNTS = (36, 64, 20, 5, CHAT_COST)


def test_a_tagged_call_is_one_priced_event(events: Events) -> None:
    tagged(openai_client(Replay(httpx2, (200, CHAT))), feature="faq").chat.completions.create(**CHEAP)
    event = events.one()
    assert CHAT_COUNTS == counts(event)
    assert ("faq", "openai", "api.openai.com", "chat", "ok", 1) == tuple(
        event[key] for key in ("feature", "provider", "host", "endpoint", "status", "attempt")
    )
    assert ("gpt-4o-mini", CHAT["model"], "req_1") == (event["model_requested"], event["model"], event["provider_request_id"])
    assert "test_metering.py" in event["call_site"]["file"]


def test_a_raw_call_is_not_recorded_without_meter(events: Events) -> None:
    client = openai_client(Replay(httpx2, (200, CHAT)))
    tagged(client)
    client.chat.completions.create(**CHEAP)
    assert [] == events.all()


def test_meter_records_raw_calls_and_unmeter_takes_it_back(events: Events) -> None:
    original = httpx2.Client.send
    client = openai_client(Replay(httpx2, (200, CHAT)))
    meter()
    with tags(feature="faq"):
        client.chat.completions.create(**CHEAP)
    unmeter()
    client.chat.completions.create(**CHEAP)
    assert "faq" == events.one()["feature"]
    assert original is httpx2.Client.send


def test_patching_again_changes_nothing() -> None:
    meter()
    once = httpx2.Client.send
    meter()
    tagged(object())
    assert once is httpx2.Client.send


def test_an_asynchronous_call_is_recorded(events: Events) -> None:
    async def run() -> None:
        await tagged(async_openai(Replay(httpx2, (200, CHAT))), feature="faq").chat.completions.create(**CHEAP)

    asyncio.run(run())
    assert CHAT_COUNTS == counts(events.one())


@pytest.mark.parametrize("compress", [False, True])
def test_a_stream_that_reports_usage_is_recorded(events: Events, *, compress: bool) -> None:
    client = tagged(openai_client(Replay(httpx2, (200, CHAT_STREAM), compress=compress)), feature="faq")
    assert 3 == len(list(client.chat.completions.create(**CHEAP, **STREAM)))
    event = events.one()
    assert CHAT_COUNTS == counts(event)
    assert (True, "ok") == (event["stream"], event["status"])
    assert event["ttft_ms"] <= event["latency_ms"]


def test_an_asynchronous_stream_is_recorded(events: Events) -> None:
    async def run() -> int:
        client = tagged(async_openai(Replay(httpx2, (200, CHAT_STREAM))), feature="faq")
        return len([chunk async for chunk in await client.chat.completions.create(**CHEAP, **STREAM)])

    assert 3 == asyncio.run(run())
    assert CHAT_COUNTS == counts(events.one())


def test_a_stream_without_usage_is_unknown_with_a_reason(events: Events) -> None:
    list(tagged(openai_client(Replay(httpx2, (200, BARE_STREAM))), feature="faq").chat.completions.create(**CHEAP, stream=True))
    event = events.one()
    assert ("unknown", "the stream reported no usage") == (event["usage_source"], event["usage_reason"])
    assert "cost_nano_usd" not in event


def test_a_stream_closed_early_is_recorded_as_closed(events: Events) -> None:
    stream = tagged(openai_client(Replay(httpx2, (200, CHAT_STREAM))), feature="faq").chat.completions.create(**CHEAP, stream=True)
    next(iter(stream))
    stream.close()
    assert ("closed", "unknown") == (events.one()["status"], events.one()["usage_source"])


def test_a_stream_never_read_is_recorded_when_it_is_collected(events: Events) -> None:
    gc.collect()  # what other tests dropped is not what this one is about
    events.lines.clear()
    stream = tagged(openai_client(Replay(httpx2, (200, CHAT_STREAM))), feature="faq").chat.completions.create(**CHEAP, stream=True)
    del stream
    gc.collect()
    assert "unknown" == events.one()["usage_source"]


@pytest.mark.parametrize("data", [CHAT_STREAM, BARE_STREAM])
def test_a_stream_passes_byte_for_byte(events: Events, data: bytes) -> None:
    with tagged(openai_client(Replay(httpx2, (200, data))), feature="faq").chat.completions.with_streaming_response.create(
        **CHEAP, **STREAM
    ) as response:
        assert data == b"".join(response.iter_bytes())
    assert "ok" == events.one()["status"]


def test_a_retry_is_a_second_attempt_of_one_operation(events: Events) -> None:
    replay = Replay(httpx2, (429, {"error": {"message": "slow"}}), (200, CHAT))
    tagged(openai_client(replay), feature="faq").chat.completions.create(**CHEAP)
    first, second = events.all()
    assert first["operation_id"] == second["operation_id"]
    assert ([1, 2], ["error", "ok"]) == ([first["attempt"], second["attempt"]], [first["status"], second["status"]])
    assert 429 == first["error"]["status"]
    assert "cost_nano_usd" not in first


def test_two_calls_are_two_operations(events: Events) -> None:
    client = tagged(openai_client(Replay(httpx2, (200, CHAT))), feature="faq")
    client.chat.completions.create(**CHEAP)
    client.chat.completions.create(**CHEAP)
    assert 2 == len({event["operation_id"] for event in events.all()})


def test_a_connection_error_reaches_the_caller_and_is_recorded(events: Events) -> None:
    def refuse(_: Any) -> Any:
        raise httpx2.ConnectError("no")

    http = httpx2.Client(transport=httpx2.MockTransport(refuse))
    with pytest.raises(openai.APIConnectionError):
        tagged(openai.OpenAI(api_key="k", http_client=http, max_retries=0), feature="faq").chat.completions.create(**CHEAP)
    assert ("error", {"class": "ConnectError"}) == (events.one()["status"], events.one()["error"])


def test_an_untagged_call_is_refused_as_itself_and_nothing_is_sent(events: Events, tmp_path: Path) -> None:
    (tmp_path / "costmark.toml").write_text('on-untagged = "raise"\n')
    in_force.forget()
    replay = Replay(httpx2, (200, CHAT))
    with pytest.raises(UntaggedCall, match="lacks feature"):
        tagged(openai_client(replay)).chat.completions.create(**CHEAP)
    assert [] == replay.requests
    assert "refused" == events.one()["status"]


def test_an_asynchronous_untagged_call_is_refused_as_itself(tmp_path: Path) -> None:
    (tmp_path / "costmark.toml").write_text('on-untagged = "raise"\n')
    in_force.forget()

    async def run() -> None:
        await tagged(async_openai(Replay(httpx2, (200, CHAT)))).chat.completions.create(**CHEAP)

    with pytest.raises(UntaggedCall):
        asyncio.run(run())


def test_a_free_request_leaves_an_event_without_cost(events: Events) -> None:
    tagged(openai_client(Replay(httpx2, (200, {"id": "m", "model": "m", "results": []}))), feature="faq").moderations.create(input="x")
    event = events.one()
    assert ("faq", "moderations", "ok", "none", "none") == tuple(
        event[key] for key in ("feature", "endpoint", "status", "usage_source", "cost_source")
    )
    assert "cost_nano_usd" not in event


def test_counting_tokens_needs_no_tags_and_costs_nothing(events: Events, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "costmark.toml").write_text('required-tags = ["feature"]\non-untagged = "raise"\n')
    monkeypatch.chdir(tmp_path)
    in_force.forget()
    answer = tagged(claude(Replay(httpx2, (200, {"input_tokens": 9})))).messages.count_tokens(model="claude-haiku-4-5", messages=HI)
    assert (9, "none", "claude-haiku-4-5") == (answer.input_tokens, events.one()["cost_source"], events.one()["model_requested"])


def test_anthropic_messages_are_recorded(events: Events) -> None:
    tagged(claude(Replay(httpx2, (200, MESSAGE))), feature="faq").messages.create(max_tokens=9, **{**CHEAP, "model": "claude-haiku-4-5"})
    assert (10, 30, 20, 0, 10 * 1000 + 30 * 100 + 40 * 1250 + 20 * 5000) == counts(events.one())
    assert ("anthropic", 40) == (events.one()["provider"], events.one()["cache_write_5m_tokens"])


def test_an_anthropic_stream_manager_is_recorded_once(events: Events) -> None:
    client = tagged(claude(Replay(httpx2, (200, MESSAGE_STREAM))), feature="faq")
    with client.messages.stream(max_tokens=9, model="claude-haiku-4-5", messages=HI) as stream:
        assert "hi" == "".join(stream.text_stream)
    assert (10, 30, 20, 0, 10 * 1000 + 30 * 100 + 40 * 1250 + 20 * 5000) == counts(events.one())


def test_the_older_httpx_is_metered_too(events: Events) -> None:
    http = httpx.Client(transport=Replay(httpx, (200, CHAT)).transport())
    tagged(http, feature="faq").post("https://api.openai.com/v1/chat/completions", json=CHEAP)
    assert CHAT_COUNTS == counts(events.one())


def test_a_canned_answer_is_read_at_once(events: Events) -> None:
    http = httpx2.Client(transport=httpx2.MockTransport(lambda _: httpx2.Response(200, json=CHAT)))
    tagged(openai.OpenAI(api_key="k", http_client=http), feature="faq").chat.completions.create(**CHEAP)
    assert CHAT_COUNTS == counts(events.one())


def test_no_prompt_and_no_answer_is_stored(events: Events) -> None:
    secret: list[Any] = [{"role": "user", "content": "tell nobody"}]
    tagged(openai_client(Replay(httpx2, (200, CHAT))), feature="faq").chat.completions.create(model="gpt-4o-mini", messages=secret)
    assert b"tell nobody" not in events.lines[0]
    assert b'"hi"' not in events.lines[0]
