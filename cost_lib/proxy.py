"""Hand a client on with tags: ``tagged`` frames each call, and the stream that it gives back, with its receiver's tags."""

from __future__ import annotations

import copy
import functools
import sys
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from cost_lib.compiled import SPEEDUPS
from cost_lib.metering import ensure_ready
from cost_lib.metering.import_hook import after_import
from cost_lib.metering.switch import SWITCH
from cost_lib.operation import SITES, Operation, find_call_site
from cost_lib.scope import CURRENT, Frame, clean, framed
from cost_lib.wrappable import BY_TYPE, Kind, Reach, reach_of, reads_an_answer

# ``speedups/proxy.c`` holds the twins of _Written, of ``tagged`` and of _call: they do what goes well and was made before

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from enum import Enum

    from cost_lib.operation import CallSite

T = TypeVar("T")
STATE: Final = "_costmark_state"
MOST: Final = 4096
SHORT: Final = 64  # characters of a tag that may come again
OWN: Final = frozenset(("__copy__", "__deepcopy__", "__reduce_ex__"))
BINARY: Final = ("or", "and", "xor", "add", "sub", "mul", "matmul", "truediv", "floordiv", "mod", "pow", "rshift", "lshift")
# these run under the tags, and what they give back is framed
OPERATORS: Final = frozenset(f"__{prefix}{name}__" for name in BINARY for prefix in ("", "r", "i"))
CALLS: Final = "call enter exit aenter aexit iter next aiter anext await"
DATA: Final = Kind.DATA  # members of an enum are looked up more slowly than names of a module
AWAITABLE: Final = Kind.AWAITABLE
FRAMED: Final = OPERATORS | frozenset(f"__{name}__" for name in CALLS.split())
PLAIN: Final = frozenset(
    f"__{name}__"
    for name in (
        "len bool contains getitem setitem delitem reversed length_hint int float complex index bytes format fspath "
        "lt le gt ge neg pos invert abs round trunc floor ceil divmod rdivmod instancecheck subclasscheck"
    ).split()
)


class State(NamedTuple):
    """What a proxy stands for."""

    target: Any
    tags: Mapping[str, str]
    reach: Reach  # of the first receiver: what it hands out bills too
    frame: Frame | None = None  # of the call that gave it out: a stream runs under that to its end


class _Written:
    """What all proxies are made of."""

    __slots__ = ("__weakref__", "_costmark_state")

    def __getattribute__(self, name: str) -> Any:
        if name < "a":  # an underscore or a capital
            return _special(self, name) if name[:2] == "__" else _plain_attribute(self, name)
        target, tags, reach, frame = _state(self)
        value = getattr(target, name)
        made = reach.made.get(type(value))
        if made is None:
            return _attribute(value, tags, reach, frame)
        proxy = _make(made)
        _set_state(proxy, (value, tags, reach, frame))
        return proxy


class Tagged(_Written if SPEEDUPS is None else SPEEDUPS.Proxy):  # type: ignore[misc]  # the compiled one passes for it
    """A stand-in that looks like its target in everything but ``type``."""

    __slots__ = ()

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
    known = _known.get(type(obj))
    found: T
    if known is None or not SWITCH.is_ready or after_import.halves:
        found = _tagged(obj, tags)
        return found
    for value in tags.values():
        if type(value) is not str or value not in _sound:
            found = _tagged(obj, tags)
            return found
    reach, made = known
    proxy: Any = _make(made)
    _set_state(proxy, (obj, tags, reach, None))
    found = proxy  # it passes for one; ``cast`` would be one more call
    return found


def _tagged(obj: Any, tags: Mapping[str, Any]) -> Any:
    """Make a proxy for what is tagged for the first time, or again, or with tags that were not seen before."""
    if not SWITCH.is_ready or after_import.halves:
        ensure_ready()
    own = clean(tags)
    if len(own) == len(tags) and len(_sound) < MOST:
        _sound.update(value for value in tags.values() if type(value) is str and len(value) <= SHORT)
    kind = type(obj)
    reach = BY_TYPE.get(kind)
    if reach is None and is_proxy(obj):
        target, before, reach, frame = state_of(obj)
        return _proxy(target, {**before, **own}, reach, frame)
    if reach is not None and kind in _types:
        if len(_known) >= MOST:
            _known.clear()
        _known[kind] = (reach, _types[kind])
    return _proxy(obj, own, reach_of(obj) if reach is None else reach, None)


