"""A stream that is read with what is compiled, in Python, or every event in full leaves the same event and the same bytes."""

from __future__ import annotations

import asyncio
import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cost_lib import tagged
from cost_lib.metering import beginning, target, tee
from cost_lib.metering.exchange import Exchange
from cost_lib.testing import capture_events
from tests.runtime.replay import CHAT, MESSAGE_STREAM, chunk

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator, Sequence

    from cost_lib.metering.target import Target

httpx2 = pytest.importorskip("httpx2")
is_compiled = pytest.mark.skipif(tee.PIECES is None, reason="nothing is compiled here")
OF_EACH = ("ts", "event_id", "operation_id", "latency_ms", "ttft_ms", "call_site")
CHATS = "https://api.openai.com/v1/chat/completions"
URLS = (
    CHATS,
    "https://api.anthropic.com/v1/messages",
    "https://api.openai.com/v1/responses",
    "https://api.groq.com/openai/v1/chat/completions",
)
DELTA = {**chunk(), "choices": [{"index": 0, "delta": {"content": 'Grüße, "usage": {} [DONE]'}, "finish_reason": None}]}
USAGE = {**CHAT["usage"], "prompt_tokens_details": {"cached_tokens": 64, "audio_tokens": 0}}
LAST = {**chunk(usage=USAGE), "service_tier": "default"}
MESSAGES = [json.loads(line[5:]) for line in MESSAGE_STREAM.splitlines() if line.startswith(b"data:")]
BLOCK = {**MESSAGES[2], "delta": {"type": "text_delta", "text": "much more than nothing at all"}}
EVENTS: tuple[Any, ...] = (
    DELTA,
    {**DELTA, "usage": None, "service_tier": None},
    {**DELTA, "usage": None, "service_tier": "flex"},
    {**DELTA, "model": "gpt-4o-2024-08-06"},
    {**DELTA, "error": None},
    {**DELTA, "usage": USAGE},
    {**DELTA, "choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]},
    LAST,
    {**LAST, "service_tier": None},
    {**LAST, "usage": {**USAGE, "citation_tokens": 3}},
    {**LAST, "choices": [{"index": 0, "finish_reason": None}]},
    {**LAST, "choices": [{"index": 0, "finish_reason": "stop"}]},
    {**LAST, "model": None},
    {**LAST, "type": "error", "code": "server_error"},
    {"error": {"code": "overloaded", "message": "no"}},
    {"type": "error", "code": "server_error"},
    {
        "type": "response.completed",
        "response": {"model": "gpt-4o", "status": "completed", "usage": {"input_tokens": 4, "output_tokens": 2}},
    },
    {"x_groq": {"usage": {"prompt_tokens": 7, "completion_tokens": 8, "total_tokens": 15}}},
    [DELTA, LAST],
    *MESSAGES,
)
LINES = ("[DONE]", "hello", "", "{}", '{"half":', '"usage":{"a":1}', "\ufeff{}")


def written(event: Any, how: str) -> bytes:
    """Write one event in one of the ways that the standard allows."""
    text = event if isinstance(event, str) else json.dumps(event, ensure_ascii="ascii" in how, indent=1 if "spread" in how else None)
    end = "\r\n" if "both" in how else "\r" if "return" in how else "\n"
    name = f": hm{end}event: {event['type']}{end}" if isinstance(event, dict) and "type" in event else ""
    space = "" if "close" in how else " "
    return (name + "".join(f"data:{space}{line}{end}" for line in text.split("\n")) + end).encode()


HOW = st.sampled_from(
    ("plain", "plain", "plain", "plain", "plain", "ascii", "close", "plain spread", "both", "return", "plain both spread")
)
QUIET = st.sampled_from((EVENTS[0], *EVENTS[:5], BLOCK))
ANY = st.one_of(QUIET, st.sampled_from((*EVENTS, *LINES)))
TIMES = st.sampled_from((1, 1, 2, 40, 300))
RUNS = st.lists(st.tuples(QUIET, TIMES), max_size=2).map(lambda runs: [event for event, times in runs for _ in range(times)])
ENDS: tuple[list[Any], ...] = (
    [],
    [LAST, "[DONE]"],
    [LAST],
    ["[DONE]"],
    [{**LAST, "type": "error", "code": "late"}],
    [{**LAST, "service_tier": None}, "[DONE]"],
    [LAST, LAST],
)
# a stream begins, goes on for long without a word, something happens, it goes on, it ends
PARTS = st.tuples(st.lists(ANY, max_size=2), RUNS, st.lists(ANY, max_size=2), st.lists(QUIET, max_size=2), st.sampled_from(ENDS))
EVENTS_OF = st.tuples(PARTS, HOW).map(lambda found: [written(event, found[1]) for part in found[0] for event in part])


class Reading(NamedTuple):
    """How a stream is read."""

    events: list[bytes]
    url: str = CHATS
    sizes: Sequence[int] = ()  # of the pieces, in turn; none: each is an event
    share: float = 2  # that is read before it is closed
    words: frozenset[str] = frozenset()  # cut: the server goes away at the end; own: the caller asks for usage; async

    def pieces(self) -> list[bytes]:
        """Cut the events."""
        data = b"".join(self.events)
        found: list[bytes] = []
        while data and self.sizes:
            size = self.sizes[len(found) % len(self.sizes)]
            found.append(data[:size])
            data = data[size:]
        return found or self.events


WORDS = st.frozensets(st.sampled_from(("cut", "own", "async")))
READINGS = st.builds(Reading, EVENTS_OF, st.sampled_from(URLS), st.lists(st.integers(1, 400), max_size=3), st.floats(0, 1.5), WORDS)


def plain(*events: Any) -> list[bytes]:
    return [written(event, "plain") for event in events]


NULL = {**DELTA, "usage": None}
USUAL = plain(*[NULL] * 600, LAST, "[DONE]")
TIERED = plain(NULL, EVENTS[2], *[NULL] * 9, {**LAST, "service_tier": None}, "[DONE]")
FAILED = plain(*[NULL] * 9, {"error": {"code": "overloaded"}}, NULL)
STOPPED = plain(*MESSAGES[:2], *[BLOCK] * 300, *MESSAGES[-2:])
MIXED = [*plain(*[NULL] * 3), b'data: {"a":1}\r\rdata: {"a":1234}\n\n', b'data: {"half":\ndata: {"b":1}}\n\n']
SILENT = plain(*[NULL] * 9, "[DONE]")


def stream_of(reading: Reading) -> Any:
    pieces = reading.pieces()

    class Pieces(httpx2.SyncByteStream, httpx2.AsyncByteStream):  # type: ignore[misc, name-defined]
        def __iter__(self) -> Iterator[bytes]:
            yield from pieces
            if "cut" in reading.words:
                raise httpx2.ReadError("gone")

        async def __aiter__(self) -> AsyncIterator[bytes]:
            for piece in self:
                await asyncio.sleep(0)
                yield piece

    return Pieces()


async def read_on(response: Any, most: int) -> bytes:
    seen = b""
    try:
        async for part in response.aiter_raw():
            seen += part
            if len(seen) >= most:
                break
    except httpx2.ReadError:
        seen += b"gone"
    return seen


def read(response: Any, most: int) -> bytes:
    seen = b""
    try:
        for part in response.iter_raw():
            seen += part
            if len(seen) >= most:
                break
    except httpx2.ReadError:
        seen += b"gone"
    return seen


def left(reading: Reading) -> tuple[str, bytes]:
    """Read a stream, and return its event and what came through."""
    transport = httpx2.MockTransport(
        lambda _: httpx2.Response(200, headers={"content-type": "text/event-stream"}, stream=stream_of(reading))
    )
    asked = {"model": "gpt-4o-mini", "stream": True, **({"stream_options": {"include_usage": True}} if "own" in reading.words else {})}
    most = int(sum(map(len, reading.events)) * reading.share) + 1

    async def asynchronous() -> bytes:
        http = tagged(httpx2.AsyncClient(transport=transport), feature="faq")
        async with http, http.stream("POST", reading.url, json=asked) as response:
            return await read_on(response, most)

    def synchronous() -> bytes:
        http = tagged(httpx2.Client(transport=transport), feature="faq")
        with http, http.stream("POST", reading.url, json=asked) as response:
            return read(response, most)

    with capture_events() as found:
        seen = asyncio.run(asynchronous()) if "async" in reading.words else synchronous()
    return json.dumps({name: value for name, value in found.one().items() if name not in OF_EACH}), seen


def in_full(find: Callable[..., Target | None]) -> Callable[..., Target | None]:
    """Have each event of a stream read as it comes."""

    def found(*args: Any) -> Target | None:
        target = find(*args)
        return target and target._replace(family=target.family._replace(last=None))

    return found


WAYS: dict[str, tuple[tuple[Any, str, Any], ...]] = {
    "python": ((tee, "QUIET", None), (tee, "PIECES", None), (tee, "ASYNC_PIECES", None)),
    "full": (
        (tee, "PIECES", None),
        (tee, "ASYNC_PIECES", None),
        (Exchange, "skimming", lambda _: None),
        (beginning, "find_target", in_full(target.find_target)),
    ),
}


@settings(max_examples=60)
@given(READINGS)
@example(Reading(USUAL))
@example(Reading(USUAL, share=0.5, words=frozenset({"async"})))
@example(Reading(USUAL, sizes=(7, 300), words=frozenset({"own", "cut", "async"})))
@example(Reading(USUAL[:-2], words=frozenset({"own", "cut"})))
@example(Reading(TIERED, words=frozenset({"own"})))
@example(Reading(FAILED, words=frozenset({"own"})))
@example(Reading(STOPPED, URLS[1], share=0.7))
@example(Reading([*STOPPED[:-2], *MIXED], URLS[1]))
@example(Reading(plain(NULL, NULL, {**LAST, "type": "error", "code": "late"})))
@example(Reading(SILENT, words=frozenset({"own", "cut"})))
def test_every_way_to_read_a_stream_leaves_the_same(reading: Reading) -> None:
    found = left(reading)
    for changes in WAYS.values():
        with pytest.MonkeyPatch.context() as patch:
            for place, name, value in changes:
                patch.setattr(place, name, value)
            assert left(reading) == found


EVENT = b'data: {"a": "b"}\n\n'
READ = (
    *(
        b'data: {"half":\ndata: {"b":1}}\n\n',
        b'data: {"a":1}\r\rdata: {"a":2}\n\n',
        b"data: [DONE]\n\n",
        b"data:[DONE] \n\n",
        b"data: hello\n\n",
    ),
    *(
        b"data:\n\n",
        b"data: {\n\n",
        b'data: {"usage" : {}}\n\n',
        b'data: {"usage":\n{}}\n\n',
        b'event: "error"\n\n',
        b'data: {"error":null}\n\n',
    ),
    *(b'data: {"a":1}\n', b'data: {"a":1}', b"\n", b"", b'\n\ndata: {"half', "data: {}\n\n", bytearray(EVENT)),
)


@is_compiled
@pytest.mark.parametrize("piece", READ)
def test_what_may_say_something_is_read(piece: Any) -> None:
    quiet = tee.QUIET()  # type: ignore[misc]
    quiet.find = True
    assert (False, 0) == (quiet(piece), quiet.events)


@is_compiled
def test_what_says_nothing_is_counted_as_if_it_were_read() -> None:
    quiet = tee.QUIET()  # type: ignore[misc]
    quiet.find = True
    pieces = [EVENT, b'id: 1\nevent: x\ndata:[ ]  \n\n:\n\ndata: {"usage": null}\ndata: {"\\"usage\\"": {}}\n\n', EVENT * 3]
    assert ([True] * 3, (7, 4 * 10 + 3 + 15 + 17, 3)) == ([quiet(piece) for piece in pieces], quiet.take())
    assert 0 == quiet.events


@is_compiled
def test_each_piece_is_read_until_it_is_known_what_tells() -> None:
    quiet = tee.QUIET()  # type: ignore[misc]
    assert not quiet(EVENT)
    quiet.find = re.compile(b"b").search
    assert not quiet(EVENT)
    quiet.find = re.compile(b"c").search
    assert quiet(EVENT)


@is_compiled
def test_one_piece_of_many_is_read_for_the_time_s_sake() -> None:
    quiet = tee.QUIET()  # type: ignore[misc]
    quiet.find = True
    assert [256] == [place for place in range(400) if not quiet(EVENT)]


@is_compiled
@pytest.mark.parametrize("source", [ValueError("no"), StopIteration(), KeyboardInterrupt()])
def test_what_breaks_the_reading_is_told_and_goes_on(source: BaseException) -> None:
    told: list[Any] = []

    def broken(_: object) -> bytes:
        raise source

    pieces = tee.PIECES([b"a", b"b"], tee.QUIET(), broken, lambda: None, told.append)  # type: ignore[misc]
    with pytest.raises(type(source)):
        next(pieces)
    assert ([source], []) == (told, list(pieces))


@is_compiled
def test_what_was_held_back_comes_at_the_end_and_nothing_after_it() -> None:
    rests = [b"r", None]
    seen: list[bytes | None] = [None, b"B"]
    pieces = tee.PIECES([b"a", b"b"], tee.QUIET(), lambda _: seen.pop(0), lambda: rests.pop(0), print)  # type: ignore[misc]
    assert ([b"B", b"r"], [], []) == (list(pieces), list(pieces), rests)


@is_compiled
def test_a_stream_that_is_dropped_lets_go_of_its_source() -> None:
    class Source:
        def __iter__(self) -> Iterator[bytes]:
            try:
                while True:
                    yield b"a"
            finally:
                closed.append(1)

    closed: list[int] = []
    pieces = tee.PIECES(Source(), tee.QUIET(), lambda piece: piece, lambda: None, print)  # type: ignore[misc]
    assert (b"a", b"a", []) == (next(pieces), next(pieces), closed)
    del pieces
    assert [1] == closed


class Waited:
    """A source whose every piece is a coroutine of its own."""

    def __init__(self, *pieces: bytes | BaseException) -> None:
        self.pieces = list(pieces)

    def __aiter__(self) -> Waited:
        return self

    async def __anext__(self) -> bytes:
        await asyncio.sleep(0)
        if not self.pieces:
            raise StopAsyncIteration
        piece = self.pieces.pop(0)
        if isinstance(piece, BaseException):
            raise piece
        return piece


def waited(source: Waited, told: list[Any], rests: list[bytes | None], read: Callable[[bytes], bytes | None]) -> Any:
    return tee.ASYNC_PIECES(source, tee.QUIET(), read, lambda: rests.pop(0), told.append)  # type: ignore[misc]


async def gathered(pieces: Any) -> list[bytes]:
    return [piece async for piece in pieces]


@is_compiled
def test_pieces_that_are_waited_for_come_in_turn() -> None:
    rests: list[bytes | None] = [b"r", None]
    pieces = waited(Waited(b"a", b"", b"b"), [], rests, lambda piece: piece.upper() or None)
    assert [b"A", b"B", b"r"] == asyncio.run(gathered(pieces))
    assert ([], []) == (asyncio.run(gathered(pieces)), rests)


@is_compiled
def test_what_breaks_the_waiting_is_told_and_goes_on() -> None:
    error, told = ValueError("no"), list[Any]()
    pieces = waited(Waited(b"a", error, b"b"), told, [None], lambda piece: piece)
    with pytest.raises(ValueError, match="no"):
        asyncio.run(gathered(pieces))
    assert ([error], []) == (told, asyncio.run(gathered(pieces)))


@is_compiled
@pytest.mark.parametrize("is_generator", [True, False])
def test_who_is_cancelled_while_he_waits_has_broken_the_stream(*, is_generator: bool) -> None:
    async def forever() -> AsyncIterator[bytes]:
        await asyncio.Event().wait()
        yield b""

    class Endless(Waited):
        async def __anext__(self) -> bytes:
            await asyncio.Event().wait()
            return b""

    async def run() -> None:
        source: Any = forever() if is_generator else Endless()
        task = asyncio.create_task(gathered(waited(source, told, [None], lambda piece: piece)))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    told: list[Any] = []
    asyncio.run(run())
    assert [asyncio.CancelledError] == [type(error) for error in told]


@is_compiled
def test_who_goes_away_while_he_waits_tells_nothing() -> None:
    told: list[Any] = []
    waiting = gathered(waited(Waited(b"a"), told, [None], lambda piece: piece))
    waiting.send(None)
    waiting.close()
    assert [] == told


@is_compiled
def test_a_step_may_be_taken_by_hand() -> None:
    pieces = waited(Waited(b"a"), [], [None], lambda piece: piece)
    step = anext(pieces).__await__()
    assert step.send(None) is None
    with pytest.raises(StopIteration) as found:
        next(step)
    assert found.value.value == b"a"
    with pytest.raises(KeyError):
        anext(pieces).__await__().throw(KeyError("x"))
    with pytest.raises(TypeError, match="async"):
        asyncio.run(gathered(waited(5, [], [None], lambda piece: piece)))  # type: ignore[arg-type]
