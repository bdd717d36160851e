from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import pytest

from cost_lib import tagged
from tests.runtime.replay import Replay

if TYPE_CHECKING:
    from cost_lib.testing import Events

genai = pytest.importorskip("google.genai")
httpx2 = pytest.importorskip("httpx2")
ANSWER: dict[str, Any] = {
    "candidates": [{"content": {"role": "model", "parts": [{"text": "hi"}]}, "finishReason": "STOP", "index": 0}],
    "usageMetadata": {
        "promptTokenCount": 100,
        "candidatesTokenCount": 20,
        "thoughtsTokenCount": 30,
        "cachedContentTokenCount": 40,
        "totalTokenCount": 150,
    },
    "modelVersion": "gemini-2.5-flash",
}
COST = 60 * 300 + 40 * 30 + 50 * 2500
# Gemini ends its lines with CR LF
STREAM = b"".join(b"data: " + json.dumps(part).encode() + b"\r\n\r\n" for part in ({**ANSWER, "candidates": []}, ANSWER))


def client(replay: Replay) -> Any:
    options = {
        "httpx_client": httpx2.Client(transport=replay.transport()),
        "httpx_async_client": httpx2.AsyncClient(transport=httpx2.MockTransport(replay.answer)),
    }
    return tagged(genai.Client(api_key="k", http_options=genai.types.HttpOptions(**options)), feature="faq")


def counts(event: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(
        event.get(key) for key in ("feature", "input_tokens", "cache_read_tokens", "output_tokens", "reasoning_tokens", "cost_nano_usd")
    )


COUNTS = ("faq", 60, 40, 50, 30, COST)


def test_generated_content_is_recorded_with_thoughts_in_its_output(events: Events) -> None:
    client(Replay(httpx2, (200, ANSWER))).models.generate_content(model="gemini-2.5-flash", contents="hi")
    assert COUNTS == counts(events.one())
    assert ("gcp.gemini", "gemini-2.5-flash") == (events.one()["provider"], events.one()["model_requested"])


def test_a_lazy_stream_is_recorded_once_under_the_tags_of_its_call(events: Events) -> None:
    stream = client(Replay(httpx2, (200, STREAM))).models.generate_content_stream(model="gemini-2.5-flash", contents="hi")
    assert 2 == len(list(stream))
    assert COUNTS == counts(events.one())


def test_an_asynchronous_call_is_recorded(events: Events) -> None:
    async def run() -> None:
        await client(Replay(httpx2, (200, ANSWER))).aio.models.generate_content(model="gemini-2.5-flash", contents="hi")

    asyncio.run(run())
    assert COUNTS == counts(events.one())


def test_a_chat_made_by_a_tagged_client_stays_tagged(events: Events) -> None:
    chat = client(Replay(httpx2, (200, ANSWER))).chats.create(model="gemini-2.5-flash")
    chat.send_message("hi")
    chat.send_message("again")
    assert [COUNTS, COUNTS] == [counts(event) for event in events.all()]
