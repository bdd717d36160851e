"""Look through a log for calls whose price is unknown, or comes from a table that has changed since."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

from cost_lib.catalog.prices import Price, find_price
from cost_lib.errors import NoLogError
from cost_lib.model import Cost, Unknown, Usage
from cost_lib.pricing import cost
from cost_lib.sinks import FOLDER, FOLDER_VARIABLE

UNKNOWN: Final = "unknown"
STALE: Final = "stale"
METERS: Final = Usage._fields[:6]


class Row(NamedTuple):
    """What was found of one model."""

    kind: str  # unknown: no price at the time; stale: today's table gives another cost
    provider: str
    model: str
    reason: str
    events: int
    first: str  # time stamps
    last: str
    nano_usd: int | None  # what today's table makes of it, less what was logged; None = still unknown


class Found(NamedTuple):
    """What a log holds."""

    events: int
    skipped: int  # lines that are no events
    rows: tuple[Row, ...]


def look(paths: Iterable[Path]) -> Found:
    """Look through files and folders; without any, through the log of this process's environment."""
    events = skipped = 0
    groups: dict[tuple[str, str, str, str], list[tuple[str, int | None]]] = {}
    for line in _lines(tuple(paths) or (Path(os.environ.get(FOLDER_VARIABLE) or FOLDER),)):
        event = _event(line)
        if event is None:
            skipped += 1
            continue
        events += 1
        finding = _judge(event)
        if finding is not None:
            kind, reason, difference = finding
            key = (kind, str(event.get("provider", "")), str(event.get("model") or event.get("model_requested", "")), reason)
            groups.setdefault(key, []).append((str(event.get("ts", "")), difference))
    rows = [_row(key, seen) for key, seen in groups.items()]
    return Found(events, skipped, tuple(sorted(rows, key=lambda row: (-row.events, row))))


def _row(key: tuple[str, str, str, str], seen: list[tuple[str, int | None]]) -> Row:
    times = sorted(at for at, _ in seen)
    known = [difference for _, difference in seen if difference is not None]
    return Row(*key, len(seen), times[0], times[-1], sum(known) if known else None)


def _lines(paths: tuple[Path, ...]) -> Iterator[bytes]:
    for path in paths:
        files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
        if not files or not all(file.is_file() for file in files):
            raise NoLogError(str(path))
        for file in files:
            with file.open("rb") as opened:
                yield from opened


def _event(line: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(line)
    except ValueError:
        return None
    return found if isinstance(found, dict) and "v" in found else None


def _judge(event: Mapping[str, Any]) -> tuple[str, str, int | None] | None:
    """Say what is wrong with one event's price: kind, reason, and what today's table would change."""
    source = event.get("cost_source")
    if source == UNKNOWN and event.get("usage_source") != UNKNOWN:
        now = _priced_anew(event)
        return UNKNOWN, str(event.get("cost_reason", "")), now.nano_usd if isinstance(now, Cost) else None
    if source != "catalog":
        return None
    now = _priced_anew(event)
    if isinstance(now, Unknown):
        return STALE, f"today's table: {now.reason}", None
    difference = now.nano_usd - int(event["cost_nano_usd"])
    return (STALE, "today's table gives another cost", difference) if difference else None


def _priced_anew(event: Mapping[str, Any]) -> Cost | Unknown:
    """Price an event's meters by today's table, at the event's time."""
    at = datetime.fromisoformat(str(event["ts"]))
    context = str(event.get("price_context", ""))
    found: Price | Unknown = Unknown("the event names no model")
    for model in (event.get("model"), event.get("model_requested")):
        if model and not isinstance(found, Price):
            found = find_price(str(event.get("provider", "")), str(model), at, context=context)
    counts: Any = {meter: int(event.get(meter, 0)) for meter in METERS}
    return cost(Usage(**counts, units=event.get("units", {})), found)


def as_json(found: Found) -> str:
    """Write what was found as JSON."""
    rows = [row._asdict() for row in found.rows]
    return json.dumps({"events": found.events, "skipped": found.skipped, "rows": rows}, indent=2) + "\n"


def as_text(found: Found) -> str:
    """Write what was found for a reader."""
    lines = [_sentence(row) for row in found.rows]
    torn = f", {found.skipped} lines that are no events" if found.skipped else ""
    count = sum(row.events for row in found.rows)
    lines.append(f"{count} of {found.events} events without a price that holds today{torn}")
    return "\n".join(lines) + "\n"


def _sentence(row: Row) -> str:
    change = f"; today's table {'adds' if row.nano_usd >= 0 else 'takes off'} ${abs(row.nano_usd) / 10**9:.6f}" if row.nano_usd else ""
    days = f"{row.first[:10]} to {row.last[:10]}" if row.first[:10] != row.last[:10] else row.first[:10]
    return f"{row.kind:8} {row.provider}/{row.model}: {row.events} events, {days}: {row.reason}{change}"
