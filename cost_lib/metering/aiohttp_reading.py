"""Stand before the reader of an aiohttp response and read along."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from cost_lib.metering.exchange import Exchange


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
