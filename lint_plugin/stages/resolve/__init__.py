"""Follow client objects through the whole project: a small abstract interpreter, run to a fixed point."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Final

from lint_plugin.events import Resolution
from lint_plugin.ir import URL_IDENT
from lint_plugin.stages.resolve import possible
from lint_plugin.stages.resolve.defining import enter_function, leave_function
from lint_plugin.stages.resolve.execute import run
from lint_plugin.stages.resolve.frame import Frame
from lint_plugin.stages.resolve.gateways import with_gateways
from lint_plugin.stages.resolve.library import CONNECTIONS
from lint_plugin.stages.resolve.machine import Machine, Unit
from lint_plugin.stages.resolve.project import FunctionInfo, ModuleInfo, Project
from lint_plugin.stages.resolve.tagging import tag_marks
from lint_plugin.stages.resolve.wrappers import Wrappers

if TYPE_CHECKING:
    from cost_lib.catalog import Catalog
    from cost_lib.policy import Policy

__all__ = ["Machine", "Project", "resolve"]

ROOTS: Final = frozenset({"cost_lib", URL_IDENT, *CONNECTIONS})


def resolve(
    project: Project,
    catalog: Catalog,
    policy: Policy,
    paths: Iterable[str],
    *,
    grow: Callable[[Machine], list[str]] = lambda machine: [],
    callers: bool = True,
) -> Resolution:
    """Resolve the modules at ``paths`` and whatever they turn out to need; ``grow`` names further files that need a look."""
    wrappers = Wrappers(policy)
    catalog = with_gateways(catalog, policy)
    chains = possible.words(catalog.chains(), policy)
    machine = Machine(project, catalog, wrappers, _roots(catalog, policy) | chains, callers=callers)
    machine.possible = bool(chains)
    for path in paths:
        _take(machine, path)
    _settle(machine, grow)
    machine.start_fallback()
    _settle(machine, grow)
    machine.admit_unknown()
    _settle(machine, grow)
    return _report(machine)


def _report(machine: Machine) -> Resolution:
    gateways = machine.wrappers.gateway_keys()
    inside = frozenset(info.key for info in machine.functions.values() if gateways and not gateways.isdisjoint(_around(info)))
    defaults = {
        (info.key, param.name): tag_marks(machine.read(("default", info.key, param.name), None))
        for info in machine.functions.values()
        for param in info.params
        if param.default is not None and machine.is_active(info)
    }
    names = {info.key: info.name for info in machine.functions.values()}
    modules = {path: module.code for path, module in machine.project.modules.items()}
    depends = {path: frozenset(imported) for path, imported in machine.depends.items()}
    return Resolution(tuple(machine.all_events()), defaults, names, inside, modules, depends)


def _around(info: FunctionInfo) -> Iterator[str]:
    """Yield the keys of a function, its class and everything around them."""
    current: FunctionInfo | None = info
    while current is not None:
        yield current.key
        if current.cls is not None:
            yield current.cls.key
        current = current.outer


def _roots(catalog: Catalog, policy: Policy) -> set[str]:
    roots = set(ROOTS)
    for provider in catalog.providers:
        names = [name for client in provider.classes for name in client.names]
        names += [name for function in provider.functions for name in function.names]
        roots |= {name.partition(".")[0] for name in names}
    for wrapper in policy.wrappers:
        roots |= {wrapper.name.partition(".")[0], wrapper.name.rpartition(".")[2]}
    return roots - {"*"}


def _take(machine: Machine, path: str) -> None:
    if path not in machine.project.modules:
        module = machine.project.module(path)
        if module is not None:
            machine.add(module)


def _settle(machine: Machine, grow: Callable[[Machine], list[str]]) -> None:
    """Evaluate until nothing changes and no further module matters."""
    refused: set[str] = set()
    while True:
        _drain(machine, refused)
        if not _fetch(machine, (*machine.bases.wanted(machine.project.modules), *grow(machine)), refused):
            return


def _drain(machine: Machine, refused: set[str]) -> None:
    """Evaluate what is due; a module that turns out to matter is taken in at once."""
    unit = machine.next_unit()
    while unit is not None:
        evaluate_unit(machine, unit)
        if machine.wanted or machine.bases.has_news():
            _fetch(machine, (*sorted(machine.wanted), *machine.bases.wanted(machine.project.modules)), refused)
        unit = machine.next_unit()


def _fetch(machine: Machine, asked: Iterable[str], refused: set[str]) -> bool:
    """Take modules in that were not asked for before; return whether there were any."""
    fresh = [path for path in dict.fromkeys(asked) if path not in refused and path not in machine.project.modules]
    for path in fresh:
        refused.add(path)
        _take(machine, path)
    return bool(fresh)


def evaluate_unit(machine: Machine, unit: Unit) -> None:
    """Evaluate one module body or function."""
    machine.begin(unit)
    if isinstance(unit, ModuleInfo):
        frame = Frame(machine, unit, unit)
        run(frame, unit.code.body)
    else:
        frame = _function_frame(machine, unit)
        body = getattr(unit.code, "body", ())
        run(frame, body if isinstance(body, tuple) else ())
        leave_function(frame, unit)
    frame.flush()


def _function_frame(machine: Machine, info: FunctionInfo) -> Frame:
    frame = Frame(machine, info.module, info, function=info, qualname=info.qualname)
    enter_function(frame, info)
    return frame
