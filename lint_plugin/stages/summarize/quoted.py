"""Names that stand inside strings: quoted annotations, and the arguments of calls that take a type or a module so."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final, Protocol

from lint_plugin import ir

_DOTTED: Final = re.compile(r"\s*[^\W\d]\w*(\.[^\W\d]\w*)*\s*")
_LETTER: Final = re.compile(r"[^\W\d]")
_WORD: Final = re.compile(r"\w+")
_LONGEST: Final = 1000
_IMPORTING: Final = frozenset({"import_module", "__import__", "import_string", "resolve_name", "locate", "get_class", "symbol_by_name"})
TYPES: Final = frozenset({"Optional", "Union", "Type", "ClassVar"})  # what stands quoted inside them is a name
OPAQUE: Final = ir.Lit("?")


class Cursor(Protocol):
    """Says where the walk stands."""

    def detach(self) -> None:
        """Begin an expression parsed out of a string: its names stand where the string does."""

    def attach(self) -> None:
        """End such an expression."""

    def last(self) -> int:
        """Return the offset of the name given last."""


class Host(Protocol):
    """The walk over expressions that meets the strings."""

    idents: set[str]

    @property
    def positions(self) -> Cursor:
        """Return where the walk stands."""

    def expr(self, node: Any) -> ir.Expr:
        """Lower one expression of the host's kind of tree."""


class Quoted:
    """Lowers what strings hold, with the parser of its host."""

    def __init__(self, host: Host, parse: Callable[[str], Any]) -> None:
        """Parse expressions with ``parse``, which returns ``None`` for what is none."""
        self._host = host
        self._parse = parse

    def annotation(self, node: ir.Expr) -> ir.Expr:
        """Parse the quoted parts of an annotation, except inside ``Literal``."""
        if isinstance(node, ir.Str):
            return self._parsed(node.value)
        if isinstance(node, ir.Subscript):
            if leaf(node.value) == "Literal":
                return node
            return ir.Subscript(node.value, self.annotation(node.index), node.pos)
        if isinstance(node, ir.Seq):
            return ir.Seq(node.kind, tuple([self.annotation(item) for item in node.items]), node.pos)
        if isinstance(node, ir.BinOp):
            return ir.BinOp(node.op, self.annotation(node.left), self.annotation(node.right), node.pos)
        return node

    def arguments(self, func: ir.Expr, args: tuple[ir.Arg, ...]) -> tuple[ir.Arg, ...]:
        """Return the arguments of a call, those parsed that name a type in a string."""
        first = args[0].value if args else None
        if not isinstance(first, ir.Str):
            return args
        name = leaf(func)
        if name == "cast":
            return (ir.Arg(self._parsed(first.value)), *args[1:])
        if name == "TypeVar":
            return tuple([self._bound(arg) for arg in args])
        if name in _IMPORTING:
            self._host.idents.update(_WORD.findall(first.value))
        return args

    def _bound(self, arg: ir.Arg) -> ir.Arg:
        """Parse the quoted type of ``TypeVar("T", bound="Client")``."""
        if arg.keyword == "bound" and isinstance(arg.value, ir.Str):
            return ir.Arg(self._parsed(arg.value.value), arg.keyword, arg.star, arg.pos)
        return arg

    def _parsed(self, text: str) -> ir.Expr:
        """Lower an expression written inside a string; what does not parse is nothing."""
        host = self._host
        if _DOTTED.fullmatch(text):
            first, *rest = text.strip().split(".")
            host.idents.update((first, *rest))
            found: ir.Expr = ir.Name(first, host.positions.last())
            for part in rest:
                found = ir.Attr(found, part, host.positions.last())
            return found
        tree = self._parse(text.strip()) if len(text) <= _LONGEST and _LETTER.search(text) else None
        if tree is None:
            return OPAQUE
        host.positions.detach()
        try:
            return self.annotation(host.expr(tree))
        finally:
            host.positions.attach()


def leaf(node: ir.Expr) -> str:
    """Return the last segment of a dotted name."""
    if isinstance(node, ir.Attr):
        return node.attr
    return node.id if isinstance(node, ir.Name) else ""


def joined(left: ir.Expr, right: ir.Expr) -> ir.Expr:
    """Return two adjacent strings as one."""
    if isinstance(left, ir.Str) and isinstance(right, ir.Str):
        return ir.Str(left.value + right.value, left.pos)
    return ir.FStr((*_parts(left), *_parts(right)))


def _parts(node: ir.Expr) -> tuple[ir.Expr, ...]:
    return node.parts if isinstance(node, ir.FStr) else (node,)


def either(left: ir.Expr, right: ir.Expr) -> ir.Expr:
    """Return ``left or right``."""
    return ir.Either((*(left.options if isinstance(left, ir.Either) and not left.tests else (left,)), right))


def names_type(annotation: ir.Expr) -> bool:
    """Tell whether an annotation says that the value is a type."""
    return leaf(annotation) == "TypeAlias"
