"""Meter ``HTTPConnectionPool.urlopen`` of urllib3, which carries requests and botocore.

Responses are read in four ways (``read``, ``read1``, ``stream``, ``read_chunked``), decoded or not, but every byte comes through
two private methods, ``_fp_read`` and ``_handle_chunk``, in the majors 1 and 2 alike: these are read along.
"""

from __future__ import annotations

import functools
import io
import sys
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from cost_lib.metering.asked import NOTHING, Asked, lowered, package_of
from cost_lib.metering.beginning import begin, is_idle
from cost_lib.metering.decoding import Undecodable
from cost_lib.metering.exchange import Exchange
from cost_lib.metering.patching import put, take_back
from cost_lib.metering.refusal import REASON, STATUS, body_of, headers_of
from cost_lib.metering.watching import Watching, watch
from cost_lib.record import GUARD, guarded
from cost_lib.scope import CURRENT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

CLASS: Final = "HTTPConnectionPool"
REDIRECTS: Final = range(300, 400)


def patch(module: ModuleType) -> None:
    """Put the meter around ``urlopen``."""
    put(getattr(module, CLASS), "urlopen", _metered)


def restore(module: ModuleType) -> None:
    """Take the meter back."""
    take_back(getattr(module, CLASS), "urlopen")


def _metered(original: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(original)
    def urlopen(self: Any, method: str, url: str, body: Any = None, headers: Any = None, *args: Any, **options: Any) -> Any:
        before = CURRENT.get()
        exchange = None if is_idle(before) else begin(before, _asked(self, method, url, body, headers))
        if exchange is None:
            return original(self, method, url, body, headers, *args, **options)
        if exchange.is_refused:
            return _refused(exchange, method, options)
        if exchange.body is not None:
            body, headers = exchange.body, _with_length(self.headers if headers is None else headers, len(exchange.body))
        response = None
        CURRENT.set(before._replace(is_silent=True))
        try:
            response = original(self, method, url, body, headers, *args, **options)
        finally:
            CURRENT.set(before)
            if response is None:
                exchange.fail(sys.exception())
        with guarded():
            _follow(exchange, response, _earlier(args[0] if args else options.get("retries")), options)
        return response

    return urlopen


def _asked(pool: Any, method: str, url: str, body: Any, headers: Any) -> Asked:
    with GUARD:
        parts = urlsplit(url)  # a whole URL where a proxy stands between
        host, port = (parts.hostname or "", parts.port) if parts.hostname else (pool.host, pool.port)
        given = lowered(headers if headers is not None else pool.headers)
        whole = url if parts.hostname else f"{pool.scheme}://{pool.host}:{pool.port}{url}"
        data = body.encode() if isinstance(body, str) else bytes(body) if isinstance(body, (bytes, bytearray)) else b""
        return Asked(method.upper(), host, port, parts.path, whole, given, lambda: data, package_of(pool))
    return NOTHING


def _with_length(headers: Any, length: int) -> dict[str, Any]:
    kept = {name: value for name, value in headers.items() if name.lower() != "content-length"}
    return {**kept, "Content-Length": str(length)}


def _earlier(retries: Any) -> int:
    """Return how many requests lie behind already, when a caller retries by himself."""
    return len(getattr(retries, "history", ()))


def _follow(exchange: Exchange, response: Any, earlier: int, options: dict[str, Any]) -> None:
    if response.status in REDIRECTS:
        exchange.drop()  # the next hop is a request of its own, in requests as in PoolManager
        return
    for past in getattr(response.retries, "history", ())[earlier:]:
        if past.redirect_location is None:
            exchange.tried_before(past.status, type(past.error).__name__ if past.error is not None else "")
    is_read = options.get("preload_content", True)
    exchange.answer(response.status, response.headers, is_plain=is_read and options.get("decode_content", True))
    if exchange.filter is not None:  # it reads plain bytes, so plain bytes are what the caller gets
        for name in ("content-encoding", "content-length"):
            response.headers.pop(name, None)
        response.length_remaining = None
    if is_read:
        if exchange.filter is not None:
            response._body = exchange.filtered(response.data or b"") + exchange.filter.rest()  # noqa: SLF001 - there is no other way
        else:
            exchange.feed(response.data or b"")
        exchange.finish("ok")
    else:
        watch(response, Watched, exchange)


def _refused(exchange: Exchange, method: str, options: dict[str, Any]) -> Any:
    from urllib3 import HTTPResponse

    return HTTPResponse(
        io.BytesIO(body_of(exchange)),
        headers=headers_of(exchange),
        status=STATUS,
        version=11,
        reason=REASON,
        request_method=method,
        preload_content=options.get("preload_content", True),
        decode_content=options.get("decode_content", True),
    )


class Watched(Watching):
    """A response that is read in pieces."""

    length_remaining: int | None
    _fp: Any

    def _fp_read(self, *args: Any, **options: Any) -> Any:
        read = self._costmark_above("_fp_read")
        data = read(*args, **options)
        exchange = self._costmark
        if exchange.filter is None:
            exchange.feed(data)
            return data
        while data:
            seen = self._costmark_filtered(data)
            if self._fp.isclosed():  # with its last byte, after which nobody reads on
                return seen + exchange.filter.rest()
            if seen:
                return seen
            data = read(*args, **options)
        return exchange.filter.rest()  # nothing more comes: an empty piece would have said so too early

    def _handle_chunk(self, amt: int | None) -> Any:
        data = self._costmark_above("_handle_chunk")(amt)
        if self._costmark.filter is not None:
            return self._costmark_filtered(data)
        self._costmark.feed(data)
        return data

    def _costmark_filtered(self, data: bytes) -> bytes:
        """Read a piece and return what of it the caller sees."""
        try:
            return self._costmark.filtered(data)
        except Undecodable as problem:
            from urllib3.exceptions import DecodeError

            raise DecodeError(str(problem)) from None

    def read(self, amt: int | None = None, *args: Any, **options: Any) -> Any:
        """Read, and note the end."""
        return self._costmark_read("read", amt, *args, **options)

    def read1(self, amt: int | None = None, *args: Any, **options: Any) -> Any:
        """Read what one system call gives, and note the end."""
        return self._costmark_read("read1", amt, *args, **options)

    def _costmark_read(self, name: str, amt: int | None, *args: Any, **options: Any) -> Any:
        data = self._costmark_tell(self._costmark_above(name), amt, *args, **options)
        # the last piece may come with nothing left to read: no empty one follows it
        if amt is None or (amt != 0 and not data) or self.length_remaining == 0:
            self._costmark.finish("ok")
        return data

    def read_chunked(self, *args: Any, **options: Any) -> Iterator[Any]:
        """Read chunk by chunk, and note the end."""
        chunks = self._costmark_above("read_chunked")(*args, **options)
        while (chunk := self._costmark_tell(next, chunks, None)) is not None:
            yield chunk
        if self._costmark.filter is not None and (rest := self._costmark.filter.rest()):
            yield rest
        self._costmark.finish("ok")

    def close(self) -> None:
        """Close, and note whether that came before the end."""
        if not self._costmark_depth:  # else it closes itself because something broke, which it will say
            self._costmark.finish("closed")
        self._costmark_above("close")()
