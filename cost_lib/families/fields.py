"""Take counts and words out of documents that may hold anything."""

from __future__ import annotations

from typing import Any, Final

Body = dict[str, Any]
LARGEST: Final = 10**15  # what is beyond is no count, no time and no price
DIGITS: Final = 20  # that are read of a count written as a string: more than the largest has


def table(body: Any, *path: str) -> Body:
    """Return a table deep in a document; an empty one where there is none."""
    for name in path:
        body = body.get(name) if isinstance(body, dict) else None
    return body if isinstance(body, dict) else {}


def tables(body: Any, *path: str) -> list[Body]:
    """Return the tables in a list deep in a document."""
    for name in path:
        body = body.get(name) if isinstance(body, dict) else None
    return [row for row in body if isinstance(row, dict)] if isinstance(body, list) else []


def count(body: Any, *path: str) -> int:
    """Return a count deep in a document; 0 where there is none. Some providers write whole numbers with a point, or as strings."""
    for name in path:
        body = body.get(name) if isinstance(body, dict) else None
    if isinstance(body, float):
        return round(body) if -LARGEST < body < LARGEST else LARGEST
    if isinstance(body, str):
        return min(int(body[:DIGITS]), LARGEST) if body.removeprefix("-").isdecimal() else 0
    return body if isinstance(body, int) and not isinstance(body, bool) else 0


def first_count(body: Any, *names: str) -> int:
    """Return the first count that is not 0 under several names."""
    return next((found for name in names if (found := count(body, name))), 0)


def number(body: Any, *path: str) -> float | None:
    """Return a number deep in a document; None where there is none, or none that can be."""
    for name in path:
        body = body.get(name) if isinstance(body, dict) else None
    return body if isinstance(body, (int, float)) and not isinstance(body, bool) and -LARGEST < body < LARGEST else None


def text(body: Any, *path: str) -> str:
    """Return a string deep in a document; empty where there is none."""
    for name in path:
        body = body.get(name) if isinstance(body, dict) else None
    return body if isinstance(body, str) else ""


def some(**units: int) -> dict[str, int]:
    """Keep the meters that counted something."""
    return {name: number for name, number in units.items() if number}
