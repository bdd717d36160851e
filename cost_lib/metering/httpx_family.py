"""Patch ``send`` of the clients of httpx and httpx2, above every transport, so that mocks, proxies and retries are seen."""

from __future__ import annotations

import functools
import sys
from time import perf_counter_ns
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from cost_lib.compiled import SPEEDUPS
from cost_lib.metering.asked import NOTHING, Asked, RawHeaders, package_of
from cost_lib.metering.beginning import begin, begin_async
from cost_lib.metering.exchange import Exchange
from cost_lib.metering.patching import put, take_back
from cost_lib.metering.refusal import STATUS, body_of, headers_of
from cost_lib.metering.routes import route_for, settle
from cost_lib.metering.switch import SWITCH
from cost_lib.metering.tee import follow, follow_async
from cost_lib.record import GUARD
from cost_lib.scope import CURRENT, Frame, silenced

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

_new: Final = tuple.__new__  # a third of what Asked(...) takes
CLASSES: Final = (("Client", False), ("AsyncClient", True))


def patch(module: ModuleType) -> None:
    """Put the meter around ``send``."""
    for name, is_async in CLASSES:
        put(getattr(module, name), "send", functools.partial(_metered_async if is_async else _metered, module))


def restore(module: ModuleType) -> None:
    """Take the meter back."""
    for name, _ in CLASSES:
        take_back(getattr(module, name), "send")


