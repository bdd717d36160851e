"""Meter ``OpenerDirector.open`` of the standard library's urllib."""

from __future__ import annotations

import functools
import io
import sys
from email.message import Message
from http.client import HTTPResponse, IncompleteRead
from typing import TYPE_CHECKING, Any, Final, NoReturn
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request

from cost_lib.metering.asked import NOTHING, Asked, lowered, package_of
from cost_lib.metering.beginning import begin, is_idle
from cost_lib.metering.exchange import Exchange
from cost_lib.metering.patching import put, take_back
from cost_lib.metering.refusal import REASON, STATUS, body_of, headers_of
from cost_lib.metering.watching import Watching, watch
from cost_lib.record import GUARD, guarded
from cost_lib.scope import CURRENT

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

CLASS: Final = "OpenerDirector"


def patch(module: ModuleType) -> None:
    """Put the meter around ``open``."""
    put(getattr(module, CLASS), "open", _metered)


def restore(module: ModuleType) -> None:
    """Take the meter back."""
    take_back(getattr(module, CLASS), "open")


def _metered(original: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(original)
    def opened(self: Any, fullurl: Any, data: Any = None, *args: Any, **options: Any) -> Any:
        before = CURRENT.get()
        exchange = None if is_idle(before) else begin(before, _asked(self, fullurl, data))
        if exchange is None:
            return original(self, fullurl, data, *args, **options)
        if exchange.is_refused:
            _refuse(exchange, fullurl)
        response = None
        CURRENT.set(before._replace(is_silent=True))
        try:
            response = original(self, fullurl, data, *args, **options)
        finally:
            CURRENT.set(before)
            if response is None:
                error = sys.exception()
                if isinstance(error, HTTPError):
                    exchange.answer(error.code, lowered(error.headers))
                    exchange.finish("error")
                exchange.fail(error)
        with guarded():
            _follow(exchange, response)
        return response

    return opened


def _asked(opener: Any, fullurl: Any, data: Any) -> Asked:
    with GUARD:
        request = fullurl if isinstance(fullurl, Request) else Request(fullurl, data)  # noqa: S310 - it is not opened here
        body = data if data is not None else request.data
        parts = urlsplit(request.full_url)
        text = bytes(body) if isinstance(body, (bytes, bytearray)) else b""
        method = "POST" if data is not None and request.get_method() == "GET" else request.get_method()
        headers = lowered(request.header_items())
        headers.setdefault("user-agent", dict(opener.addheaders).get("User-agent", ""))
        return Asked(method, parts.hostname or "", parts.port, parts.path, request.full_url, headers, lambda: text, package_of(opener))
    return NOTHING


def _follow(exchange: Exchange, response: Any) -> None:
    exchange.answer(response.status, lowered(response.headers))
    if isinstance(response, HTTPResponse):
        watch(response, Watched, exchange)
    else:
        exchange.finish("abandoned")  # a handler of the caller's has made it: how it is read is not known


def _refuse(exchange: Exchange, fullurl: Any) -> NoReturn:
    headers = Message()
    for name, value in headers_of(exchange).items():
        headers[name] = value
    url = fullurl.full_url if isinstance(fullurl, Request) else fullurl
    raise HTTPError(url, STATUS, REASON, headers, io.BytesIO(body_of(exchange)))


class Watched(Watching):
    """A response that is read in pieces."""

    length: int | None
    isclosed: Callable[[], bool]

    def read(self, amt: int | None = None) -> Any:
        """Read, and note the end."""
        return self._costmark_read("read", amt)

    def read1(self, n: int = -1) -> Any:
        """Read what one system call gives, and note the end."""
        return self._costmark_read("read1", n)

    def readline(self, limit: int = -1) -> Any:
        """Read a line, and note the end."""
        return self._costmark_read("readline", limit)

    def readinto(self, buffer: Any) -> Any:
        """Read into a buffer, and note the end."""
        return self._costmark_read("readinto", buffer)

    def _costmark_read(self, name: str, argument: Any) -> Any:
        found = self._costmark_tell(self._costmark_above(name), argument)
        if not self._costmark_depth:
            self._costmark.feed(bytes(argument[:found]) if isinstance(found, int) else found)
            if self.isclosed():
                self._costmark_end()
        return found

    def _costmark_end(self) -> None:
        if self.length:  # it ends without an error where the caller says how much he reads
            self._costmark.leave(IncompleteRead(b"", self.length))
        self._costmark.finish("ok")

    def close(self) -> None:
        """Close, and note whether that came before the end."""
        self._costmark.finish("closed")
        self._costmark_above("close")()
