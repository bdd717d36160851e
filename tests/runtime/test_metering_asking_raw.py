"""Asking for usage on streams that are read with requests, urllib3 or aiohttp; the server stands where a proxy would."""

from __future__ import annotations

import asyncio
import gzip
import json
import zlib
from typing import TYPE_CHECKING, Any

import pytest

from cost_lib import meter, tags, unmeter
from tests.runtime.replay import BARE_STREAM, CHAT_COST, CHAT_STREAM
from tests.runtime.server import Answer, Asked, Server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cost_lib.testing import Events

URL = "http://api.openai.com/v1/chat/completions"
WISH: dict[str, Any] = {"model": "gpt-4o-mini", "messages": [{"role": "user", "content": "hi"}], "stream": True}
HEADERS = {"content-type": "application/json", "authorization": "Bearer k"}


@pytest.fixture(autouse=True)
def metered() -> Iterator[None]:
    meter()
    yield
    unmeter()


def honest(*, is_chunked: bool = True, encoding: str = "", size: int = 70) -> Callable[[Asked], Answer]:
    """Give usage only to those who ask."""

    def answer(asked: Asked) -> Answer:
        body = json.loads(asked.body)
        found = CHAT_STREAM if (body.get("stream_options") or {}).get("include_usage") else BARE_STREAM
        packed = gzip.compress(found) if encoding == "gzip" else zlib.compress(found) if encoding else found
        return Answer(packed, headers={"content-encoding": encoding} if encoding else {}, is_chunked=is_chunked, size=size)

    return answer


def by_requests(proxy: str, how: str) -> bytes:
    requests = pytest.importorskip("requests")
    given = {"data": json.dumps(WISH)} if how == "text" else {"json": WISH}
    with requests.post(URL, headers=HEADERS, proxies={"http": proxy}, stream=how != "whole", timeout=9, **given) as response:
        if how == "lines":
            return b"\n".join(response.iter_lines(3)) + b"\n"
        return response.content if how == "whole" else b"".join(response.iter_content(11))


def by_urllib3(proxy: str, how: str) -> bytes:
    urllib3 = pytest.importorskip("urllib3")
    with urllib3.ProxyManager(proxy) as pool:
        response = pool.request("POST", URL, body=json.dumps(WISH).encode(), headers=HEADERS, preload_content=how == "whole")
        if how == "whole":
            return bytes(response.data)
        if how == "text":
            return bytes(response.read())
        data = b"".join(iter(lambda: response.read(5), b"")) if how == "lines" else b"".join(response.stream(11))
        response.release_conn()
        return data


def by_aiohttp(proxy: str, how: str) -> bytes:
    aiohttp = pytest.importorskip("aiohttp")

    async def run() -> bytes:
        given: dict[str, Any] = {"data": json.dumps(WISH)} if how == "text" else {"json": WISH}
        async with aiohttp.ClientSession(headers=HEADERS) as session, session.post(URL, proxy=proxy, **given) as response:
            if how == "whole":
                return bytes(await response.read())
            if how == "lines":
                return b"".join([line async for line in response.content])
            if how == "text":
                return "".join([piece.decode() async for piece in response.content.iter_chunked(9)]).encode()
            return b"".join([piece async for piece, _ in response.content.iter_chunks()])

    return asyncio.run(run())


SENDERS = {"requests": by_requests, "urllib3": by_urllib3, "aiohttp": by_aiohttp}


@pytest.mark.parametrize("how", ["pieces", "lines", "text", "whole"])
@pytest.mark.parametrize("is_chunked", [False, True])
@pytest.mark.parametrize("library", SENDERS)
def test_usage_is_asked_for_and_the_caller_gets_the_bare_stream(events: Events, library: str, how: str, *, is_chunked: bool) -> None:
    with Server(honest(is_chunked=is_chunked)) as server, tags(feature="faq"):
        assert BARE_STREAM == SENDERS[library](server.url, how)
        sent = json.loads(server.asked[0].body)
    assert {**WISH, "stream_options": {"include_usage": True}} == sent
    assert ("faq", CHAT_COST, "ok") == tuple(events.one()[key] for key in ("feature", "cost_nano_usd", "status"))


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
@pytest.mark.parametrize("library", SENDERS)
def test_a_compressed_stream_is_filtered_too(events: Events, library: str, encoding: str) -> None:
    with Server(honest(encoding=encoding, size=20)) as server:
        assert BARE_STREAM == SENDERS[library](server.url, "pieces")
    assert CHAT_COST == events.one()["cost_nano_usd"]


@pytest.mark.parametrize("library", SENDERS)
def test_the_request_is_otherwise_the_caller_s(events: Events, library: str) -> None:
    with Server(honest()) as server:
        unmeter()
        SENDERS[library](server.url, "pieces")
        meter()
        SENDERS[library](server.url, "pieces")
        bare, asked = server.asked
    kept = [{name: value for name, value in one.headers.items() if name != "content-length"} for one in (bare, asked)]
    assert kept[0] == kept[1]
    assert str(len(asked.body)) == asked.headers["content-length"]
    assert 1 == len(events.all())


def test_what_aiohttp_shall_not_decompress_is_not_asked_for() -> None:
    aiohttp = pytest.importorskip("aiohttp")

    async def run(proxy: str) -> None:
        async with aiohttp.ClientSession(auto_decompress=False) as session, session.post(URL, json=WISH, proxy=proxy) as response:
            await response.read()

    with Server(honest()) as server:
        asyncio.run(run(server.url))
        assert WISH == json.loads(server.asked[0].body)


@pytest.mark.parametrize("name", ["readexactly", "readuntil", "readline", "readany", "read_nowait"])
def test_every_way_to_read_aiohttp_gives_the_bare_stream(name: str) -> None:
    aiohttp = pytest.importorskip("aiohttp")

    async def run(proxy: str) -> bytes:
        async with aiohttp.ClientSession() as session, session.post(URL, json=WISH, proxy=proxy) as response:
            content, found = response.content, b""
            if name == "readexactly":
                found = await content.readexactly(len(BARE_STREAM))
                with pytest.raises(asyncio.IncompleteReadError):
                    await content.readexactly(1)
            elif name == "read_nowait":
                found = await content.readany()
                while not content.at_eof():
                    found += await content.readany() + content.read_nowait()
            else:
                while piece := await getattr(content, name)():
                    found += piece
            assert content.at_eof()
            return found

    with Server(honest()) as server:
        assert BARE_STREAM == asyncio.run(run(server.url))
