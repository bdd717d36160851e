"""Hand a client on with tags: ``tagged`` frames each call, and the stream that it gives back, with its receiver's tags."""

from __future__ import annotations

import copy
import sys
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar, cast

from cost_lib.metering import ensure_ready
from cost_lib.metering.import_hook import after_import
from cost_lib.metering.switch import SWITCH
from cost_lib.operation import SITES, Operation, find_call_site
from cost_lib.scope import CURRENT, Frame, clean, framed
from cost_lib.wrappable import BY_TYPE, Kind, Reach, reach_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from enum import Enum

    from cost_lib.operation import CallSite

T = TypeVar("T")
STATE: Final = "_costmark_state"
OWN: Final = frozenset(("__copy__", "__deepcopy__", "__reduce_ex__"))
BINARY: Final = ("or", "and", "xor", "add", "sub", "mul", "matmul", "truediv", "floordiv", "mod", "pow", "rshift", "lshift")
# these run under the tags, and what they give back is framed
OPERATORS: Final = frozenset(f"__{prefix}{name}__" for name in BINARY for prefix in ("", "r", "i"))
CALLS: Final = "call enter exit aenter aexit iter next aiter anext await"
DATA: Final = Kind.DATA  # members of an enum are looked up more slowly than names of a module
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
    reach: Reach  # of the first receiver: what it hands out bills too
    frame: Frame | None = None  # of the call that gave it out: a stream runs under that to its end


class Tagged:
    """A stand-in that looks like its target in everything but ``type``."""

    __slots__ = ("__weakref__", "_costmark_state")

    def __getattribute__(self, name: str) -> Any:
        if name[:2] == "__" and (name in OWN or ((name in FRAMED or name in PLAIN) and name in type(self).__dict__)):
            return _get(self, name)
        target, tags, reach, frame = _state(self)
        value = getattr(target, name)
        if name[:2] == "__":
            return value
        kind = reach.attributes.get(type(value)) or (DATA if is_proxy(value) else reach.of_attribute(value))
        if kind is DATA or kind is Kind.AWAITABLE:
            return value
        made = _types.get(type(value))
        if made is None:
            return _proxy(value, tags, reach, frame)
        proxy = _make(made)
        _set_state(proxy, _new(State, (value, tags, reach, frame)))
        return proxy

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
        target, tags, reach, frame = state_of(self)
        return _proxy(copy.copy(target), tags, reach, frame)

    def __deepcopy__(self, memo: dict[int, Any]) -> Any:
        target, tags, reach, frame = state_of(self)
        return _proxy(copy.deepcopy(target, memo), tags, reach, frame)

    def __reduce_ex__(self, _: object) -> Any:
        state = state_of(self)
        return _restored, (state.target, dict(state.tags))


def tagged(obj: T, /, **tags: str | Enum | None) -> T:
    """Return a client, function or framework object whose calls carry these tags; its static type stays."""
    if not SWITCH.is_ready or after_import.halves:
        ensure_ready()
    own = clean(tags)
    reach = BY_TYPE.get(type(obj))
    if reach is None:
        if is_proxy(obj):
            target, before, reach, frame = state_of(obj)
            return cast("T", _proxy(target, {**before, **own}, reach, frame))
        reach = reach_of(obj)
    return cast("T", _proxy(obj, own, reach, None))


def is_proxy(obj: object) -> bool:
    """Say whether an object is a proxy, which ``isinstance`` cannot: a proxy passes for its target."""
    return issubclass(type(obj), Tagged)


def state_of(proxy: object) -> State:
    """Return what a proxy stands for."""
    state: State = _state(proxy)
    return state


def _restored(target: Any, tags: Mapping[str, str]) -> Any:
    return tagged(target, **tags)


_types: Final[dict[type, type[Tagged]]] = {}
_get: Final = object.__getattribute__
_state: Final = Tagged.__dict__[STATE].__get__  # the slot itself: half of what a look-up by name takes
_set_state: Final = Tagged.__dict__[STATE].__set__
_make: Final = object.__new__
_new: Final = tuple.__new__  # a third of what State(...) takes


