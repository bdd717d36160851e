"""The shape that all answers share: keys, what a line is, figures; and how they are put in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

LINES: Final = ("line", "unattributed", "total")


def columns(keys: Sequence[str], figures: Mapping[str, str]) -> dict[str, str]:
    """Return the columns of an answer with their types."""
    return {**{f"key{number}": "VARCHAR" for number in range(1, len(keys) + 1)}, "line": "VARCHAR", **figures}


def order(row: Sequence[Any], keys: int, weight: int, *, in_time: bool = False) -> tuple[Any, ...]:
    """Return what rows are sorted by: lines before the total, in the order of time or the largest first, then their names."""
    return (
        row[keys] == "total",
        row[0] if in_time else "",
        LINES.index(row[keys]),
        -weight,
        [(one is None, one or "") for one in row[:keys]],
    )


def each(value: float, count: int) -> float | None:
    """Return what one costs of so many; of none nothing is known."""
    return value / count if count else None
