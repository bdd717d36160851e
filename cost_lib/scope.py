"""Carry tags from where they are known to where a call is made.

The tags in force are a chain of frames in one ContextVar. A scope that ends takes its own frame out of the chain of the
context it ends in, so it needs no token: leaving in another context, or out of order, takes nothing of others away.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Mapping
from contextvars import ContextVar
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple, ParamSpec, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Generator

    from cost_lib.operation import Operation

__all__ = ["CURRENT", "NOTHING", "Frame", "Scope", "clean", "framed", "inherited", "overlay", "silenced", "tags", "with_current_tags"]

F = TypeVar("F", bound="Callable[..., Any]")
P = ParamSpec("P")
R = TypeVar("R")


class Inherited(Enum):
    """The type of ``inherited``: the caller must bring the tag."""

    INHERITED = "inherited"


inherited: Final = Inherited.INHERITED


class Frame(NamedTuple):
    """What is in force at one depth."""

    tags: Mapping[str, str]
    operation: Operation | None = None  # the logical call under way
    is_silent: bool = False  # somebody records already: what is inside must not be recorded twice
    owner: object = None  # the scope that made it
    own: Mapping[str, str] = MappingProxyType({})  # what that scope added
    outer: Frame | None = None


NOTHING: Final = Frame(MappingProxyType({}))
CURRENT: Final[ContextVar[Frame]] = ContextVar("costmark", default=NOTHING)
_new: Final = tuple.__new__  # a third of what Frame(...) takes; three of them are made for a call
LONGEST: Final = 1024  # characters of a tag: a document that was taken for one must not be held, searched and cut at every call


def clean(values: Mapping[str, Any]) -> dict[str, str]:
    """Keep the tags that say something: an empty, blank, absent or inherited value never overrides an outer one."""
    found = {}
    for name, value in values.items():
        if type(value) is str:
            text = value
        elif value is None or value is inherited:
            continue
        else:
            text = str(value.value if isinstance(value, Enum) else value)
        if text and not text.isspace():
            found[name] = text if len(text) <= LONGEST else text[:LONGEST]
    return found


def overlay(frame: Frame, own: Mapping[str, str], *, owner: object = None) -> Frame:
    """Lay tags over those in force."""
    outer, operation, is_silent, *_ = frame
    return _new(Frame, ({**outer, **own} if outer else own, operation, is_silent, owner, own, frame))


def framed(frame: Frame, own: Mapping[str, str], operation: Operation) -> Frame:
    """Lay the tags of a receiver over those in force, for one logical call."""
    outer = frame.tags
    return _new(Frame, ({**outer, **own} if outer else own, operation, frame.is_silent, None, own, frame))


def silenced(frame: Frame) -> Frame:
    """Return the frame for what is inside a request that is recorded already."""
    tags, operation, _, owner, own, outer = frame
    return _new(Frame, (tags, operation, True, owner, own, outer))


def without(frame: Frame, owner: object) -> Frame:
    """Take the innermost frame of an owner out of a chain; a chain that has none stays as it is."""
    inner: list[Frame] = []
    found: Frame | None = frame
    while found is not None and found.owner is not owner:
        inner.append(found)
        found = found.outer
    if found is None:
        return frame
    outer = found.outer or NOTHING
    for kept in reversed(inner):  # scopes left out of order
        outer = kept._replace(tags={**outer.tags, **kept.own}, outer=outer)
    return outer


class Scope:
    """Tags around a block or a function; one scope may be entered many times, also at once."""

    __slots__ = ("own",)

    def __init__(self, own: Mapping[str, str]) -> None:
        self.own = own

    def __enter__(self) -> None:
        CURRENT.set(overlay(CURRENT.get(), self.own, owner=self))

    def __exit__(self, *_: object) -> None:
        CURRENT.set(without(CURRENT.get(), self))

    async def __aenter__(self) -> None:
        self.__enter__()

    async def __aexit__(self, *_: object) -> None:
        self.__exit__()

    def __call__(self, function: F) -> F:
        """Put the tags around every call of a function, coroutine function, generator or asynchronous generator."""
        return cast("F", _decorated(self, function))


def tags(**values: str | Enum | None) -> Scope:
    """Set tags for a block (``with``, ``async with``) or, as a decorator, for a function."""
    return Scope(clean(values))


def with_current_tags(function: Callable[P, R]) -> Callable[P, R]:
    """Return a function that runs under the tags in force now, in whatever thread or executor it is called."""
    frame = CURRENT.get()

    @functools.wraps(function)
    def carried(*args: P.args, **kwargs: P.kwargs) -> R:
        before = CURRENT.set(frame)
        try:
            return function(*args, **kwargs)
        finally:
            CURRENT.reset(before)

    return carried


def _decorated(scope: Scope, function: Any) -> Any:
    import inspect  # which costs more to load than the rest of this module

    if isinstance(function, type):
        raise TypeError(f"@tags goes above a function, not above a class: {function.__name__}")
    if isinstance(function, (staticmethod, classmethod)):
        return type(function)(_decorated(scope, function.__func__))
    if not callable(function):
        raise TypeError(f"@tags goes above a function, not above {type(function).__name__}")
    if (around := _context_manager(function)) is not None:
        return around(_decorated(scope, function.__wrapped__))
    if inspect.isasyncgenfunction(function):
        wrapper: Any = _async_generator(scope, function)
    elif inspect.isgeneratorfunction(function):
        wrapper = _generator(scope, function)
    elif inspect.iscoroutinefunction(function):
        wrapper = _coroutine(scope, function)
    else:
        wrapper = _plain(scope, function)
    return functools.update_wrapper(wrapper, function)


def _context_manager(function: Any) -> Callable[[Any], Any] | None:
    """Return what of contextlib has made a function out of a generator function: that one runs when the block begins and ends."""
    import inspect

    contextlib = sys.modules.get("contextlib")
    if contextlib is None or getattr(function, "__globals__", None) is not vars(contextlib):
        return None
    made, found = getattr(function, "__wrapped__", None), None
    if inspect.isasyncgenfunction(made):
        found = contextlib.asynccontextmanager
    elif inspect.isgeneratorfunction(made):
        found = contextlib.contextmanager
    return found


def _plain(scope: Scope, function: Callable[..., Any]) -> Callable[..., Any]:
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        with scope:
            return function(*args, **kwargs)

    return wrapper


def _coroutine(scope: Scope, function: Callable[..., Any]) -> Callable[..., Any]:
    async def wrapper(*args: Any, **kwargs: Any) -> Any:
        with scope:
            return await function(*args, **kwargs)

    return wrapper


def _generator(scope: Scope, function: Callable[..., Any]) -> Callable[..., Any]:
    def wrapper(*args: Any, **kwargs: Any) -> Generator[Any, Any, Any]:
        inner = function(*args, **kwargs)
        frame = overlay(CURRENT.get(), scope.own, owner=scope)
        step, value = inner.send, None
        while True:
            consumer = CURRENT.get()
            CURRENT.set(frame)
            try:
                item = step(value)
            except StopIteration as stop:
                return stop.value
            finally:
                frame = CURRENT.get()  # what the body itself has set holds when it goes on, and never meanwhile
                CURRENT.set(consumer)
            try:
                value = yield item
                step = inner.send
            except BaseException as error:  # noqa: BLE001 - handed to the body, whose answer counts
                step, value = inner.throw, error

    return wrapper


def _async_generator(scope: Scope, function: Callable[..., Any]) -> Callable[..., Any]:
    async def wrapper(*args: Any, **kwargs: Any) -> AsyncGenerator[Any, Any]:
        inner = function(*args, **kwargs)
        frame = overlay(CURRENT.get(), scope.own, owner=scope)
        step, value = inner.asend, None
        while True:
            consumer = CURRENT.get()
            CURRENT.set(frame)
            try:
                item = await step(value)
            except StopAsyncIteration:
                return
            finally:
                frame = CURRENT.get()
                CURRENT.set(consumer)
            try:
                value = yield item
                step = inner.asend
            except BaseException as error:  # noqa: BLE001 - handed to the body, whose answer counts
                step, value = inner.athrow, error

    return wrapper
