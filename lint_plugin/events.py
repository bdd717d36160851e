"""What the last pass of the interpreter writes down: plain facts with the place where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from lint_plugin import ir
from lint_plugin.values import Tags

NONE_WRITTEN: Final[Mapping[str, str]] = MappingProxyType({})


class Block(NamedTuple):
    """One scope of tags around a piece of code, outermost first in a frame."""

    tags: Tags
    kind: str  # with, decorator, record
    start: int  # offsets of the block that it covers
    end: int


class Place(NamedTuple):
    """Where an event stands."""

    path: str
    function: str  # key of the function; "" at module level
    qualname: str
    pos: int


class BillableCall(NamedTuple):
    """A call, or a reference handed on, that makes a provider charge."""

    place: Place
    kind: str  # call, reference, stored, http, possible, wrapper, crossing
    provider: str
    layer: str  # sdk, framework, http
    method: str
    api: str
    bills: str
    transport: str
    since: str
    tags: Tags | None  # of the receiver; None = raw
    own: Tags | None  # tags in the call's own arguments (house wrappers)
    blocks: tuple[Block, ...]
    model: tuple[str, ...]
    how: str
    text: str
    stored: str = ""  # the reference that is called here
    boundary: str = ""  # the executor or thread that the reference is handed to


class Edge(NamedTuple):
    """A call of a project function."""

    place: Place
    callee: str
    id: str
    tags: Tags | None
    blocks: tuple[Block, ...]
    arguments: dict[str, frozenset[str]]  # parameter -> values as in ``Tag.values``, for parameters that are given
    keywords: dict[str, int]  # parameter -> position of the keyword
    text: str
    boundary: str = ""  # not called here but handed to this thread or executor
    deferred: bool = False  # a coroutine or generator: the blocks that count are those where it is consumed
    written: Mapping[str, str] = NONE_WRITTEN  # parameter -> the dotted name that its argument is read from


class Consumption(NamedTuple):
    """A coroutine or generator is awaited, iterated or scheduled here."""

    edge: str
    place: Place
    blocks: tuple[Block, ...]
    returned: bool = False  # handed to the caller instead, who may be out of sight


class TagWrite(NamedTuple):
    """Tags written down: ``tagged(...)``, ``tags(...)``, ``record_call(...)`` or a house wrapper's arguments."""

    place: Place
    key: str
    values: frozenset[str]
    pos: int
    strict: bool  # an unknown key is an error (our own forms); False for a house call's other arguments
    expression: str = ""


class LeakyYield(NamedTuple):
    """A ``yield`` inside ``with tags(...)`` of a generator that is no context manager."""

    place: Place


class Escape(NamedTuple):
    """A raw client handed to code that cannot be seen."""

    place: Place
    provider: str
    cls: str
    callee: str


class Started(NamedTuple):
    """A call of ``meter()``."""

    place: Place


class Recorded(NamedTuple):
    """``record_call(...)`` at its own line."""

    place: Place
    tags: Tags
    blocks: tuple[Block, ...]


Event = BillableCall | Edge | Consumption | TagWrite | LeakyYield | Escape | Started | Recorded


class Resolution(NamedTuple):
    """Everything that following the objects of a project gave."""

    events: tuple[Event, ...]
    defaults: Mapping[tuple[str, str], frozenset[str]]  # (function, parameter) -> values of its default, as in ``Tag.values``
    names: Mapping[str, str]  # function key -> name
    gateways: frozenset[str]  # functions in the body of a configured house wrapper
    modules: Mapping[str, ir.Module]  # what was lowered, by path
    depends: Mapping[str, frozenset[str]]  # module -> modules of the project that it imports
