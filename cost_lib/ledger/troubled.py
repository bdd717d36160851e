"""Read what a sound reader gives up on: find every event in lines that are torn, glued, foreign, endless or hostile."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any, BinaryIO, Final, NamedTuple

import msgspec

from cost_lib.reading_log import BEGIN, CUT, FOREIGN, NEWEST

LONGEST: Final = 1 << 20  # bytes of a line that are looked at in one go; ours have 4 KiB
FIRST: Final = datetime(2000, 1, 1, tzinfo=UTC)
LAST: Final = datetime(2200, 1, 1, tzinfo=UTC)
ACCEPTED: Final = (NEWEST, str(NEWEST))
OURS: Final = re.compile(rb'\{"v":\d')
_decode: Final = msgspec.json.Decoder().decode


class Found(NamedTuple):
    """A piece of a line: an event, or why it is none."""

    line: int
    size: int
    event: dict[str, Any] | None
    reason: str = ""


def found_in(lines: BinaryIO, start: int, end: int, line: int = 1) -> Iterator[Found]:
    """Read a part of a file, whose first line has a number."""
    lines.seek(start)
    left, rest = end - start, b""
    while left > 0 or rest:
        read = lines.readline(min(LONGEST, left))
        data = rest + read
        left = left - len(read) if read else 0  # a file may have become shorter
        rest = b""
        is_whole = data.endswith(b"\n") or left <= 0
        if not is_whole:  # a line without an end: the last event in it may go on
            last = max((one.start() for one in OURS.finditer(data, len(data) - LONGEST // 2)), default=-1)
            if last > 0:
                data, rest = data[:last], data[last:]
        yield from _pieces(data.rstrip(b"\r\n"), line)
        line += is_whole


def _pieces(text: bytes, line: int) -> Iterator[Found]:
    if not text:
        return
    whole = _judged(text)
    if isinstance(whole, dict):
        yield Found(line, len(text), whole)
        return
    starts = [found.start() for found in BEGIN.finditer(text)]
    edges = [*([0] if starts[:1] != [0] else []), *starts, len(text)]
    for start, end in pairwise(edges):
        piece = text[start:end]
        found = _judged(piece) if end - start < len(text) else whole
        yield Found(line, len(piece), found) if isinstance(found, dict) else Found(line, len(piece), None, found)


def _judged(text: bytes) -> dict[str, Any] | str:
    """Decode one event, or say what it is instead."""
    begin = BEGIN.match(text)
    if begin is not None and int(begin[1]) > NEWEST:
        return f"written by a newer costmark, in format {int(begin[1])}"
    if not text.startswith(b"{"):
        return FOREIGN
    try:
        found = _decode(text)
    except (ValueError, RecursionError):
        return FOREIGN if begin is None or text.endswith(b"}") else CUT
    if found.get("v") not in ACCEPTED or not found.get("event_id"):  # whatever the order of the keys
        return FOREIGN
    return found if _is_dated(found) else "no moment that could be true"


def _is_dated(event: dict[str, Any]) -> bool:
    """Check the moment, and write it in UTC as we do."""
    try:
        moment = datetime.fromisoformat(event["ts"])
    except (KeyError, TypeError, ValueError):
        return False
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
    if not FIRST <= moment < LAST:
        return False
    event["ts"] = f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z"
    return True
