"""Read along while the caller reads a stream; the bytes, their pieces and their pace stay as they are."""

from __future__ import annotations

import atexit
import sys
import weakref
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from cost_lib.compiled import SPEEDUPS
from cost_lib.families.reading import DONE
from cost_lib.metering.decoding import Undecodable
from cost_lib.metering.exchange import USUAL

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from types import ModuleType

    from cost_lib.metering.exchange import Exchange

ENDED: Final = b"\n\n"  # of an event
QUIET: Final[Callable[[], Any] | None] = getattr(SPEEDUPS, "Quiet", None)
PIECES: Final[Callable[..., Iterator[bytes]] | None] = getattr(SPEEDUPS, "Pieces", None)
ASYNC_PIECES: Final[Callable[..., AsyncIterator[bytes]] | None] = getattr(SPEEDUPS, "AsyncPieces", None)
MOST_UNREAD: Final = 256  # pieces of a stream that are put aside; errors among them are found when they are counted


class _Ending(weakref.ref["_Following"]):
    """What is left of a stream that nobody holds; ``weakref.finalize`` does the same in three times the steps."""

    __slots__ = ("exchange",)

    exchange: Exchange


_followed: Final[set[_Ending]] = set()  # streams that somebody holds


def _drop(ending: _Ending) -> None:
    """Record a stream that is gone, unless it was before."""
    _followed.discard(ending)
    ending.exchange.finish("abandoned")


def _drop_all() -> None:
    """Record the streams that are still held when the interpreter goes down."""
    for ending in tuple(_followed):
        _drop(ending)


atexit.register(_drop_all)


class _Following:
    """What both kinds share: a stream that nobody reads to its end is recorded when it is collected."""

    decoding_error: type[Exception] = ValueError  # what the library raises about broken bytes

    def __init__(self, stream: Any, exchange: Exchange) -> None:
        self._stream = stream
        self._exchange = exchange
        self._quiet = exchange.quiet = QUIET() if QUIET is not None else None
        ending = _Ending(self, _drop)
        ending.exchange = exchange
        _followed.add(ending)

    def _read(self, chunk: bytes) -> bytes | None:
        """Read a piece and return what of it the caller sees, None for nothing."""
        exchange, quiet = self._exchange, self._quiet
        if exchange.filter is None:
            exchange.feed(chunk)
            seen: bytes | None = chunk
        else:
            try:
                seen = exchange.filtered(chunk) or None
            except Undecodable as problem:
                raise self.decoding_error(str(problem)) from None
        if quiet is not None:
            find = exchange.skimming()
            quiet.find = True if find is USUAL else find  # it knows the usual words itself
        return seen

    def _rest(self) -> bytes | None:
        """Return what was held back at the end; when there is no more, record."""
        keep = self._exchange.filter
        if keep is not None and (rest := keep.rest()):
            return rest
        self._exchange.finish("ok")
        return None


class Tee(_Following):
    """A stream of a synchronous client."""

    def __iter__(self) -> Iterator[bytes]:
        if PIECES is None:
            return self._pieces()
        return PIECES(self._stream, self._quiet, self._read, self._rest, self._exchange.leave)

    def _pieces(self) -> Iterator[bytes]:
        exchange, unread = self._exchange, self._exchange.unread
        source = iter(self._stream)
        try:
            while True:
                find = exchange.skimming()
                if find is None:
                    chunk = next(source, None)
                    if chunk is None:
                        break
                else:
                    # most pieces are whole events that say nothing: for these no function of ours is called
                    for chunk in islice(source, MOST_UNREAD):
                        if chunk[-2:] != ENDED or find(chunk) is not None or chunk.rfind(DONE) >= 0:
                            break
                        unread.append(chunk)
                        yield chunk
                    else:
                        if len(unread) < MOST_UNREAD:
                            break
                        exchange.count_unread()
                        continue
                seen = self._read(chunk)
                if seen is not None:
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

    def __aiter__(self) -> AsyncIterator[bytes]:
        if ASYNC_PIECES is None:
            return self._pieces()
        return ASYNC_PIECES(self._stream, self._quiet, self._read, self._rest, self._exchange.leave)

    async def _pieces(self) -> AsyncIterator[bytes]:
        exchange, unread = self._exchange, self._exchange.unread
        find = None
        try:
            async for chunk in self._stream:
                if find is not None and chunk[-2:] == ENDED and find(chunk) is None and chunk.rfind(DONE) < 0:  # as above
                    unread.append(chunk)
                    if len(unread) >= MOST_UNREAD:
                        exchange.count_unread()
                    yield chunk
                    continue
                seen = self._read(chunk)
                if seen is not None:
                    yield seen
                find = exchange.skimming()
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
