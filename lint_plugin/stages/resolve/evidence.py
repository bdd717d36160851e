"""Receivers that only evidence speaks for.

An attribute that never holds anything but a parameter that nobody in the project binds, and that is used as only a client of an
SDK can be which the same file imports, is such a client.
"""

from __future__ import annotations

from lint_plugin import ir
from lint_plugin.stages.resolve.frame import Frame
from lint_plugin.stages.resolve.project import FunctionInfo, decorator_names
from lint_plugin.values import External, Instance, Nothing, Parameter, Unknown, Value, Values

EVIDENCE = "evidence"
UNTYPED = frozenset({"Any", "object", "None", "Optional"})


def packages(frame: Frame) -> frozenset[str]:
    """Return the packages outside the project from which this module's globals come."""
    machine = frame.machine
    path = frame.module.path
    found: set[str] = set()
    for name in machine.global_names.get(path, ()):
        for value in machine.read(("global", path, name), None):
            if isinstance(value, External):
                found.add(value.name)
    return frozenset(found)


def is_unbound(frame: Frame, values: Values) -> bool:
    """Tell whether values are parameters alone, of functions that nobody calls and that say nothing of their type."""
    parameters = [value for value in values if isinstance(value, Parameter)]
    return (
        bool(parameters)
        and all(isinstance(value, (Parameter, Nothing, Unknown)) for value in values)
        and all(_is_open(frame, parameter) for parameter in parameters)
    )


def _is_open(frame: Frame, parameter: Parameter) -> bool:
    machine = frame.machine
    info = machine.functions.get(parameter.function)
    if info is None or info.is_lambda or machine.read(("called", info.key, ""), frame.unit) or not machine.callers:
        return False
    if _is_provided(info):
        return False
    param = next((param for param in info.params if param.name == parameter.name), None)
    if param is None or not (param.default is None or (isinstance(param.default, ir.Lit) and param.default.text == "None")):
        return False
    return param.annotation is None or _says_nothing(param.annotation)


def _is_provided(info: FunctionInfo) -> bool:
    """Tell whether a framework calls a function with values of its own: a test, a fixture, a route."""
    return info.name.startswith("test") or bool(decorator_names(info) - {"staticmethod", "classmethod", "abstractmethod", "property"})


def _says_nothing(node: ir.Expr) -> bool:
    if isinstance(node, ir.Subscript):
        return _says_nothing(node.value) and _says_nothing(node.index)
    if isinstance(node, ir.BinOp):
        return _says_nothing(node.left) and _says_nothing(node.right)
    return (node.attr if isinstance(node, ir.Attr) else node.id if isinstance(node, ir.Name) else "None") in UNTYPED


def bound_method(frame: Frame, accessor: str) -> Value | None:
    """Return the method that an accessor is of the SDKs that this module imports."""
    found = frame.machine.catalog.evident(packages(frame), accessor)
    return Instance(found, accessor, via=EVIDENCE) if found else None
