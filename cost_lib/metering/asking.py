"""Ask for usage on streams where the host is known to give it, and keep the chunk that this adds from the caller."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import msgspec

from cost_lib.metering.asked import RawHeaders

if TYPE_CHECKING:
    from collections.abc import Mapping

STREAMS: Final = re.compile(rb'"stream"\s*:\s*true')
SHORT: Final = 65536  # bytes of a request that is searched whole; of a longer one the ends
EDGE: Final = 8192
LONGEST: Final = 4 * 1024 * 1024  # bytes of a request that is worth reading for this
OPTION: Final = b'"stream_options":{"include_usage":true}'
# a request with one of these is signed over its body, or not plain
SEALED: Final = ("x-amz-content-sha256", "content-md5", "content-digest", "digest", "signature", "signature-input", "content-encoding")
RAW_SEALED: Final = frozenset(name.encode() for name in SEALED)
SIGNED: Final = "aws4-"
END: Final = re.compile(rb"\r\n\r\n|\n\n|\r\r")
EMPTY: Final = re.compile(rb'"choices"\s*:\s*\[\s*\]')
LINES: Final = re.compile(rb"\r\n|\n|\r")
ENDED: Final = b"\n\n"
DATA: Final = b"data:"
_decode: Final = msgspec.json.Decoder().decode


class _Wish(msgspec.Struct):
    """What of a request matters here; a table of all that it holds takes three times as long."""

    stream: Any = None
    stream_options: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET


_wish: Final = msgspec.json.Decoder(_Wish).decode


def may_rewrite(headers: Mapping[str, str]) -> bool:
    """Say whether a request may have another body than its sender gave it."""
    is_sealed = headers.has_any(RAW_SEALED) if isinstance(headers, RawHeaders) else any(name in headers for name in SEALED)
    return not is_sealed and not headers.get("authorization", "").lower().startswith(SIGNED)


def asks_for_stream(body: bytes) -> bool:
    """Say whether a request may want a stream, without reading it all."""
    if len(body) <= SHORT:
        return STREAMS.search(body) is not None
    return len(body) <= LONGEST and (STREAMS.search(body, len(body) - EDGE) or STREAMS.search(body, 0, EDGE)) is not None


def with_usage(body: bytes) -> bytes | None:
    """Return a request that asks for usage; None where it asks for no stream, or says itself what it wants."""
    try:
        if not body.isascii():
            body.decode()  # what is passed over is not held against its encoding
        wish = _wish(body)
        if wish.stream is not True:
            return None
        if wish.stream_options is msgspec.UNSET:
            return body.rstrip()[:-1] + b"," + OPTION + b"}"  # every other byte stays as it was
        found = _decode(body)
    except ValueError:
        return None
    options = found.get("stream_options")
    if options is not None and (not isinstance(options, dict) or "include_usage" in options):
        return None
    return msgspec.json.encode({**found, "stream_options": {**(options or {}), "include_usage": True}})


class Filter:
    """Hold back the one chunk that our own asking adds: it has no choices, and the usage."""

    held = b""  # the beginning of an event

    def __call__(self, data: bytes) -> bytes:
        """Take a piece of a stream in plain bytes, give back the events that are complete, but for that one."""
        if not self.held and data[-2:] == ENDED:  # nearly every piece is one event or several
            if EMPTY.search(data) is None:
                return data
            if data.find(b"\n") == len(data) - 2 and data.find(b"\r") < 0:
                return b"" if _is_added(data) else data
        before = len(self.held)
        self.held += data
        found = []
        start, look = 0, max(before - 3, 0)
        while (end := END.search(self.held, look)) is not None:
            event = self.held[start : end.end()]
            start = look = end.end()
            if not _is_added(event):
                found.append(event)
        self.held = self.held[start:]
        return b"".join(found)

    def rest(self) -> bytes:
        """Give back what came after the last complete event."""
        rest, self.held = self.held, b""
        return b"" if _is_added(rest) else rest


def _is_added(event: bytes) -> bool:
    if b'"usage"' not in event or EMPTY.search(event) is None:
        return False
    if event.startswith(DATA) and event.find(b"\n") == len(event) - 2 and b"\r" not in event:  # one line, as nearly always
        data = event[5:]
    else:
        data = b"\n".join(line[5:] for line in LINES.split(event) if line.startswith(DATA))
    try:
        found: Any = _decode(data)
    except ValueError:
        return False
    # Azure's first chunk has no choices either, but the results of its content filter
    return isinstance(found, dict) and found.get("choices") == [] and isinstance(found.get("usage"), dict)
