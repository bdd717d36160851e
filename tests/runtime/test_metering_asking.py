"""Asking for usage on streams, and hiding what that adds."""

from __future__ import annotations

import asyncio
import gzip
import json
import time
from typing import TYPE_CHECKING, Any

import pytest

from cost_lib import meter, tagged, unmeter
from cost_lib.metering.asking import Filter, with_usage
from tests.runtime.replay import BARE_STREAM, CHAT, CHAT_COST, CHAT_STREAM, Replay, chunk, sse
from tests.runtime.server import Answer, Server

if TYPE_CHECKING:
    from cost_lib.testing import Events

openai = pytest.importorskip("openai")
httpx2 = pytest.importorskip("httpx2")
CHEAP: dict[str, Any] = {"model": "gpt-4o-mini", "messages": [{"role": "user", "content": "hi"}], "stream": True}
AZURE_FIRST = {"id": "", "object": "", "created": 0, "model": "", "choices": [], "prompt_filter_results": [{"prompt_index": 0}]}
# what the server sends when it is asked, and what it would have sent
ASKED, BARE = CHAT_STREAM, BARE_STREAM


class Honest(Replay):
    """Give usage only to those who ask."""

    def __init__(self, asked: bytes = ASKED, bare: bytes = BARE, *, compress: bool = False) -> None:
        super().__init__(httpx2, (200, bare), compress=compress)
        self.asked, self.bare = asked, bare

    def __call__(self, request: Any) -> Any:
        options = json.loads(request.content).get("stream_options") or {}
        self.answers = [(200, self.asked if options.get("include_usage") else self.bare)]
        return super().__call__(request)

    def options(self) -> Any:
        return json.loads(self.requests[0]).get("stream_options")


def client(replay: Replay, url: str = "https://api.openai.com/v1") -> Any:
    return tagged(openai.OpenAI(api_key="k", base_url=url, http_client=httpx2.Client(transport=replay.transport())), feature="faq")


def raw(replay: Replay, **options: Any) -> bytes:
    """Return the bytes of a stream as the caller gets them."""
    with client(replay).chat.completions.with_streaming_response.create(**CHEAP, **options) as response:
        return b"".join(response.iter_bytes())


def test_usage_is_asked_for_and_what_that_adds_is_hidden(events: Events) -> None:
    replay = Honest()
    assert 2 == len(list(client(replay).chat.completions.create(**CHEAP)))
    assert {"include_usage": True} == replay.options()
    assert ("faq", CHAT_COST, "ok") == tuple(events.one()[key] for key in ("feature", "cost_nano_usd", "status"))


def test_an_asynchronous_stream_is_asked_too(events: Events) -> None:
    async def run() -> int:
        http = httpx2.AsyncClient(transport=httpx2.MockTransport(Honest().answer))
        stream = await tagged(openai.AsyncOpenAI(api_key="k", http_client=http), feature="faq").chat.completions.create(**CHEAP)
        return len([piece async for piece in stream])

    assert 2 == asyncio.run(run())
    assert CHAT_COST == events.one()["cost_nano_usd"]


@pytest.mark.parametrize("compress", [False, True])
@pytest.mark.parametrize("end", ["\n\n", "\r\n\r\n"])
def test_the_caller_s_bytes_are_those_of_the_bare_call(events: Events, end: str, *, compress: bool) -> None:
    asked = sse(AZURE_FIRST, chunk(), chunk(usage=CHAT["usage"]), "[DONE]", end=end)
    bare = sse(AZURE_FIRST, chunk(), "[DONE]", end=end)
    assert bare == raw(Honest(asked, bare, compress=compress))
    assert CHAT_COST == events.one()["cost_nano_usd"]


def test_usage_on_a_chunk_with_choices_is_not_hidden() -> None:
    stream = sse({**chunk(), "usage": CHAT["usage"]}, "[DONE]")
    assert stream == raw(Honest(stream, stream))


@pytest.mark.parametrize(("value", "seen"), [(True, ASKED), (False, BARE)])
def test_the_caller_s_own_wish_is_respected(events: Events, seen: bytes, *, value: bool) -> None:
    replay = Honest()
    assert seen == raw(replay, stream_options={"include_usage": value})
    assert {"include_usage": value} == replay.options()
    assert ("reported" if value else "unknown") == events.one()["usage_source"]


