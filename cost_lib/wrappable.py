"""Decide what a tagged object hands out tagged: what bills in turn, and streams; never an answer."""

from __future__ import annotations

import types
from enum import Enum
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

ROUTINES: Final = (types.FunctionType, types.MethodType, types.BuiltinFunctionType, types.MethodWrapperType)
NEUTRAL: Final = frozenset(("builtins", "abc", "typing", "types", "pydantic", "collections", "contextlib", "enum", "_io", "io"))
# classes that iterate over an answer: of openai, anthropic, groq, together and what else is generated as they are; of mistralai
READERS: Final = frozenset(("Stream", "AsyncStream", "EventStream", "EventStreamAsync"))
# packages whose clients are of classes of another one
ALLIES: Final = {"boto3": ("botocore",), "aioboto3": ("aiobotocore", "botocore"), "aiobotocore": ("botocore",)}
T = TypeVar("T")
MOST: Final = 4096  # classes made at run time are without number


class Kind(Enum):
    """What a value is to the proxy."""

    DATA = "data"  # handed on bare
    CLIENT = "client"  # bills in turn; each of its calls is an operation of its own
    STREAM = "stream"  # part of the call that gave it out
    AWAITABLE = "awaitable"


class Reach:
    """What bills when it comes from one kind of receiver; judged once for each type."""

    __slots__ = ("attributes", "made", "packages", "results", "unmeterable")

    def __init__(self, packages: frozenset[str]) -> None:
        self.packages = packages
        self.attributes: dict[type, Kind] = {}
        self.made: dict[type, Any] = {}  # proxy types of attributes that bill
        self.results: dict[type, Kind] = {}
        self.unmeterable: Mapping[str, str] | None = None  # calls that do not travel over HTTP, once somebody has asked

    def of_attribute(self, value: Any) -> Kind:
        """Decide about what an attribute holds."""
        if isinstance(value, types.ModuleType):
            return Kind.CLIENT if value.__name__.partition(".")[0] in self.packages else Kind.DATA
        if isinstance(value, type):
            return Kind.CLIENT if value.__module__.partition(".")[0] in self.packages and _makes_clients(value) else Kind.DATA
        cls = type(value)
        kind = Kind.CLIENT if isinstance(value, ROUTINES) else _judge(cls, self.packages)
        if kind is Kind.DATA and callable(value):
            kind = Kind.CLIENT
        return _keep(self.attributes, cls, kind)

    def of_result(self, value: Any) -> Kind:
        """Decide about what a call gave back."""
        cls = type(value)
        is_answer = cls.__name__.endswith(("Response", "ResponseContent"))
        return _keep(self.results, cls, Kind.DATA if is_answer else _judge(cls, self.packages))


def reads_an_answer(value: Any) -> bool:
    """Say whether iterating over an object reads on in an answer of httpx that has begun: it sends nothing, so it needs no tags."""
    if not any(base.__name__ in READERS for base in type(value).__mro__):
        return False
    return hasattr(getattr(value, "response", None), "is_stream_consumed")


BY_TYPE: Final[dict[type, Reach]] = {}
_by_packages: Final[dict[frozenset[str], Reach]] = {}


def reach_of(target: Any) -> Reach:
    """Return what bills when it comes from this receiver."""
    cls = type(target)
    found = BY_TYPE.get(cls)
    if found is not None:
        return found
    if isinstance(target, (type, types.ModuleType, *ROUTINES)):  # each of its own
        return _reach(_packages_of(target))
    return _keep(BY_TYPE, cls, _reach(_packages(cls)))


def _keep(table: dict[type, T], cls: type, value: T) -> T:
    if len(table) >= MOST:
        table.clear()
    table[cls] = value
    return value


def _reach(named: frozenset[str]) -> Reach:
    packages = named.union(*(ALLIES.get(name, ()) for name in named))
    found = _by_packages.get(packages)
    if found is None:
        if len(_by_packages) >= MOST:
            _by_packages.clear()
        found = _by_packages[packages] = Reach(packages)
    return found


def _packages_of(target: Any) -> frozenset[str]:
    if isinstance(target, types.ModuleType):
        return frozenset((target.__name__.partition(".")[0],))
    if isinstance(target, type):  # what it makes bills
        return _packages(target)
    if isinstance(target, types.MethodType):
        return reach_of(target.__self__).packages
    if isinstance(target, (types.FunctionType, types.BuiltinFunctionType)):
        return frozenset((str(target.__module__).partition(".")[0],))
    return _packages(type(target))


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


def _makes_clients(cls: type) -> bool:
    """Say whether a class is that of a client: its objects are opened and closed, which no answer and no error is."""
    return any(hasattr(cls, name) for name in ("__enter__", "__aenter__")) and any(hasattr(cls, name) for name in ("close", "aclose"))


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
