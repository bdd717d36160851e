"""Attributes and items of objects that cannot be followed: ``app.state.client``, ``st.session_state["agent"]``, ``_local.client``.

They are kept by the last name of the owner and the name or key itself, wherever in the project that pair is met again on an owner
of which nothing is known.
"""

from __future__ import annotations

from typing import Final

from lint_plugin import ir
from lint_plugin.stages.resolve.frame import Frame
from lint_plugin.values import EMPTY, HOLE, Container, External, Instance, Nothing, Parameter, Text, Unknown, Value, Values

OWN: Final = frozenset({"", "self", "cls"})
KEEPS: Final = frozenset({"set", "setdefault", "put"})
GIVES: Final = frozenset({"get", "setdefault", "pop"})


def keep(frame: Frame, owners: Values, node: ir.Expr, name: str, values: Values, *, by_key: bool = False) -> None:
    """Keep what is stored on an owner that cannot be followed, when it matters."""
    owner = _last(node)
    if owner not in OWN and is_foreign(frame, owners) and any(_is_client(frame, value) for value in values):
        frame.machine.note_loose(owner, name)
        if by_key or owners:
            frame.machine.warm(owner)  # a key is no identifier: code that reads it is known by the owner alone
        frame.machine.write(("loose", owner, name), values)


def kept(frame: Frame, owners: Values, node: ir.Expr, name: str) -> Values:
    """Return what was ever stored under such a pair; empty when the owner can be followed."""
    if name not in frame.machine.loose:
        return EMPTY
    owner = _last(node)
    return frame.machine.read(("loose", owner, name), frame.unit) if owner not in OWN and is_foreign(frame, owners) else EMPTY


def key_of(index: Values) -> str:
    """Return the literal key of a subscript; empty when it is not one."""
    keys = [value.text for value in index if isinstance(value, Text)]
    return keys[0] if len(keys) == 1 == len(index) and HOLE not in keys[0] else ""


def is_foreign(frame: Frame, owners: Values) -> bool:
    """Tell whether nothing says what an owner is, but that it comes from outside."""
    return all(_says_nothing(frame, value) for value in owners)


def _says_nothing(frame: Frame, value: Value) -> bool:
    if isinstance(value, External):
        return value.tags is None and not frame.machine.matters(value)
    return isinstance(value, (Unknown, Nothing, Parameter))


def _is_client(frame: Frame, value: Value) -> bool:
    """Tell whether a value itself bills; objects of the project are known by what they do elsewhere."""
    return isinstance(value, (Instance, External, Container)) and frame.machine.matters(value)


def _last(node: ir.Expr) -> str:
    if isinstance(node, ir.Call):
        node = node.func
    return node.attr if isinstance(node, ir.Attr) else node.id if isinstance(node, ir.Name) else ""
