"""Attributes and items of objects that cannot be followed: ``app.state.client``, ``st.session_state["agent"]``, ``_local.client``.

They are kept by the last name of the owner and the name or key itself, wherever in the project that pair is met again on an owner
of which nothing is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from lint_plugin import ir
from lint_plugin.stages.resolve.arguments import Argument
from lint_plugin.stages.resolve.containers import items, keys
from lint_plugin.stages.resolve.frame import Frame
from lint_plugin.values import EMPTY, HOLE, Container, External, Instance, Nothing, Object, Parameter, Text, Unknown, Value, Values

OWN: Final = frozenset({"", "self", "cls"})
KEEPS: Final = frozenset({"set", "setdefault", "put"})
GIVES: Final = frozenset({"get", "setdefault", "pop"})
STORING: Final = KEEPS | GIVES
BY_NAME: Final = frozenset({"getattr", "setattr"})
STATE: Final = "state"
OBJ: Final = "obj"  # what ``click`` hands its commands, often an object of the project
ANY_CONTEXT: Final = "\0context"


def keep(frame: Frame, owners: Values, node: ir.Expr, name: str, values: Values, *, by_key: bool = False) -> None:
    """Keep what is stored on an owner that cannot be followed, when it matters."""
    owner = _last(node)
    if owner in OWN or not _is_open(frame, owner, owners):
        return
    if name == OBJ and not by_key:
        frame.machine.write(("loose", ANY_CONTEXT, OBJ), values)
    if any(_is_client(frame, value) or (name == OBJ and isinstance(value, Object)) for value in values):
        frame.machine.note_loose(owner, name)
        if by_key or owners:
            frame.machine.warm(owner)  # a key is no identifier: code that reads it is known by the owner alone
        frame.machine.write(("loose", owner, name), values)


def kept(frame: Frame, owners: Values, node: ir.Expr, name: str) -> Values:
    """Return what was ever stored under such a pair; empty when the owner can be followed."""
    if name not in frame.machine.loose:
        return EMPTY
    owner = _last(node)
    return frame.machine.read(("loose", owner, name), frame.unit) if owner not in OWN and _is_open(frame, owner, owners) else EMPTY


def loose_call(frame: Frame, func: ir.Expr, callees: Values, arguments: Sequence[Argument], owners: Values) -> Values:
    """Store and fetch by a call on what cannot be followed: ``session.set("client", client)``, ``getattr(local, "client", None)``."""
    if isinstance(func, ir.Name) and func.id in BY_NAME and len(arguments) > 1:
        holder, key = arguments[0], key_of(arguments[1].values)
        if func.id == "setattr" and key and len(arguments) == 3:
            keep(frame, holder.values, holder.node, key, arguments[2].values)
        return kept(frame, holder.values, holder.node, key) if func.id == "getattr" and key else EMPTY
    if not isinstance(func, ir.Attr) or func.attr not in STORING or not arguments:
        return EMPTY
    key = key_of(arguments[0].values)
    if not key or not is_foreign(frame, callees):
        return EMPTY
    if func.attr in KEEPS and len(arguments) == 2:
        keep(frame, owners, func.value, key, arguments[1].values, by_key=True)
    return kept(frame, owners, func.value, key) if func.attr in GIVES else EMPTY


def of_lifespan(frame: Frame, yielded: Values) -> None:
    """Keep what the lifespan of an application yields as its state: ``yield {"client": client}`` is read as ``request.state.client``."""
    info = frame.function
    if info is None or not info.params or not getattr(info.code, "asynchronous", False):
        return
    for holder in yielded:
        for key in keys(frame, holder) if isinstance(holder, Container) and holder.kind == "dict" else ():
            values = items(frame, holder, frozenset({Text(key)}))
            if any(_is_client(frame, value) for value in values):
                frame.machine.note_loose(STATE, key)
                frame.machine.write(("loose", STATE, key), values)


def key_of(index: Values) -> str:
    """Return the literal key of a subscript; empty when it is not one."""
    keys = [value.text for value in index if isinstance(value, Text)]
    return keys[0] if len(keys) == 1 == len(index) and HOLE not in keys[0] else ""


def _is_open(frame: Frame, owner: str, owners: Values) -> bool:
    """Tell whether an owner cannot be followed; one command's ``ctx.obj`` may be an object where another's is a dict."""
    return is_foreign(frame, frozenset(value for value in owners if not isinstance(value, Object)) if owner == OBJ else owners)


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
