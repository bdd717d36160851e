"""A comment for the pull request.

Whatever comes from the change (names of files, functions, features, models, settings, sentences about them) stands as code, where
neither mentions nor links nor HTML work; outside of code there are plain ASCII words of our own. The comment is capped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeVar

from lint_plugin.changes.model import CallChange, Diff, SettingChange
from lint_plugin.changes.verdict import concerns, coverage, headline
from lint_plugin.inventory.model import Row
from lint_plugin.output.escape import visible

_T = TypeVar("_T")

MARKER: Final = "<!-- costmark -->"  # by which the comment is found again
ROWS: Final = 40  # of one table
LONGEST: Final = 160  # characters of one piece of code
ENDING: Final = str.maketrans({"`": "'", "|": "\N{BROKEN BAR}"})
MOST: Final = 50_000  # bytes of all; a comment may hold 65,536 characters
CUT: Final = "\nThe rest is left out here: run costmark diff for all of it.\n"


def render(diff: Diff) -> Iterator[str]:
    """Write the comment, cut at a line where it would be too long."""
    yield f"{MARKER}\n"
    size = 0
    for line in _lines(diff):
        size += len(line.encode("utf-8", "backslashreplace"))
        if size > MOST:
            yield CUT
            return
        yield line


def _lines(diff: Diff) -> Iterator[str]:
    yield f"## costmark: {headline(diff)}\n\n{coverage(diff)}\n"
    found = concerns(diff)
    yield f"\n**{'To look at: ' + ', '.join(found) if found else 'Nothing to look at'}.**\n"
    for note in diff.notes:
        yield f"\nThis is {_code(note)}.\n"
    yield from _table("Calls", ("change", "where", "call", "provider", "feature", "status"), diff.calls, _call)
    yield from _table("New features", ("feature", "owner", "registered"), diff.features, lambda feature: (
        _code(feature.name), _code(feature.owner), {True: "yes", False: "**no**", None: "-"}[feature.is_registered]
    ))  # fmt: skip
    yield from _table("Policy", ("loosened", "where", "setting", "before", "now"), diff.settings, _setting)
    yield from _baseline(diff)
    yield from _list("Not understood", diff.problems)


def _table(title: str, head: Sequence[str], items: Sequence[_T], cells: Callable[[_T], Sequence[str]]) -> Iterator[str]:
    if not items:
        return
    yield f"\n### {title}\n\n| {' | '.join(head)} |\n|{'---|' * len(head)}\n"
    for item in items[:ROWS]:
        yield f"| {' | '.join(cells(item))} |\n"
    if len(items) > ROWS:
        yield f"\n{len(items) - ROWS} more are not listed here.\n"


def _list(title: str, items: Sequence[str]) -> Iterator[str]:
    if not items:
        return
    yield f"\n### {title}\n\n"
    for item in items[:ROWS]:
        yield f"- {_code(item)}\n"
    if len(items) > ROWS:
        yield f"- {len(items) - ROWS} more\n"


def _call(change: CallChange) -> tuple[str, ...]:
    row, before = change.now or change.before, change.before if change.now else None
    assert row is not None  # noqa: S101  a change is about one call at least

    def both(text_of: Callable[[Row], str]) -> str:
        old, new = text_of(before) if before else "", text_of(row)
        return _code(new) if before is None or old == new else f"{_code(old)} to {_code(new)}"

    cell = f":cell {row.cell}" if row.cell else ""
    return (
        change.kind,
        _code(f"{row.path}{cell}:{row.line}"),
        _code(f"{row.call or row.method}(){f' in {row.scope}' if row.scope else ''}"),
        both(lambda one: " ".join((one.provider, *one.models))),
        both(lambda one: one.feature),
        both(lambda one: f"{one.status}: {one.why}" if one.why else one.status),
    )


def _setting(change: SettingChange) -> tuple[str, ...]:
    key = ".".join(filter(None, (change.table, change.key)))
    place = f"{change.file}:{change.line}" if change.line else change.file
    return "**yes**" if change.is_looser else "no", _code(place), _code(key), _code(change.before), _code(change.now)


def _baseline(diff: Diff) -> Iterator[str]:
    baseline = diff.baseline
    if baseline is None:
        return
    if baseline.problem:
        yield from _list(f"Baseline {_code(baseline.file)}", [baseline.problem])
    yield from _list(f"Baseline {_code(baseline.file)}: {len(baseline.added)} more accepted", baseline.added)
    yield from _list(f"Baseline {_code(baseline.file)}: {len(baseline.removed)} no longer accepted", baseline.removed)


def _code(text: str) -> str:
    """Quote as code; in a table a bar ends the cell even there, escaped or not, and a backtick ends the quotation."""
    if not text.strip():
        return "-"
    short = text if len(text) <= LONGEST else f"{text[:LONGEST]}..."
    return f"`{visible(short).translate(ENDING)}`"
