"""Turn what is no SSE into its lines: the frames of AWS event streams, and NDJSON."""

from __future__ import annotations

import base64
import binascii
import re
import struct
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Protocol

from cost_lib.metering.decoding import Undecodable

if TYPE_CHECKING:
    from collections.abc import Callable

ONE_LINE: Final = bytes.maketrans(b"\r\n", b"  ")
AWS: Final = "application/vnd.amazon.eventstream"
NDJSON: Final = ("application/x-ndjson", "application/ndjson", "application/jsonl", "application/jsonlines", "application/x-jsonlines")
SSE: Final = "text/event-stream"
PRELUDE: Final = struct.Struct(">III")  # length of the frame, of its headers, checksum of the two
CHECKSUM: Final = 4
LONGEST: Final = 24 * 1024 * 1024  # bytes of a frame; the service's own bound is 16 MiB
STRING: Final = 7
MARK: Final = b"\xef\xbb\xbf"  # of the byte order
WRAPPED: Final = rb'\s*\{\s*"bytes"\s*:\s*"([^"]*)"'  # a model's own event, as base64
# bytes of a header's value by its type; the others say their length themselves
SIZES: Final = {0: 0, 1: 0, 2: 1, 3: 2, 4: 4, 5: 8, 8: 8, 9: 16}


class Framing(Protocol):
    """What turns a piece of a stream into lines of SSE."""

    problem: str  # what the provider has said went wrong in the midst of the stream

    def __call__(self, data: bytes) -> bytes:
        """Take a piece, give back the lines that it completes."""


class AwsFrames:
    """Read frames; each becomes an event with the name that its headers give."""

    def __init__(self) -> None:
        self.problem = ""
        self._rest = b""

    def __call__(self, data: bytes) -> bytes:
        """Take a piece, give back the events that it completes."""
        data = self._rest + data if self._rest else data
        found = []
        start = 0
        while len(data) - start >= PRELUDE.size:
            length, header, _ = PRELUDE.unpack_from(data, start)
            if not PRELUDE.size + CHECKSUM + header <= length <= LONGEST:
                raise Undecodable("the frames of the stream are broken")
            if len(data) - start < length:
                break
            head = start + PRELUDE.size
            names = _names(data[head : head + header])
            found.append(self._event(names, data[head + header : start + length - CHECKSUM]))
            start += length
        self._rest = data[start:]
        return b"".join(found)

    def _event(self, names: dict[bytes, bytes], payload: bytes) -> bytes:
        if names.get(b":message-type", b"event") != b"event":
            kind = names.get(b":exception-type") or names.get(b":error-code") or b"error"
            self.problem = kind.decode("utf-8", "replace")
            return b""
        data = _unwrapped(payload).translate(ONE_LINE)
        return b"event: %b\ndata: %b\n\n" % (names.get(b":event-type", b""), data)


class JsonLines:
    """Read one JSON document a line."""

    def __init__(self) -> None:
        self.problem = ""
        self._rest = b""

    def __call__(self, data: bytes) -> bytes:
        """Take a piece, give back the documents that it completes."""
        *lines, self._rest = (self._rest + data).split(b"\n")
        return b"".join(b"data: %b\n\n" % line for line in lines if line.strip())


def framing_of(content_type: str) -> Framing | None:
    """Return what reads a stream of a type; None for SSE and for all that is no stream."""
    _, make = way_of(content_type)
    return make() if make is not None else None


def is_stream(content_type: str) -> bool:
    """Say whether an answer of this type comes in events."""
    return way_of(content_type)[0]


@lru_cache(maxsize=256)
def way_of(content_type: str) -> tuple[bool, Callable[[], Framing] | None]:
    """Say whether an answer of this type comes in events, and what makes what reads those that are no SSE."""
    kind = content_type.partition(";")[0].strip().lower()
    make = AwsFrames if kind == AWS else JsonLines if kind in NDJSON else None
    return kind == SSE or make is not None, make


def sniffed(body: bytes) -> str:
    """Tell a stream from a document by its first bytes, where no header does."""
    start = body.removeprefix(MARK).lstrip()[:16]
    if start.startswith((b"data:", b"event:", b"id:", b":", b"retry:")):
        return SSE
    if body[:1] == b"\0":
        return AWS
    first, found, rest = body.strip().partition(b"\n")
    return NDJSON[0] if found and first[:1] == b"{" and first.rstrip()[-1:] == b"}" and rest.lstrip()[:1] == b"{" else ""


def _names(data: bytes) -> dict[bytes, bytes]:
    """Read the headers of a frame that are strings."""
    found = {}
    at = 0
    while at < len(data):
        end = at + 1 + data[at]
        name, kind = data[at + 1 : end], data[end] if end < len(data) else STRING
        at = end + 1
        size = SIZES.get(kind)
        if size is None:
            size = int.from_bytes(data[at : at + 2], "big")
            at += 2
        if kind == STRING:
            found[name] = data[at : at + size]
        at += size
    return found


def _unwrapped(payload: bytes) -> bytes:
    found = re.match(WRAPPED, payload)
    try:
        return base64.b64decode(found[1]) if found is not None else payload
    except binascii.Error:
        return payload
