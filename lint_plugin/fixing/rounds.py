"""Try edits, check the project as it would be, try something else where a finding stands; nothing is written here."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from lint_plugin.facts import Caller
from lint_plugin.fixing.tasks import ASKED, HANDED, SCOPE, Rendered, Task
from lint_plugin.model import Finding, Request
from lint_plugin.pipeline import Study, study
from lint_plugin.tokens import Lines

if TYPE_CHECKING:
    from lint_plugin.fixing.sharing import Callers
    from lint_plugin.stages.apply.file import SourceText

MOST: Final = 8  # rounds; each is a check of the project
STANDS: Final = "the finding would stand after the edit"
BROKEN: Final = "the edited file would not parse"
ENCODING: Final = "the edit cannot be written in the encoding of the file, or a magic of the notebook stands in its way"
NOT_SHARED: Final = "only one feature calls it"
NOT_BROUGHT: Final = "not every caller can bring the tag"
FAMILY: Final = frozenset("CMK101 CMK102 CMK103 CMK201 CMK202 CMK206 CMK207 CMK208 CMK209 CMK210".split())


class Files(Protocol):
    """Gives the files of a project, and what to do about callers."""

    def source(self, path: str) -> SourceText:
        """Return a source as it can be edited."""

    def encoded(self, path: str, rendered: Rendered) -> bytes | None:
        """Return the bytes of an edited source; ``None`` where it cannot be written."""


class Callbacks(NamedTuple):
    """What the rounds ask of the one who began them."""

    request: Callable[[], Request]  # what to check with: the policy has the new names
    follow: Callable[[Finding, Caller, int], Task | None]  # what makes a caller bring a tag
    callers: Callable[[Study], Callers]  # who calls whom, by a check
    progress: Callable[[str], None]


class Attempts:
    """The tasks of a project and the files that they make."""

    def __init__(self, files: Files, callbacks: Callbacks) -> None:
        """Start without tasks."""
        self._files: Final = files
        self._callbacks: Final = callbacks
        self._confirmed: Final[set[Task]] = set()
        self._tasks: Final[dict[str, list[Task]]] = {}
        self._callers: Final[dict[tuple[str, int], tuple[Task, str]]] = {}
        self._groups: Final[list[tuple[Task, list[Task]]]] = []
        self._rendered: Final[dict[str, Rendered]] = {}
        self.after: Final[dict[str, bytes]] = {}

    def add(self, task: Task, members: Iterable[Task] = ()) -> None:
        """Take a task; one that wraps a client serves its ``members`` and ends with them."""
        self._tasks.setdefault(task.path, []).append(task)
        if served := list(members):
            self._groups.append((task, served))

    def run(self, known: Study) -> Study | None:
        """Go round until what was edited is silent; return the last check, ``None`` where nothing was edited."""
        last: Study | None = None
        changed = set(self._tasks)
        for number in range(MOST):
            self._render(changed)
            if not self.after:
                return None
            self._callbacks.progress(f"checking {len(self.after)} edited files{f', round {number + 1}' if number else ''}")
            last = self._check()
            changed = self._judge(known, last) | self._tidied()
            if not changed:
                return last
        for surrendered in (False, True, True):  # what did not settle is left, so that only checked edits are written
            self._surrender(changed, wholly=surrendered)
            if not self.after:
                return None
            last = self._check()
            changed = self._judge(known, last) | self._tidied()
            if not changed:
                break
        return last

    def _check(self) -> Study:
        request = self._callbacks.request()
        return study(request._replace(paths=(), sources={**request.sources, **self.after}, affected=False))

    def _render(self, paths: Iterable[str]) -> None:
        for path in paths:
            source = self._files.source(path)
            while True:
                rendered = Rendered(source, self._tasks[path])
                if rendered.done and not _compiles(source, rendered):
                    self._sort_out_text(source, rendered)
                    continue
                data = self._files.encoded(path, rendered) if rendered.done else None
                if data is not None or not rendered.done:
                    break
                for task in rendered.done:
                    task.drop(ENCODING)
            self._rendered[path] = rendered
            if data is None:
                self.after.pop(path, None)
            else:
                self.after[path] = data

    def _judge(self, known: Study, now: Study) -> set[str]:
        """Move the tasks on whose finding stands, or that made another one; return the files to edit anew."""
        changed: set[str] = set()
        for problem in now.report.problems:
            if problem.path in self.after and problem not in known.report.problems:
                self._sort_out(problem.path)
                changed.add(problem.path)
        changed |= self._confirm(now)
        old = {(finding.path, *place) for finding in known.report.findings if (place := _place(known, finding))}
        for finding in now.report.findings:
            place = _place(now, finding)
            if place is None or finding.path in changed or finding.code not in FAMILY:
                continue
            pos, code = place
            rendered = self._rendered.get(finding.path) if finding.path in self.after else None
            before = rendered.shift.back(pos) if rendered is not None else pos
            is_old = (finding.path, before, code) in old
            verdict = now.notes.verdict(finding)
            if verdict is not None and isinstance(verdict.fact, Caller) and not is_old:
                changed |= self._ask(finding, verdict.fact, before)
                continue
            culprit = _culprit(rendered, before, finding, is_old=is_old)
            if culprit is not None:
                culprit.give_up(STANDS if culprit.pos == before and culprit.finding.code == code else f"{STANDS}: {finding.message}")
                changed.add(culprit.path)
        return changed

    def moved(self, path: str, pos: int) -> tuple[int, int] | None:
        """Return the line and column that a place has after the edits; ``None`` where they do not change."""
        rendered = self._rendered.get(path)
        if rendered is None or path not in self.after:
            return None
        return Lines(rendered.text).locate(rendered.shift.forward(pos))

    # --- callers ---

    def _ask(self, finding: Finding, caller: Caller, pos: int) -> set[str]:
        """Let a caller bring the tag that a helper hands on to it; if it cannot, the helper keeps the tag itself."""
        known = self._callers.get((finding.path, pos))
        if not any(task.scope.rpartition(".")[2] == caller.callee for task in self._handing()):
            return set()  # the helper has just gone another way
        task = self._callbacks.follow(finding, caller, pos) if known is None else None
        if task is not None:
            self._callers[finding.path, pos] = task, caller.callee
            self.add(task)
            return {task.path}
        helpers = [task for task in self._handing() if task.scope.rpartition(".")[2] == caller.callee]
        for helper in helpers:
            helper.give_up(NOT_BROUGHT)
        if known is not None:
            known[0].drop(NOT_BROUGHT)
        return {task.path for task in helpers} | ({finding.path} if known is not None else set())

    def _confirm(self, now: Study) -> set[str]:
        """Let functions keep the tag that they tried to hand on, unless a check shows that several features call them."""
        unsure = [task for task in self._handing() if task.way == HANDED and task not in self._confirmed]
        if not unsure:
            return set()
        callers = self._callbacks.callers(now)
        changed: set[str] = set()
        for task in unsure:
            if callers.are_of_several(task.path, self._rendered[task.path].shift.forward(task.pos)):
                self._confirmed.add(task)
            else:
                task.give_up(NOT_SHARED)
                changed.add(task.path)
        return changed

    def _handing(self) -> Iterable[Task]:
        return [task for tasks in self._tasks.values() for task in tasks if task.way in (HANDED, ASKED)]

    def _tidied(self) -> set[str]:
        """End the tasks that served others which went another way."""
        handing = {task.scope.rpartition(".")[2] for task in self._handing()}
        idle = [task for task, callee in self._callers.values() if task.is_open and callee not in handing]
        idle += [task for task, members in self._groups if task.is_open and not any(member.way == SCOPE for member in members)]
        for task in idle:
            task.drop("")
        return {task.path for task in idle}

    # --- files that break ---

    def _sort_out(self, path: str) -> None:
        """Find the task whose edits alone break a file."""
        from lint_plugin.stages.parse import Unparsed, parse

        source = self._files.source(path)
        done = self._rendered[path].done
        for task in done:
            alone = Rendered(source, [task])
            data = self._files.encoded(path, alone)
            if data is None or isinstance(parse(path, data), Unparsed):
                task.give_up(BROKEN)
                return
        for task in done:
            task.drop(BROKEN)

    def _sort_out_text(self, source: SourceText, rendered: Rendered) -> None:
        """Find the task whose edits alone do not compile: what parses may still say one keyword twice."""
        for task in rendered.done:
            if not _compiles(source, Rendered(source, [task])):
                task.give_up(BROKEN)
                return
        for task in rendered.done:
            task.drop(BROKEN)

    def _surrender(self, changed: Iterable[str], *, wholly: bool) -> None:
        """Leave what was moved on in the last round, or everything in the files that are touched by it."""
        for path in changed:
            for task in self._tasks[path]:
                if task.is_open and (wholly or task.why):
                    task.drop(task.why or STANDS)
        self._render(changed)


def _compiles(source: SourceText, rendered: Rendered) -> bool:
    """Tell whether an edited source compiles, as far as this interpreter can tell of the source before."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of escapes in somebody else's strings
            compile(rendered.text, "<edited>", "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return not _compiled_before(source)
    return True


def _compiled_before(source: SourceText) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(source.outline.text, "<source>", "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return False
    return True


def _culprit(rendered: Rendered | None, before: int, finding: Finding, *, is_old: bool) -> Task | None:
    """Return the task that a finding after the edits is to be laid to."""
    if rendered is None:
        return None
    own = next((task for task in rendered.done if task.pos == before and (not is_old or task.finding.code == finding.code)), None)
    if own is not None or is_old:
        return own
    return min(rendered.done, key=lambda task: abs(task.pos - before), default=None)


def _place(done: Study, finding: Finding) -> tuple[int, str] | None:
    verdict = done.notes.verdict(finding)
    return None if verdict is None else (verdict.pos, finding.code)