def is_proxy(obj: object) -> bool:
    """Say whether an object is a proxy, which ``isinstance`` cannot: a proxy passes for its target."""
    return issubclass(type(obj), _base)


def state_of(proxy: object) -> State:
    """Return what a proxy stands for."""
    return State(*_state(proxy))


def _restored(target: Any, tags: Mapping[str, str]) -> Any:
    return tagged(target, **tags)


_types: Final[dict[type, type[Tagged]]] = {}
_known: Final[dict[type, tuple[Reach, type[Tagged]]]] = {}  # of what was tagged before
_sound: Final[set[object]] = set()  # tags that need no cleaning; users are without number, and not kept
_get: Final = object.__getattribute__
_base: type[Tagged] = globals().setdefault("_base", Tagged)  # when the module is reloaded, proxies of before are still about
_state: Final = getattr(_base, STATE).__get__  # the slot itself: half of what a look-up by name takes
_set_state: Final = getattr(_base, STATE).__set__
_make: Final = object.__new__
_getframe: Final = sys._getframe  # noqa: SLF001 - inspect.stack reads source files, a thousand times slower
_new: Final = tuple.__new__  # a third of what Frame(...) takes


def _special(proxy: object, name: str) -> Any:
    """Look up a name that the language gives a meaning to."""
    if name in OWN or ((name in FRAMED or name in PLAIN) and name in type(proxy).__dict__):
        return _get(proxy, name)
    return getattr(_state(proxy)[0], name)


def _plain_attribute(proxy: object, name: str) -> Any:
    """Look up a name that begins with an underscore or a capital."""
    target, tags, reach, frame = _state(proxy)
    return _attribute(getattr(target, name), tags, reach, frame)


def _attribute(value: Any, tags: Mapping[str, str], reach: Reach, frame: Frame | None) -> Any:
    """Hand on what an attribute holds; the proxy type of what bills is kept, so that it is not asked about again."""
    kind = reach.attributes.get(type(value)) or (DATA if is_proxy(value) else reach.of_attribute(value))
    if kind is DATA or kind is AWAITABLE:
        return value
    proxy = _proxy(value, tags, reach, frame)
    if type(value) in reach.attributes:
        reach.made[type(value)] = type(proxy)
    return proxy


def _proxy(target: Any, tags: Mapping[str, str], reach: Reach, frame: Frame | None) -> Tagged:
    kind = type(target)
    return _filled(_types.get(kind) or _types.setdefault(kind, _type_for(kind)), target, tags, reach, frame)


def _filled(kind: type[Tagged], target: Any, tags: Mapping[str, str], reach: Reach, frame: Frame | None) -> Tagged:
    proxy = _make(kind)
    _set_state(proxy, (target, tags, reach, frame))
    return proxy


def _type_for(kind: type) -> type[Tagged]:
    """Make a proxy type with the operators of a class and no more: what cannot be called must not look as if."""
    body: dict[str, Any] = {"__slots__": ()}
    for name in FRAMED | PLAIN:
        if next((base.__dict__[name] for base in kind.__mro__ if name in base.__dict__), None) is not None:
            body[name] = SPECIAL.get(name) or (_framed(name) if name in FRAMED else _plain(name))
    return _prepared(type(f"Tagged[{kind.__name__}]", (_base,), body))


def _prepared(kind: type[Tagged]) -> type[Tagged]:
    return kind


def _plain(name: str) -> Callable[..., Any]:
    def forwarded(self: object, *args: Any) -> Any:
        return getattr(state_of(self).target, name)(*args)

    return forwarded


