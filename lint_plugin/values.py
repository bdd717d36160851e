"""What a variable can hold, as far as it matters for finding LLM calls.

A variable's value is a frozenset of these; the empty set means that nothing is known. All are hashable plain data.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec

# Markers in the values of a tag; a literal value stands for itself.
INHERITED: Final = "\0inherited"
DYNAMIC: Final = "\0dynamic"
NOTHING: Final = "\0none"
UNSET: Final = "\0unset"  # on some path the key is not there
PARAMETER: Final = "\0parameter:"  # followed by the function's key, a colon and the parameter's name
EXTRA: Final = "**"  # before the name of an argument that a function takes in its ``**kwargs``
HOLE: Final = "\0"  # an unknown part inside a folded string

OPEN: Final = frozenset({INHERITED, NOTHING, ""})  # values that leave a tag to whatever is further out


class Tag(msgspec.Struct, frozen=True, cache_hash=True, gc=False):
    """One tag as written: the values it can have and where it was put on."""

    key: str
    values: frozenset[str]
    function: str  # key of the function in which it was applied
    pos: int
    backed: bool = False  # where a parameter says nothing, what the receiver had before holds


class Tags(msgspec.Struct, frozen=True, cache_hash=True, gc=False):
    """The tags of a receiver or scope."""

    items: tuple[Tag, ...] = ()
    opaque: bool = False  # a ``**kwargs`` that cannot be seen through
    function: str = ""  # where ``tagged`` or the scope was applied
    pos: int = -1
    kind: str = ""  # "house" for a configured wrapper

    def get(self, key: str) -> Tag | None:
        """Return the tag of a key."""
        for tag in self.items:
            if tag.key == key:
                return tag
        return None


def merge_tags(inner: Tags | None, outer: Tags) -> Tags:
    """Return the tags of ``tagged(tagged(x, inner), outer)``; what the outer one leaves open stays the inner one's."""
    if inner is None:
        return outer
    kept = {tag.key: tag for tag in inner.items}
    for tag in outer.items:
        below = kept.get(tag.key)
        # of two that leave the tag open the later one counts: ``inherited`` hands on what its own function is given
        if below is not None and tag.values <= OPEN and not below.values <= OPEN:
            continue
        if below is not None and not below.values & OPEN and any(value.startswith(PARAMETER) for value in tag.values):
            tag = Tag(tag.key, tag.values, tag.function, tag.pos, backed=True)  # noqa: PLW2901
        kept[tag.key] = tag
    return Tags(tuple(kept.values()), inner.opaque or outer.opaque, outer.function, outer.pos, outer.kind or inner.kind)


class Value(msgspec.Struct, frozen=True, cache_hash=True, gc=False):
    """Base of every value."""


Values = frozenset[Value]
Held = tuple[str, str, Values]  # attribute, class that sets it, values


class Unknown(Value, frozen=True):
    """Something that cannot be followed, kept only beside values that can."""


class Text(Value, frozen=True):
    """A string; unknown parts are ``HOLE``."""

    text: str


class Nothing(Value, frozen=True):
    """``None``."""


class Number(Value, frozen=True):
    """Any other literal constant."""

    text: str


class External(Value, frozen=True):
    """A name outside the project: module, class, function or attribute, by dotted path."""

    name: str
    tags: Tags | None = None
    stored: str = ""  # where a billable function was put into a variable


class Instance(Value, frozen=True):
    """An object of a class outside the project, or the resource or bound method reached from it by ``path``."""

    cls: str
    path: str = ""
    tags: Tags | None = None
    bills: bool = True
    provider: str = ""  # when the base URL names another provider than the class
    model: str = ""
    via: str = ""
    stored: str = ""  # where a bound method was put into a variable
    url: str = ""  # base URL of an HTTP client


class ModuleOf(Value, frozen=True):
    """A module of the project, by its path."""

    path: str


class Pending(Value, frozen=True):
    """A name of a project module that has not been lowered, because nothing made it worth a look so far."""

    path: str
    name: str


class FunctionOf(Value, frozen=True):
    """A function of the project, by key; ``self_`` is what it is bound to."""

    key: str
    receiver: Value | None = None
    tags: Tags | None = None
    after: str = ""  # for ``super()``: the class whose bases are asked


