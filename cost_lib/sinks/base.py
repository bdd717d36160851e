"""Say what a place for events has to offer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime


class Sink(Protocol):
    """A place for events; a failure is an OSError, which the caller counts."""

    def write(self, line: bytes, at: datetime) -> None:
        """Keep one line before returning."""
