"""Write an event as one line of JSON: a fixed first key, no more than a page."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import msgspec

if TYPE_CHECKING:
    from collections.abc import Mapping

VERSION: Final = 1
MOST_BYTES: Final = 4096
SHORT: Final = 96  # characters that are kept of a value that makes a line too long
FIRST_CUT: Final = ("cost_split", "units", "tags", "call_site")  # what is left out first, in this order
KEPT: Final = frozenset(("v", "ts", "event_id", "operation_id"))
WHO: Final = (
    "feature",
    "team",
    "project",
    "cost_center",
    "owner",
    "user_id",
    "user_segment",
    "environment",
    "priority",
    "request_type",
    "prompt_version",
)
CHAINS: Final = ("chain_id", "session_id")
_encode: Final = msgspec.json.Encoder().encode


def timestamp(at: datetime) -> str:
    """Spell a moment in UTC with microseconds."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def split_tags(tags: Mapping[str, str]) -> dict[str, Any]:
    """Give the event's own keys their values and put every other tag under ``tags``."""
    found: dict[str, Any] = {name: tags[name] for name in CHAINS + WHO if name in tags}
    others = {name: value for name, value in tags.items() if name not in found}
    if others:
        found["tags"] = others
    return found


def line(event: Mapping[str, Any]) -> bytes:
    """Encode an event with its line end; what does not fit is cut and named under ``cut``."""
    data = _encode(event) + b"\n"
    return data if len(data) <= MOST_BYTES else _shortened(dict(event))


def _shortened(event: dict[str, Any]) -> bytes:
    cut = []
    for name, value in event.items():
        if isinstance(value, str) and len(value) > SHORT and name not in KEPT:
            event[name] = value[:SHORT]
            cut.append(name)
    event["cut"] = cut
    data = _encode(event) + b"\n"
    for name in FIRST_CUT:
        if len(data) <= MOST_BYTES:
            break
        if event.pop(name, None) is not None:
            cut.append(name)
            data = _encode(event) + b"\n"
    return data
