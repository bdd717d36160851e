"""Every HTTP library, over real HTTP."""

from __future__ import annotations

import asyncio
import gc
import gzip
import json
import urllib.request
import zlib
from typing import TYPE_CHECKING, Any

import pytest

from cost_lib import UntaggedCall, in_force, meter, tagged, tags, unmeter
from tests.runtime.replay import BARE_STREAM, CHAT, CHAT_COST, CHAT_STREAM
from tests.runtime.server import Answer, Server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cost_lib.testing import Events

PATH = "/v1/chat/completions"
BODY = json.dumps({"model": "gpt-4o-mini", "messages": []}).encode()
HEADERS = {"Content-Type": "application/json"}
COUNTS = ("faq", 36, 64, 20, CHAT_COST)
LIBRARIES = ["requests", "urllib3", "urllib", "aiohttp", "httpx", "httpx2"]
CUT = Answer(CHAT_STREAM, size=100, cut=2)
OUTER = "127.0.0.1"


@pytest.fixture(autouse=True)
def _policy(events: Events, tmp_path: Path) -> Iterator[None]:  # noqa: ARG001 - after the events
    (tmp_path / "costmark.toml").write_text(f'[hosts."{OUTER}"]\nprovider = "openai"\n')
    in_force.forget()
    meter()
    yield
    unmeter()


class Sent:
    """What came of a request."""

    def __init__(self, status: int, body: bytes) -> None:
        self.status = status
        self.body = body


def send(library: str, url: str, *, most: int = 0, size: int = 50) -> Sent:
    """Send one request and read its answer whole, or in pieces, at most so many."""
    if library != "urllib":
        pytest.importorskip(library)
    if library == "aiohttp":
        return asyncio.run(by_aiohttp(url, most, size))
    return {"requests": by_requests, "urllib3": by_urllib3, "urllib": by_urllib, "httpx": by_httpx, "httpx2": by_httpx}[library](
        url, most, size, library
    )


def first(pieces: Any, most: int) -> bytes:
    return b"".join(piece for piece, _ in zip(pieces, range(most), strict=False))


def by_requests(url: str, most: int, size: int, _: str) -> Sent:
    import requests

    with requests.post(url, data=BODY, headers=HEADERS, stream=bool(most), timeout=9) as response:
        return Sent(response.status_code, first(response.iter_content(size), most) if most else response.content)


def by_urllib3(url: str, most: int, size: int, _: str) -> Sent:
    import urllib3

    with urllib3.PoolManager() as pool:
        response = pool.request("POST", url, body=BODY, headers=HEADERS, preload_content=not most, retries=0)
        data = first(response.stream(size), most) if most else response.data
        response.close()
        return Sent(response.status, data)


def open_urllib(url: str) -> Any:
    return urllib.request.build_opener().open(urllib.request.Request(url, BODY, HEADERS), timeout=9)  # noqa: S310 - the test's own


def by_urllib(url: str, most: int, size: int, _: str) -> Sent:
    with open_urllib(url) as response:
        return Sent(response.status, b"".join(response.read(size) for _ in range(most)) if most else response.read())


def by_httpx(url: str, most: int, size: int, library: str) -> Sent:
    client = pytest.importorskip(library).Client()
    with client, client.stream("POST", url, content=BODY, headers=HEADERS) as response:
        return Sent(response.status_code, first(response.iter_raw(size), most) if most else response.read())


async def by_aiohttp(url: str, most: int, size: int) -> Sent:
    import aiohttp

    async with aiohttp.ClientSession() as session, session.post(url, data=BODY, headers=HEADERS) as response:
        if not most:
            return Sent(response.status, await response.read())
        found = b""
        for _ in range(most):
            found += await response.content.read(size)
        return Sent(response.status, found)


