"""Pieces of a stream that are whole events go by unread: the event is the one of pieces that are none."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cost_lib import tagged
from cost_lib.testing import Events, capture_events
from tests.runtime.replay import CHAT, MESSAGE_STREAM, chunk, sse

httpx2 = pytest.importorskip("httpx2")
OF_EACH = ("ts", "event_id", "operation_id", "latency_ms", "ttft_ms", "call_site")
MANY = [{**chunk(), "choices": [{"index": 0, "delta": {"content": "word " * (number % 7)}}], "usage": None} for number in range(600)]
CHATS = ("https://api.openai.com/v1/chat/completions", sse(*MANY, chunk(usage=CHAT["usage"]), "[DONE]"))
GIVEN = ("https://api.openai.com/v1/chat/completions", sse(*MANY[:40], {"error": {"code": "overloaded"}}))
RUNNING = [{**MANY[0], "usage": CHAT["usage"]}, *MANY[1:200]]
LINES = (CHATS[0], b"".join(b"data: " + json.dumps(one, indent=1).replace("\n", "\ndata: ").encode() + b"\n\n" for one in RUNNING))
MESSAGES = ("https://api.anthropic.com/v1/messages", MESSAGE_STREAM)


def event_of(url: str, pieces: list[bytes], most: int) -> tuple[dict[str, Any], bytes]:
    """Read so many pieces of a stream, close it, and return its event and what came through."""

    class Pieces(httpx2.SyncByteStream):  # type: ignore[misc, name-defined]
        def __iter__(self) -> Any:
            yield from pieces

    def respond(_: object) -> Any:
        return httpx2.Response(200, headers={"content-type": "text/event-stream"}, stream=Pieces())

    seen = b""
    with capture_events() as found, httpx2.Client(transport=httpx2.MockTransport(respond)) as http:
        body = {"model": "m", "messages": [], "stream": True}
        with tagged(http, feature="faq").stream("POST", url, json=body) as response:
            for part in response.iter_raw():
                seen += part
                if len(seen) >= most:
                    break
    return {name: value for name, value in found.one().items() if name not in OF_EACH}, seen


def whole(data: bytes) -> list[bytes]:
    return [part + b"\n\n" for part in data.split(b"\n\n") if part]


@pytest.mark.parametrize(("url", "data"), [CHATS, GIVEN, LINES, MESSAGES], ids=["chat", "error", "lines", "messages"])
@pytest.mark.parametrize("share", [1.0, 0.6])
def test_whole_events_leave_what_halves_of_them_leave(events: Events, url: str, data: bytes, share: float) -> None:
    parts = whole(data)
    cut = sum(map(len, parts[: int(len(parts) * share)]))
    halves = [half for part in parts for half in (part[:9], part[9:])]
    first, seen = event_of(url, parts, cut)
    second, same = event_of(url, halves, cut)
    assert [] == events.all()
    assert (json.dumps(second), same) == (json.dumps(first), seen)