def test_other_options_are_kept_beside_ours() -> None:
    replay = Honest()
    assert BARE == raw(replay, stream_options={"include_obfuscation": False})
    assert {"include_obfuscation": False, "include_usage": True} == replay.options()


def test_a_host_that_is_not_known_to_take_it_is_not_asked(events: Events) -> None:
    replay = Honest()
    list(client(replay, "https://llm.acme.example/v1").chat.completions.create(**CHEAP))
    assert replay.options() is None
    assert "unknown" == events.one()["usage_source"]


def test_a_call_that_is_no_stream_is_not_asked() -> None:
    replay = Replay(httpx2, (200, CHAT))
    tools = [{"type": "function", "function": {"name": "f", "parameters": {"type": "object", "default": {"stream": True}}}}]
    client(replay).chat.completions.create(model="gpt-4o-mini", messages=CHEAP["messages"], tools=tools)
    assert b"stream_options" not in replay.requests[0]


@pytest.mark.parametrize("header", ["content-digest", "x-amz-content-sha256"])
def test_a_signed_body_is_left_as_it_is(header: str) -> None:
    replay = Honest()
    list(client(replay).chat.completions.create(**CHEAP, extra_headers={header: "abc"}))
    assert replay.options() is None


def test_an_answer_that_is_there_already_is_filtered_too() -> None:
    http = httpx2.Client(
        transport=httpx2.MockTransport(lambda _: httpx2.Response(200, content=ASKED, headers={"content-type": "text/event-stream"}))
    )
    stream = tagged(openai.OpenAI(api_key="k", http_client=http), feature="faq").chat.completions.create(**CHEAP)
    assert 2 == len(list(stream))


def test_the_response_knows_the_caller_s_own_request() -> None:
    replay = Honest()
    http = tagged(httpx2.Client(transport=replay.transport()), feature="faq")
    response = http.post("https://api.openai.com/v1/chat/completions", json=CHEAP)
    assert CHEAP == json.loads(response.request.content)
    assert BARE == response.content


def test_every_other_byte_of_the_request_stays() -> None:
    body = b'{ "model": "m",\n "stream" : true, "temperature": 1e0 }\n'
    assert b'{ "model": "m",\n "stream" : true, "temperature": 1e0 ,"stream_options":{"include_usage":true}}' == with_usage(body)


@pytest.mark.parametrize("size", range(1, 40))
def test_pieces_of_any_size_are_filtered_alike(size: int) -> None:
    sieve = Filter()
    pieces = [sieve(ASKED[start : start + size]) for start in range(0, len(ASKED), size)]
    assert BARE == b"".join(pieces) + sieve.rest()


def test_an_event_is_handed_on_as_soon_as_it_is_whole() -> None:
    sieve = Filter()
    event = b"data: {}\r\n\r\n"
    assert (b"", event) == (sieve(event[:-1]), sieve(event[-1:]))


def test_the_first_chunk_comes_when_it_comes(events: Events) -> None:
    slow = Answer(ASKED, is_chunked=True, size=len(sse(chunk())), pause=0.05)
    with Server(slow) as server, httpx2.Client(proxy=server.url) as http:
        bare = openai.OpenAI(api_key="k", base_url="http://api.openai.com/v1", http_client=http)
        meter()
        started = time.perf_counter()
        stream = iter(bare.chat.completions.create(**CHEAP))
        next(stream)
        first = time.perf_counter() - started
        list(stream)
        unmeter()
        assert first < (time.perf_counter() - started) / 2
    assert CHAT_COST == events.one()["cost_nano_usd"]


def test_a_broken_stream_breaks_as_it_would(events: Events) -> None:
    class Broken(Honest):
        def __call__(self, request: Any) -> Any:
            response = super().__call__(request)
            response.headers["content-encoding"] = "gzip"
            return response

    assert gzip.compress(b"") != ASKED
    with pytest.raises(httpx2.DecodingError):
        raw(Broken())
    assert "broken" == events.one()["status"]