def counts(event: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(event.get(key) for key in ("feature", "input_tokens", "cache_read_tokens", "output_tokens", "cost_nano_usd"))


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("is_chunked", [False, True])
def test_an_answer_is_recorded_once(library: str, events: Events, *, is_chunked: bool) -> None:
    with Server(Answer(CHAT, is_chunked=is_chunked)) as server, tags(feature="faq"):
        assert CHAT == json.loads(send(library, server.url + PATH).body)
    event = events.one()
    assert COUNTS == counts(event)
    assert ("openai", "gpt-4o-mini", "ok", "req_1") == tuple(
        event[key] for key in ("provider", "model_requested", "status", "provider_request_id")
    )


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("is_chunked", [False, True])
def test_a_stream_read_in_pieces_passes_byte_for_byte_and_is_recorded(library: str, events: Events, *, is_chunked: bool) -> None:
    with Server(Answer(CHAT_STREAM, is_chunked=is_chunked, size=90)) as server, tags(feature="faq"):
        assert CHAT_STREAM == send(library, server.url + PATH, most=999).body
    assert (COUNTS, True, "ok") == (counts(events.one()), events.one()["stream"], events.one()["status"])


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_stream_closed_early_is_closed_and_unknown(library: str, events: Events) -> None:
    with Server(Answer(CHAT_STREAM, is_chunked=True, size=90)) as server:
        send(library, server.url + PATH, most=1)
    assert ("closed", "unknown") == (events.one()["status"], events.one()["usage_source"])


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("is_chunked", [False, True])
def test_a_stream_that_breaks_is_broken_and_the_caller_sees_his_own_error(library: str, events: Events, *, is_chunked: bool) -> None:
    with Server(CUT._replace(is_chunked=is_chunked)) as server:
        unmeter()
        bare = error_of(library, server.url + PATH)
        meter()
        assert bare is error_of(library, server.url + PATH)
    assert ("broken", "unknown") == (events.one()["status"], events.one()["usage_source"])
    assert events.one()["error"]["class"]


def error_of(library: str, url: str) -> type | None:
    try:
        send(library, url, most=999)
    except Exception as error:  # noqa: BLE001 - whichever the library raises
        if isinstance(error, urllib.request.HTTPError):
            error.close()
        return type(error)
    return None


@pytest.mark.parametrize("library", LIBRARIES)
def test_an_error_is_recorded_without_cost(library: str, events: Events) -> None:
    with Server(Answer({"error": {"message": "slow"}}, status=429)) as server:
        error_of(library, server.url + PATH)
    assert ("error", "none") == tuple(events.one()[key] for key in ("status", "cost_source"))
    assert 429 == events.one()["error"]["status"]


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_refused_connection_is_recorded(library: str, events: Events) -> None:
    with Server(Answer(CHAT)) as server:
        url = server.url
    assert error_of(library, url + PATH) is not None
    assert "error" == events.one()["status"]
    assert events.one()["error"]["class"]


@pytest.mark.parametrize("library", ["requests", "urllib3", "aiohttp"])
def test_a_redirect_is_no_call(library: str, events: Events) -> None:
    with Server(Answer(b"", status=307, headers={"location": PATH}), Answer(CHAT)) as server, tags(feature="faq"):
        if library == "urllib3":
            urllib3 = pytest.importorskip(library)
            urllib3.PoolManager().request("POST", server.url + PATH, body=BODY, headers=HEADERS)
        else:
            send(library, server.url + PATH)
        assert 2 == len(server.asked)
    assert COUNTS == counts(events.one())


def compressed(encoding: str) -> bytes:
    if encoding == "gzip":
        return gzip.compress(CHAT_STREAM[:200]) + gzip.compress(CHAT_STREAM[200:])  # two members
    if encoding == "deflate":
        return zlib.compress(CHAT_STREAM)
    if encoding == "br":
        data: bytes = pytest.importorskip("brotli").compress(CHAT_STREAM)
        return data
    zstd: bytes = pytest.importorskip("zstandard").ZstdCompressor().compress(CHAT_STREAM)
    return zstd


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
@pytest.mark.parametrize("library", ["urllib", "httpx2"])
def test_a_compressed_stream_is_read_and_handed_on_as_it_came(library: str, encoding: str, events: Events) -> None:
    data = compressed(encoding)
    with Server(Answer(data, headers={"content-encoding": encoding}, size=40)) as server, tags(feature="faq"):
        assert data == send(library, server.url + PATH, most=999, size=7).body
    assert COUNTS == counts(events.one())


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_gzipped_answer_is_recorded(library: str, events: Events) -> None:
    data = gzip.compress(json.dumps(CHAT).encode())
    with (
        Server(Answer(data, headers={"content-encoding": "gzip"}, type="application/json", is_chunked=True)) as server,
        tags(feature="faq"),
    ):
        send(library, server.url + PATH)
    assert COUNTS == counts(events.one())


def test_a_codec_that_is_not_there_makes_usage_unknown_and_breaks_nothing(events: Events) -> None:
    with Server(Answer(b"whatever", headers={"content-encoding": "exi"})) as server:
        assert b"whatever" == send("urllib", server.url + PATH).body
    assert "the answer was compressed with exi, which this environment cannot decode" == events.one()["usage_reason"]


def test_a_broken_codec_makes_usage_unknown_and_breaks_nothing(events: Events) -> None:
    with Server(Answer(b"not gzip at all", headers={"content-encoding": "gzip"})) as server:
        assert b"not gzip at all" == send("urllib", server.url + PATH).body
    assert ("ok", "the compressed answer is broken") == (events.one()["status"], events.one()["usage_reason"])


@pytest.mark.filterwarnings("ignore:Unclosed (response|connection):ResourceWarning")  # aiohttp says so in debug mode, rightly
@pytest.mark.parametrize("library", LIBRARIES)
def test_a_stream_dropped_unread_is_abandoned(library: str, events: Events) -> None:
    gc.collect()  # what other tests dropped is not what this one is about
    events.lines.clear()
    with Server(Answer(BARE_STREAM, is_chunked=True, size=50)) as server:
        drop(library, server.url + PATH)
        gc.collect()
    assert ("abandoned", "unknown") == (events.one()["status"], events.one()["usage_source"])


def drop(library: str, url: str) -> None:
    if library == "requests":
        pytest.importorskip("requests").post(url, data=BODY, headers=HEADERS, stream=True, timeout=9)
    elif library == "urllib3":
        pytest.importorskip("urllib3").PoolManager().request("POST", url, body=BODY, headers=HEADERS, preload_content=False)
    elif library == "urllib":
        open_urllib(url)
    elif library == "aiohttp":
        asyncio.run(drop_aiohttp(url))
    else:
        with pytest.importorskip(library).Client() as client:
            client.send(client.build_request("POST", url, content=BODY, headers=HEADERS), stream=True)
            gc.collect()


async def drop_aiohttp(url: str) -> None:
    async with pytest.importorskip("aiohttp").ClientSession() as session:
        await session.post(url, data=BODY, headers=HEADERS)
        gc.collect()


@pytest.mark.parametrize("library", LIBRARIES)
def test_under_bare_metering_a_refusal_is_a_402_and_nothing_is_sent(library: str, events: Events, tmp_path: Path) -> None:
    (tmp_path / "costmark.toml").write_text(f'on-untagged = "raise"\n[hosts."{OUTER}"]\nprovider = "openai"\n')
    in_force.forget()
    with Server(Answer(CHAT)) as server:
        if library == "urllib":
            with pytest.raises(urllib.request.HTTPError) as caught:
                send(library, server.url + PATH)
            status, body = caught.value.code, caught.value.read()
        else:
            sent = send(library, server.url + PATH)
            status, body = sent.status, sent.body
        assert [] == server.asked
    assert (402, "UntaggedCall") == (status, json.loads(body)["error"]["code"])
    assert "refused" == events.one()["status"]


@pytest.mark.parametrize("library", ["requests", "aiohttp"])
def test_under_tagged_a_refusal_is_itself(library: str, tmp_path: Path) -> None:
    (tmp_path / "costmark.toml").write_text(f'on-untagged = "raise"\n[hosts."{OUTER}"]\nprovider = "openai"\n')
    in_force.forget()
    with Server(Answer(CHAT)) as server, pytest.raises(UntaggedCall):
        tagged(send)(library, server.url + PATH)


def test_retries_of_urllib3_are_attempts_of_one_operation(events: Events) -> None:
    urllib3 = pytest.importorskip("urllib3")
    retries = urllib3.Retry(3, status_forcelist=[429], allowed_methods=["POST"])
    with Server(Answer({}, status=429), Answer({}, status=429), Answer(CHAT)) as server, tags(feature="faq"):
        urllib3.PoolManager().request("POST", server.url + PATH, body=BODY, headers=HEADERS, retries=retries)
    found = events.all()
    assert [1, 2, 3] == [event["attempt"] for event in found]
    assert 1 == len({event["operation_id"] for event in found})
    assert [{"status": 429}, {"status": 429}, None] == [event.get("error") for event in found]


def test_a_repeated_request_under_one_operation_is_a_retry(events: Events) -> None:
    def stubborn(url: str) -> None:
        for _ in range(2):
            send("requests", url)

    with Server(Answer({}, status=503), Answer(CHAT)) as server:
        tagged(stubborn, feature="faq")(server.url + PATH)
    assert [1, 2] == [event["attempt"] for event in events.all()]
    assert 1 == len({event["operation_id"] for event in events.all()})


@pytest.mark.parametrize(
    "read", ["readline", "readany", "readchunk", "readuntil", "iter_any", "iter_chunks", "iter_chunked", "lines", "json"]
)
def test_every_way_to_read_aiohttp_is_seen(read: str, events: Events) -> None:
    aiohttp = pytest.importorskip("aiohttp")

    async def run(url: str) -> None:
        async with aiohttp.ClientSession() as session, session.post(url, json={"model": "gpt-4o-mini"}) as response:
            content = response.content
            assert isinstance(content, aiohttp.StreamReader)
            if read in {"readline", "readany", "readchunk", "readuntil"}:
                while not content.at_eof():
                    await getattr(content, read)()
            elif read == "lines":
                assert [line async for line in content]
            elif read == "json":
                await response.read()
            else:
                pieces = getattr(content, read)(*([64] if read == "iter_chunked" else []))
                assert [piece async for piece in pieces]

    with Server(Answer(CHAT_STREAM, is_chunked=True, size=90)) as server, tags(feature="faq"):
        asyncio.run(run(server.url + PATH))
    assert (COUNTS, "ok", "gpt-4o-mini") == (counts(events.one()), events.one()["status"], events.one()["model_requested"])


def test_a_cancelled_read_of_aiohttp_is_broken(events: Events) -> None:
    aiohttp = pytest.importorskip("aiohttp")

    async def run(url: str) -> None:
        async with aiohttp.ClientSession() as session, session.post(url, data=BODY, headers=HEADERS) as response:
            await asyncio.wait_for(response.read(), 0.05)

    with Server(Answer(CHAT_STREAM, is_chunked=True, size=90, pause=0.2)) as server, pytest.raises(TimeoutError):
        asyncio.run(run(server.url + PATH))
    assert ("broken", {"class": "CancelledError"}) == (events.one()["status"], events.one()["error"])


@pytest.mark.parametrize("read", ["readline", "readinto", "read1", "readlines", "iterate"])
def test_every_way_to_read_urllib_is_seen(read: str, events: Events) -> None:
    chunked = Answer(CHAT_STREAM, is_chunked=True, size=90)
    with Server(chunked) as server, tags(feature="faq"), open_urllib(server.url + PATH) as response:
        if read in {"readline", "read1"}:
            while getattr(response, read)():
                pass
        elif read == "readinto":
            while response.readinto(bytearray(64)):
                pass
        else:
            assert response.readlines() if read == "readlines" else list(response)
    assert (COUNTS, "ok") == (counts(events.one()), events.one()["status"])


def test_unmetered_libraries_are_as_they_were() -> None:
    found = {}
    for module, cls, name in (
        ("aiohttp", "ClientSession", "_request"),
        ("urllib3", "HTTPConnectionPool", "urlopen"),
        ("urllib.request", "OpenerDirector", "open"),
    ):
        found[cls] = pytest.importorskip(module).__dict__[cls].__dict__[name]
        assert hasattr(found[cls], "__costmark_original__")
    unmeter()
    import aiohttp
    import urllib3

    assert found["ClientSession"].__wrapped__ is aiohttp.ClientSession.__dict__["_request"]
    assert found["HTTPConnectionPool"].__wrapped__ is urllib3.HTTPConnectionPool.__dict__["urlopen"]
    assert found["OpenerDirector"].__wrapped__ is urllib.request.OpenerDirector.__dict__["open"]


@pytest.mark.parametrize("kind", ["application/json", "application/json; charset=utf-8"])
@pytest.mark.parametrize("library", LIBRARIES)
def test_an_answer_that_begins_like_a_stream_is_one_whatever_its_head_says(library: str, kind: str, events: Events) -> None:
    with Server(Answer(CHAT_STREAM, is_chunked=True, size=90, headers={"content-type": kind})) as server, tags(feature="faq"):
        assert CHAT_STREAM == send(library, server.url + PATH, most=999).body
    assert (COUNTS, True) == (counts(events.one()), events.one()["stream"])
