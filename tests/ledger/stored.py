"""Events, logs and ledgers for the tests of the store."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, Final

from cost_lib.ledger import compaction, manifest
from cost_lib.ledger.buckets.address import Place
from cost_lib.ledger.compaction import Summary
from cost_lib.ledger.opening import Opened, opened
from cost_lib.ledger.retention import Keep
from cost_lib.policy import Policy

NOW: Final = 1_795_435_200.0  # 2026-11-23T12:00:00Z
DAY: Final = 86_400
BASE: Final[dict[str, Any]] = {
    "v": 1, "ts": "2026-11-21T10:00:00.000001Z", "event_id": "", "operation_id": "o", "attempt": 1, "kind": "call",
    "feature": "faq", "user_id": "u1", "user_segment": "pro", "tags": {"squad": "a"}, "provider": "openai", "model": "gpt-4o-mini",
    "input_tokens": 10, "cache_read_tokens": 3, "output_tokens": 5, "cost_nano_usd": 1500, "cost_source": "catalog",
    "latency_ms": 12.345, "status": "ok",
}  # fmt: skip


def event(number: int, **changes: Any) -> bytes:
    """Write a line; the id is that of the number."""
    found = {**BASE, "event_id": f"e{number}", "operation_id": f"o{number}", **changes}
    return json.dumps({key: value for key, value in found.items() if value is not None}, separators=(",", ":")).encode() + b"\n"


def log(folder: Path, *lines: bytes, day: str = "2026-11-21") -> Path:
    """Append lines to the file of a day."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"events-{day}.jsonl"
    with file.open("ab") as out:
        out.write(b"".join(lines))
    return file


def compact(folder: Path, *places: Path, now: float = NOW, keep: Keep = compaction.FOREVER) -> Summary:
    """Take the log of a test, or some places, into its ledger."""
    return compaction.compact(places or (folder / "log",), folder / "ledger", now=now, keep=keep)


def ids(places: Iterable[Place]) -> list[str]:
    """Return the ids of the events that a report counts, in order."""
    return [one for (one,) in ask(places, "SELECT event_id FROM events ORDER BY event_id")]


def ask(places: Iterable[Place], query: str, *, need: str = "events", rules: Policy | None = None) -> list[tuple[Any, ...]]:
    """Ask a question of a ledger or a log."""
    with tempfile.TemporaryDirectory() as scratch:
        found = open_places(places, Path(scratch), need=need, rules=rules)
        try:
            return found.connection.execute(query).fetchall()
        finally:
            found.connection.close()


def open_places(
    places: Iterable[Place], scratch: Path, *, need: str = "events", rules: Policy | None = None, since: date | None = None
) -> Opened:
    """Open places."""
    return opened(tuple(places), rules or Policy(), need=need, since=since, scratch=scratch)


def parts(folder: Path) -> list[tuple[str, int]]:
    """Return the days of the parts of a test's ledger, with their events."""
    return sorted((part.day, part.events) for part in manifest.read(folder / "ledger").parts)


def days_ago(days: float) -> float:
    """Return a moment."""
    return time.time() - days * DAY
