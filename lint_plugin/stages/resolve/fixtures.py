"""Fixtures of pytest: what a test's parameter is without an import."""

from __future__ import annotations

from lint_plugin import ir
from lint_plugin.stages.resolve.deferred import settled
from lint_plugin.stages.resolve.frame import Frame
from lint_plugin.stages.resolve.project import CONFTEST, FunctionInfo, fixture_name
from lint_plugin.values import EMPTY, Value, Values


def provided(frame: Frame, info: FunctionInfo, param: ir.Param) -> Values:
    """Return what pytest passes for a parameter of a test or of a fixture."""
    if not (info.name.startswith("test") or fixture_name(info)):
        return EMPTY
    machine = frame.machine
    machine.read(("fixtures", param.name, ""), frame.unit)
    found: set[Value] = set()
    for fixture in _nearest(info, machine.fixtures.get(param.name, [])):
        machine.activate(fixture)
        machine.note_import(info.module.path, fixture.module.path)
        found |= machine.read(("return", fixture.key, ""), frame.unit) | machine.read(("yield", fixture.key, ""), frame.unit)
    return settled(frame, frozenset(found), param.pos)


def _nearest(info: FunctionInfo, fixtures: list[FunctionInfo]) -> list[FunctionInfo]:
    """Return the fixtures of a name that a function sees: those of its own module, else of the nearest ``conftest.py``."""
    ranked = [(rank, fixture) for fixture in fixtures if (rank := _distance(info, fixture)) >= 0]
    best = min((rank for rank, _ in ranked), default=0)
    return [fixture for rank, fixture in ranked if rank == best]


def _distance(info: FunctionInfo, fixture: FunctionInfo) -> int:
    """Return how many folders up a fixture stands; -1 when it cannot be seen."""
    if fixture is info:
        return -1
    if fixture.module is info.module:
        return 0
    folder, _, name = fixture.module.path.rpartition("/")
    if name != CONFTEST or (folder and not info.module.path.startswith(folder + "/")):
        return -1
    return 1 + info.module.path.count("/") - fixture.module.path.count("/")
