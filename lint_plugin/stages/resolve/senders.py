"""Code that sends a request to a provider over an HTTP client that is not known yet: who makes that client is evaluated too.

An HTTP client matters to nothing by itself, so code that only makes one is left aside until a provider's URL is sent over it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from lint_plugin import ir
from lint_plugin.stages.resolve import library
from lint_plugin.stages.resolve.arguments import Argument
from lint_plugin.stages.resolve.attributes import ancestors
from lint_plugin.stages.resolve.frame import Frame
from lint_plugin.stages.resolve.leading import Unit
from lint_plugin.stages.resolve.project import FunctionInfo
from lint_plugin.values import HOLE, ClassOf, Number, Object, Text, Values

DEPTH: Final = 2  # calls that are followed down from the code that sends


def is_sent(frame: Frame, func: ir.Expr, arguments: Sequence[Argument]) -> bool:
    """Tell whether a provider's URL is handed to a method that sends or builds a request, of whatever object, or to what a call gives."""
    method = func.attr if isinstance(func, ir.Attr) else ""
    return (isinstance(func, (ir.Call, ir.Name)) or method in library.HTTP_METHODS or method in library.HTTP_BUILDERS) and any(
        isinstance(value, Text) and frame.machine.matters(value) for argument in arguments for value in argument.values
    )


def seek_client(frame: Frame, receiver: ir.Expr, evaluate: Callable[[ir.Expr], Values]) -> None:
    """Have the code evaluated that may make the client: what is called here, who sets the attributes that lead to it, and constructors."""
    _mark(frame, frame.unit, DEPTH)
    if isinstance(receiver, ir.Name) and frame.function is not None and frame.function.cls is not None:
        _seek_constructor(frame, frame.function.cls.key)  # a local's client may come of what the object keeps
    while isinstance(receiver, (ir.Attr, ir.Call, ir.Await)):
        if isinstance(receiver, ir.Attr):
            for value in evaluate(receiver.value):
                if isinstance(value, (Object, ClassOf)):
                    _seek_member(frame, value.key, receiver.attr)
        receiver = receiver.func if isinstance(receiver, ir.Call) else receiver.value
    _ = frame.machine.fallback  # where nothing makes it, what is said of its type counts


def seek_callers(frame: Frame, url: Values) -> None:
    """Have the callers of a function evaluated that sends to a provider, but to a path that only they know."""
    if frame.function is not None and any(isinstance(value, Text) and HOLE in value.text and frame.machine.matters(value) for value in url):
        frame.machine.warm(frame.function.name)


def seeks(frame: Frame, info: FunctionInfo) -> bool:
    """Tell whether a function is called by code that sends a request over a client that is not known yet."""
    if frame.machine.is_active(info):
        return False
    depths = frame.machine.read(("sends", _key(frame.unit), ""), frame.unit)
    depth = max((int(value.text) for value in depths if isinstance(value, Number)), default=0)
    if depth > 1:
        _mark(frame, info, depth - 1)
    if depth > 0 and info.cls is not None:
        _seek_constructor(frame, info.cls.key)
    return depth > 0


def _seek_member(frame: Frame, key: str, name: str) -> None:
    """Have the methods of a class evaluated that mention one of its attributes."""
    machine = frame.machine
    for base in ancestors(frame, key):
        info = machine.classes.get(base.key) if isinstance(base, ClassOf) else None
        for method in info.methods.values() if info is not None else ():
            if name in method.idents and not machine.is_active(method):
                _mark(frame, method, DEPTH - 1)
                machine.activate(method)


def _seek_constructor(frame: Frame, key: str) -> None:
    """Have the constructors of a class evaluated: they make what its methods give."""
    machine = frame.machine
    for base in ancestors(frame, key):
        info = machine.classes.get(base.key) if isinstance(base, ClassOf) else None
        init = info.methods.get("__init__") if info is not None else None
        if init is not None and not machine.is_active(init):
            _mark(frame, init, DEPTH - 1)
            machine.activate(init)


def _mark(frame: Frame, unit: Unit, depth: int) -> None:
    frame.machine.write(("sends", _key(unit), ""), frozenset({Number(str(depth))}))


def _key(unit: Unit) -> str:
    return unit.key if isinstance(unit, FunctionInfo) else unit.path
