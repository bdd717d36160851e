"""Fix the findings of a project: find, edit, check again; the result is what would be written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from lint_plugin.fixing import naming
from lint_plugin.fixing.attempts import NotFixable, Planner
from lint_plugin.fixing.model import Change, Left, Options, Result
from lint_plugin.fixing.namer import Namer, Style, Unnamed
from lint_plugin.fixing.project import Choose, Project
from lint_plugin.fixing.registering import Registry
from lint_plugin.fixing.rounds import Attempts, Callbacks
from lint_plugin.fixing.scoping import shared_clients
from lint_plugin.fixing.sharing import Callers, Hints
from lint_plugin.fixing.tasks import SCOPE, Task
from lint_plugin.model import Finding
from lint_plugin.pipeline import Study

if TYPE_CHECKING:
    from lint_plugin.events import Place
    from lint_plugin.facts import Caller
    from lint_plugin.fixing.plan import Plan

MORE: Final = 3  # passes over a project beyond the first
NESTED: Final = "CMK208"
RAW: Final = ("CMK101", "CMK102", "CMK103", "CMK201")


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
    names = {**first.names, **second.names}
    policy = (
        second.policy
        if first.policy is None
        else first.policy
        if second.policy is None
        else second.policy._replace(before=first.policy.before)
    )
    for change in second.changes:
        before[change.path] = change._replace(before=before[change.path].before) if change.path in before else change
    return first._replace(changes=tuple(before.values()), fixed=(*first.fixed, *second.fixed), left=second.left, names=names, policy=policy)


def _pass(project: Project, findings: list[Finding], options: Options, plan: Plan | None) -> tuple[Result, Project | None]:
    """Fix what can be fixed in one go; return the project as it is then, ``None`` where nothing changed."""
    namer = namer_for(project, findings, options, plan)
    planner = Planner(project.request.policy, namer, options, _hints(project, findings, plan))
    tasks: dict[Finding, Task] = {}
    left: list[Left] = []
    for finding in findings:
        planned = _task(project, planner, finding)
        if isinstance(planned, Task):
            tasks[finding] = planned
        else:
            left.append(Left(finding, planned))
    registry = Registry(project.request, namer)
    who = callers(project, made_up=options.style == SCOPE)
    attempts = Attempts(project, Callbacks(registry.request, lambda *asked: _follow(project, planner, *asked), who, project.progress))
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
    registry.keep(change.after for change in changes)
    result = Result(changes, fixed, tuple(left), namer.new, problems, policy=registry.change())
    if last is None:
        return result, None
    request = registry.request()
    return result, Project(request._replace(sources={**request.sources, **attempts.after}), project.repository, project.progress, last)


def _placed(project: Project, attempts: Attempts, item: Left) -> Left:
    if item.finding.path not in attempts.after:
        return item
    return item._replace(place=attempts.moved(item.finding.path, project.site(item.finding).pos))


def _hints(project: Project, findings: list[Finding], plan: Plan | None) -> Hints:
    """Return where the functions with findings seem to be called; a plan has thought of that."""
    functions = {(finding.path, finding.scope) for finding in findings if plan is None and finding.code in RAW}
    return Hints(functions, project.paths(), project.data)


def callers(project: Project, *, made_up: bool) -> Callable[[Study], Callers]:
    """Return what reads the callers from a check; names that are ``made_up`` count as features only where that was asked for."""

    def name_of(place: Place) -> str:
        name = naming.choose(naming.Around(place.path, place.qualname), project.request.policy.features)
        return name.feature if made_up or not name.is_new else ""

    return lambda done: Callers(done.notes.resolution, name_of)


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
