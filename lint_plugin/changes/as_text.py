"""A comparison for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from lint_plugin.changes.model import ADDED, REMOVED, CallChange, Diff
from lint_plugin.changes.verdict import concerns, coverage, headline
from lint_plugin.inventory.model import Row
from lint_plugin.output.escape import visible


def render(diff: Diff) -> Iterator[str]:
    """Write one line a call, feature, setting and entry, then the share and what to look at."""
    for line in _lines(diff):
        yield f"{visible(line)}\n"


def _lines(diff: Diff) -> Iterator[str]:
    for change in diff.calls:
        yield _call(change)
    for feature in diff.features:
        owner = f", owner {feature.owner}" if feature.owner else ""
        yield f"new feature {feature.name}{owner}{', not in the registry' if feature.is_registered is False else ''}"
    for setting in diff.settings:
        key = ".".join(filter(None, (setting.table, setting.key)))
        place = f"{setting.file}:{setting.line}" if setting.line else setting.file
        yield f"{place}: {'loosened ' if setting.is_looser else ''}{key}: {setting.before or '(nothing)'} -> {setting.now or '(nothing)'}"
    if diff.baseline:
        yield from (f"{diff.baseline.file}: more accepted: {entry}" for entry in diff.baseline.added)
        yield from (f"{diff.baseline.file}: no longer accepted: {entry}" for entry in diff.baseline.removed)
        if diff.baseline.problem:
            yield f"{diff.baseline.file}: {diff.baseline.problem}"
    yield from diff.problems
    found = concerns(diff)
    said = headline(diff)
    yield f"{said[:1].upper()}{said[1:]}. {coverage(diff)}"
    yield f"To look at: {', '.join(found)}." if found else "Nothing to look at."
    for note in diff.notes:
        yield f"{note[:1].upper()}{note[1:]}."


def _call(change: CallChange) -> str:
    row = change.now or change.before
    assert row is not None  # noqa: S101  a change is about one call at least
    cell = f":cell {row.cell}" if row.cell else ""
    place = f"{row.path}{cell}:{row.line}:{row.column}"
    sign = {ADDED: "+", REMOVED: "-"}.get(change.kind, "~")
    return f"{sign} {place}: {row.call or row.method}() {_state(row)}{_before(change)}"


def _state(row: Row) -> str:
    parts = (" ".join((row.provider, *row.models)).strip(), f"feature {row.feature}" if row.feature else "", row.status)
    return f"[{', '.join(filter(None, parts))}{f': {row.why}' if row.why else ''}]"


def _before(change: CallChange) -> str:
    if change.before is None or change.now is None:
        return ""
    told = (f"{name} {_shown(change.before, name)} -> {_shown(change.now, name)}" for name in change.what)
    return f" ({'; '.join(told)})"


def _shown(row: Row, name: str) -> str:
    value = getattr(row, name)
    return ("|".join(value) if isinstance(value, tuple) else value) or "(none)"
