"""Stand before the reader of an aiohttp response whose stream holds a chunk that only our own asking has added."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from cost_lib.metering.aiohttp_reading import Content

if TYPE_CHECKING:
    from cost_lib.metering.exchange import Exchange


class Filtered(Content):
    """Give what is read without the added chunk; what the caller asks for is cut anew from what is left."""

    __slots__ = ("_is_over", "_plain")

    def __init__(self, content: Any, exchange: Exchange) -> None:
        super().__init__(content, exchange)
        self._plain = b""
        self._is_over = False

    def _took(self, found: Any) -> Any:
        exchange = self._exchange
        self._plain += exchange.filtered(found)
        if self._content.at_eof():
            self._plain += exchange.filter.rest() if exchange.filter is not None else b""
            self._is_over = True
            exchange.finish("ok")
        return found

    async def _fill(self) -> bool:
        """Read on; say whether there was anything left to read."""
        if self._is_over:
            return False
        await self._read(self._content.readany())
        return True

    def _take(self, size: int) -> bytes:
        found, self._plain = self._plain[:size], self._plain[size:]
        return found

    def at_eof(self) -> bool:
        """Say whether all has been given."""
        return self._is_over and not self._plain

    async def readany(self) -> bytes:
        """Read what is there."""
        while not self._plain and await self._fill():
            pass
        return self._take(len(self._plain))

    async def read(self, n: int = -1) -> bytes:
        """Read some bytes; all that is left without a size."""
        while (n < 0 or (n and not self._plain)) and await self._fill():
            pass
        return self._take(len(self._plain) if n < 0 else n)

    async def readexactly(self, n: int) -> bytes:
        """Read so many bytes."""
        while len(self._plain) < n and await self._fill():
            pass
        if len(self._plain) < n:
            raise asyncio.IncompleteReadError(self._take(n), n)
        return self._take(n)

    async def readline(self, **_: Any) -> bytes:
        """Read a line."""
        return await self.readuntil(b"\n")

    async def readuntil(self, separator: bytes = b"\n", **_: Any) -> bytes:
        """Read to a separator, or to the end."""
        while separator not in self._plain and await self._fill():
            pass
        place = self._plain.find(separator)
        return self._take(place + len(separator) if place >= 0 else len(self._plain))

    async def readchunk(self) -> tuple[bytes, bool]:
        """Read a piece; the chunks that were sent are no longer known."""
        data = await self.readany()
        return data, bool(data)

    def read_nowait(self, n: int = -1) -> bytes:
        """Read what is there without waiting."""
        if not self._plain and not self._is_over:
            self._took(self._content.read_nowait(-1))
        return self._take(len(self._plain) if n < 0 else n)