def _proxy(target: Any, tags: Mapping[str, str], reach: Reach, frame: Frame | None) -> Tagged:
    kind = type(target)
    proxy = _make(_types.get(kind) or _types.setdefault(kind, _type_for(kind)))
    _set_state(proxy, _new(State, (target, tags, reach, frame)))
    return proxy


def _type_for(kind: type) -> type[Tagged]:
    """Make a proxy type with the operators of a class and no more: what cannot be called must not look as if."""
    body: dict[str, Any] = {"__slots__": ()}
    for name in FRAMED | PLAIN:
        if next((base.__dict__[name] for base in kind.__mro__ if name in base.__dict__), None) is not None:
            body[name] = SPECIAL.get(name) or (_framed(name) if name in FRAMED else _plain(name))
    return type(f"Tagged[{kind.__name__}]", (Tagged,), body)


def _plain(name: str) -> Callable[..., Any]:
    def forwarded(self: object, *args: Any) -> Any:
        return getattr(state_of(self).target, name)(*args)

    return forwarded


def _call(self: object, /, *args: Any, **kwargs: Any) -> Any:
    state = _state(self)
    target, _, reach, frame = state
    if frame is None:
        frame = _begin(state)
    before = CURRENT.get()
    CURRENT.set(frame)
    try:
        result = target(*args, **kwargs)
    finally:
        CURRENT.set(before)
        if frame.operation.refusal is not None:
            _refuse(frame)
    if reach.results.get(type(result)) is DATA:
        return result
    return _hand_out(result, state, frame)


def _next(self: object) -> Any:
    state = _state(self)
    target, _, reach, frame = state
    if frame is None:
        frame = _begin(state)
    before = CURRENT.get()
    CURRENT.set(frame)
    try:
        result = target.__next__()
    finally:
        CURRENT.set(before)
        if frame.operation.refusal is not None:
            _refuse(frame)
    if reach.results.get(type(result)) is DATA:
        return result
    return _hand_out(result, state, frame)


def _framed(name: str) -> Callable[..., Any]:
    is_async = name in {"__anext__", "__aenter__", "__aexit__"}

    def forwarded(self: object, /, *args: Any, **kwargs: Any) -> Any:
        state = state_of(self)
        frame = state.frame or _begin(state)
        before = CURRENT.get()
        CURRENT.set(frame)
        try:
            result = getattr(state.target, name)(*args, **kwargs)
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
    target, tags, reach, _ = state
    caller = sys._getframe(1).f_back  # noqa: SLF001 - the line that calls; there is none where C starts a thread of control
    site = (SITES.get((id(caller.f_code), caller.f_lasti)) if caller is not None else None) or find_call_site()
    if reach.unmeterable is None or (reach.unmeterable and getattr(target, "__name__", "") in reach.unmeterable):
        _warn(state, site)
    return framed(CURRENT.get(), tags, Operation(reach.packages, site))


def _warn(state: State, site: CallSite | None) -> None:
    """Say it once when a call goes a way that cannot be metered."""
    from cost_lib.metering.transports import unmeterable, warn

    names = state.reach.unmeterable
    if names is None:
        names = state.reach.unmeterable = unmeterable(state.reach.packages)
    name = getattr(state.target, "__name__", "")
    if name in names:
        warn(name, names[name], site)


def _refuse(frame: Frame) -> None:
    """Give the caller the refusal itself, in place of what the SDK has made of it."""
    if frame.operation is not None and frame.operation.refusal is not None:
        raise frame.operation.refusal from None


def _hand_out(result: Any, state: State, frame: Frame) -> Any:
    if is_proxy(result):
        return result
    _, tags, reach, _ = state
    kind = reach.results.get(type(result)) or reach.of_result(result)
    if kind is DATA:
        return result
    if kind is Kind.AWAITABLE:
        return _awaited(result, state, frame)
    return _proxy(result, tags, reach, frame if kind is Kind.STREAM else None)


SPECIAL: Final = {"__call__": _call, "__next__": _next, "__await__": _await_framed}  # the first two are on the way of every call
