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
from cost_lib.metering.exchange import Exchange
from cost_lib.metering.patching import put, take_back
from cost_lib.metering.refusal import HEADERS, REASON, STATUS, body_of
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
    if is_read:
        exchange.feed(response.data or b"")
        exchange.finish("ok")
    else:
        watch(response, Watched, exchange)


def _refused(exchange: Exchange, method: str, options: dict[str, Any]) -> Any:
    from urllib3 import HTTPResponse

    return HTTPResponse(
        io.BytesIO(body_of(exchange)),
        headers=HEADERS,
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

    def _fp_read(self, *args: Any, **options: Any) -> Any:
        data = self._costmark_above("_fp_read")(*args, **options)
        self._costmark.feed(data)
        return data

    def _handle_chunk(self, amt: int | None) -> Any:
        data = self._costmark_above("_handle_chunk")(amt)
        self._costmark.feed(data)
        return data

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
        self._costmark.finish("ok")

    def close(self) -> None:
        """Close, and note whether that came before the end."""
        if not self._costmark_depth:  # else it closes itself because something broke, which it will say
            self._costmark.finish("closed")
        self._costmark_above("close")()
