"""Pair the calls of two inventories: which are new, which are gone, which have changed.

Calls are the same where file, function and method agree; then those that have moved to another file with their function, then those
whose function has another name. Of equals those that are written alike come first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from lint_plugin.changes.model import ADDED, CHANGED, REMOVED, CallChange, NewFeature
from lint_plugin.inventory.model import ALLOWED, ATTRIBUTED, RAW, UNTAGGED, Row

if TYPE_CHECKING:
    from cost_lib.policy import Policy

LACKING: Final = (RAW, UNTAGGED)
COMPARED: Final = ("status", "feature", "owner", "provider", "models", "method", "scope")
_ROUNDS: Final[tuple[Callable[[Row, str], Hashable], ...]] = (
    lambda row, path: (path, row.scope, row.provider, row.method, row.call, row.models),
    lambda row, path: (path, row.scope, row.provider, row.method),
    lambda row, path: (path, row.scope, row.method),
    lambda row, path: (row.scope, row.provider, row.method, row.call) if row.scope else None,  # noqa: ARG005
    lambda row, path: (path, row.provider, row.method),
)


def compare(before: Sequence[Row], now: Sequence[Row], renamed: Mapping[str, str]) -> list[CallChange]:
    """Return what has become of the calls; ``renamed`` leads from the old path of a file to the new one."""
    pairs = _pairs(before, now, renamed)
    known = set(pairs.values())
    changes = [CallChange(ADDED, row, None) for at, row in enumerate(now) if at not in pairs]
    for at, other in pairs.items():
        what = tuple(name for name in COMPARED if getattr(now[at], name) != getattr(before[other], name))
        if what:
            changes.append(CallChange(CHANGED, now[at], before[other], what))
    changes += [CallChange(REMOVED, None, row) for at, row in enumerate(before) if at not in known]
    return sorted(changes, key=_order)


def _order(change: CallChange) -> tuple[int, bool, str, int, int, int]:
    row = change.now or change.before
    assert row is not None  # noqa: S101  one of the two is there by the way they are made
    kind = (ADDED, CHANGED, REMOVED).index(change.kind)
    return kind, row.status not in LACKING, row.path, row.cell, row.line, row.column


def _pairs(before: Sequence[Row], now: Sequence[Row], renamed: Mapping[str, str]) -> dict[int, int]:
    pairs: dict[int, int] = {}
    left = list(range(len(before)))
    for key_of in _ROUNDS:
        waiting: dict[Hashable, list[int]] = defaultdict(list)
        for at in reversed(left):
            row = before[at]
            waiting[key_of(row, renamed.get(row.path, row.path))].append(at)
        waiting.pop(None, None)
        for at, row in enumerate(now):
            if at not in pairs and (partners := waiting.get(key_of(row, row.path))):
                pairs[at] = partners.pop()
        taken = set(pairs.values())
        left = [at for at in left if at not in taken]
    return pairs


def worse(changes: Iterable[CallChange]) -> list[CallChange]:
    """Return the calls that the change leaves without what they need: new ones, and those that were in order before."""
    return [change for change in changes if is_worse(change)]


def is_worse(change: CallChange) -> bool:
    """Tell whether a call lacks what it had, or is new and lacks it."""
    if change.now is None or change.now.status not in LACKING:
        return False
    return change.before is None or change.before.status in (ATTRIBUTED, ALLOWED)


def new_features(before: Iterable[Row], now: Sequence[Row], policies: Sequence[Policy]) -> list[NewFeature]:
    """Return the features that no call had before."""
    known = {name for row in before for name in names(row)}
    fresh = {name: row for row in reversed(now) for name in names(row) if name not in known}
    registered = {name for policy in policies for name in policy.features}
    return [NewFeature(name, fresh[name].owner, name in registered if registered else None) for name in sorted(fresh)]


def names(row: Row) -> Iterator[str]:
    """Yield the features of a call."""
    return filter(None, row.feature.split("|"))
