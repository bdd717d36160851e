"""Show on a terminal how far a long run is."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable
from typing import Final, TextIO

from lint_plugin.frontends.console import emit, is_colourful
from lint_plugin.output.escape import visible

CLEAR: Final = "\r\x1b[K"
AFTER: Final = 1.0  # seconds; most runs are over before
EVERY: Final = 0.1


class Progress:
    """A line that says which file is parsed; it comes late, changes seldom and goes away."""

    def __init__(self, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin to wait."""
        self._stream = stream
        self._clock = clock
        self._next = clock() + AFTER
        self._files = 0
        self._is_shown = False

    def __call__(self, path: str) -> None:
        """Say that a file is being parsed."""
        self._files += 1
        now = self._clock()
        if now >= self._next:
            self._next = now + EVERY
            self._is_shown = True
            sentence = visible(f"costmark: parsing {path} (file {self._files})")
            emit([CLEAR, sentence[: shutil.get_terminal_size().columns - 1]], self._stream)

    def clear(self) -> None:
        """Take the line away."""
        if self._is_shown:
            emit([CLEAR], self._stream)
            self._is_shown = False


def on_terminal() -> Progress | None:
    """Return what shows progress where there is a terminal that takes escape sequences, and nobody said no."""
    stream = sys.stderr
    return Progress(stream) if stream is not None and is_colourful(stream, os.environ) else None
