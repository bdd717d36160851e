"""Look through a log for calls whose price is unknown, or comes from a table that has changed since."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

from cost_lib.billing import METERS, charge
from cost_lib.event_model import Event
from cost_lib.facts import Facts
from cost_lib.model import Cost, Pass, Unknown, Usage
from cost_lib.reading_log import Skipped, read_log
from cost_lib.sinks import FOLDER, FOLDER_VARIABLE

UNKNOWN: Final = "unknown"
STALE: Final = "stale"
USAGE: Final = "usage"
OPEN: Final = "open"
ENDLESS: Final = "the stream was under way, and its end is not in the log"


class Row(NamedTuple):
    """What was found of one model."""

    kind: str  # unknown: no price at the time; stale: today's table gives another cost; usage: what there was to price is not known
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

    @property
    def mispriced(self) -> int:
        """Count the events that another table would make good."""
        return sum(row.events for row in self.rows if row.kind != USAGE)


def look(paths: Iterable[Path]) -> Found:
    """Look through files and folders; without any, through the log of this process's environment."""
    events = skipped = 0
    groups: dict[tuple[str, str, str, str], list[tuple[str, int | None]]] = {}
    under_way: dict[tuple[str, int], Event] = {}
    for path in tuple(paths) or (Path(os.environ.get(FOLDER_VARIABLE) or FOLDER),):
        for event in read_log(path):
            if isinstance(event, Skipped):
                skipped += 1
                continue
            events += 1
            if event.kind == OPEN:
                under_way[event.operation_id, event.attempt] = event
                continue
            under_way.pop((event.operation_id, event.attempt), None)
            finding = _judge(event)
            if finding is not None:
                kind, reason, difference = finding
                key = (kind, event.provider, event.model or event.model_requested, reason)
                groups.setdefault(key, []).append((event.ts, difference))
    for event in under_way.values():
        groups.setdefault((USAGE, event.provider, event.model or event.model_requested, ENDLESS), []).append((event.ts, None))
    rows = [_row(key, seen) for key, seen in groups.items()]
    return Found(events, skipped, tuple(sorted(rows, key=lambda row: (-row.events, row[:4]))))


def _row(key: tuple[str, str, str, str], seen: list[tuple[str, int | None]]) -> Row:
    times = sorted(at for at, _ in seen)
    known = [difference for _, difference in seen if difference is not None]
    return Row(*key, len(seen), times[0], times[-1], sum(known) if known else None)


def _judge(event: Event) -> tuple[str, str, int | None] | None:
    """Say what is wrong with one event's price: kind, reason, and what today's table would change."""
    if event.cost_source == UNKNOWN and event.usage_source == UNKNOWN:
        return USAGE, event.usage_reason, None
    if event.cost_source == UNKNOWN:
        now = _priced_anew(event)
        return UNKNOWN, event.cost_reason, now.nano_usd if isinstance(now, Cost) else None
    if event.cost_source != "catalog" or event.cost_nano_usd is None:
        return None
    now = _priced_anew(event)
    if isinstance(now, Unknown):
        return STALE, f"today's table: {now.reason}", None
    difference = now.nano_usd - event.cost_nano_usd
    return (STALE, "today's table gives another cost", difference) if difference else None


def _priced_anew(event: Event) -> Cost | Unknown:
    """Price an event's meters by today's table, at the event's time."""
    counts = {name: getattr(event, name) or 0 for name in METERS}
    facts = Facts({}, provider=event.provider, model=event.model, model_requested=event.model_requested)
    facts.usage = Usage(**counts, units=event.units)
    facts.price_context = event.price_context
    facts.passes = tuple(_pass(record) for record in event.passes)
    return charge(facts, datetime.fromisoformat(event.ts)).cost


def _pass(record: Mapping[str, Any]) -> Pass:
    counts: dict[str, Any] = {name: record.get(name, 0) for name in METERS}
    return Pass(str(record.get("model", "")), str(record.get("why", "")), Usage(**counts, units=record.get("units", {})))


def as_json(found: Found) -> str:
    """Write what was found as JSON."""
    rows = [row._asdict() for row in found.rows]
    return json.dumps({"events": found.events, "skipped": found.skipped, "rows": rows}, indent=2) + "\n"


def as_text(found: Found) -> str:
    """Write what was found for a reader."""
    lines = [_sentence(row) for row in found.rows]
    torn = f", {found.skipped} lines that are no events" if found.skipped else ""
    blind = sum(row.events for row in found.rows) - found.mispriced
    more = f", {blind} more whose usage is not known" if blind else ""
    lines.append(f"{found.mispriced} of {found.events} events without a price that holds today{more}{torn}")
    return "\n".join(lines) + "\n"


def _sentence(row: Row) -> str:
    change = f"; today's table {'adds' if row.nano_usd >= 0 else 'takes off'} ${abs(row.nano_usd) / 10**9:.6f}" if row.nano_usd else ""
    days = f"{row.first[:10]} to {row.last[:10]}" if row.first[:10] != row.last[:10] else row.first[:10]
    return f"{row.kind:8} {row.provider}/{row.model}: {row.events} events, {days}: {row.reason}{change}"