def _call(self: object, /, *args: Any, **kwargs: Any) -> Any:
    target, tags, reach, frame = _state(self)
    before = CURRENT.get()
    if frame is None:
        try:
            caller = _getframe(1)  # the line that calls; there is none where C starts a thread of control
            site = SITES.get((id(caller.f_code), caller.f_lasti))
        except ValueError:
            site = None
        names = reach.unmeterable
        if site is None or not site.routes or names is None or (names and getattr(target, "__name__", "") in names):
            frame = _begin(target, tags, reach)
        else:  # as ``_begin`` does, without a look at what was metered from here before
            operation = _make(Operation)
            operation.packages, operation.call_site, operation.refusal, operation.attempts = reach.packages, site, None, None
            outer, _, is_silent, _, _, _ = before
            frame = _new(Frame, ({**outer, **tags} if outer else tags, operation, is_silent, None, tags, before))
    CURRENT.set(frame)
    try:
        result = target(*args, **kwargs)
    finally:
        CURRENT.set(before)
        carried = frame[1]
        if carried is not None and carried.refusal is not None:
            _refuse(frame)
    if reach.results.get(type(result)) is DATA:
        return result
    return _hand_out(result, tags, reach, frame)


def _next(self: object) -> Any:
    target, tags, reach, frame = _state(self)
    if frame is None:
        frame = _begin(target, tags, reach)
    before = CURRENT.get()
    CURRENT.set(frame)
    try:
        result = target.__next__()
    finally:
        CURRENT.set(before)
        carried = frame[1]
        if carried is not None and carried.refusal is not None:
            _refuse(frame)
    if reach.results.get(type(result)) is DATA:
        return result
    return _hand_out(result, tags, reach, frame)


def _framed(name: str) -> Callable[..., Any]:
    is_async = name in {"__anext__", "__aenter__", "__aexit__"}
    is_iteration = name in {"__iter__", "__aiter__"}

    def forwarded(self: object, /, *args: Any, **kwargs: Any) -> Any:
        target, tags, reach, frame = _state(self)
        frame = frame or _begin(target, tags, reach)
        before = CURRENT.get()
        CURRENT.set(frame)
        try:
            result = getattr(target, name)(*args, **kwargs)
        finally:
            CURRENT.set(before)
            _refuse(frame)
        if is_iteration and reads_an_answer(target):
            return result
        return _awaited(result, tags, reach, frame) if is_async else _hand_out(result, tags, reach, frame)

    return forwarded


def _await_framed(self: object) -> Any:
    target, tags, reach, frame = _state(self)
    return _awaited(target, tags, reach, frame or _begin(target, tags, reach)).__await__()


async def _awaited(awaitable: Any, tags: Mapping[str, str], reach: Reach, frame: Frame) -> Any:
    before = CURRENT.get()
    CURRENT.set(frame)
    try:
        result = await awaitable
    finally:
        CURRENT.set(before)
        _refuse(frame)
    return _hand_out(result, tags, reach, frame)


def _begin(target: object, tags: Mapping[str, str], reach: Reach) -> Frame:
    caller = _getframe(1).f_back
    site = (SITES.get((id(caller.f_code), caller.f_lasti)) if caller is not None else None) or find_call_site()
    if reach.unmeterable is None or (reach.unmeterable and getattr(target, "__name__", "") in reach.unmeterable):
        _warn(target, reach, site)
    return framed(CURRENT.get(), tags, Operation(reach.packages, site))


def _warn(target: object, reach: Reach, site: CallSite | None) -> None:
    """Say it once when a call goes a way that cannot be metered."""
    from cost_lib.metering.transports import unmeterable, warn

    names = reach.unmeterable
    if names is None:
        names = reach.unmeterable = unmeterable(reach.packages)
    name = getattr(target, "__name__", "")
    if name in names:
        warn(name, names[name], site)


def _refuse(frame: Frame) -> None:
    """Give the caller the refusal itself, in place of what the SDK has made of it."""
    if frame.operation is not None and frame.operation.refusal is not None:
        raise frame.operation.refusal from None


def _hand_out(result: Any, tags: Mapping[str, str], reach: Reach, frame: Frame) -> Any:
    if is_proxy(result):
        return result
    kind = reach.results.get(type(result)) or reach.of_result(result)
    if kind is DATA:
        return result
    if kind is AWAITABLE:
        return _awaited(result, tags, reach, frame)
    return _proxy(result, tags, reach, frame if kind is Kind.STREAM else None)


SPECIAL: Final = {"__call__": _call, "__next__": _next, "__await__": _await_framed}  # the first two are on the way of every call

if SPEEDUPS is not None:
    _tagger = SPEEDUPS.Tagger(globals())  # which it takes what it needs from, under the names that it has here
    tagged = functools.update_wrapper(_tagger, tagged)
    _filled, _prepared = _tagger.make, _tagger.prepare
