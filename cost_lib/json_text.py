"""Write pieces of an event as JSON text: its line is put together from pieces, most of which were written once before."""

from __future__ import annotations

import json
from collections.abc import Mapping
from json.encoder import encode_basestring as quoted
from typing import Any, Final

__all__ = ["quoted", "written", "written_fields"]

_document: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str).encode


def written(value: Any) -> str:
    """Write a value."""
    kind = type(value)
    if kind is str:
        return quoted(value)
    if kind is int:
        return str(value)
    return _document(dict(value) if isinstance(value, Mapping) else value)


def written_fields(fields: Mapping[str, Any]) -> str:
    """Write members of an object, each after a comma; what is empty says nothing and is left out."""
    return "".join([f',"{name}":{written(value)}' for name, value in fields.items() if value or value == 0])
