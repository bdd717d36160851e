"""Shapes of the provider catalog: what can be imported, what bills, what only looks alike.

Provider knowledge is plain data, written as literals in ``providers/<name>.py`` and read alike by the analyzer, the codemod
and the run time. Nothing here knows syntax trees or HTTP clients.

Names are dotted paths as user code writes them (``openai.OpenAI``). A name may end in a shell-style pattern
(``langchain_community.chat_models.*``, ``langchain_openai.Chat*``): ``*`` matches within and across segments.

Accessors are dotted paths from an instance to the callable (``chat.completions.create``). Two special forms:

- ``""``: the instance itself is called (``predict(question=...)``);
- a segment ``*`` matches exactly one segment (``services.*.run``).
"""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class Bills(Enum):
    """What a callable makes the provider charge for."""

    TOKENS = "tokens"  # inference: tokens, characters, images, audio seconds, searches
    JOB = "job"  # deferred or long work: batches, fine-tuning, evaluations, video jobs
    STORAGE = "storage"  # vector stores, containers, caches; off in the rules by default
    FREE = "free"  # costs nothing (counting tokens, listing, retrieving, moderation)


class Transport(Enum):
    """How the request travels; anything but HTTP cannot be metered at the HTTP boundary."""

    HTTP = "http"
    GRPC = "grpc"
    WEBSOCKET = "websocket"
    SUBPROCESS = "subprocess"
    LOCAL = "local"  # no request of its own (a container of parts that do)


class Layer(Enum):
    """Decides the rule: a raw ``SDK`` call is CMK101, a raw ``FRAMEWORK`` call is CMK103."""

    SDK = "sdk"
    FRAMEWORK = "framework"


class Choice(NamedTuple):
    """A result type picked by a literal argument: ``boto3.client("bedrock-runtime")``.

    ``values`` maps the literal to the dotted name of the resulting class; another literal gives no catalogued object.
    """

    argument: str  # keyword name
    position: int  # position of the same argument when it is given positionally
    values: tuple[tuple[str, str], ...]


class Method(NamedTuple):
    """One accessor of a client class."""

    accessor: str
    bills: Bills = Bills.TOKENS
    api: str = "chat"  # chat, responses, messages, completions, embeddings, images, audio, video, rerank, batch, realtime, ...
    transport: Transport = Transport.HTTP
    returns: str = ""  # dotted class name of the result, when the result can bill in turn (a chat session)
    choice: Choice | None = None  # the result class depends on a literal argument
    model: str = "model"  # keyword argument that names the model; "" when none does
    since: str = ""  # catalog version (``2026.11``) that first knew it; "" = from the beginning
    note: str = ""
    runs: str = ""  # first argument, which may be what sends: a function of the project bills in its own body, not here


class ClientClass(NamedTuple):
    """A class whose instances can bill: SDK client, resource, chat model, chain, agent, index."""

    names: tuple[str, ...]  # every dotted path it can be imported by, patterns allowed; the first one is canonical
    methods: tuple[Method, ...] = ()  # billable accessors, and free ones that return something billable
    free: tuple[str, ...] = ()  # accessors that are known to be free, in so far as they look billable
    bases: tuple[str, ...] = ()  # canonical names of catalogued classes whose methods this one has too
    provider: str = ""  # "" = the provider of the file (``azure-openai`` inside openai.py)
    views: tuple[str, ...] = ()  # attributes that lead to the same surface: with_raw_response, with_streaming_response, aio
    same: tuple[str, ...] = ()  # methods whose result is the same kind of object with the same tags: with_options, bind_tools
    parts: tuple[str, ...] = ()  # constructor parameters (names, or "*" for all) that may hold the part which bills
    own: bool = True  # bills by itself; False: bills only when one of its ``parts`` does (a chain, an agent without model)
    operators: tuple[str, ...] = ()  # operators that compose parts: "|"
    composite: str = ""  # canonical class of the composition; "" = this class
    abstract: bool = False  # good as an annotation; a subclass that the project defines is the project's own code, not a client
    attributes: tuple[tuple[str, str], ...] = ()  # attribute path -> canonical class of a billable object held there
    model: str = "model"  # constructor argument that names the model; "" when none does
    asynchronous: bool = False
    adds: tuple[str, ...] = ()  # methods that take in a further part after construction: ``add_component``


class Function(NamedTuple):
    """A module-level function: billable itself, or a factory or wrapper of something billable."""

    names: tuple[str, ...]
    bills: Bills = Bills.TOKENS
    api: str = "chat"
    transport: Transport = Transport.HTTP
    returns: str = ""  # canonical class of the result; the call itself then usually bills nothing (``bills=Bills.FREE``)
    choice: Choice | None = None
    parts: tuple[str, ...] = ()  # parameters (names, or "*" for all) that hold a billing part which the result carries on
    positions: tuple[str, ...] = ()  # parameter names in positional order, as far as ``parts`` and ``model`` need them
    own: bool = True  # as for ClientClass: False = bills, or returns something billing, only when a part does
    model: str = "model"
    since: str = ""
    note: str = ""


class Host(NamedTuple):
    """A provider's host as it appears in URLs.

    ``host`` may begin with ``*.`` (any subdomain) or hold ``*`` inside a label. ``paths`` are the billable URL paths, with
    ``*`` for one segment and ``**`` for any rest; an empty tuple means that every POST to the host bills.
    """

    host: str
    paths: tuple[str, ...] = ()
    free: tuple[str, ...] = ()
    provider: str = ""
    include_usage: str = ""  # date and source when the host accepts ``stream_options.include_usage``; "" = do not ask


class Provider(NamedTuple):
    """Everything known of one provider or framework."""

    name: str  # OpenTelemetry ``gen_ai.provider.name`` where one exists (``openai``, ``aws.bedrock``), else the package's name
    layer: Layer
    packages: tuple[str, ...]  # distributions on the package index
    source: str  # where the facts were read: distribution and version, or a URL
    checked: str  # ISO date of that reading
    classes: tuple[ClientClass, ...] = ()
    functions: tuple[Function, ...] = ()
    hosts: tuple[Host, ...] = ()
