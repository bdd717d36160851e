"""Look at events in tests."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from cost_lib.record import use_sink
from cost_lib.sinks.memory import Memory

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Events", "capture_events"]


class Events(Memory):
    """The events of a block."""

    def all(self) -> list[dict[str, Any]]:
        """Return every event, oldest first."""
        return [json.loads(line) for line in self.lines]

    def one(self) -> dict[str, Any]:
        """Return the only event there is."""
        found = self.all()
        if len(found) != 1:
            raise AssertionError(f"expected one event, found {len(found)}")
        return found[0]


@contextmanager
def capture_events() -> Iterator[Events]:
    """Keep the events of a block in memory."""
    events = Events()
    before = use_sink(events)
    try:
        yield events
    finally:
        use_sink(before)
