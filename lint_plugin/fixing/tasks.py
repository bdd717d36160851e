"""What is to be tried about one finding: attempts in the order of preference."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from lint_plugin.edits import Edit, Overlap, Shift, apply
from lint_plugin.model import Finding
from lint_plugin.stages.apply.file import Draft, SourceText

Attempt = Callable[[Draft], str]  # adds edits, or says why it cannot


class Task:
    """One finding that can be fixed, and how far the attempts have got."""

    def __init__(self, finding: Finding, path: str, pos: int, attempts: Iterable[Attempt]) -> None:
        """Begin with the first attempt."""
        self.finding: Final = finding
        self.path: Final = path
        self.pos: Final = pos
        self._attempts: Final = list(attempts)
        self.why = ""

    @property
    def is_open(self) -> bool:
        """Tell whether there is something left to try."""
        return bool(self._attempts)

    def give_up(self, why: str) -> None:
        """Try the next attempt, if there is one."""
        self.why = why
        self._attempts.pop(0)

    def drop(self, why: str) -> None:
        """Try nothing more."""
        self.why = why
        self._attempts.clear()

    def run(self, draft: Draft) -> str:
        """Make the edits of the present attempt."""
        return self._attempts[0](draft)


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
                why = "the place is being edited for another finding already: run the fix again"
        if not why:
            done.append(task)
            return
        del draft.edits[before:]
        task.give_up(why)
