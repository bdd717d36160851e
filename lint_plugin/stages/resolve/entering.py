"""Entering a context manager: what it gives, and the scope of tags that it opens."""

from __future__ import annotations

from lint_plugin.events import Block
from lint_plugin.ordering import ordered
from lint_plugin.stages.resolve import library
from lint_plugin.stages.resolve.attributes import attribute
from lint_plugin.stages.resolve.binding import entered_scopes
from lint_plugin.stages.resolve.deferred import consume
from lint_plugin.stages.resolve.frame import Frame
from lint_plugin.stages.resolve.tagging import combine
from lint_plugin.values import Deferred, FunctionOf, Instance, Nothing, Object, Parameter, ScopeOf, Stack, Tags, Value, Values


def enter(frame: Frame, values: Values, pos: int, *, stack: str = "", start: int = -1, end: int = -1) -> Values:
    """Enter a context manager: open its scope in the frame and return what ``as`` binds."""
    scopes: list[Tags | None] = []
    records = False
    given: set[Value] = set()
    for value in ordered(values):
        if isinstance(value, ScopeOf):
            scopes.append(value.tags)
            records = records or value.record
            given.add(value)
        elif isinstance(value, Deferred):
            consume(frame, value, pos)
            opened = entered_scopes(frame, value)
            scopes.append(combine([scope.tags for scope in opened]))
            records = records or any(scope.record for scope in opened)
            given |= frame.machine.read(("yield", value.key, ""), frame.unit)
            given |= frame.machine.read(("return", value.key, ""), frame.unit) if not value.iterates else frozenset()
        else:
            if not isinstance(value, (Parameter, Nothing)):
                scopes.append(None)
            given |= _entered(frame, value)
    if records or any(scope is not None for scope in scopes):
        tags = combine(scopes)
        if tags is not None and (tags.items or tags.opaque or records):
            tags = Tags(tags.items, tags.opaque, tags.function, pos if not stack else tags.pos, tags.kind)
            block = Block(tags, "record" if records else "with", start if start >= 0 else pos, end)
            frame.blocks = [*frame.blocks, block]
            if stack:
                frame.stack_blocks.setdefault(stack, []).append(block)
    return frozenset(given)


def _entered(frame: Frame, value: Value) -> Values:
    if isinstance(value, Object):
        found: set[Value] = set()
        for name in ("__enter__", "__aenter__"):
            for method in attribute(frame, value, name):
                if isinstance(method, FunctionOf):
                    info = frame.machine.functions.get(method.key)
                    if info is not None:
                        frame.machine.activate(info)
                    found |= frame.machine.read(("return", method.key, ""), frame.unit)
        return frozenset(found) or frozenset({value})
    if isinstance(value, Instance) and value.path and not library.knows(value.cls):
        return frozenset()
    if isinstance(value, (Instance, Stack)):
        return frozenset({value})
    return frozenset({value})
