"""Draw the course of figures in one line of characters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

BLOCKS: Final = "▁▂▃▄▅▆▇█"
ASCII: Final = "_.-:=+*#"
WIDEST: Final = 48


def spark(values: Sequence[int], *, encoding: str = "utf-8") -> str:
    """Draw figures as heights, nothing as a blank; what does not fit is drawn together."""
    size = max(1, -(-len(values) // WIDEST))
    drawn = [sum(values[start : start + size]) for start in range(0, len(values), size)]
    signs = BLOCKS if _has(encoding) else ASCII
    largest = max(drawn, default=0)
    if largest <= 0:
        return " " * len(drawn)
    return "".join(signs[(value * len(signs) - 1) // largest] if value > 0 else " " for value in drawn)


def _has(encoding: str) -> bool:
    try:
        BLOCKS.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True
