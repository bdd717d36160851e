"""Write the frames of AWS event streams."""

from __future__ import annotations

import base64
import json
import struct
import zlib
from typing import Any


def frame(kind: str, payload: dict[str, Any], *, message: str = "event") -> bytes:
    names = {":message-type": message, ":content-type": "application/json", f":{message}-type": kind}
    headers = b"".join(_header(name, value) for name, value in names.items())
    data = json.dumps(payload).encode()
    prelude = struct.pack(">II", 16 + len(headers) + len(data), len(headers))
    body = prelude + struct.pack(">I", zlib.crc32(prelude)) + headers + data
    return body + struct.pack(">I", zlib.crc32(body))


def wrapped(event: dict[str, Any]) -> bytes:
    """Write a model's own event as ``invoke_model_with_response_stream`` does."""
    return frame("chunk", {"bytes": base64.b64encode(json.dumps(event).encode()).decode()})


def _header(name: str, value: str) -> bytes:
    return bytes((len(name),)) + name.encode() + b"\x07" + struct.pack(">H", len(value)) + value.encode()
