"""Say things to the operator, each once for a process."""

from __future__ import annotations

import sys
from typing import Final

_said: Final[set[str]] = set()
MOST: Final = 1000  # call sites are many; a log that fills the disk helps nobody


def say_once(key: str, text: str) -> None:
    """Write one line to stderr unless something was said under the same key."""
    if key in _said or len(_said) >= MOST or sys.stderr is None:  # without one, print would take the program's output
        return
    _said.add(key)
    try:
        print(f"costmark: {text}", file=sys.stderr)  # noqa: T201 - stderr is the message's place
    except (OSError, ValueError, AttributeError, RuntimeError):  # closed, or in the midst of another line
        return


def forget() -> None:
    """Say everything again."""
    _said.clear()
