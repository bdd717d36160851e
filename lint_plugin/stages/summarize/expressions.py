"""Lower expressions, in source order, to the intermediate form."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

import libcst as cst

from lint_plugin import ir
from lint_plugin.stages.summarize.positions import Positions

_DOTTED: Final = re.compile(r"\s*[^\W\d]\w*(\.[^\W\d]\w*)*\s*")
_CONSTANTS: Final = frozenset({"None", "True", "False", "Ellipsis", "NotImplemented", "__debug__"})
_MOVES: Final[dict[type[cst.BaseBinaryOp], str]] = {
    cst.Add: "+",
    cst.BitOr: "|",
    cst.Modulo: "%",
    cst.RightShift: ">>",
    cst.Multiply: "*",
    cst.Divide: "/",
}
_TYPES: Final = frozenset({"Optional", "Union", "Type", "ClassVar"})  # what stands quoted inside them is a name
_OPAQUE: Final = ir.Lit("?")

Lowering = Callable[[Any], ir.Expr]


class ExpressionWalk:
    """One walk over the expressions of a module; keeps the identifiers met since ``start_idents``."""

    def __init__(self, positions: Positions) -> None:
        """Walk with ``positions`` as the source of offsets."""
        self.positions = positions
        self.idents: set[str] = set()
        self.yields = False
        self._lower: dict[type[cst.CSTNode], Lowering] = {
            cst.Name: self._name,
            cst.Attribute: self._attribute,
            cst.Call: self._call,
            cst.SimpleString: self._string,
            cst.ConcatenatedString: self._concatenated,
            cst.FormattedString: self._formatted,
            cst.Integer: lambda node: ir.Lit(node.value),
            cst.Float: lambda node: ir.Lit(node.value),
            cst.Imaginary: lambda node: ir.Lit(node.value),
            cst.Ellipsis: lambda node: ir.Lit("..."),
            cst.BinaryOperation: self._binary,
            cst.BooleanOperation: self._boolean,
            cst.UnaryOperation: lambda node: ir.Multi((self.expr(node.expression),)),
            cst.Comparison: self._comparison,
            cst.IfExp: self._conditional,
            cst.Tuple: lambda node: self._sequence("tuple", node.elements),
            cst.List: lambda node: self._sequence("list", node.elements),
            cst.Set: lambda node: self._sequence("set", node.elements),
            cst.Dict: self._dict,
            cst.Subscript: self._subscript,
            cst.Slice: self._slice,
            cst.Index: lambda node: self.expr(node.value),
            cst.ListComp: lambda node: self._comprehension("list", (node.elt,), node.for_in),
            cst.SetComp: lambda node: self._comprehension("set", (node.elt,), node.for_in),
            cst.GeneratorExp: lambda node: self._comprehension("gen", (node.elt,), node.for_in),
            cst.DictComp: lambda node: self._comprehension("dict", (node.key, node.value), node.for_in),
            cst.Await: lambda node: ir.Await(self.expr(node.expression)),
            cst.Yield: self._yield,
            cst.NamedExpr: self._walrus,
            cst.Lambda: self._lambda,
            cst.StarredElement: lambda node: ir.Star(self.expr(node.value)),
            cst.Element: lambda node: self.expr(node.value),
        }
        for name in ("TemplatedString", "FormattedString"):
            if hasattr(cst, name):
                self._lower[getattr(cst, name)] = self._formatted

    def expr(self, node: cst.CSTNode) -> ir.Expr:
        """Lower one expression; a node class that is not known is walked for what it holds."""
        lower = self._lower.get(type(node))
        return lower(node) if lower is not None else self.unknown(node)

    def unknown(self, node: cst.CSTNode) -> ir.Expr:
        """Lower the children of a node of an unknown class, in source order."""
        items = [self.expr(child) for child in node.children]
        return ir.Multi(tuple(item for item in items if item is not _OPAQUE)) if items else _OPAQUE

    def optional(self, node: cst.CSTNode | None) -> ir.Expr | None:
        """Lower an expression that may be absent."""
        return None if node is None else self.expr(node)

    def _name(self, node: cst.Name) -> ir.Expr:
        pos = self.positions.name(node)
        value = node.value
        if value in _CONSTANTS:
            return ir.Lit(value)
        self.idents.add(value)
        return ir.Name(value, pos)

    def _attribute(self, node: cst.Attribute) -> ir.Expr:
        value = self.expr(node.value)
        attr = node.attr.value
        self.idents.add(attr)
        return ir.Attr(value, attr, self.positions.name(node.attr))

    def _call(self, node: cst.Call) -> ir.Expr:
        func = self.expr(node.func)
        pos = func.pos if isinstance(func, (ir.Attr, ir.Name)) else self.positions.last()
        args = tuple([self._arg(arg) for arg in node.args])
        first = args[0].value if args else None
        if isinstance(first, ir.Str) and isinstance(func, (ir.Name, ir.Attr)):
            leaf = func.id if isinstance(func, ir.Name) else func.attr
            if leaf == "cast":
                args = (ir.Arg(self._parsed(first.value)), *args[1:])
            elif leaf == "TypeVar":
                args = tuple([self._bound(arg) for arg in args])
            elif leaf in ("import_module", "__import__"):
                self.idents.update(first.value.split("."))
        return ir.Call(func, args, pos)

    def _bound(self, arg: ir.Arg) -> ir.Arg:
        """Parse the quoted type of ``TypeVar("T", bound="Client")``."""
        if arg.keyword == "bound" and isinstance(arg.value, ir.Str):
            return ir.Arg(self._parsed(arg.value.value), arg.keyword, arg.star, arg.pos)
        return arg

    def _arg(self, node: cst.Arg) -> ir.Arg:
        if node.keyword is None:
            return ir.Arg(self.expr(node.value), "", len(node.star))
        pos = self.positions.name(node.keyword)
        return ir.Arg(self.expr(node.value), node.keyword.value, 0, pos)

    def args(self, nodes: Iterable[cst.Arg]) -> tuple[ir.Arg, ...]:
        """Lower the arguments of a call or class statement."""
        return tuple([self._arg(node) for node in nodes])

    def _string(self, node: cst.SimpleString) -> ir.Expr:
        value = _value(node)
        if ir.URL_IDENT in value:
            self.idents.add(ir.URL_IDENT)
        return ir.Str(value, self.positions.last())

    def _concatenated(self, node: cst.ConcatenatedString) -> ir.Expr:
        left, right = self.expr(node.left), self.expr(node.right)
        if isinstance(left, ir.Str) and isinstance(right, ir.Str):
            return ir.Str(left.value + right.value, left.pos)
        return ir.FStr((*_parts(left), *_parts(right)))

    def _formatted(self, node: cst.FormattedString) -> ir.Expr:
        self.positions.enter_string(node)
        parts = [self._part(part) for part in node.parts]
        self.positions.leave_string()
        return ir.FStr(tuple(parts))

    def _part(self, part: Any) -> ir.Expr:
        expression = getattr(part, "expression", None)
        if expression is None:
            if ir.URL_IDENT in part.value:
                self.idents.add(ir.URL_IDENT)
            return ir.Str(part.value.replace("{{", "{").replace("}}", "}"))
        lowered = self.expr(expression)
        spec = [self._part(inner) for inner in part.format_spec or ()]
        return ir.Either((lowered,), tuple(spec)) if any(not isinstance(item, ir.Str) for item in spec) else lowered

    def _binary(self, node: cst.BinaryOperation) -> ir.Expr:
        left = self.expr(node.left)
        pos = self.positions.last()
        right = self.expr(node.right)
        op = _MOVES.get(type(node.operator))
        return ir.Multi((left, right)) if op is None else ir.BinOp(op, left, right, pos)

    def _boolean(self, node: cst.BooleanOperation) -> ir.Expr:
        left, right = self.expr(node.left), self.expr(node.right)
        if isinstance(node.operator, cst.And):
            return ir.Either((right,), (left,))
        return ir.Either((*(left.options if isinstance(left, ir.Either) and not left.tests else (left,)), right))

    def _comparison(self, node: cst.Comparison) -> ir.Expr:
        return ir.Multi((self.expr(node.left), *[self.expr(target.comparator) for target in node.comparisons]))

    def _conditional(self, node: cst.IfExp) -> ir.Expr:
        body, test, orelse = self.expr(node.body), self.expr(node.test), self.expr(node.orelse)
        return ir.Either((body, orelse), (test,))

    def _sequence(self, kind: str, elements: Sequence[cst.BaseElement]) -> ir.Expr:
        items = tuple([self.expr(element) for element in elements])
        return ir.Seq(kind, items, self.positions.last())

    def _dict(self, node: cst.Dict) -> ir.Expr:
        items: list[tuple[ir.Expr | None, ir.Expr]] = []
        for element in node.elements:
            key = self.expr(element.key) if isinstance(element, cst.DictElement) else None
            items.append((key, self.expr(element.value)))
        return ir.Dict(tuple(items), self.positions.last())

    def _subscript(self, node: cst.Subscript) -> ir.Expr:
        value = self.expr(node.value)
        index = [self.expr(element.slice) for element in node.slice]
        if _leaf(value) in _TYPES:
            index = [self._unquoted(item) for item in index]
        pos = self.positions.last()
        return ir.Subscript(value, index[0] if len(index) == 1 else ir.Seq("tuple", tuple(index), pos), pos)

    def _slice(self, node: cst.Slice) -> ir.Expr:
        parts = [self.expr(part) for part in (node.lower, node.upper, node.step) if part is not None]
        return ir.Multi(tuple(parts))

    def _comprehension(self, kind: str, elements: tuple[cst.BaseExpression, ...], for_in: cst.CompFor) -> ir.Expr:
        items = tuple([self.expr(element) for element in elements])
        clauses: list[ir.Clause] = []
        clause: cst.CompFor | None = for_in
        while clause is not None:
            target, source = self.expr(clause.target), self.expr(clause.iter)
            clauses.append(ir.Clause(target, source, tuple([self.expr(test.test) for test in clause.ifs])))
            clause = clause.inner_for_in
        return ir.Comp(kind, items, tuple(clauses), self.positions.last())

    def _yield(self, node: cst.Yield) -> ir.Expr:
        self.yields = True
        pos = self.positions.last()
        if isinstance(node.value, cst.From):
            return ir.Yield(self.expr(node.value.item), source=True, pos=pos)
        return ir.Yield(self.optional(node.value), source=False, pos=pos)

    def _walrus(self, node: cst.NamedExpr) -> ir.Expr:
        target = self.expr(node.target)
        value = self.expr(node.value)
        name = target.id if isinstance(target, ir.Name) else ""
        return ir.Walrus(name, value, target.pos if isinstance(target, ir.Name) else -1)

    def _lambda(self, node: cst.Lambda) -> ir.Expr:
        outer, yields = self.idents, self.yields
        self.idents = set()
        params = self.params(node.params)
        pos = self.positions.last()
        body = self.expr(node.body)
        idents, self.idents, self.yields = self.idents, outer | self.idents, yields
        return ir.Lambda(params, body, pos, tuple(sorted(idents)))

    def params(self, node: cst.Parameters) -> tuple[ir.Param, ...]:
        """Lower a parameter list, in source order."""
        found = [self._param(param, "/") for param in node.posonly_params]
        found += [self._param(param, "p") for param in node.params]
        if isinstance(node.star_arg, cst.Param):
            found.append(self._param(node.star_arg, "*"))
        found += [self._param(param, "k") for param in node.kwonly_params]
        if node.star_kwarg is not None:
            found.append(self._param(node.star_kwarg, "**"))
        return tuple(found)

    def _param(self, node: cst.Param, kind: str) -> ir.Param:
        pos = self.positions.name(node.name)
        annotation = None if node.annotation is None else self.annotation(node.annotation.annotation)
        return ir.Param(node.name.value, kind, annotation, self.optional(node.default), pos)

    def annotation(self, node: cst.BaseExpression) -> ir.Expr:
        """Lower an annotation; quoted parts are parsed, except inside ``Literal``."""
        return self._unquoted(self.expr(node))

    def _unquoted(self, node: ir.Expr) -> ir.Expr:
        if isinstance(node, ir.Str):
            return self._parsed(node.value)
        if isinstance(node, ir.Subscript):
            if _leaf(node.value) == "Literal":
                return node
            return ir.Subscript(node.value, self._unquoted(node.index), node.pos)
        if isinstance(node, ir.Seq):
            return ir.Seq(node.kind, tuple(self._unquoted(item) for item in node.items), node.pos)
        if isinstance(node, ir.BinOp):
            return ir.BinOp(node.op, self._unquoted(node.left), self._unquoted(node.right), node.pos)
        return node

    def _parsed(self, text: str) -> ir.Expr:
        """Lower an expression written inside a string; what does not parse is nothing."""
        if _DOTTED.fullmatch(text):
            first, *rest = text.strip().split(".")
            self.idents.update((first, *rest))
            found: ir.Expr = ir.Name(first, self.positions.last())
            for part in rest:
                found = ir.Attr(found, part, self.positions.last())
            return found
        if len(text) > 1000 or not re.search(r"[^\W\d]", text):
            return _OPAQUE
        try:
            tree = cst.parse_expression(text.strip())
        except (cst.ParserSyntaxError, ValueError, RecursionError):
            return _OPAQUE
        self.positions.detach()
        try:
            return self._unquoted(self.expr(tree))
        finally:
            self.positions.attach()


def _value(node: cst.SimpleString) -> str:
    """Return the text of a string literal, bytes decoded as Latin-1; the raw source when it does not evaluate."""
    raw = node.value
    quote = raw[-1]
    if "\\" not in raw and raw[0] == quote:
        width = 3 if raw.startswith(quote * 3) and len(raw) >= 6 else 1
        return raw[width:-width]
    try:
        value = node.evaluated_value
    except (ValueError, SyntaxError):
        return raw
    return value if isinstance(value, str) else value.decode("latin-1")


def _parts(node: ir.Expr) -> tuple[ir.Expr, ...]:
    return node.parts if isinstance(node, ir.FStr) else (node,)


def _leaf(node: ir.Expr) -> str:
    if isinstance(node, ir.Attr):
        return node.attr
    return node.id if isinstance(node, ir.Name) else ""
