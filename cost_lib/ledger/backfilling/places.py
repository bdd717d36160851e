"""Take values out of documents by dotted paths, and moments out of values."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
FIRST: Final = datetime(2015, 1, 1, tzinfo=UTC)
LAST: Final = datetime(2100, 1, 1, tzinfo=UTC)
SCALES: Final = (1, 10**3, 10**6, 10**9)  # seconds, and parts of them
MOST: Final = 65_536  # characters of a value that patterns look at
Paths = Sequence[str]


def values_at(document: Any, path: str) -> Iterator[Any]:
    """Yield what lies at a path: ``a.b``, ``a.0``, ``a.*.b``; a key that has points itself is found too."""
    if isinstance(document, Mapping) and path in document:
        yield document[path]
        return
    head, _, rest = path.partition(".")
    if isinstance(document, Mapping):
        inner = list(document.values()) if head == "*" else [document[head]] if head in document else []
    elif isinstance(document, list):
        inner = document if head == "*" else [document[int(head)]] if head.isdecimal() and int(head) < len(document) else []
    else:
        return
    for value in inner:
        if rest:
            yield from values_at(value, rest)
        else:
            yield value


def first_at(document: Any, paths: Paths) -> Any:
    """Return the first value under any of several paths that says something."""
    found = (value for path in paths for value in values_at(document, path))
    return next((value for value in found if value not in (None, "", [], {})), None)


def text_at(document: Any, paths: Paths) -> str:
    """Return a word or a number as text; empty for all else."""
    found = first_at(document, paths)
    return words_of(found) if isinstance(found, (str, int, float)) else ""


def words_of(value: Any) -> str:
    """Return a value as patterns see it."""
    text = value.strip() if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text[:MOST]


def count_at(document: Any, paths: Paths) -> int | None:
    """Return a whole number; None where there is none."""
    found = first_at(document, paths)
    if isinstance(found, str) and found.strip().isdecimal():
        return int(found)
    if isinstance(found, float) and found.is_integer():
        return int(found)
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def number_at(document: Any, paths: Paths) -> float | None:
    """Return a number that is not below zero; None where there is none."""
    found = first_at(document, paths)
    try:
        number = float(found) if isinstance(found, (str, int, float)) and not isinstance(found, bool) else -1.0
    except (ValueError, OverflowError):
        return None
    return number if 0 <= number < 10**12 else None


def moment_at(document: Any, paths: Paths) -> datetime | None:
    """Return the first moment under any of several paths, in UTC."""
    return next((found for path in paths for value in values_at(document, path) if (found := moment_of(value)) is not None), None)


def moment_of(value: Any) -> datetime | None:
    """Read a moment: ISO 8601 (without a zone: UTC), or a number of seconds, milli-, micro- or nanoseconds since 1970."""
    if isinstance(value, str):
        text = value.strip()
        if not text.replace(".", "", 1).isdecimal():
            return _spelt(text)
        value = float(text) if "." in text else int(text)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value < 10**19:
        return None
    scale = next((scale for scale in SCALES if value < 10**11 * scale), SCALES[-1])
    whole = value * 1_000_000 // scale if isinstance(value, int) else round(value * 1_000_000 / scale)
    return _likely(EPOCH + timedelta(microseconds=whole))


def _spelt(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text.replace(" UTC", "+00:00"))
        return _likely(found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC))
    except (ValueError, OverflowError):
        return None


def _likely(found: datetime) -> datetime | None:
    return found if FIRST <= found < LAST else None
