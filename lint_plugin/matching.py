"""Pair the findings of two runs: which are the same, which are new, which are gone.

Findings are the same kind where rule, scope and outline agree. Of one kind as many are known as there were before; which ones is
decided in rounds: same file and same arguments, same file, same arguments elsewhere, elsewhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from typing import Final, NamedTuple

from lint_plugin.model import Finding
from lint_plugin.stages.fingerprint import Key, arguments, identity


class Entry(NamedTuple):
    """One finding as another run remembers it."""

    path: str
    code: str
    scope: str
    call: str  # outline of the expression
    arguments: str  # digest that tells equal outlines apart
    fingerprint: str

    @property
    def key(self) -> Key:
        """Return what makes two findings the same kind."""
        return self.code, self.scope, self.call


class Matched(NamedTuple):
    """Positions of new and of known findings, and of the earlier entries that no finding answers to."""

    new: list[int]
    known: list[int]
    left: list[int]


_ROUNDS: Final[tuple[Callable[[Entry], Hashable], ...]] = (
    lambda entry: (entry.key, entry.path, entry.arguments),
    lambda entry: (entry.key, entry.path),
    lambda entry: (entry.key, entry.arguments),
    lambda entry: entry.key,
)
_AT_HOME: Final = 2  # rounds that look at the same file


def remember(finding: Finding, path: str) -> Entry:
    """Return what is kept of a finding; ``path`` is where it counts as being."""
    code, scope, call = identity(finding)
    return Entry(path, code, scope, call, arguments(finding.call), finding.fingerprint)


def match(current: Sequence[Entry], earlier: Sequence[Entry], may_move: Callable[[Entry], bool]) -> Matched:
    """Pair current entries with earlier ones; one that may not move answers only in its own file."""
    open_now = list(range(len(current)))
    left = list(range(len(earlier)))
    known: list[int] = []
    for number, key_of in enumerate(_ROUNDS):
        waiting: dict[Hashable, list[int]] = defaultdict(list)
        for at in reversed(left):
            if number < _AT_HOME or may_move(earlier[at]):
                waiting[key_of(earlier[at])].append(at)
        paired = {at: partners.pop() for at in open_now if (partners := waiting.get(key_of(current[at])))}
        known += paired
        open_now = [at for at in open_now if at not in paired]
        taken = set(paired.values())
        left = [at for at in left if at not in taken]
    return Matched(open_now, sorted(known), left)
