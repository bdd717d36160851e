"""Arguments of a call: callables that are handed on, coroutines that run here, clients that leave what can be seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from lint_plugin import ir, written
from lint_plugin.events import Escape
from lint_plugin.names import leaf
from lint_plugin.ordering import ordered
from lint_plugin.stages.resolve import library, scheduling
from lint_plugin.stages.resolve.arguments import Argument
from lint_plugin.stages.resolve.attributes import is_billable
from lint_plugin.stages.resolve.billing import Site, call_catalogued, call_instance
from lint_plugin.stages.resolve.binding import HANDED
from lint_plugin.stages.resolve.containers import items
from lint_plugin.stages.resolve.deferred import consume
from lint_plugin.stages.resolve.frame import Frame
from lint_plugin.stages.resolve.tagging import form
from lint_plugin.values import Container, Deferred, External, Instance, Method, Partial, Value, Values

PASSED: Final = (Container, Deferred, External, Instance, Partial)


def hand_on(frame: Frame, node: ir.Call, callees: Values, arguments: Sequence[Argument], text: str) -> None:
    """Report billable callables among the arguments, and let coroutines among them run here."""
    names = {value.name for value in callees if isinstance(value, External)}
    if names and names <= library.LOOKING:
        return
    later = bool(names) and all(leaf(name) in library.STREAMING for name in names)
    keeps = any(isinstance(value, Method) and isinstance(value.owner, Container) for value in callees)
    boundary = scheduling.boundary(callees, node.func.attr if isinstance(node.func, ir.Attr) else "")
    if boundary and _carries_context(arguments):
        boundary = ""  # ``pool.submit(copy_context().run, f)``
    for argument in arguments:
        for value in spread_once(frame, argument):
            if isinstance(value, Deferred) and not keeps:
                consume(frame, value, node.pos, later=later)
            elif is_billable(frame, value) and not (isinstance(value, (Instance, External)) and value.stored == HANDED):
                _reference(frame, value, argument, boundary, "reference")
            elif boundary and isinstance(value, Partial) and is_billable(frame, value.target):
                _reference(frame, value.target, argument, boundary, "crossing")
    if frame.machine.recording and not _is_seen(frame, callees):
        _escapes(frame, node, arguments, text)


def _carries_context(arguments: Sequence[Argument]) -> bool:
    return any(isinstance(value, Instance) and value.cls == library.CONTEXT for argument in arguments for value in argument.values)


def spread_once(frame: Frame, argument: Argument) -> list[Value]:
    """Return what can be handed on of the values of an argument, and of those of an unpacked list."""
    found: list[Value] = []
    for value in ordered([value for value in argument.values if isinstance(value, PASSED)]):
        if isinstance(value, Container) and (argument.star == 1 or value.kind in ("list", "tuple", "tasks")):
            found += [item for item in items(frame, value) if argument.star == 1 or isinstance(item, Deferred)]
        else:
            found.append(value)
    return found


def _reference(frame: Frame, value: Value, argument: Argument, boundary: str, kind: str) -> None:
    """Write down that a callable is handed on; what it is called with is the business of the code that calls it."""
    site = Site((), argument.pos, written.callee(argument.node), "callback", kind, boundary)
    if isinstance(value, Instance):
        call_instance(frame, value, site)
    elif isinstance(value, External):
        entry = frame.machine.catalog.function(value.name)
        if entry is not None:
            call_catalogued(frame, value, entry, site)


def _is_seen(frame: Frame, callees: Values) -> bool:
    """Tell whether the analyzer knows what the callee does with its arguments."""
    for value in callees:
        if isinstance(value, External):
            catalog = frame.machine.catalog
            if value.name.startswith("builtins.") or form(value.name) or catalog.client(value.name) or catalog.function(value.name):
                return True
            if value.name in library.CARRYING or value.name in library.SAME or value.name in library.THREADS:
                return True
        else:
            return True
    return False


def _escapes(frame: Frame, node: ir.Call, arguments: Sequence[Argument], text: str) -> None:
    for argument in arguments:
        for value in argument.values:
            if (
                isinstance(value, Instance)
                and value.tags is None
                and value.bills
                and not library.knows(value.cls)
                and not is_billable(frame, value)
            ):
                entry = frame.machine.catalog.client(value.cls)
                if entry is not None and frame.machine.catalog.bills(entry):
                    frame.machine.events.append(Escape(frame.place(node.pos), value.provider or entry.provider, entry.canonical, text))
