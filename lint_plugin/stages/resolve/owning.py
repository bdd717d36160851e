"""Attributes that a function sets on several objects of one class: which of them is told by the name that the object has there."""

from __future__ import annotations

from lint_plugin import ir
from lint_plugin.stages.resolve.attributes import attribute
from lint_plugin.stages.resolve.frame import OF, Frame
from lint_plugin.values import Object, Value, Values, join


def set_own(frame: Frame, owner: Object, node: ir.Attr, values: Values) -> None:
    """Bind an attribute of an object, beside what other names of the class hold by now."""
    shared = f"\0attr\0{owner.key}\0{node.attr}"
    name = _name(node.value)
    own = _self(frame)
    if name == own and not frame.parted:
        frame.env[shared] = values
        return
    here = _key(name, owner, node.attr)
    others = [key for key in frame.env if key.startswith(OF) and key.endswith(shared) and key != here] if frame.parted else []
    before = frame.env.get(shared)
    if before is not None and name and here not in frame.env and not others and own:
        frame.env[_key(own, owner, node.attr)] = before  # until now nobody but the object that the method is of has set it
        others = [own]
    frame.env[shared] = join(before, values) if before is not None and others else values
    if name:
        frame.env[here] = values
        frame.parted = True


def attribute_of(frame: Frame, value: Value, node: ir.Attr) -> Values:
    """Return an attribute of a value: what was given to the one of that very name, if anything was."""
    own = frame.env.get(_key(_name(node.value), value, node.attr)) if frame.parted and isinstance(value, Object) else None
    return attribute(frame, value, node.attr) if own is None else own


def _key(name: str, owner: Object, attr: str) -> str:
    return f"{OF}{name}.\0attr\0{owner.key}\0{attr}"


def _self(frame: Frame) -> str:
    info = frame.function
    return info.params[0].name if info is not None and info.cls is not None and info.params else ""


def _name(node: ir.Expr) -> str:
    """Return the variable, or the attribute of one, that an object is in; empty for what may be another one each time."""
    parts: list[str] = []
    while isinstance(node, ir.Attr):
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(parts)]) if isinstance(node, ir.Name) else ""
