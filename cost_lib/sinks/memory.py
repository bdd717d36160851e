"""Keep the last events in memory."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

MOST: Final = 10_000  # a test suite must not grow without end


class Memory:
    """A sink that keeps the last lines."""

    def __init__(self) -> None:
        self.lines: Final[deque[bytes]] = deque(maxlen=MOST)

    def write(self, line: bytes, at: datetime) -> None:  # noqa: ARG002 - the protocol's
        """Keep one line."""
        self.lines.append(line)
