"""Fix the findings of a project: find, edit, check again; the result is what would be written."""

from __future__ import annotations

from collections import Counter
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
from lint_plugin.fixing.scoping import shared_clients
from lint_plugin.fixing.sharing import Sharing
from lint_plugin.fixing.sources import encode, obstacle
from lint_plugin.fixing.tasks import SCOPE, Rendered, Task
from lint_plugin.index import decoded
from lint_plugin.model import Finding, Request
from lint_plugin.pipeline import Study, study
from lint_plugin.stages.apply import notebooks
from lint_plugin.stages.apply.file import SourceText
from lint_plugin.tokens import Lines

if TYPE_CHECKING:
    from lint_plugin.events import Place
    from lint_plugin.facts import Caller, Fact
    from lint_plugin.fixing.plan import Plan
    from lint_plugin.stages.notebook import Notebook

Progress = Callable[[str], None]
MORE: Final = 3  # passes over a project beyond the first
NESTED: Final = "CMK208"


class Site(NamedTuple):
    """A finding, what it is about, and where it stands in the text."""

    finding: Finding
    fact: Fact | None
    pos: int


class Project:
    """A project that was checked, its sources as they can be edited."""

    def __init__(self, request: Request, repository: Path, progress: Progress, known: Study | None = None) -> None:
        """Check the project, unless that was done."""
        if known is None:
            progress("looking for calls")
        self.request: Final = request._replace(paths=())
        self.progress: Final = progress
        self.repository: Final = repository
        self.known: Final[Study] = study(self.request) if known is None else known
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


def chooser(asked: tuple[Path, ...], others: tuple[Path, ...], options: Options) -> Choose:
    """Return what picks the findings below ``asked``, those of ``others``, projects inside, apart; warnings are no mistakes to mend."""

    def choose(project: Project) -> list[Finding]:
        found: list[Finding] = []
        for finding in project.known.report.findings:
            file = project.request.root / finding.path
            is_asked = not asked or any(file.is_relative_to(path) for path in asked)
            is_selected = not options.select or finding.code.startswith(options.select)
            if finding.severity == "error" and is_asked and is_selected and not any(file.is_relative_to(other) for other in others):
                found.append(finding)
        return found

    return choose


Choose = Callable[[Project], list[Finding]]


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


def mend(project: Project, choose: Choose, options: Options, plan: Plan | None = None) -> Result:
    """Return what the project would be with its findings fixed."""
    result, after = _pass(project, choose(project), options, plan)
    for _ in range(MORE):
        if after is None or not _goes_on(result, choose(after)):
            break
        more, after = _pass(after, choose(after), options, None)
        result = _joined(result, more)
    return result


def _goes_on(result: Result, standing: list[Finding]) -> bool:
    """Tell whether the changes let something else be fixed: what stands now and did not before, or a scope inside another."""
    before = Counter((item.finding.path, item.finding.code, item.finding.call) for item in result.left)
    now = Counter((finding.path, finding.code, finding.call) for finding in standing)
    scopes = any(finding.code == NESTED for finding in result.fixed) and any(finding.code == NESTED for finding in standing)
    return bool(now - before) or scopes


def _joined(first: Result, second: Result) -> Result:
    """Return two passes as one."""
    before = {change.path: change for change in first.changes}
    for change in second.changes:
        before[change.path] = change._replace(before=before[change.path].before) if change.path in before else change
    return first._replace(changes=tuple(before.values()), fixed=(*first.fixed, *second.fixed), left=second.left)


def _pass(project: Project, findings: list[Finding], options: Options, plan: Plan | None) -> tuple[Result, Project | None]:
    """Fix what can be fixed in one go; return the project as it is then, ``None`` where nothing changed."""
    namer = namer_for(project, findings, options, plan)
    planner = Planner(project.request.policy, namer, options, _sharing(project))
    tasks: dict[Finding, Task] = {}
    left: list[Left] = []
    for finding in findings:
        planned = _task(project, planner, finding)
        if isinstance(planned, Task):
            tasks[finding] = planned
        else:
            left.append(Left(finding, planned))
    registered = registering.register(project.request.policy, namer.new)
    request = project.request
    if registered is not None:
        request = request._replace(policy=registering.reread(request.policy, registered))
    attempts = Attempts(request, project, lambda *asked: _follow(project, planner, *asked), project.progress)
    for task in tasks.values():
        attempts.add(task)
    if options.style == SCOPE:
        for binding, members in shared_clients(project, tasks.values()):
            attempts.add(binding, members)
    last = attempts.run(project.known)
    left += [Left(task.finding, task.why) for task in tasks.values() if not task.is_open]
    order = {finding: number for number, finding in enumerate(findings)}
    left = [_placed(project, attempts, item) for item in sorted(left, key=lambda item: order[item.finding])]
    fixed = tuple(task.finding for task in tasks.values() if task.is_open)
    changes = tuple(Change(path, project.data(path), after) for path, after in sorted(attempts.after.items()))
    problems = project.known.report.problems
    result = Result(changes, fixed, tuple(left), namer.new, problems, policy=registered if fixed else None)
    if last is None:
        return result, None
    sources = {**request.sources, **attempts.after}
    return result, Project(request._replace(sources=sources), project.repository, project.progress, last)


def _placed(project: Project, attempts: Attempts, item: Left) -> Left:
    if item.finding.path not in attempts.after:
        return item
    return item._replace(place=attempts.moved(item.finding.path, project.site(item.finding).pos))


def _sharing(project: Project) -> Sharing:
    def name_of(place: Place) -> str:
        return naming.choose(naming.Around(place.path, place.qualname), project.request.policy.features).feature

    return Sharing(project.known.notes.resolution, name_of)


def _follow(project: Project, planner: Planner, finding: Finding, caller: Caller, pos: int) -> Task | None:
    """Return what makes a caller bring a tag; ``None`` where nothing can be done there."""
    if caller.passed or project.obstacle(finding.path):
        return None
    try:
        return Task(finding, pos, planner.caller(caller._replace(pos=pos), pos, project.source(finding.path)), caller.scope)
    except Unnamed:
        return None


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
    return Task(finding, site.pos, attempts, finding.scope)


__all__ = ["Project", "Site", "chooser", "mend", "namer_for"]