def _metered(module: ModuleType, original: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(original)
    def send(self: Any, request: Any, **options: Any) -> Any:
        before = CURRENT.get()
        tags, operation, is_silent, owner, own, outer = before
        if is_silent or (operation is None and not SWITCH.is_on):
            return original(self, request, **options)
        route = route_for(self, request, before)
        if route is None:
            return go_long(self, request, before, options)
        response, started = None, perf_counter_ns()
        CURRENT.set(_new(Frame, (tags, operation, True, owner, own, outer)))
        try:
            response = original(self, request, **options)
        finally:
            CURRENT.set(before)
            if response is None:
                _fail_late(module, self, request, before, started)
        is_open = options.get("stream") and not response.is_stream_consumed
        if is_open or not settle(route, before, request, response, started):
            _follow_late(_Sent(module, follow, self, request, before, options), response, started)
        return response

    def go_long(self: Any, request: Any, before: Frame, options: dict[str, Any]) -> Any:
        exchange = begin(before, _asked(module, self, request))
        if exchange is None:
            return original(self, request, **options)
        if exchange.is_refused:
            return module.Response(STATUS, content=body_of(exchange), headers=headers_of(exchange), request=request)
        response = None
        CURRENT.set(silenced(before))
        try:
            response = original(self, request if exchange.body is None else _asking(module, request, exchange.body), **options)
        finally:
            CURRENT.set(before)
            if response is None:
                exchange.fail(sys.exception())
        _follow(exchange, _Sent(module, follow, self, request, before, options), response)
        return response

    return _compiled(original, send, go_long, module)


def _metered_async(module: ModuleType, original: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(original)
    async def send(self: Any, request: Any, **options: Any) -> Any:
        before = CURRENT.get()
        tags, operation, is_silent, owner, own, outer = before
        if is_silent or (operation is None and not SWITCH.is_on):
            return await original(self, request, **options)
        route = route_for(self, request, before)
        if route is None:
            return await go_long(self, request, before, options)
        response, started = None, perf_counter_ns()
        CURRENT.set(_new(Frame, (tags, operation, True, owner, own, outer)))
        try:
            response = await original(self, request, **options)
        finally:
            CURRENT.set(before)
            if response is None:
                _fail_late(module, self, request, before, started)
        is_open = options.get("stream") and not response.is_stream_consumed
        if is_open or not settle(route, before, request, response, started):
            _follow_late(_Sent(module, follow_async, self, request, before, options), response, started)
        return response

    async def go_long(self: Any, request: Any, before: Frame, options: dict[str, Any]) -> Any:
        exchange = await begin_async(before, _asked(module, self, request))
        if exchange is None:
            return await original(self, request, **options)
        if exchange.is_refused:
            return module.Response(STATUS, content=body_of(exchange), headers=headers_of(exchange), request=request)
        response = None
        CURRENT.set(silenced(before))
        try:
            response = await original(self, request if exchange.body is None else _asking(module, request, exchange.body), **options)
        finally:
            CURRENT.set(before)
            if response is None:
                exchange.fail(sys.exception())
        _follow(exchange, _Sent(module, follow_async, self, request, before, options), response)
        return response

    return send


def _compiled(
    original: Callable[..., Any], send: Callable[..., Any], go_long: Callable[..., Any], module: ModuleType
) -> Callable[..., Any]:
    """Put ``speedups/sending.c`` before ``send`` where it is there: it sends what is known again, and leaves the rest to these."""
    if SPEEDUPS is None:
        return send
    late = functools.partial(_fail_late, module), functools.partial(_Sent, module, follow), _follow_late
    sender = SPEEDUPS.Sender(globals(), original, send, go_long, *late)

    @functools.wraps(original)
    def quick(self: Any, request: Any, **options: Any) -> Any:
        return sender(self, request, **options)

    found: Callable[..., Any] = sender.shorten(quick)
    return found


class _Sent(NamedTuple):
    """A request that was sent, and by whom."""

    module: ModuleType
    tee: Callable[[ModuleType], Callable[[Any, Exchange], object]]
    client: object
    request: Any
    frame: Frame
    options: dict[str, Any]


def _late(module: ModuleType, client: object, request: Any, frame: Frame, started: int) -> Exchange | None:
    """Begin on the long way with a request that was sent already: nothing about it is refused or changed, as its route says."""
    exchange = begin(frame, _asked(module, client, request))
    if exchange is None or exchange.is_refused:
        return None
    exchange.body, exchange.facts.started = None, started / 1e9
    return exchange


def _fail_late(module: ModuleType, client: object, request: Any, frame: Frame, started: int) -> None:
    error = sys.exception()
    exchange = _late(module, client, request, frame, started)
    if exchange is not None:
        exchange.fail(error)


def _follow_late(sent: _Sent, response: Any, started: int) -> None:
    exchange = _late(sent.module, sent.client, sent.request, sent.frame, started)
    if exchange is not None:
        _follow(exchange, sent, response)


def _asked(module: ModuleType, client: object, request: Any) -> Asked:
    with GUARD:
        url, stream, plain = request.url, request.stream, module.ByteStream

        def body() -> bytes:
            if type(stream) is plain:
                found: bytes = request.content  # read when the request was made
                return found
            is_plain = "content-length" in request.headers and hasattr(stream, "__iter__")
            return bytes(request.read()) if is_plain else b""  # a stream of the caller's may be read once only

        text = str(url)
        host, port, path = _parts.get(text) or _taken_apart(url, text)
        return _new(Asked, (request.method, host, port, path, text, RawHeaders(request.headers.raw), body, package_of(client)))
    return NOTHING


_parts: Final[dict[str, tuple[str, int | None, str]]] = {}
MOST: Final = 1024


def _taken_apart(url: Any, text: str) -> tuple[str, int | None, str]:
    """Return host, port and path of a URL, and keep them: a client asks at a handful."""
    if len(_parts) >= MOST:
        _parts.clear()
    path = url.raw_path.decode("ascii", "replace").partition("?")[0]  # as it is sent: a model's name may hold a quoted slash
    found = _parts[text] = (url.host, url.port, path)
    return found


def _asking(module: ModuleType, request: Any, body: bytes) -> Any:
    """Make the same request with another body."""
    headers = request.headers.copy()
    headers["content-length"] = str(len(body))
    return module.Request(request.method, request.url, headers=headers, content=body, extensions=request.extensions)


def _follow(exchange: Exchange, sent: _Sent, response: Any) -> None:
    """Read a response that is there; let one that is still to come be read as the caller reads it."""
    with GUARD:
        exchange.answer(response.status_code, RawHeaders(response.headers.raw))
        if exchange.body is not None:
            response.request = sent.request  # the caller sees what he sent
        if not sent.options.get("stream") or response.is_stream_consumed:
            exchange.decoded(response.content)
            if exchange.filter is not None:
                response._content = exchange.filter(response.content) + exchange.filter.rest()  # noqa: SLF001 - there is no other way
            exchange.finish("ok")
            _learn(exchange, sent, response)
            return
        if exchange.filter is not None:  # it reads plain bytes, so plain bytes are what the caller gets
            for name in ("content-encoding", "content-length"):
                response.headers.pop(name, None)
        response.stream = sent.tee(sent.module)(response.stream, exchange)


def _learn(exchange: Exchange, sent: _Sent, response: Any) -> None:
    """Learn the route of a line that was here before: what a program does once is not worth it."""
    operation = sent.frame.operation
    site = operation.call_site if operation is not None else None
    if site is not None and site.is_known:
        from cost_lib.metering.route_learning import learn

        learn(exchange, sent.client, sent.request, response, sent.frame)
    elif site is not None:
        site.is_known = True
