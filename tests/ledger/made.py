"""Make small logs, and ask them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from cost_lib.ledger.book import Ledger
from cost_lib.policy import loads

FAQ: dict[str, Any] = {
    "v": 1, "ts": "2026-11-21T10:00:00.000001Z", "event_id": "e", "operation_id": "o", "attempt": 1, "kind": "call",
    "feature": "faq", "user_segment": "pro", "input_tokens": 10, "cache_read_tokens": 3, "output_tokens": 5,
    "cost_nano_usd": 1500, "cost_source": "catalog", "status": "ok",
}  # fmt: skip
_numbers = count()


def event(**changes: Any) -> bytes:
    """Write an event as a line; None takes a key away."""
    number = next(_numbers)
    found = {**FAQ, "event_id": f"e{number}", "operation_id": f"o{number}", **changes}
    return json.dumps({key: value for key, value in found.items() if value is not None}, separators=(",", ":")).encode() + b"\n"


def outcome(name: str = "resolved", **changes: Any) -> bytes:
    """Write an outcome as a line."""
    nothing = dict.fromkeys(
        ("input_tokens", "cache_read_tokens", "output_tokens", "cost_nano_usd", "cost_source", "status", "user_segment")
    )
    return event(**{**nothing, "kind": "outcome", "outcome": name, "success": True, **changes})


def log(folder: Path, *lines: bytes, day: str = "2026-11-21") -> Path:
    """Write a daily file."""
    folder.mkdir(exist_ok=True)
    (folder / f"events-{day}.jsonl").write_bytes(b"".join(lines))
    return folder


@contextmanager
def book(folder: Path, *lines: bytes, rules: str = "") -> Iterator[Ledger]:
    """Open a log of these lines under a policy."""
    made = Ledger([log(folder / "log", *lines)], loads(rules, Path("costmark.toml")))
    try:
        yield made
    finally:
        made.close()


def records(relation: Any) -> list[dict[str, Any]]:
    """Return the rows of a relation by column."""
    return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]


def picked(relation: Any, *columns: str) -> list[tuple[Any, ...]]:
    """Return a few columns of a relation."""
    return [tuple(record[column] for column in columns) for record in records(relation)]
