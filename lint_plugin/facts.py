"""What the rules look at: one record for each thing that can be right or wrong, free of syntax and of the interpreter.

``path`` is relative to the project root, ``pos`` a character offset in the decoded source, ``scope`` the qualified name of the
function or class around it (empty at module level), ``text`` the dotted callee as written.
"""

from __future__ import annotations

from typing import Final, NamedTuple

PLACEHOLDERS: Final = frozenset(("", "todo", "fixme", "tbd", "xxx", "changeme", "placeholder", "none", "null", "n/a"))

METERED: Final = ("http", "local")  # transports; a container of parts has no request of its own: its parts are judged by theirs


def is_blank(value: str) -> bool:
    """Say whether a tag's value says nothing: empty, blank or a placeholder."""
    return value.strip().lower() in PLACEHOLDERS


class CallSite(NamedTuple):
    """A call, or a reference handed on, that makes a provider charge."""

    path: str
    pos: int
    scope: str
    text: str
    kind: str  # call, reference (a bound method handed on), http, wrapper (a house wrapper's call), possible (unresolved receiver)
    layer: str  # sdk, framework, http
    provider: str
    method: str  # accessor from the client or dotted function name
    api: str
    bills: str  # tokens, job, storage
    transport: str  # http, grpc, websocket, subprocess, local
    raw: bool  # did not go through a sanctioned wrapper (on one path at least)
    allowed: bool  # a raw client may be used here: allow-raw, or the body of a house wrapper
    recorded: bool  # inside ``record_call``
    metering: str  # call, process: what holds for the path
    missing: tuple[str, ...]  # required tags that are not proven, in policy order
    opaque: tuple[str, ...]  # required tags that may be in a ``**kwargs`` that cannot be seen through
    models: tuple[str, ...]  # literal model names
    resolution: str
    pinned: bool = False  # known only to a catalog newer than the one the policy pins: a warning


class TagProof(NamedTuple):
    """How one tag stands at a call: what it can be, and what brings it."""

    key: str
    state: str  # proven, unknown (only a run can tell), missing
    how: tuple[str, ...]  # call, receiver, with, decorator, record, callers, policy, request, opaque, empty; () where nothing brings it
    values: tuple[str, ...] = ()  # the literals that it can be
    dynamic: bool = False  # it can also be something computed


class Stocked(NamedTuple):
    """A call that bills, with every tag that it has or has to have."""

    site: CallSite
    tags: tuple[TagProof, ...]


class TagValue(NamedTuple):
    """A tag as written in ``tagged``, ``tags``, ``record_call``, a house wrapper's call, or passed to a helper that hands it on."""

    path: str
    pos: int  # of the keyword
    scope: str
    key: str
    literals: tuple[str, ...]  # the strings that it can be
    nothing: bool  # can be ``None``
    dynamic: bool  # can be something computed
    required: bool  # the path demands the key
    strict: bool  # an unknown key is an error here
    misspelt: str = ""  # the required key, missing here, that this one is one edit away from
    written: str = ""  # of a computed value: the dotted name that it is read from (``user.email``), "" for anything else


class Caller(NamedTuple):
    """A call of a helper that inherits tags which this caller does not bring."""

    path: str
    pos: int
    scope: str
    text: str
    callee: str
    missing: tuple[str, ...]
    passed: bool = False  # the tags are asked for as arguments of the call: a scope around it does not bring them


class Boundary(NamedTuple):
    """A callable that takes a tag from the scope is handed to a thread or executor, which does not carry it."""

    path: str
    pos: int
    scope: str
    text: str
    boundary: str  # ThreadPoolExecutor.submit, threading.Thread, run_in_executor
    lost: tuple[str, ...]
    takes_context: bool = False  # it has a ``context`` argument in every Python that the project supports


class LeakyScope(NamedTuple):
    """A ``yield`` under ``with tags(...)``; stands at the ``with``."""

    path: str
    pos: int
    scope: str


class Shadow(NamedTuple):
    """A receiver bound elsewhere overrides the scope around the call."""

    path: str
    pos: int
    scope: str
    text: str
    key: str
    wins: str  # the receiver's value
    loses: str  # the scope's value


class EscapedClient(NamedTuple):
    """A raw client is handed to code that the analyzer cannot see."""

    path: str
    pos: int
    scope: str
    provider: str
    cls: str
    callee: str


class Unmetered(NamedTuple):
    """``metering = "process"`` is relied on, but nothing calls ``meter()``."""

    path: str  # the policy file
    line: int


class PriceArithmetic(NamedTuple):
    """A product or quotient with a token count in it: the whole chain of ``*`` and ``/``, operands as written.

    Operands are dotted names (``usage.prompt_tokens``), string keys (``usage["prompt_tokens"]`` gives ``prompt_tokens``) and
    numbers (``0.15``); others are left out.
    """

    path: str
    pos: int  # of the first operator
    scope: str
    text: str  # the expression as written, on one line
    factors: tuple[str, ...]
    divisors: tuple[str, ...]


Fact = CallSite | TagValue | Caller | Boundary | LeakyScope | Shadow | EscapedClient | Unmetered | PriceArithmetic
