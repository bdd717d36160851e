"""Objects that keep a client they were made with: of each is known which one, beside what all of their class can have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from lint_plugin import ir
from lint_plugin.stages.resolve.arguments import Argument
from lint_plugin.stages.resolve.frame import Frame
from lint_plugin.stages.resolve.project import FunctionInfo
from lint_plugin.values import Held, Instance, Object, Sanctioned, Value, Values

CLIENTS: Final = (Instance, Sanctioned)  # what is held; objects that hold each other would have no end


def kept_by(init: FunctionInfo) -> Iterator[tuple[str, str]]:
    """Yield parameters of a constructor that become attributes as they are, with the attribute's name."""
    names = {param.name for param in init.params[1:] if param.kind in ("/", "p", "k")}
    for statement in getattr(init.code, "body", ()):
        if isinstance(statement, ir.Assign) and isinstance(statement.value, ir.Name):
            names -= {target.id for target in statement.targets if isinstance(target, ir.Name)}
            for target in statement.targets:
                if isinstance(target, ir.Attr) and _is_self(target.value, init) and statement.value.id in names:
                    yield statement.value.id, target.attr


def _is_self(node: ir.Expr, init: FunctionInfo) -> bool:
    return isinstance(node, ir.Name) and bool(init.params) and node.id == init.params[0].name


def held_by_constructor(frame: Frame, init: FunctionInfo, arguments: Sequence[Argument]) -> tuple[Held, ...]:
    """Return what one call of a constructor gives the new object to keep."""
    if init.cls is None or any(argument.star for argument in arguments):
        return ()
    order = [param.name for param in init.params[1:] if param.kind in ("/", "p")]
    given = _by_name(order, arguments)
    return tuple(_held(frame, init.cls.key, attr, given[name]) for name, attr in kept_by(init) if _is_client(given.get(name)))


def held_by_fields(frame: Frame, key: str, owners: dict[str, str], arguments: Sequence[Argument]) -> tuple[Held, ...]:
    """Return what the fields of one new object hold; ``owners`` are the classes that declare them, in order."""
    if any(argument.star for argument in arguments):
        return ()
    given = _by_name(list(owners), arguments)
    return tuple(_held(frame, key, name, values) for name, values in given.items() if name in owners and _is_client(values))


def _by_name(order: list[str], arguments: Sequence[Argument]) -> dict[str, Values]:
    plain = [argument.values for argument in arguments if not argument.keyword]
    return dict(zip(order, plain, strict=False)) | {argument.keyword: argument.values for argument in arguments if argument.keyword}


def _is_client(values: Values | None) -> bool:
    return bool(values) and all(isinstance(value, CLIENTS) for value in values or ())


def _held(frame: Frame, key: str, name: str, values: Values) -> Held:
    frame.machine.write(("given", key, name), values)
    return name, key, values


def own_of(frame: Frame, value: Object, name: str, found: Values) -> Values:
    """Return what an attribute of this very object is, where ``found`` is what it can be of any of its class."""
    for attr, owner, values in value.held:
        if attr == name:
            others: set[Value] = set(frame.machine.read(("given", owner, name), frame.unit))
            return values | (found - others)
    return found
