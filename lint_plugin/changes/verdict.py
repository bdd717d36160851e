"""Say in short what of a change needs a look."""

from __future__ import annotations

from collections.abc import Iterator

from lint_plugin.changes.calls import worse
from lint_plugin.changes.model import ADDED, CHANGED, REMOVED, Diff
from lint_plugin.inventory.coverage import Share


def headline(diff: Diff) -> str:
    """Return how many calls are new, changed and gone."""
    counts = {kind: sum(change.kind == kind for change in diff.calls) for kind in (ADDED, CHANGED, REMOVED)}
    said = ", ".join(f"{_number(count, 'call')} {kind}" for kind, count in counts.items() if count)
    return said or "no billable call is added, changed or removed"


def concerns(diff: Diff) -> list[str]:
    """Return what a reviewer should look at; nothing where the change only adds what is in order."""
    return list(_concerns(diff))


def _concerns(diff: Diff) -> Iterator[str]:
    if found := worse(diff.calls):
        yield f"{_number(len(found), 'call')} without attribution"
    if strange := [feature for feature in diff.features if feature.is_registered is False]:
        yield f"{_number(len(strange), 'feature')} not in the registry"
    if looser := [change for change in diff.settings if change.is_looser]:
        yield f"{_number(len(looser), 'setting')} loosened"
    if diff.baseline and diff.baseline.added:
        yield f"{_number(len(diff.baseline.added), 'finding')} more accepted by the baseline"
    if diff.problems or (diff.baseline and diff.baseline.problem):
        yield f"{_number(len(diff.problems) + bool(diff.baseline and diff.baseline.problem), 'file')} not understood"


def coverage(diff: Diff) -> str:
    """Return the share of attributed calls, then and now."""
    before, now = _share(diff.before), _share(diff.now)
    return f"Attributed: {now}, as before." if before == now else f"Attributed: {now}; before {before}."


def _share(share: Share) -> str:
    return f"{share.percent()} % of {_number(share.counted(), 'billable call')}"


def _number(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"
