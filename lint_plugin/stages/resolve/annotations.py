"""The objects that an annotation promises."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lint_plugin import ir
from lint_plugin.stages.resolve import library
from lint_plugin.stages.resolve.attributes import attribute
from lint_plugin.stages.resolve.containers import items, make, put
from lint_plugin.stages.resolve.frame import Frame
from lint_plugin.values import (
    EMPTY,
    Alias,
    ClassOf,
    Container,
    External,
    Instance,
    Maker,
    Number,
    Object,
    Pending,
    Text,
    Value,
    Values,
)

UNIONS: Final = frozenset(
    "Optional Union ClassVar Final Required NotRequired ReadOnly InitVar Awaitable Coroutine SkipValidation Mapped".split()
)
SEQUENCES: Final = frozenset(
    "list List set Set frozenset Sequence MutableSequence Iterable Collection tuple Tuple Iterator AsyncIterator Generator AsyncGenerator"
    " AsyncIterable Queue SimpleQueue LifoQueue deque Deque".split()
)
ENTERED: Final = frozenset("ContextManager AsyncContextManager AbstractContextManager AbstractAsyncContextManager".split())
MAPPINGS: Final = frozenset(
    {"dict", "Dict", "Mapping", "MutableMapping", "defaultdict", "DefaultDict", "OrderedDict", "WeakValueDictionary"}
)
ALIASES: Final = frozenset({"Optional", "Union", "Annotated", "ClassVar", "Final", "Required", "NotRequired", "Callable", "Type"})


def instances(frame: Frame, node: ir.Expr | None) -> Values:
    """Return the instances that an annotation names, raw by annotation; empty when it names nothing that matters."""
    return EMPTY if node is None else frozenset(_instances(frame, node))


PLAIN: Final = frozenset("str int float bool bytes object None Any dict list tuple set".split())


def may_matter(node: ir.Expr | None) -> bool:
    """Tell whether an annotation may name something that leads to a client; those that cannot are the most."""
    if isinstance(node, ir.Name):
        return node.id not in PLAIN
    if isinstance(node, ir.BinOp):
        return may_matter(node.left) or may_matter(node.right)
    if isinstance(node, ir.Subscript):
        inner = node.index.items if isinstance(node.index, ir.Seq) else (node.index,)
        return any(may_matter(item) for item in inner)
    return isinstance(node, ir.Attr)


def promise(frame: Frame, values: Values, node: ir.Expr | None) -> Values:
    """Return values, or what their annotation promises where nothing is known of them: what was ever stored counts first."""
    if node is None or not may_matter(node):
        return values
    if frame.knows(values) and not any(isinstance(value, (Container, Pending)) for value in values):
        return values
    promised = instances(frame, node)
    return _filled(frame, values, promised) if frame.machine.falls_back_on(promised) else values


def _filled(frame: Frame, values: Values, promised: Values, depth: int = 3) -> Values:
    """Let a promise stand in for values, or for the contents of a container into which nothing known was ever put."""
    if not promised:
        return values
    if not frame.knows(values):
        return frame.or_promised(values, promised)
    held = frozenset(item for wanted in promised for item in items(frame, wanted))
    for value in values:
        if isinstance(value, Pending):
            frame.machine.want(value)
        elif isinstance(value, Container) and held and depth:
            inside = items(frame, value)
            filled = _filled(frame, inside, held, depth - 1)  # a container may hold itself
            if filled != inside:
                put(frame, value, "", filled)
    return values


def _instances(frame: Frame, node: ir.Expr) -> Iterator[Value]:
    if isinstance(node, ir.BinOp) and node.op == "|":
        yield from _instances(frame, node.left)
        yield from _instances(frame, node.right)
    elif isinstance(node, ir.Subscript):
        yield from _subscripted(frame, node)
    elif isinstance(node, (ir.Name, ir.Attr)):
        for value in resolve(frame, node):
            yield from instance_of(frame, value)


def leaf_of(node: ir.Expr) -> str:
    """Return the last name of a dotted one."""
    return node.attr if isinstance(node, ir.Attr) else node.id if isinstance(node, ir.Name) else ""


def _subscripted(frame: Frame, node: ir.Subscript) -> Iterator[Value]:
    leaf = leaf_of(node.value)
    inner = node.index.items if isinstance(node.index, ir.Seq) and node.index.items else (node.index,)
    if leaf in ("Annotated", *ENTERED):
        yield from _instances(frame, inner[0])
    elif leaf in UNIONS:
        for item in inner:
            yield from _instances(frame, item)
    elif leaf in ("type", "Type"):
        yield from _classes(frame, inner[0])
    elif leaf == "Callable":
        made = instances(frame, inner[-1])
        if made:
            yield Maker(made)
    elif leaf == "ContextVar":
        yield from _holder(frame, node, "var", instances(frame, inner[0]))
    elif leaf in MAPPINGS:
        yield from _holder(frame, node, "dict", instances(frame, inner[-1]))
    elif leaf in SEQUENCES:
        yield from _holder(frame, node, "list", frozenset(found for item in inner for found in _instances(frame, item)))
    elif leaf != "Literal":
        yield from _instances(frame, node.value)


def _holder(frame: Frame, node: ir.Subscript, kind: str, held: Values) -> Iterator[Value]:
    """Yield a container that holds what its annotation says."""
    if held:
        holder = make(f"{frame.module.path}:{frame.qualname}@{node.pos}a", kind)
        put(frame, holder, "", held)
        yield holder


def _classes(frame: Frame, node: ir.Expr) -> Iterator[Value]:
    """Yield the classes that ``type[...]`` promises."""
    if isinstance(node, ir.BinOp):
        yield from _classes(frame, node.left)
        yield from _classes(frame, node.right)
    elif isinstance(node, ir.Subscript) and leaf_of(node.value) in UNIONS:
        for item in node.index.items if isinstance(node.index, ir.Seq) else (node.index,):
            yield from _classes(frame, item)
    else:
        for value in resolve(frame, node):
            if isinstance(value, ClassOf) or (isinstance(value, External) and frame.machine.catalog.client(value.name) is not None):
                yield value


def resolve(frame: Frame, node: ir.Expr) -> Values:
    """Return what a dotted name in an annotation means."""
    if isinstance(node, ir.Name):
        return frame.lookup(node.id)
    if isinstance(node, ir.Attr):
        found: set[Value] = set()
        for value in resolve(frame, node.value):
            found |= attribute(frame, value, node.attr)
        return frozenset(found)
    return EMPTY


def instance_of(frame: Frame, value: Value) -> Iterator[Value]:
    """Yield the instance that a class, used as an annotation, promises."""
    if isinstance(value, External):
        entry = frame.machine.catalog.client(value.name)
        if entry is not None:
            # what bills only through its parts may be made of parts that do not
            yield Instance(entry.canonical, bills=entry.client.own, via="annotation")
        elif value.name in library.HTTP_CLASSES:
            yield Instance(library.HTTP_CLASSES[value.name])
        elif value.name in library.EXECUTORS:
            yield Instance(value.name)
        elif value.name in frame.machine.wrappers.owners:
            yield value
        elif value.name in library.SELF:
            cls = _around(frame)
            if cls is not None:
                yield cls
    elif isinstance(value, ClassOf):
        if frame.machine.leads(value.key):
            yield Object(value.key)
    elif isinstance(value, Alias):
        yield from value.options


def _around(frame: Frame) -> Object | None:
    """Return an instance of the class that an annotation stands in."""
    cls = frame.cls or (frame.function.cls if frame.function is not None else None)
    return Object(cls.key) if cls is not None else None


def subscript(frame: Frame, value: External, node: ir.Expr, index: Values) -> set[Value]:
    """Return what subscripting an outside name gives: a type, or an environment variable."""
    leaf = value.name.rpartition(".")[2]
    if value.name == "os.environ":
        return set()
    if leaf == "Literal":
        return {found for found in index if isinstance(found, Text)}
    if leaf in ALIASES or value.name in library.COLLECTING or leaf in MAPPINGS or leaf in SEQUENCES:
        options = instances(frame, ir.Subscript(ir.Name(leaf, -1), node, node.pos if isinstance(node, (ir.Name, ir.Attr, ir.Seq)) else -1))
        injected = _metadata(frame, index) if leaf == "Annotated" else EMPTY
        return {Alias(options, injected)} if options or injected else set()
    return {value} if frame.machine.catalog.client(value.name) is not None else set()


def _metadata(frame: Frame, index: Values) -> Values:
    """Return what the metadata of ``Annotated`` provides, evaluated already."""
    found: set[Value] = set()
    for value in index:
        for number in range(1, 8):
            found |= items(frame, value, frozenset({Number(str(number))}))
    return frozenset(item for item in found if not isinstance(item, (Text, Number)))
