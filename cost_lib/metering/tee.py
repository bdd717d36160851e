"""Read along while the caller reads a stream; the bytes, their pieces and their pace stay as they are."""

from __future__ import annotations

import sys
import weakref
from functools import cache
from typing import TYPE_CHECKING, Any

from cost_lib.metering.decoding import Undecodable

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from types import ModuleType

    from cost_lib.metering.exchange import Exchange


class _Following:
    """What both kinds share: a stream that nobody reads to its end is recorded when it is collected."""

    decoding_error: type[Exception] = ValueError  # what the library raises about broken bytes

    def __init__(self, stream: Any, exchange: Exchange) -> None:
        self._stream = stream
        self._exchange = exchange
        weakref.finalize(self, exchange.finish, "abandoned")

    def _filtered(self, chunk: bytes) -> bytes:
        """Read a piece and return what of it the caller sees."""
        try:
            return self._exchange.filtered(chunk)
        except Undecodable as problem:
            raise self.decoding_error(str(problem)) from None


class Tee(_Following):
    """A stream of a synchronous client."""

    def __iter__(self) -> Iterator[bytes]:
        exchange = self._exchange
        try:
            for chunk in self._stream:
                if exchange.filter is None:
                    exchange.feed(chunk)
                    yield chunk
                elif seen := self._filtered(chunk):
                    yield seen
            if exchange.filter is not None and (rest := exchange.filter.rest()):
                yield rest
            exchange.finish("ok")
        finally:
            exchange.leave(sys.exception())

    def close(self) -> None:
        """Close the stream, read or not."""
        self._exchange.finish("closed")
        self._stream.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


class AsyncTee(_Following):
    """A stream of an asynchronous client."""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        exchange = self._exchange
        try:
            async for chunk in self._stream:
                if exchange.filter is None:
                    exchange.feed(chunk)
                    yield chunk
                elif seen := self._filtered(chunk):
                    yield seen
            if exchange.filter is not None and (rest := exchange.filter.rest()):
                yield rest
            exchange.finish("ok")
        finally:
            exchange.leave(sys.exception())

    async def aclose(self) -> None:
        """Close the stream, read or not."""
        self._exchange.finish("closed")
        await self._stream.aclose()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


@cache
def follow(module: ModuleType) -> type[Tee]:
    """Return the class of streams that a library takes for its own."""
    return type("Tee", (Tee, module.SyncByteStream), {"decoding_error": module.DecodingError})


@cache
def follow_async(module: ModuleType) -> type[AsyncTee]:
    """Return the class of asynchronous streams that a library takes for its own."""
    return type("AsyncTee", (AsyncTee, module.AsyncByteStream), {"decoding_error": module.DecodingError})
