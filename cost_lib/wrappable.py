"""Decide what a tagged object hands out tagged: what bills in turn, and streams; never an answer."""

from __future__ import annotations

import types
from enum import Enum
from typing import Any, Final

ROUTINES: Final = (types.FunctionType, types.MethodType, types.BuiltinFunctionType, types.MethodWrapperType)
NEUTRAL: Final = frozenset(("builtins", "abc", "typing", "types", "pydantic", "collections", "contextlib", "enum", "_io", "io"))


class Kind(Enum):
    """What a value is to the proxy."""

    DATA = "data"  # handed on bare
    CLIENT = "client"  # bills in turn; each of its calls is an operation of its own
    STREAM = "stream"  # part of the call that gave it out
    AWAITABLE = "awaitable"


def packages_of(target: Any) -> frozenset[str]:
    """Return the packages whose objects bill when they come from this receiver."""
    if isinstance(target, types.ModuleType):
        return frozenset((target.__name__.partition(".")[0],))
    if isinstance(target, types.MethodType):
        return packages_of(target.__self__)
    if isinstance(target, (types.FunctionType, types.BuiltinFunctionType)):
        return frozenset((str(target.__module__).partition(".")[0],))
    return _packages(type(target))


def kind_of_attribute(value: Any, packages: frozenset[str]) -> Kind:
    """Decide about what an attribute holds."""
    if isinstance(value, ROUTINES):
        return Kind.CLIENT
    if isinstance(value, types.ModuleType):
        return Kind.CLIENT if value.__name__.partition(".")[0] in packages else Kind.DATA
    kind = _kind(type(value), packages)
    if kind is Kind.DATA and callable(value) and not isinstance(value, type):
        return Kind.CLIENT
    return kind


def kind_of_result(value: Any, packages: frozenset[str]) -> Kind:
    """Decide about what a call gave back."""
    cls = type(value)
    if cls.__name__.endswith(("Response", "ResponseContent")):
        return Kind.DATA
    return _kind(cls, packages)


_kinds: Final[dict[tuple[type, frozenset[str]], Kind]] = {}
MOST: Final = 4096  # classes made at run time are without number


def _kind(cls: type, packages: frozenset[str]) -> Kind:
    found = _kinds.get((cls, packages))
    if found is None:
        if len(_kinds) >= MOST:
            _kinds.clear()
        found = _kinds[cls, packages] = _judge(cls, packages)
    return found


def _judge(cls: type, packages: frozenset[str]) -> Kind:
    if issubclass(cls, types.CoroutineType):
        return Kind.AWAITABLE
    top = cls.__module__.partition(".")[0]
    if _is_data(cls, top):
        return Kind.DATA
    if hasattr(cls, "__next__") or hasattr(cls, "__anext__"):
        return Kind.STREAM
    if any(hasattr(cls, name) for name in ("__enter__", "__aenter__", "__await__")) and not (
        hasattr(cls, "close") or hasattr(cls, "aclose")
    ):
        return Kind.STREAM
    return Kind.CLIENT if top in packages or packages & _packages(cls) else Kind.DATA


def _is_data(cls: type, top: str) -> bool:
    if issubclass(cls, (types.GeneratorType, types.AsyncGeneratorType)):
        return False
    if issubclass(cls, (type, types.ModuleType, BaseException, str, bytes, tuple, list, dict, set, Enum)):
        return True
    if hasattr(cls, "add_done_callback"):  # a task or future has its context already
        return True
    if any(base.__module__ == "unittest.mock" for base in cls.__mro__):
        return not (hasattr(cls, "assert_called") or hasattr(cls, "assert_any_call"))
    is_model = any(base.__module__.startswith("pydantic") and base.__name__ == "BaseModel" for base in cls.__mro__)
    if is_model:  # answers are models; so are the chat models and chains of frameworks, which can be invoked
        return not (hasattr(cls, "invoke") or hasattr(cls, "ainvoke"))
    return top in NEUTRAL - {"contextlib"}


def _packages(cls: type) -> frozenset[str]:
    return frozenset(base.__module__.partition(".")[0] for base in cls.__mro__) - NEUTRAL
