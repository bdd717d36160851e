"""Meter ``ClientSession._request`` of aiohttp: all its ways to send a request come through this one."""

from __future__ import annotations

import asyncio
import functools
import inspect
import json
import sys
from typing import TYPE_CHECKING, Any, Final

from cost_lib.metering.aiohttp_reading import Content
from cost_lib.metering.asked import NOTHING, Asked, lowered, package_of
from cost_lib.metering.beginning import begin_async, is_idle
from cost_lib.metering.exchange import Exchange
from cost_lib.metering.patching import put, take_back
from cost_lib.metering.refusal import REASON, STATUS, body_of, headers_of
from cost_lib.metering.watching import Watching, watch
from cost_lib.record import GUARD, guarded
from cost_lib.scope import CURRENT

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

CLASS: Final = "ClientSession"
TEXT, BYTES = "text/plain; charset=utf-8", "application/octet-stream"  # what the library calls a body without a type


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
            response = await original(self, method, str_or_url, **_asking(self, exchange, options))
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


def _asking(session: Any, exchange: Exchange, options: dict[str, Any]) -> dict[str, Any]:
    """Return what to send: the caller's request, or the same with a body that asks for usage."""
    if exchange.body is None:
        return options
    if not _decompresses(session, options):  # what comes could not be filtered
        exchange.body = None
        return options
    from multidict import CIMultiDict

    headers = CIMultiDict(options.get("headers") or ())
    headers.popall("content-length", None)
    if "content-type" not in headers and "content-type" not in session.headers:
        is_text = isinstance(options.get("data"), str)
        headers["content-type"] = "application/json" if options.get("json") is not None else TEXT if is_text else BYTES
    kept = {name: value for name, value in options.items() if name not in {"json", "data", "headers"}}
    return {**kept, "data": exchange.body, "headers": headers}


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
    if exchange.filter is not None:
        from cost_lib.metering.aiohttp_filtered import Filtered

        response.content = Filtered(response.content, exchange)
    else:
        response.content = Content(response.content, exchange)
    watch(response, Watched, exchange)


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
    headers = CIMultiDictProxy(CIMultiDict(headers_of(exchange)))
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
    response._raw_headers = tuple((name.encode(), value.encode()) for name, value in headers.items())  # noqa: SLF001
    response.content = StreamReader(BaseProtocol(loop), 2**16, loop=loop)
    response.content.feed_data(body_of(exchange))
    response.content.feed_eof()
    if options.get("raise_for_status") or (options.get("raise_for_status") is None and session.raise_for_status is True):
        response.raise_for_status()
    return response
