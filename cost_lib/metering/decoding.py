"""Decode compressed answers as they come, only for reading along; the caller gets the bytes as they were."""

from __future__ import annotations

import zlib
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

GZIP: Final = 31  # window bits of gzip alone
RAW: Final = -15  # of deflate without the header that the standard asks for
BROTLI: Final = ("brotli", "brotlicffi")
ZSTD: Final = ("compression.zstd", "backports.zstd", "zstandard")  # the first two have the same names


class Undecodable(ValueError):  # noqa: N818 - named as what it says of an answer
    """An answer that cannot be read: its codec is missing, or its bytes are broken."""


class Members:
    """Decode what may consist of several compressed parts, one after the other."""

    def __init__(self, make: Callable[[], Any], error: type[Exception]) -> None:
        self._make = make
        self._error = error
        self._one = make()

    def __call__(self, data: bytes) -> bytes:
        """Decode a piece."""
        found = []
        while data:
            if self._one.eof:
                self._one = self._make()
            try:
                found.append(self._one.decompress(data))
            except self._error:
                raise Undecodable("the compressed answer is broken") from None
            data = self._one.unused_data if self._one.eof else b""
        return b"".join(found)


class Deflate:
    """Decode deflate with its header, or without, as some servers send it."""

    def __init__(self) -> None:
        self._one: Any = None

    def __call__(self, data: bytes) -> bytes:
        """Decode a piece."""
        if self._one is None and data:
            # a zlib header is 0x?8 and a check sum; raw deflate that looks so does not exist in practice
            has_header = data[0] & 0x0F == 8
            self._one = zlib.decompressobj(zlib.MAX_WBITS if has_header else RAW)
        try:
            found: bytes = self._one.decompress(data) if data else b""
        except zlib.error:
            raise Undecodable("the compressed answer is broken") from None
        return found


class Chain:
    """Undo several encodings, the last one first."""

    def __init__(self, steps: list[Callable[[bytes], bytes]]) -> None:
        self._steps = steps

    def __call__(self, data: bytes) -> bytes:
        """Decode a piece."""
        for step in self._steps:
            data = step(data)
        return data


def decoder_for(encoding: str) -> Callable[[bytes], bytes] | None:
    """Return what decodes a ``content-encoding``, None where nothing is encoded; raise ``Undecodable`` without a codec."""
    names = [name for part in encoding.split(",") if (name := part.strip().lower()) not in {"", "identity"}]
    steps = [_step(name) for name in reversed(names)]
    return steps[0] if len(steps) == 1 else Chain(steps) if steps else None


def _step(name: str) -> Callable[[bytes], bytes]:
    if name in {"gzip", "x-gzip"}:
        return Members(lambda: zlib.decompressobj(GZIP), zlib.error)
    if name == "deflate":
        return Deflate()
    module = _first(BROTLI if name == "br" else ZSTD if name == "zstd" else ())
    if module is None:
        raise Undecodable(f"the answer was compressed with {name}, which this environment cannot decode")
    if name == "br":
        return _brotli(module)
    if hasattr(module, "ZstdDecompressor") and hasattr(module.ZstdDecompressor, "decompressobj"):
        return Members(lambda: module.ZstdDecompressor().decompressobj(), module.ZstdError)
    return Members(module.ZstdDecompressor, module.ZstdError)


def _brotli(module: Any) -> Callable[[bytes], bytes]:
    one = module.Decompressor()
    decode = getattr(one, "process", None) or one.decompress

    def step(data: bytes) -> bytes:
        try:
            found: bytes = decode(data)
        except module.error:
            raise Undecodable("the compressed answer is broken") from None
        return found

    return step


def _first(names: tuple[str, ...]) -> Any:
    for name in names:
        try:
            return import_module(name)
        except ImportError:
            continue
    return None
