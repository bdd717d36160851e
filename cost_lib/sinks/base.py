"""Say what a place for events has to offer."""

from __future__ import annotations

from typing import Protocol


class Sink(Protocol):
    """A place for events; one that cannot keep an event raises, and the loss is counted."""

    def write(self, line: bytes, at: int) -> None:
        """Keep one line before returning; its moment is given in nanoseconds since the epoch."""
