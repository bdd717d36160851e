"""Compare two states of a baseline: what a change accepts, and what it no longer does."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from lint_plugin import baseline
from lint_plugin.baseline import BaselineError
from lint_plugin.changes.model import BaselineChange
from lint_plugin.matching import Entry, match

UNTOLD = "the file of the change cannot be read"


def compare(file: Path, shown: str, before: bytes | None, now: bytes | None) -> BaselineChange | None:
    """Return what is accepted now and was not, and the reverse; None where there is no baseline at all."""
    if before is None and now is None:
        return None
    try:
        new = _entries(file, now)
    except BaselineError as error:
        return BaselineChange(shown, problem=f"{UNTOLD}: {error}")
    try:
        old = _entries(file, before)
    except BaselineError:  # what could not be read accepted nothing
        old = ()
    matched = match(new, old, lambda _: True)
    return BaselineChange(shown, _told(new[at] for at in matched.new), _told(old[at] for at in matched.left))


def _entries(file: Path, data: bytes | None) -> tuple[Entry, ...]:
    if data is None:
        return ()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise BaselineError("it is not UTF-8 text") from None
    return baseline.parse(file, text).entries


def _told(entries: Iterable[Entry]) -> tuple[str, ...]:
    return tuple(f"{entry.path}: {entry.code} {entry.call}{f' in {entry.scope}' if entry.scope else ''}" for entry in entries)
