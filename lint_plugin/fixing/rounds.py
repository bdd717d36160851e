"""Try edits, check the project as it would be, try something else where a finding stands; nothing is written here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, Protocol

from lint_plugin.fixing.tasks import Rendered, Task
from lint_plugin.model import Finding, Request
from lint_plugin.pipeline import Study, study
from lint_plugin.stages.apply.file import SourceText

MOST: Final = 5  # rounds; each is a check of the project
STANDS: Final = "the finding would stand after the edit"
BROKEN: Final = "the edited file would not parse"
ENCODING: Final = "the edit cannot be written in the encoding of the file, or a magic of the notebook stands in its way"


class Files(Protocol):
    """Gives the files of a project."""

    def source(self, path: str) -> SourceText:
        """Return a source as it can be edited."""

    def encoded(self, path: str, rendered: Rendered) -> bytes | None:
        """Return the bytes of an edited source; ``None`` where it cannot be written."""


class Attempts:
    """The tasks of a project and the files that they make."""

    def __init__(self, request: Request, tasks: Iterable[Task], files: Files, progress: Callable[[str], None]) -> None:
        """Group the tasks by file."""
        self._request: Final = request
        self._files: Final = files
        self._progress: Final = progress
        self.tasks: Final[dict[str, list[Task]]] = {}
        for task in tasks:
            self.tasks.setdefault(task.path, []).append(task)
        self.rendered: Final[dict[str, Rendered]] = {}
        self.after: Final[dict[str, bytes]] = {}

    def run(self, known: Study) -> Study | None:
        """Go round until what was edited is silent; return the last check, ``None`` where nothing was edited."""
        last: Study | None = None
        changed: Iterable[str] = self.tasks
        for number in range(MOST):
            self._render(changed)
            self._progress(f"checking {len(self.after)} edited files" + (f", round {number + 1}" if number else ""))
            if not self.after:
                return None
            last = study(self._request._replace(paths=(), sources={**self._request.sources, **self.after}, affected=False))
            changed = self._judge(known, last)
            if not changed:
                return last
        self._surrender(changed)
        return last

    def _render(self, paths: Iterable[str]) -> None:
        for path in paths:
            source = self._files.source(path)
            while True:
                rendered = Rendered(source, self.tasks[path])
                self.rendered[path] = rendered
                data = self._files.encoded(path, rendered) if rendered.done else None
                if data is not None or not rendered.done:
                    break
                for task in rendered.done:
                    task.drop(ENCODING)
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
        old = {(finding.path, *place) for finding in known.report.findings if (place := _place(known, finding))}
        for finding in now.report.findings:
            place = _place(now, finding)
            if place is None or finding.path in changed or finding.severity != "error":
                continue
            rendered = self.rendered.get(finding.path) if finding.path in self.after else None
            pos, code = place
            before = rendered.shift.back(pos) if rendered is not None else pos
            culprit = self._culprit(rendered, before, finding, is_old=(finding.path, before, code) in old)
            if culprit is not None:
                culprit.give_up(f"{STANDS}: {finding.message}" if culprit.pos != before else STANDS)
                changed.add(culprit.path)
        return changed

    def _culprit(self, rendered: Rendered | None, before: int, finding: Finding, *, is_old: bool) -> Task | None:
        """Return the task that a finding after the edits is to be laid to."""
        if rendered is None:
            return None
        own = next((task for task in rendered.done if task.pos == before and (is_old is False or task.finding.code == finding.code)), None)
        if own is not None or is_old:
            return own
        return min(rendered.done, key=lambda task: abs(task.pos - before), default=None)

    def _sort_out(self, path: str) -> None:
        """Find the tasks whose edits alone break a file."""
        from lint_plugin.stages.parse import Unparsed, parse

        source = self._files.source(path)
        done = self.rendered[path].done
        for task in done:
            alone = Rendered(source, [task])
            data = self._files.encoded(path, alone)
            if data is None or isinstance(parse(path, data), Unparsed):
                task.give_up(BROKEN)
                return
        for task in done:
            task.drop(BROKEN)

    def _surrender(self, changed: Iterable[str]) -> None:
        """Leave what did not settle, so that only checked edits are written."""
        for path in changed:
            for task in self.tasks[path]:
                if task.is_open and task.why:
                    task.drop(task.why)
        self._render(changed)


def _place(done: Study, finding: Finding) -> tuple[int, str] | None:
    verdict = done.notes.verdict(finding)
    return None if verdict is None else (verdict.pos, finding.code)
