"""What is to be tried about one finding: attempts in the order of preference."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from lint_plugin.edits import Edit, Overlap, Shift, apply
from lint_plugin.model import Finding
from lint_plugin.stages.apply.file import Draft, SourceText

CALL, SCOPE, HANDED, ASKED = "call", "scope", "handed", "asked"


class Attempt(NamedTuple):
    """One way to mend a finding."""

    run: Callable[[Draft], str]  # adds edits, or says why it cannot
    way: str = CALL  # scope: with a client wrapped elsewhere; handed: callers bring the tag, asked: people said so


class Task:
    """Something to be edited, for the sake of a finding or of other tasks, and how far the attempts have got."""

    def __init__(self, finding: Finding, pos: int, attempts: Iterable[Attempt], scope: str = "") -> None:
        """Begin with the first attempt."""
        self.finding: Final = finding
        self.path: Final = finding.path
        self.pos: Final = pos
        self.scope: Final = scope
        self._attempts: Final = list(attempts)
        self.why = ""

    @property
    def is_open(self) -> bool:
        """Tell whether there is something left to try."""
        return bool(self._attempts)

    @property
    def way(self) -> str:
        """Return how the present attempt works; empty where none is left."""
        return self._attempts[0].way if self._attempts else ""

    def give_up(self, why: str) -> None:
        """Try the next attempt, if there is one."""
        self.why = why
        if self._attempts:
            self._attempts.pop(0)

    def drop(self, why: str) -> None:
        """Try nothing more."""
        self.why = why
        self._attempts.clear()

    def run(self, draft: Draft) -> str:
        """Make the edits of the present attempt."""
        return self._attempts[0].run(draft)


class Rendered:
    """A source with the edits of its tasks made."""

    def __init__(self, source: SourceText, tasks: Iterable[Task]) -> None:
        """Make the edits of all open tasks; one that cannot be done moves on to its next attempt."""
        draft = source.start()
        self.done: Final[list[Task]] = []
        for task in tasks:
            _make(task, draft, self.done)
        self.edits: Final[list[Edit]] = draft.all_edits()
        self.before: Final = source.outline.text
        self.text: Final = apply(self.before, self.edits)
        self.shift: Final = Shift(self.edits)


def _make(task: Task, draft: Draft, done: list[Task]) -> None:
    while task.is_open:
        before = len(draft.edits)
        why = task.run(draft)
        if not why:
            try:
                apply(draft.outline.text, draft.edits)
            except Overlap:
                why = "" if _is_made(draft, before) else "the place is being edited for another finding already: run the fix again"
        if not why:
            done.append(task)
            return
        del draft.edits[before:]
        task.give_up(why)


def _is_made(draft: Draft, before: int) -> bool:
    """Tell whether the last edits repeat earlier ones, which then stand for both."""
    again = draft.edits[before:]
    if not set(again) <= set(draft.edits[:before]):
        return False
    del draft.edits[before:]
    return True
