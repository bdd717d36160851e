"""Small promises to the caller and to the SDKs that look at what they call."""

from __future__ import annotations

import asyncio
import inspect
import json
from typing import TYPE_CHECKING, Any

import pytest

from cost_lib import in_force, meter, tagged, tags
from cost_lib.metering import beginning
from cost_lib.metering.framing import AwsFrames, JsonLines
from tests.runtime.frames import frame, wrapped
from tests.runtime.replay import CHAT, CHAT_COST, Replay
from tests.runtime.server import Answer, Server

if TYPE_CHECKING:
    from pathlib import Path

    from cost_lib.testing import Events

httpx2 = pytest.importorskip("httpx2")
ASKED = {"model": "gpt-4o-mini", "messages": []}


def post(url: str, answer: Any = CHAT, **options: Any) -> Any:
    with httpx2.Client(transport=Replay(httpx2, (200, answer)).transport()) as http:
        return http.post(url, json=ASKED, **options)


@pytest.mark.parametrize("end", ["", "#stream", "?api-version=1", "/"])
def test_neither_fragment_nor_query_hides_a_path(events: Events, end: str) -> None:
    meter()
    post(f"https://api.openai.com/v1/chat/completions{end}")
    assert CHAT_COST == events.one()["cost_nano_usd"]


def test_a_gateway_of_the_policy_may_have_a_prefix(events: Events, tmp_path: Path) -> None:
    (tmp_path / "costmark.toml").write_text('[hosts."llm.acme.internal"]\nprovider = "openai"\n')
    in_force.forget()
    meter()
    post("https://llm.acme.internal/team/openai/v1/chat/completions")
    assert ("openai", CHAT_COST) == (events.one()["provider"], events.one()["cost_nano_usd"])


def test_a_server_that_is_nobody_s_is_not_recorded(events: Events) -> None:
    meter()
    post("http://localhost:8000/v1/chat/completions")
    assert [] == events.all()


def test_fetching_is_no_call(events: Events) -> None:
    meter()
    with httpx2.Client(transport=Replay(httpx2, (200, CHAT)).transport()) as http:
        http.get("https://api.openai.com/v1/chat/completions")
    assert [] == events.all()


def test_the_signatures_of_what_is_patched_stay() -> None:
    aiohttp = pytest.importorskip("aiohttp")
    before = inspect.signature(aiohttp.ClientSession._request), inspect.signature(httpx2.Client.send)
    meter()
    assert before == (inspect.signature(aiohttp.ClientSession._request), inspect.signature(httpx2.Client.send))
    assert inspect.iscoroutinefunction(aiohttp.ClientSession._request)


def test_the_answer_of_httpx_stays_the_caller_s() -> None:
    meter()
    response = post("https://api.openai.com/v1/chat/completions")
    assert (CHAT, True, 200) == (response.json(), response.is_closed, response.status_code)
    assert 0 <= response.elapsed.total_seconds()


def test_a_request_that_is_a_stream_itself_is_not_used_up(events: Events) -> None:
    def pieces() -> Any:
        yield json.dumps(ASKED).encode()

    replay = Replay(httpx2, (200, CHAT))
    with httpx2.Client(transport=httpx2.MockTransport(lambda request: (request.read(), replay(request))[1])) as http:
        tagged(http, feature="faq").post("https://api.openai.com/v1/chat/completions", content=pieces())
    assert json.dumps(ASKED).encode() == replay.requests[0]
    assert CHAT_COST == events.one()["cost_nano_usd"]


def test_our_own_failure_breaks_no_call(events: Events, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(beginning, "find_target", fail)
    monkeypatch.delenv("PYTEST_CURRENT_TEST")
    meter()
    assert 200 == post("https://api.openai.com/v1/chat/completions").status_code
    assert [] == events.all()
    assert "recording failed and the call went on: ZeroDivisionError" in capsys.readouterr().err


@pytest.mark.parametrize("library", ["aiohttp", "urllib3"])
def test_a_url_that_is_none_fails_as_it_would(library: str) -> None:
    module = pytest.importorskip(library)

    async def ask() -> None:
        async with module.ClientSession() as session:
            await session.post("nowhere", data=b"")

    meter()
    if library == "aiohttp":
        with pytest.raises(module.InvalidURL):
            asyncio.run(ask())
    else:
        with pytest.raises(module.exceptions.LocationValueError), module.PoolManager() as pool:
            pool.request("POST", "http://", body=b"")


def test_tasks_with_raw_clients_keep_their_own_tags(events: Events) -> None:
    async def one(http: Any, name: str) -> None:
        with tags(feature=name):
            await http.post("http://api.openai.com/v1/chat/completions", json=ASKED)

    async def run(url: str) -> None:
        async with httpx2.AsyncClient(proxy=url) as http:
            await asyncio.gather(*(one(http, str(number)) for number in range(8)))

    meter()
    with Server(Answer(CHAT)) as server:
        asyncio.run(run(server.url))
    assert sorted(map(str, range(8))) == sorted(event["feature"] for event in events.all())


@pytest.mark.parametrize("size", [1, 3, 50])
def test_frames_in_pieces_of_any_size_give_the_same_events(size: int) -> None:
    data = frame("metadata", {"usage": {}}) + wrapped({"type": "message_stop"})
    framing = AwsFrames()
    found = b"".join(framing(data[start : start + size]) for start in range(0, len(data), size))
    assert b'event: metadata\ndata: {"usage": {}}\n\nevent: chunk\ndata: {"type": "message_stop"}\n\n' == found


def test_lines_of_json_become_events_when_they_are_whole() -> None:
    lines = JsonLines()
    assert (b"", b'data: {"a": 1}\n\n') == (lines(b'{"a": '), lines(b"1}\n"))
