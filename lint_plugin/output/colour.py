"""The few colours of the text format."""

from __future__ import annotations

from enum import Enum
from typing import Final

RESET: Final = "\x1b[0m"


class Colour(Enum):
    """A role, and the escape sequence that shows it."""

    PATH = "\x1b[1m"
    ERROR = "\x1b[1;31m"
    WARNING = "\x1b[1;33m"
    FRAME = "\x1b[36m"
    GOOD = "\x1b[32m"


def paint(text: str, colour: Colour, *, on: bool) -> str:
    """Wrap a text in a colour, where colours are wanted."""
    return f"{colour.value}{text}{RESET}" if on else text
