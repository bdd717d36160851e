"""Meter ``ClientSession._request`` of aiohttp: all its ways to send a request come through this one."""

from __future__ import annotations

import asyncio
import functools
import inspect
import json
import sys
from typing import TYPE_CHECKING, Any, Final

from cost_lib.metering.asked import NOTHING, Asked, lowered, package_of
from cost_lib.metering.beginning import begin_async, is_idle
from cost_lib.metering.exchange import Exchange
from cost_lib.metering.patching import put, take_back
from cost_lib.metering.refusal import HEADERS, REASON, STATUS, body_of
from cost_lib.metering.watching import Watching, watch
from cost_lib.record import GUARD, guarded
from cost_lib.scope import CURRENT

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from types import ModuleType

CLASS: Final = "ClientSession"


def patch(module: ModuleType) -> None:
    """Put the meter around ``_request``."""
    put(getattr(module, CLASS), "_request", _metered)


def restore(module: ModuleType) -> None:
    """Take the meter back."""
    take_back(getattr(module, CLASS), "_request")


def _metered(original: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(original)  # google-genai asks for its signature
    async def request(self: Any, method: str, str_or_url: Any, **options: Any) -> Any:
        before = CURRENT.get()
        exchange = None if is_idle(before) else await begin_async(before, _asked(self, method, str_or_url, options))
        if exchange is None:
            return await original(self, method, str_or_url, **options)
        if exchange.is_refused:
            return _refused(self, exchange, method, str_or_url, options)
        response = None
        CURRENT.set(before._replace(is_silent=True))
        try:
            response = await original(self, method, str_or_url, **options)
        finally:
            CURRENT.set(before)
            if response is None:
                _fail(exchange, sys.exception())
        with guarded():
            _follow(exchange, response, is_plain=_decompresses(self, options))
        return response

    return request


def _asked(session: Any, method: str, str_or_url: Any, options: dict[str, Any]) -> Asked:
    with GUARD:
        url = session._build_url(str_or_url)  # noqa: SLF001 - joins the base URL, which nothing public does
        headers = {**lowered(session.headers), **lowered(options.get("headers"))}
        data, document = options.get("data"), options.get("json")
        if document is not None:
            headers.setdefault("content-type", "application/json")

        def body() -> bytes:
            if document is not None:
                return json.dumps(document, default=str).encode()
            return data.encode() if isinstance(data, str) else bytes(data) if isinstance(data, (bytes, bytearray)) else b""

        return Asked(method.upper(), url.host or "", url.port, url.raw_path, str(url), headers, body, package_of(session))
    return NOTHING


def _decompresses(session: Any, options: dict[str, Any]) -> bool:
    own = options.get("auto_decompress")
    return bool(session.auto_decompress if own is None else own)


def _fail(exchange: Exchange, error: BaseException | None) -> None:
    status = getattr(error, "status", 0)
    if isinstance(status, int) and status >= 400:  # the session was told to raise what the status says
        exchange.answer(status, lowered(getattr(error, "headers", None)))
        exchange.finish("error")
    exchange.fail(error)


def _follow(exchange: Exchange, response: Any, *, is_plain: bool) -> None:
    exchange.answer(response.status, response.headers, is_plain=is_plain)
    if response.content.at_eof():
        exchange.finish("ok")
        return
    # the reader has slots: nothing can be hung on it, so another stands before it
    response.content = Content(response.content, exchange)
    watch(response, Watched, exchange)


class Content:
    """Stand before the reader of a response and read along."""

    __slots__ = ("_content", "_exchange")

    def __init__(self, content: Any, exchange: Exchange) -> None:
        self._content = content
        self._exchange = exchange

    # it passes for what it stands for
    __class__ = property(lambda self: type(self._content))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._content, name)

    async def _read(self, reading: Awaitable[Any]) -> Any:
        try:
            found = await reading
        except asyncio.CancelledError as error:
            self._exchange.interrupt(error)  # who reads on makes it good; who leaves closes
            raise
        except asyncio.IncompleteReadError as error:
            self._exchange.feed(error.partial)
            raise
        except BaseException as error:
            self._exchange.leave(error)
            raise
        return self._took(found)

    def _took(self, found: Any) -> Any:
        self._exchange.feed(found[0] if isinstance(found, tuple) else found)
        if self._content.at_eof():
            self._exchange.finish("ok")
        return found

    async def read(self, n: int = -1) -> Any:
        """Read some bytes."""
        return await self._read(self._content.read(n))

    async def readany(self) -> Any:
        """Read what is there."""
        return await self._read(self._content.readany())

    async def readexactly(self, n: int) -> Any:
        """Read so many bytes."""
        return await self._read(self._content.readexactly(n))

    async def readline(self, **options: Any) -> Any:
        """Read a line."""
        return await self._read(self._content.readline(**options))

    async def readuntil(self, *args: Any, **options: Any) -> Any:
        """Read to a separator."""
        return await self._read(self._content.readuntil(*args, **options))

    async def readchunk(self) -> Any:
        """Read a chunk as it was sent."""
        return await self._read(self._content.readchunk())

    def read_nowait(self, n: int = -1) -> Any:
        """Read what is there without waiting."""
        return self._took(self._content.read_nowait(n))

    # the reader's own iterators call the methods above when they are given this object

    def iter_chunked(self, n: int) -> Any:
        """Iterate over pieces of at most this size."""
        return type(self._content).iter_chunked(self, n)

    def iter_any(self) -> Any:
        """Iterate over pieces as they come."""
        return type(self._content).iter_any(self)

    def iter_chunks(self) -> Any:
        """Iterate over chunks as they were sent."""
        return type(self._content).iter_chunks(self)

    def __aiter__(self) -> Any:
        return type(self._content).__aiter__(self)


