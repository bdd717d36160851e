"""Keep the last events in memory."""

from __future__ import annotations

from collections import deque
from typing import Final

MOST: Final = 10_000  # a test suite must not grow without end


class Memory:
    """A sink that keeps the last lines."""

    def __init__(self) -> None:
        self.lines: Final[deque[bytes]] = deque(maxlen=MOST)

    def write(self, line: bytes, at: int) -> None:  # noqa: ARG002 - the protocol's
        """Keep one line."""
        self.lines.append(line)
