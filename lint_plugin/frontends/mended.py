"""Show what a fix did or would do: the difference, the summary, and what it left."""

from __future__ import annotations

import difflib
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from lint_plugin.fixing.model import Change, Left
from lint_plugin.fixing.sources import decode
from lint_plugin.frontends.mending import Fixed
from lint_plugin.output.escape import visible

CLEAN, FOUND = 0, 1
LISTED: Final = 20  # names that are shown for review
NO_END: Final = "\\ No newline at end of file\n"


def difference(fixed: Fixed) -> Iterator[str]:
    """Yield a patch of all changes."""
    policy = fixed.result.policy
    if policy is not None:
        yield from _patch(Path(policy.path), policy)
    for change in fixed.result.changes:
        yield from _patch(fixed.root / change.path, change)


def _patch(file: Path, change: Change) -> Iterator[str]:
    name = Path(os.path.relpath(file)).as_posix()
    before, after = (decode(data).splitlines(keepends=True) for data in (change.before, change.after))
    for line in difflib.unified_diff(before, after, f"a/{name}", f"b/{name}"):
        yield line if line.endswith(("\n", "\r")) else f"{line}\n{NO_END}"


def summary(every: Sequence[Fixed], *, written: bool, quiet: bool = False) -> Iterator[str]:
    """Yield what was fixed, what was left and why, and what people should look at; ``quiet``: the first alone, if anything."""
    fixed = [finding for one in every for finding in one.result.fixed]
    files = sum(len(one.result.changes) for one in every)
    left = [(one.root, item) for one in every for item in one.result.left]
    by_code = ", ".join(f"{code} {count}" for code, count in sorted(Counter(finding.code for finding in fixed).items()))
    verb = "fixed" if written else "would fix"
    what = f"{_count(len(fixed), 'finding')} in {_count(files, 'file')}"
    if quiet and not fixed:
        return
    yield f"{verb} {what} ({by_code})\n" if fixed else "nothing to fix\n" if not left else f"{verb} nothing\n"
    if quiet:
        return
    for one in every:
        yield from _names(one)
    if left:
        yield f"left {_count(len(left), 'finding')}:\n"
        yield from (f"  {_line(root, item, written=written)}\n" for root, item in left)
    for one in every:
        yield from (f"{problem.path}:{problem.line}: not analyzed: {visible(problem.reason)}\n" for problem in one.result.problems)
        yield from (f"note: {note}\n" for note in one.result.notes)


def exit_code(every: Sequence[Fixed], *, written: bool, quiet: bool = False) -> int:
    """Fail for what is left, for files that nobody can vouch for, and for changes that were only shown.

    A ``quiet`` run fails for changes alone, made or not: it is a hook, and another one checks.
    """
    if quiet:
        return FOUND if any(one.result.changes for one in every) else CLEAN
    failed = any(one.result.left or one.result.problems or (one.result.changes and not written) for one in every)
    return FOUND if failed else CLEAN


def _names(one: Fixed) -> Iterator[str]:
    made_up = [name for name in one.result.names.values() if name.origin != "plan"]
    if not made_up or not one.result.fixed:
        return
    names = [f"{name.feature}{f' ({name.owner})' if name.owner else ''}" for name in made_up]
    more = f" and {len(names) - LISTED} more" if len(names) > LISTED else ""
    yield f"{_count(len(names), 'new feature')}, named after the code, for review: {', '.join(names[:LISTED])}{more}\n"


def _line(root: Path, item: Left, *, written: bool) -> str:
    finding = item.finding
    path = Path(os.path.relpath(root / finding.path)).as_posix()
    cell = f"cell {finding.cell}:" if finding.cell else ""
    line, column = item.place if item.place is not None and written and not finding.cell else (finding.line, finding.column)
    return visible(f"{path}:{cell}{line}:{column}: {finding.code} {finding.method or finding.rule}: {item.why}")


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
