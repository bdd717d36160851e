"""Coroutines and generators of the project: what running them gives, and where they run."""

from __future__ import annotations

from lint_plugin.events import Consumption
from lint_plugin.stages.resolve.attributes import attribute
from lint_plugin.stages.resolve.containers import items
from lint_plugin.stages.resolve.frame import Frame
from lint_plugin.values import EMPTY, Container, Deferred, FunctionOf, Object, Value, Values


def iterate(frame: Frame, values: Values, pos: int) -> Values:
    """Return what iterating over values gives; generators of the project are consumed here."""
    found: set[Value] = set()
    for value in values:
        if isinstance(value, Deferred):
            consume(frame, value, pos)
            found |= frame.machine.read(("yield", value.key, ""), frame.unit)
        elif isinstance(value, Object):
            for name in ("__iter__", "__aiter__"):
                for method in attribute(frame, value, name):
                    found |= yielded(frame, method)
        else:
            found |= items(frame, value)
    return frozenset(found)


def consume(frame: Frame, value: Deferred, pos: int, *, later: bool = False) -> None:
    """Write down where a coroutine or generator runs; ``later`` is when every scope around this place has ended."""
    if frame.machine.recording and value.edge:
        frame.machine.events.append(Consumption(value.edge, frame.place(pos), () if later else tuple(frame.blocks)))


def hand_back(frame: Frame, values: Values) -> None:
    """Write down that coroutines and generators leave the function that made them."""
    for value in values if frame.machine.recording else ():
        if isinstance(value, Deferred) and value.edge:
            frame.machine.events.append(Consumption(value.edge, frame.place(-1), (), returned=True))


def settled(frame: Frame, values: Values, pos: int) -> Values:
    """Return what awaiting values gives."""
    found: set[Value] = set()
    for value in values:
        if isinstance(value, Deferred):
            consume(frame, value, pos)
            found |= frame.machine.read(("return", value.key, ""), frame.unit)
        elif isinstance(value, Container) and value.kind == "tasks":
            for inner in items(frame, value):
                found |= settled(frame, frozenset({inner}), pos) if isinstance(inner, Deferred) else {inner}
        else:
            found.add(value)
    return frozenset(found)


def yielded(frame: Frame, value: Value) -> Values:
    """Return what the generator that a function makes yields."""
    if not isinstance(value, FunctionOf):
        return EMPTY
    machine = frame.machine
    info = machine.functions.get(value.key)
    if info is not None:
        machine.activate(info)
    return machine.read(("yield", value.key, ""), frame.unit)
