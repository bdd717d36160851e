"""Generic classes of the project: what a type parameter stands for in a class that names it, ``class Chat(Base[OpenAI])``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lint_plugin import ir
from lint_plugin.stages.resolve.annotations import UNIONS, instances, leaf_of
from lint_plugin.stages.resolve.frame import Frame
from lint_plugin.stages.resolve.project import ClassInfo, FunctionInfo
from lint_plugin.values import ClassOf, Object, Pending, Value, Values

GENERIC: Final = frozenset({"Generic", "Protocol"})
CALLED: Final = "()"  # ends the name of a method whose result is meant


def specialize(frame: Frame, info: ClassInfo, node: ir.Expr, base: Value) -> None:
    """Note what the type arguments of a base promise of the attributes and results that the base declares by its parameters."""
    if not isinstance(node, ir.Subscript):
        return
    given = [instances(frame, item) for item in _items(node.index)]
    if not any(given):
        return
    machine = frame.machine
    if isinstance(base, Pending):
        machine.want(base)
    generic = machine.classes.get(base.key) if isinstance(base, ClassOf) else None
    if generic is None or generic is info:
        return
    for parameter, promised in zip(_parameters(generic), given, strict=False):
        for name in _declared_by(generic, parameter) if promised else ():
            machine.write(("declared", info.key, name), promised)


def result_of(frame: Frame, info: FunctionInfo, receiver: Value | None, found: Values) -> Values:
    """Return what calling a method gives, or what the class of the receiver promises of it where nothing is known."""
    if info.cls is None or not isinstance(receiver, Object) or receiver.key == info.cls.key or frame.knows(found):
        return found
    promised = frame.machine.read(("declared", receiver.key, info.name + CALLED), frame.unit)
    return frame.or_promised(found, promised) if frame.machine.falls_back_on(promised) else found


def _items(index: ir.Expr) -> tuple[ir.Expr, ...]:
    return index.items if isinstance(index, ir.Seq) else (index,)


def _parameters(info: ClassInfo) -> list[str]:
    """Return the type parameters of a class in their order: those of ``Generic[...]``, else all that its bases are given."""
    subscripts = [base.value for base in info.code.bases if isinstance(base.value, ir.Subscript)]
    plain = [node for node in subscripts if leaf_of(node.value) in GENERIC] or subscripts
    return list(dict.fromkeys(item.id for node in plain for item in _items(node.index) if isinstance(item, ir.Name)))


def _declared_by(info: ClassInfo, parameter: str) -> Iterator[str]:
    """Yield the attributes of a class that have a type parameter for a type, and the methods that return one."""
    for statement in info.code.body:
        if isinstance(statement, ir.Assign) and isinstance(statement.targets[0], ir.Name) and _means(statement.annotation, parameter):
            yield statement.targets[0].id
    for method in info.methods.values():
        if isinstance(method.code, ir.Function) and _means(method.code.returns, parameter):
            yield from (method.name, method.name + CALLED)
        given = {param.name for param in method.params if _means(param.annotation, parameter)}
        for statement in method.code.body if given and isinstance(method.code, ir.Function) else ():
            if isinstance(statement, ir.Assign) and isinstance(statement.value, ir.Name) and statement.value.id in given:
                yield from (target.attr for target in statement.targets if isinstance(target, ir.Attr))


def _means(node: ir.Expr | None, parameter: str) -> bool:
    """Tell whether an annotation is a type parameter, or that and nothing."""
    if isinstance(node, ir.BinOp):
        return _means(node.left, parameter) or _means(node.right, parameter)
    if isinstance(node, ir.Subscript) and leaf_of(node.value) in UNIONS:
        return any(_means(item, parameter) for item in _items(node.index))
    return isinstance(node, ir.Name) and node.id == parameter
