"""The objects that an annotation promises."""

from __future__ import annotations

from collections.abc import Iterator

from lint_plugin import ir
from lint_plugin.stages.resolve import library
from lint_plugin.stages.resolve.attributes import attribute
from lint_plugin.stages.resolve.containers import make, put
from lint_plugin.stages.resolve.frame import Frame
from lint_plugin.values import EMPTY, Alias, ClassOf, External, Instance, Object, Text, Value, Values

UNIONS = frozenset({"Optional", "Union", "ClassVar", "Final", "Required", "NotRequired", "ReadOnly", "InitVar", "Awaitable", "Coroutine"})
SEQUENCES = frozenset(
    "list List set Set frozenset Sequence MutableSequence Iterable Collection tuple Tuple Iterator AsyncIterator Generator AsyncGenerator"
    " ContextManager AsyncContextManager AbstractContextManager AbstractAsyncContextManager deque".split()
)
MAPPINGS = frozenset({"dict", "Dict", "Mapping", "MutableMapping", "defaultdict", "OrderedDict", "WeakValueDictionary"})


def instances(frame: Frame, node: ir.Expr | None) -> Values:
    """Return the instances that an annotation names, raw by annotation; empty when it names nothing that matters."""
    return EMPTY if node is None else frozenset(_instances(frame, node))


def _instances(frame: Frame, node: ir.Expr) -> Iterator[Value]:
    if isinstance(node, ir.BinOp) and node.op == "|":
        yield from _instances(frame, node.left)
        yield from _instances(frame, node.right)
    elif isinstance(node, ir.Subscript):
        yield from _subscripted(frame, node)
    elif isinstance(node, (ir.Name, ir.Attr)):
        for value in resolve(frame, node):
            yield from instance_of(frame, value)


def _subscripted(frame: Frame, node: ir.Subscript) -> Iterator[Value]:
    leaf = node.value.attr if isinstance(node.value, ir.Attr) else node.value.id if isinstance(node.value, ir.Name) else ""
    inner = node.index.items if isinstance(node.index, ir.Seq) else (node.index,)
    if leaf == "Annotated":
        yield from _instances(frame, inner[0])
    elif leaf in UNIONS:
        for item in inner:
            yield from _instances(frame, item)
    elif leaf in ("type", "Type", "Literal", "Callable"):
        return
    elif leaf in SEQUENCES or leaf in MAPPINGS:
        held = frozenset(found for item in (inner[-1:] if leaf in MAPPINGS else inner) for found in _instances(frame, item))
        if held:
            holder = make(f"{frame.module.path}:{frame.qualname}@{node.pos}a", "dict" if leaf in MAPPINGS else "list")
            put(frame, holder, "", held)
            yield holder
    else:
        yield from _instances(frame, node.value)


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
            yield Instance(entry.canonical, via="annotation")
        elif value.name in library.HTTP_CLASSES:
            yield Instance(library.HTTP_CLASSES[value.name])
        elif value.name in library.EXECUTORS:
            yield Instance(value.name)
    elif isinstance(value, ClassOf):
        yield Object(value.key)
    elif isinstance(value, Alias):
        yield from value.options


def subscript(frame: Frame, value: External, node: ir.Expr, index: Values) -> set[Value]:
    """Return what subscripting an outside name gives: a type, or an environment variable."""
    leaf = value.name.rpartition(".")[2]
    if value.name == "os.environ":
        return set()
    if leaf in ("Optional", "Union", "Annotated", "ClassVar", "Final", "Required", "NotRequired", "Literal"):
        if leaf == "Literal":
            return {found for found in index if isinstance(found, Text)}
        options = instances(frame, ir.Subscript(ir.Name(leaf, -1), node, -1))
        return {Alias(options)} if options else set()
    return {value} if frame.machine.catalog.client(value.name) is not None else set()
