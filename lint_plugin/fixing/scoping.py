"""Find the clients that several calls share, so that each is wrapped once where it is built."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, NamedTuple

from lint_plugin.facts import CallSite
from lint_plugin.fixing.tasks import SCOPE, Attempt, Task
from lint_plugin.module_names import names_of
from lint_plugin.names import absolute, parent
from lint_plugin.stages.apply import bindings, callees, wrapping
from lint_plugin.stages.apply.callees import Callee
from lint_plugin.stages.apply.import_lines import read

if TYPE_CHECKING:
    from lint_plugin.fixing.project import Project
    from lint_plugin.stages.apply.file import Draft
    from lint_plugin.stages.apply.outline import Outline

FEWEST: Final = 2  # calls that make a client worth wrapping where it is built


class Built(NamedTuple):
    """The call that builds a client."""

    path: str
    first: int
    last: int


def shared_clients(project: Project, tasks: Iterable[Task]) -> list[tuple[Task, list[Task]]]:
    """Return, for each client that several calls share, what wraps it and the tasks of those calls."""
    names = _modules(project)
    groups: dict[Built, list[Task]] = {}
    alone: list[Task] = []
    for task in tasks:
        if task.way == SCOPE:
            built = _built(project, task, names)
            if built is None or project.obstacle(built.path):
                alone.append(task)
            else:
                groups.setdefault(built, []).append(task)
    found: list[tuple[Task, list[Task]]] = []
    for built, members in groups.items():
        if len(members) < FEWEST:
            alone += members
        else:
            found.append((_wrapping(project, built, members[0]), members))
    for task in alone:
        task.give_up("its client is not shared, or not built in one place")
    return found


def _built(project: Project, task: Task, names: dict[str, list[str]]) -> Built | None:
    fact = project.site(task.finding).fact
    outline = project.source(task.path).outline
    callee = callees.find(outline, fact) if isinstance(fact, CallSite) else None
    if callee is None or not isinstance(fact, CallSite) or callee.outline is not outline:
        return None
    first, last = callees.receiver(callee, fact)
    if last == callee.last or any(outline.kind(at) != "name" and outline.word(at) != "." for at in range(first, last + 1)):
        return None
    receiver = callees.spelled(outline, first, last)
    here = bindings.find(outline, receiver, first)
    if here is not None:
        return Built(task.path, here.first, here.last)
    return _elsewhere(project, task.path, outline, receiver, names)


def _elsewhere(project: Project, path: str, outline: Outline, receiver: str, names: dict[str, list[str]]) -> Built | None:
    """Return where a client that is imported from another module of the project is built."""
    root, _, rest = receiver.partition(".")
    for line in outline.lines:
        imported = read(outline, line)
        if imported is None or not imported.is_from or imported.is_star:
            continue
        for name in imported.names:
            if name.bound != root or "." in rest:
                continue
            module = _absolute(imported.module, path, names)
            dotted, client = (f"{module}.{name.name}", rest) if rest else (module, name.name)
            files = names.get(dotted, [])
            if len(files) == 1:
                found = bindings.find(project.source(files[0]).outline, client)
                return None if found is None else Built(files[0], found.first, found.last)
    return None


def _absolute(module: str, path: str, names: dict[str, list[str]]) -> str:
    plain = module.lstrip(".")
    level = len(module) - len(plain)
    if not level:
        return module
    own = next((name for name, files in names.items() if path in files), "")
    package = own if path.endswith("__init__.py") else parent(own)
    return absolute(plain, level, package)


def _modules(project: Project) -> dict[str, list[str]]:
    resolution = project.known.notes.resolution
    paths = sorted(resolution.modules) if resolution is not None else []
    found: dict[str, list[str]] = {}
    for path, dotted in names_of([path for path in paths if not path.endswith(".ipynb")], project.request.root.name).items():
        for name in dotted:
            found.setdefault(name, []).append(path)
    return found


def _wrapping(project: Project, built: Built, member: Task) -> Task:
    outline = project.source(built.path).outline

    def wrap(draft: Draft) -> str:
        form = wrapping.Form()
        spelling = "".join(outline.word(at) for at in range(built.first, outline.partner.get(built.last, built.last)))
        if spelling not in draft.names.known(form.module, form.name):
            draft.edits.extend(wrapping.wrap(Callee(outline, built.first, built.last), (built.first, built.last), {}, draft.names, form))
        return ""

    return Task(member.finding._replace(path=built.path, code=""), outline.code[built.first].start, [Attempt(wrap, SCOPE)])