class ClassOf(Value, frozen=True):
    """A class of the project, by key."""

    key: str


class Object(Value, frozen=True):
    """An instance of a class of the project."""

    key: str
    tags: Tags | None = None
    exact: bool = False  # made by calling this very class: subclasses do not count
    held: tuple[Held, ...] = ()  # clients that this very object was made with


class Super(Value, frozen=True):
    """``super()`` inside a method."""

    key: str
    receiver: Value


class Container(Value, frozen=True):
    """A list, dict, tuple or set, by the place that makes it; its contents live in the stores."""

    site: str
    kind: str


class Parameter(Value, frozen=True):
    """The symbolic value of a parameter."""

    function: str
    name: str


class Deferred(Value, frozen=True):
    """The coroutine or generator that calling a project function gives; ``edge`` is the call."""

    key: str
    edge: str
    iterates: bool = False


Bound = tuple[str, int, Values]  # keyword, star and values of an argument


class Partial(Value, frozen=True):
    """``functools.partial(target, ...)``, or a scheduled call."""

    target: Value
    tags: Tags | None = None  # that a sanctioned form or house wrapper was given
    first: Values = frozenset()  # and its first argument
    bound: tuple[Bound, ...] = ()  # of what sends an HTTP request: the arguments that it is given before


class Getter(Value, frozen=True):
    """``operator.attrgetter(path)``."""

    path: str


class AnyAttribute(Value, frozen=True):
    """``getattr(base, name)`` in a ``__getattr__``: whatever attribute is asked for, of ``base``."""

    base: Value


class ScopeOf(Value, frozen=True):
    """``tags(...)``: a context manager and decorator."""

    tags: Tags
    record: bool = False  # ``record_call(...)``


class Alias(Value, frozen=True):
    """A type written as an expression (``Union[OpenAI, AsyncOpenAI]``); ``options`` are instances of its members."""

    options: frozenset[Value]
    injected: frozenset[Value] = frozenset()  # what the metadata of ``Annotated`` provides: ``Depends(...)``


class Maker(Value, frozen=True):
    """A callable of which only is known what it gives: ``Callable[[], OpenAI]``."""

    options: frozenset[Value]


class Sanctioned(Value, frozen=True):
    """Something that cannot be followed, with tags put on."""

    tags: Tags


class Stack(Value, frozen=True):
    """A ``contextlib.ExitStack``."""

    site: str


class Method(Value, frozen=True):
    """A method of a string, container or stack, by name."""

    owner: Value
    name: str


EMPTY: Final[Values] = frozenset()
UNKNOWN: Final = Unknown()
NONE: Final[Values] = frozenset({Nothing()})


def is_known(values: Values) -> bool:
    """Tell whether anything useful is known."""
    return any(not isinstance(value, (Unknown, Nothing, Parameter, Sanctioned)) for value in values)


def wrap(value: Value, tags: Tags) -> Value:
    """Return a value with tags put on."""
    if isinstance(value, Instance):
        merged = merge_tags(value.tags, tags)
        return Instance(value.cls, value.path, merged, value.bills, value.provider, value.model, value.via, "", value.url)
    if isinstance(value, External):
        return External(value.name, merge_tags(value.tags, tags))
    if isinstance(value, FunctionOf):
        return FunctionOf(value.key, value.receiver, merge_tags(value.tags, tags))
    if isinstance(value, Object):
        return Object(value.key, merge_tags(value.tags, tags), value.exact, value.held)
    if isinstance(value, Sanctioned):
        return Sanctioned(merge_tags(value.tags, tags))
    return value


def join(*sets: Values) -> Values:
    """Return what a variable can hold after several paths; a path of which nothing is known leaves a mark."""
    known = [found for found in sets if found]
    if not known:
        return EMPTY
    merged = known[0].union(*known[1:])
    return merged | {UNKNOWN} if len(known) < len(sets) else merged


def texts(values: Iterable[Value]) -> list[str]:
    """Return the strings among values, sorted."""
    return sorted(value.text for value in values if isinstance(value, Text))
