"""Fix the findings of a project: find, edit, check again; the result is what would be written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from lint_plugin.fixing import naming, registering
from lint_plugin.fixing.attempts import NotFixable, Planner
from lint_plugin.fixing.habits import habits
from lint_plugin.fixing.model import Change, Left, Options, Result
from lint_plugin.fixing.namer import Namer, Style, Unnamed
from lint_plugin.fixing.owners import read
from lint_plugin.fixing.rounds import Attempts
from lint_plugin.fixing.sources import encode, obstacle
from lint_plugin.fixing.tasks import Rendered, Task
from lint_plugin.index import decoded
from lint_plugin.model import Finding, Request
from lint_plugin.pipeline import Study, study
from lint_plugin.stages.apply import notebooks
from lint_plugin.stages.apply.file import SourceText
from lint_plugin.tokens import Lines

if TYPE_CHECKING:
    from lint_plugin.facts import Fact
    from lint_plugin.fixing.plan import Plan
    from lint_plugin.stages.notebook import Notebook

Progress = Callable[[str], None]


class Site(NamedTuple):
    """A finding, what it is about, and where it stands in the text."""

    finding: Finding
    fact: Fact | None
    pos: int


class Project:
    """A project that was checked, its sources as they can be edited."""

    def __init__(self, request: Request, repository: Path, progress: Progress) -> None:
        """Check the project."""
        progress("looking for calls")
        self.request: Final = request._replace(paths=())
        self.progress: Final = progress
        self.known: Final[Study] = study(self.request)
        self.owners: Final = read(repository, request.root)
        self._sources: Final[dict[str, SourceText]] = {}
        self._obstacles: Final[dict[str, str]] = {}
        self._habits: Final = habits(request.root)

    def source(self, path: str) -> SourceText:
        """Return a source."""
        if path not in self._sources:
            self._sources[path] = SourceText(self.text(path), self._habits)
        return self._sources[path]

    def data(self, path: str) -> bytes:
        """Return the bytes of a source."""
        sources = self.known.notes.sources
        return (self.request.root / path).read_bytes() if sources is None else sources.data(path)

    def text(self, path: str) -> str:
        """Return the decoded source that places refer to."""
        sources = self.known.notes.sources
        return decoded(self.data(path)) if sources is None else sources.text(path)

    def encoded(self, path: str, rendered: Rendered) -> bytes | None:
        """Return the bytes of an edited source; ``None`` where it cannot be written."""
        notebook = self._notebook(path)
        if notebook is not None:
            return notebooks.edit(self.data(path), notebook, rendered.before, rendered.edits)
        return encode(self.data(path), rendered.before, rendered.text)

    def _notebook(self, path: str) -> Notebook | None:
        sources = self.known.notes.sources
        return None if sources is None else sources.notebook(path)

    def obstacle(self, path: str) -> str:
        """Say why a file cannot be edited."""
        if path not in self._obstacles:
            self._obstacles[path] = obstacle(self.request.root / path, self.request.root)
        return self._obstacles[path]

    def site(self, finding: Finding) -> Site:
        """Return where a finding stands and what it is about."""
        verdict = self.known.notes.verdict(finding)
        if verdict is not None:
            return Site(finding, verdict.fact, verdict.pos)
        notebook = self._notebook(finding.path)
        first = 1 if notebook is None else notebook.starts[notebook.numbers.index(finding.cell)]
        return Site(finding, None, Lines(self.text(finding.path)).start(first + finding.line - 1) + finding.column - 1)


def wanted(project: Project, asked: tuple[Path, ...], others: tuple[Path, ...], options: Options) -> list[Finding]:
    """Return the findings to be fixed below ``asked``, those of the ``other`` projects inside apart; warnings are no mistakes to mend."""
    root = project.request.root
    found: list[Finding] = []
    for finding in project.known.report.findings:
        file = root / finding.path
        is_asked = not asked or any(file.is_relative_to(path) for path in asked)
        is_selected = not options.select or finding.code.startswith(options.select)
        if finding.severity == "error" and is_asked and is_selected and not any(file.is_relative_to(other) for other in others):
            found.append(finding)
    return found


def namer_for(project: Project, findings: list[Finding], options: Options, plan: Plan | None, *, finest: bool = False) -> Namer:
    """Return what chooses the names of a project's calls."""
    modules = naming.limit(finding.path for finding in findings)
    return Namer(
        project.request.policy,
        project.owners,
        plan,
        modules=modules,
        style=Style(options.registered_only, finest),
    )


def mend(project: Project, findings: list[Finding], options: Options, plan: Plan | None = None) -> Result:
    """Return what the project would be with the findings fixed."""
    namer = namer_for(project, findings, options, plan)
    planner = Planner(project.request.policy, namer, options)
    tasks: list[Task] = []
    left: list[Left] = []
    for finding in findings:
        planned = _task(project, planner, finding)
        if isinstance(planned, Task):
            tasks.append(planned)
        else:
            left.append(Left(finding, planned))
    registered = registering.register(project.request.policy, namer.new)
    request = project.request
    notes: list[str] = []
    if registered is not None:
        request = request._replace(policy=registering.reread(request.policy, registered))
    attempts = Attempts(request, tasks, project, project.progress)
    attempts.run(project.known)
    left += [Left(task.finding, task.why) for task in tasks if not task.is_open]
    left.sort(key=lambda item: findings.index(item.finding))
    changes = [Change(path, project.data(path), after) for path, after in sorted(attempts.after.items())]
    fixed = [task.finding for task in tasks if task.is_open]
    return Result(
        tuple(changes),
        tuple(fixed),
        tuple(left),
        namer.new,
        project.known.report.problems,
        tuple(notes),
        registered if fixed else None,
    )


def _task(project: Project, planner: Planner, finding: Finding) -> Task | str:
    """Return what to do about a finding, or why nothing can be done."""
    if not finding.path.endswith((".py", ".pyi", ".ipynb")):
        return "it is about the policy file"
    why = project.obstacle(finding.path)
    if why:
        return why
    site = project.site(finding)
    try:
        attempts = planner.attempts(finding, site.fact, site.pos, project.source(finding.path))
    except (NotFixable, Unnamed) as reason:
        return str(reason)
    return Task(finding, finding.path, site.pos, attempts)


__all__ = ["Project", "Site", "mend", "namer_for", "wanted"]
