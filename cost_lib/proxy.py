"""Hand a client on with tags: ``tagged`` frames each call, and the stream that it gives back, with its receiver's tags."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar, cast

from cost_lib.metering import ensure_ready
from cost_lib.operation import Operation, find_call_site
from cost_lib.scope import CURRENT, Frame, clean, overlay
from cost_lib.wrappable import Kind, kind_of_attribute, kind_of_result, packages_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from enum import Enum

T = TypeVar("T")
OWN: Final = frozenset(("__copy__", "__deepcopy__", "__reduce_ex__"))
BINARY: Final = ("or", "and", "xor", "add", "sub", "mul", "matmul", "truediv", "floordiv", "mod", "pow", "rshift", "lshift")
# these run under the tags, and what they give back is framed
OPERATORS: Final = frozenset(f"__{prefix}{name}__" for name in BINARY for prefix in ("", "r", "i"))
CALLS: Final = "call enter exit aenter aexit iter next aiter anext await"
FRAMED: Final = OPERATORS | frozenset(f"__{name}__" for name in CALLS.split())
PLAIN: Final = frozenset(
    f"__{name}__"
    for name in (
        "len bool contains getitem setitem delitem reversed length_hint int float complex index bytes format fspath "
        "lt le gt ge neg pos invert abs round trunc floor ceil divmod rdivmod"
    ).split()
)


class State(NamedTuple):
    """What a proxy stands for."""

    target: Any
    tags: Mapping[str, str]
    packages: frozenset[str]  # of the first receiver: what it hands out bills too
    frame: Frame | None = None  # of the call that gave it out: a stream runs under that to its end


class Tagged:
    """A stand-in that looks like its target in everything but ``type``."""

    __slots__ = ("__weakref__", "_costmark_state")

    def __init__(self, state: State) -> None:
        object.__setattr__(self, "_costmark_state", state)

    def __getattribute__(self, name: str) -> Any:
        if name[:2] == "__" and (name in OWN or ((name in FRAMED or name in PLAIN) and name in type(self).__dict__)):
            return object.__getattribute__(self, name)
        state = state_of(self)
        value = getattr(state.target, name)
        if name[:2] == "__" or is_proxy(value):
            return value
        kind = kind_of_attribute(value, state.packages)
        return value if kind is Kind.DATA or kind is Kind.AWAITABLE else _proxy(state._replace(target=value))

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(state_of(self).target, name, value)

    def __delattr__(self, name: str) -> None:
        delattr(state_of(self).target, name)

    def __dir__(self) -> list[str]:
        return dir(state_of(self).target)

    def __repr__(self) -> str:
        return repr(state_of(self).target)

    def __str__(self) -> str:
        return str(state_of(self).target)

    def __eq__(self, other: object) -> Any:
        return state_of(self).target == (state_of(other).target if is_proxy(other) else other)

    def __ne__(self, other: object) -> Any:
        return state_of(self).target != (state_of(other).target if is_proxy(other) else other)

    def __hash__(self) -> int:
        return hash(state_of(self).target)

    def __copy__(self) -> Any:
        state = state_of(self)
        return _proxy(state._replace(target=copy.copy(state.target)))

    def __deepcopy__(self, memo: dict[int, Any]) -> Any:
        state = state_of(self)
        return _proxy(state._replace(target=copy.deepcopy(state.target, memo)))

    def __reduce_ex__(self, _: object) -> Any:
        state = state_of(self)
        return _restored, (state.target, dict(state.tags))


def tagged(obj: T, /, **tags: str | Enum | None) -> T:
    """Return a client, function or framework object whose calls carry these tags; its static type stays."""
    ensure_ready()
    own = clean(tags)
    if is_proxy(obj):
        state = state_of(obj)
        return cast("T", _proxy(state._replace(tags={**state.tags, **own})))
    return cast("T", _proxy(State(obj, own, packages_of(obj))))


def is_proxy(obj: object) -> bool:
    """Say whether an object is a proxy, which ``isinstance`` cannot: a proxy passes for its target."""
    return issubclass(type(obj), Tagged)


def state_of(proxy: object) -> State:
    """Return what a proxy stands for."""
    state: State = object.__getattribute__(proxy, "_costmark_state")
    return state


def _restored(target: Any, tags: Mapping[str, str]) -> Any:
    return tagged(target, **tags)


_types: Final[dict[type, type[Tagged]]] = {}


def _proxy(state: State) -> Tagged:
    kind = type(state.target)
    return (_types.get(kind) or _types.setdefault(kind, _type_for(kind)))(state)


def _type_for(kind: type) -> type[Tagged]:
    """Make a proxy type with the operators of a class and no more: what cannot be called must not look as if."""
    body: dict[str, Any] = {"__slots__": ()}
    for name in FRAMED | PLAIN:
        if next((base.__dict__[name] for base in kind.__mro__ if name in base.__dict__), None) is not None:
            body[name] = _await_framed if name == "__await__" else _framed(name) if name in FRAMED else _plain(name)
    return type(f"Tagged[{kind.__name__}]", (Tagged,), body)


def _plain(name: str) -> Callable[..., Any]:
    def forwarded(self: object, *args: Any) -> Any:
        return getattr(state_of(self).target, name)(*args)

    return forwarded


def _framed(name: str) -> Callable[..., Any]:
    is_call = name == "__call__"
    is_async = name in {"__anext__", "__aenter__", "__aexit__"}

    def forwarded(self: object, /, *args: Any, **kwargs: Any) -> Any:
        state = state_of(self)
        frame = state.frame or _begin(state)
        function = state.target if is_call else getattr(state.target, name)
        before = CURRENT.get()
        CURRENT.set(frame)
        try:
            result = function(*args, **kwargs)
        finally:
            CURRENT.set(before)
            _refuse(frame)
        return _awaited(result, state, frame) if is_async else _hand_out(result, state, frame)

    return forwarded


def _await_framed(self: object) -> Any:
    state = state_of(self)
    frame = state.frame or _begin(state)
    return _awaited(state.target, state, frame).__await__()


async def _awaited(awaitable: Any, state: State, frame: Frame) -> Any:
    before = CURRENT.get()
    CURRENT.set(frame)
    try:
        result = await awaitable
    finally:
        CURRENT.set(before)
        _refuse(frame)
    return _hand_out(result, state, frame)


def _begin(state: State) -> Frame:
    operation = Operation(state.packages, find_call_site())
    return overlay(CURRENT.get(), state.tags)._replace(operation=operation)


def _refuse(frame: Frame) -> None:
    """Give the caller the refusal itself, in place of what the SDK has made of it."""
    if frame.operation is not None and frame.operation.refusal is not None:
        raise frame.operation.refusal from None


def _hand_out(result: Any, state: State, frame: Frame) -> Any:
    if is_proxy(result):
        return result
    kind = kind_of_result(result, state.packages)
    if kind is Kind.DATA:
        return result
    if kind is Kind.AWAITABLE:
        return _awaited(result, state, frame)
    return _proxy(state._replace(target=result, frame=frame if kind is Kind.STREAM else None))