class Watched(Watching):
    """A response that may be given back unread."""

    def close(self) -> None:
        """Close, and note whether that came before the end."""
        self._costmark.finish("closed")
        self._costmark_above("close")()

    def release(self) -> Any:
        """Give the connection back, and note whether that came before the end."""
        self._costmark.finish("closed")
        return self._costmark_above("release")()


class _Sent:
    """What wrote a request that was never sent."""

    output_size = 0


def _refused(session: Any, exchange: Exchange, method: str, str_or_url: Any, options: dict[str, Any]) -> Any:
    """Build a response as the library's own tests do; which arguments it wants differs between versions."""
    from aiohttp import ClientResponse, RequestInfo, StreamReader
    from aiohttp.base_protocol import BaseProtocol
    from aiohttp.helpers import TimerNoop
    from multidict import CIMultiDict, CIMultiDictProxy

    url = session._build_url(str_or_url)  # noqa: SLF001 - see above
    loop = asyncio.get_running_loop()
    headers = CIMultiDictProxy(CIMultiDict(HEADERS))
    given = {
        "writer": None,
        "continue100": None,
        "timer": TimerNoop(),
        "request_info": RequestInfo(url, method, headers, url),
        "traces": [],
        "loop": loop,
        "session": session,
        "stream_writer": _Sent(),
    }
    wanted = inspect.signature(ClientResponse.__init__).parameters
    response: Any = ClientResponse(method, url, **{name: value for name, value in given.items() if name in wanted})
    response.status, response.reason = STATUS, REASON
    response._headers = headers  # noqa: SLF001 - set by ``start`` from what comes over the wire
    response._raw_headers = tuple((name.encode(), value.encode()) for name, value in HEADERS.items())  # noqa: SLF001
    response.content = StreamReader(BaseProtocol(loop), 2**16, loop=loop)
    response.content.feed_data(body_of(exchange))
    response.content.feed_eof()
    if options.get("raise_for_status") or (options.get("raise_for_status") is None and session.raise_for_status is True):
        response.raise_for_status()
    return response
