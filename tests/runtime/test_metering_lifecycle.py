"""Streams that take long, processes that fork, tasks that are cancelled, libraries on top of each other."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest

from cost_lib import meter, tagged, tags, unmeter
from cost_lib.metering import exchange
from cost_lib.metering.import_hook import AfterImport
from tests.runtime.replay import CHAT, CHAT_COST, CHAT_STREAM, MESSAGE, Replay, chunk, sse
from tests.runtime.server import Answer, Server

if TYPE_CHECKING:
    from pathlib import Path

    from cost_lib.testing import Events

openai = pytest.importorskip("openai")
httpx2 = pytest.importorskip("httpx2")
STREAM: dict[str, Any] = {
    "model": "gpt-4o-mini",
    "messages": [{"role": "user", "content": "hi"}],
    "stream": True,
    "stream_options": {"include_usage": True},
}
URL = "https://api.openai.com/v1/chat/completions"


def client(data: bytes = CHAT_STREAM) -> Any:
    return openai.OpenAI(api_key="k", http_client=httpx2.Client(transport=Replay(httpx2, (200, data)).transport()))


def test_a_stream_that_takes_long_leaves_word_that_it_is_under_way(events: Events, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "LONG", -1.0)
    list(tagged(client(), feature="faq").chat.completions.create(**STREAM))
    begun, ended = events.all()
    assert (("open", "none"), ("call", "catalog")) == ((begun["kind"], begun["cost_source"]), (ended["kind"], ended["cost_source"]))
    assert (begun["operation_id"], begun["attempt"]) == (ended["operation_id"], ended["attempt"])
    assert begun["event_id"] != ended["event_id"]


def test_a_stream_that_says_nothing_leaves_word_too(events: Events, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "LONG", 0.05)
    with Server(Answer(CHAT_STREAM, is_chunked=True, size=len(CHAT_STREAM) // 2 + 1, pause=0.5)) as server:
        (tmp_path / "costmark.toml").write_text(f'[hosts."{server.url.removeprefix("http://")}"]\nprovider = "openai"\n')
        wanted = ("POST", f"{server.url}/v1/chat/completions")
        with httpx2.Client() as http, tagged(http, feature="faq").stream(*wanted, json=STREAM) as response:
            pieces = response.iter_bytes()
            next(pieces)
            give_up = time.monotonic() + 5
            while not events.all() and time.monotonic() < give_up:
                time.sleep(0.01)
            assert ["open"] == [event["kind"] for event in events.all()]
            list(pieces)
    assert [("open", "faq"), ("call", "faq")] == [(event["kind"], event["feature"]) for event in events.all()]


def test_a_short_stream_leaves_one_event(events: Events) -> None:
    list(tagged(client(), feature="faq").chat.completions.create(**STREAM))
    assert "call" == events.one()["kind"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_the_copy_of_a_stream_in_a_forked_child_is_no_event(events: Events, tmp_path: Path) -> None:
    stream = tagged(client(), feature="faq").chat.completions.create(**STREAM)
    next(stream)
    child = os.fork()
    if not child:
        stream.close()
        (tmp_path / "child").write_text(str(len(events.all())))
        os._exit(0)
    os.waitpid(child, 0)
    list(stream)
    assert "0" == (tmp_path / "child").read_text()
    assert ("ok", CHAT_COST) == (events.one()["status"], events.one()["cost_nano_usd"])


def test_a_call_in_a_forked_child_is_recorded_there(events: Events, tmp_path: Path) -> None:
    child = os.fork() if hasattr(os, "fork") else pytest.skip("there is no fork here")
    if not child:
        list(tagged(client(), feature="faq").chat.completions.create(**STREAM))
        (tmp_path / "child").write_text(events.one()["status"])
        os._exit(0)
    os.waitpid(child, 0)
    assert ("ok", []) == ((tmp_path / "child").read_text(), events.all())


def test_a_cancelled_task_leaves_a_broken_stream(events: Events) -> None:
    slow = Answer(sse(*(chunk() for _ in range(20))), is_chunked=True, size=200, pause=0.2)

    async def read(url: str, begun: asyncio.Event) -> None:
        async with httpx2.AsyncClient(proxy=url) as http:
            made = openai.AsyncOpenAI(api_key="k", base_url="http://api.openai.com/v1", http_client=http)
            async for _ in await tagged(made, feature="faq").chat.completions.create(**STREAM):
                begun.set()

    async def run(url: str) -> None:
        begun = asyncio.Event()
        task = asyncio.create_task(read(url, begun))
        await begun.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    with Server(slow) as server:
        asyncio.run(run(server.url))
    assert ("broken", {"class": "CancelledError"}) == (events.one()["status"], events.one()["error"])


def test_a_call_that_got_no_answer_may_cost_something(events: Events) -> None:
    def hang(_: Any) -> Any:
        raise httpx2.ReadTimeout("slow")

    http = httpx2.Client(transport=httpx2.MockTransport(hang))
    with pytest.raises(openai.APITimeoutError):
        tagged(openai.OpenAI(api_key="k", http_client=http, max_retries=0), feature="faq").chat.completions.create(**STREAM)
    assert ("error", "unknown") == (events.one()["status"], events.one()["usage_source"])


def test_a_generator_that_is_left_half_way_closes_its_stream(events: Events) -> None:
    @tags(feature="faq")
    def words() -> Any:
        with tagged(client()).chat.completions.create(**STREAM) as stream:
            yield from stream

    found = words()
    next(found)
    found.close()
    assert ("closed", "faq") == (events.one()["status"], events.one()["feature"])


def test_a_stream_that_ends_with_its_last_event_needs_neither_draining_nor_closing(events: Events) -> None:
    anthropic = pytest.importorskip("anthropic")
    data = sse(
        {"type": "message_start", "message": {**MESSAGE, "content": [], "usage": {**MESSAGE["usage"], "output_tokens": 1}}},
        {"type": "message_delta", "delta": {"stop_reason": "end_turn", "stop_sequence": None}, "usage": {"output_tokens": 20}},
        {"type": "message_stop"},
    )
    http = httpx2.Client(transport=Replay(httpx2, (200, data)).transport())
    made = anthropic.Anthropic(api_key="k", http_client=http)
    stream = tagged(made, feature="faq").messages.create(model="claude-haiku-4-5", max_tokens=9, messages=STREAM["messages"], stream=True)
    held = iter(stream)
    while getattr(next(held), "type", "") != "message_delta":
        pass
    assert ("ok", 20) == (events.one()["status"], events.one()["output_tokens"])


def test_one_request_through_two_libraries_is_one_event(events: Events) -> None:
    aiohttp = pytest.importorskip("aiohttp")

    base: Any = httpx2.AsyncBaseTransport

    class Through(base):  # type: ignore[misc]
        """What carries httpx over aiohttp, as some SDKs do."""

        def __init__(self, url: str) -> None:
            self.url = url

        async def handle_async_request(self, request: Any) -> Any:
            async with aiohttp.ClientSession() as session, session.post(self.url + request.url.path, data=request.content) as response:
                return httpx2.Response(response.status, headers={"content-type": response.content_type}, content=await response.read())

    async def run(url: str) -> None:
        async with httpx2.AsyncClient(transport=Through(url)) as http:
            await http.post(URL, json={"model": "gpt-4o-mini"})

    with Server(Answer(CHAT)) as server:
        meter()
        asyncio.run(run(server.url))
        assert 1 == len(server.asked)
    assert CHAT_COST == events.one()["cost_nano_usd"]


def test_patching_over_ours_is_left_alone() -> None:
    meter()
    ours = httpx2.Client.send

    def theirs(*args: Any, **options: Any) -> Any:
        return ours(*args, **options)

    httpx2.Client.send = theirs
    try:
        unmeter()
        assert theirs is httpx2.Client.send
    finally:
        httpx2.Client.send = ours.__wrapped__


def test_a_half_imported_library_is_acted_on_when_it_is_whole() -> None:
    module: Any = ModuleType("half_imported")
    seen: list[ModuleType] = []
    module.__spec__ = type("Spec", (), {"_initializing": True})()
    sys.modules["half_imported"] = module
    hook = AfterImport()
    try:
        hook.watch({"half_imported": seen.append})
        assert [] == seen
        module.__spec__._initializing = False
        hook.find_spec("anything.else", None)
        hook.catch_up()
        assert [module] == seen
    finally:
        hook.stop()
        del sys.modules["half_imported"]


def test_what_does_not_travel_over_http_is_said_once(capsys: pytest.CaptureFixture[str]) -> None:
    made = tagged(openai.OpenAI(api_key="k"), feature="faq")
    for _ in range(3):
        made.realtime.connect(model="gpt-realtime")
    assert 1 == capsys.readouterr().err.count("connect() goes over a websocket, which cannot be metered")


def test_what_is_metered_is_not_warned_of(events: Events, capsys: pytest.CaptureFixture[str]) -> None:
    list(tagged(client(), feature="faq").chat.completions.create(**STREAM))
    assert "metered" not in capsys.readouterr().err
    assert events.one()


@pytest.mark.parametrize(
    ("module", "cls", "name"),
    [
        ("aiohttp", "ClientSession", "_request"),
        ("aiohttp", "ClientSession", "_build_url"),
        ("urllib3", "HTTPResponse", "_fp_read"),
        ("urllib3", "HTTPResponse", "_handle_chunk"),
        ("urllib3", "HTTPConnectionPool", "urlopen"),
        ("httpx", "Client", "send"),
        ("httpx2", "Client", "send"),
    ],
)
def test_the_private_names_that_we_lean_on_are_there(module: str, cls: str, name: str) -> None:
    assert callable(getattr(getattr(pytest.importorskip(module), cls), name))


def test_an_answer_of_httpx_keeps_its_bytes_where_we_replace_them() -> None:
    assert b"x" == httpx2.Response(200, content=b"x")._content
