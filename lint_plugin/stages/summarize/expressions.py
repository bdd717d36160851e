"""Lower expressions, in source order, to the intermediate form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

import libcst as cst

from lint_plugin import ir
from lint_plugin.stages.summarize.positions import Positions
from lint_plugin.stages.summarize.quoted import OPAQUE, TYPES, Quoted, either, joined, leaf
from lint_plugin.stages.summarize.strings import value_of

_CONSTANTS: Final = frozenset({"None", "True", "False", "Ellipsis", "NotImplemented", "__debug__"})
_MOVES: Final[dict[type[cst.BaseBinaryOp], str]] = {
    cst.Add: "+",
    cst.BitOr: "|",
    cst.Modulo: "%",
    cst.RightShift: ">>",
    cst.Multiply: "*",
    cst.Divide: "/",
}

Lowering = Callable[[Any], ir.Expr]


class ExpressionWalk:
    """One walk over the expressions of a module; keeps the identifiers met since ``start_idents``."""

    def __init__(self, positions: Positions) -> None:
        """Walk with ``positions`` as the source of offsets."""
        self.positions = positions
        self.idents: set[str] = set()
        self.yields = False
        self._quoted = Quoted(self, _expression)
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
        return ir.Multi(tuple(item for item in items if item is not OPAQUE)) if items else OPAQUE

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
        return ir.Call(func, self._quoted.arguments(func, args), pos)

    def _arg(self, node: cst.Arg) -> ir.Arg:
        if node.keyword is None:
            return ir.Arg(self.expr(node.value), "", len(node.star))
        pos = self.positions.name(node.keyword)
        return ir.Arg(self.expr(node.value), node.keyword.value, 0, pos)

    def args(self, nodes: Iterable[cst.Arg]) -> tuple[ir.Arg, ...]:
        """Lower the arguments of a call or class statement."""
        return tuple([self._arg(node) for node in nodes])

    def _string(self, node: cst.SimpleString) -> ir.Expr:
        value = value_of(node.value)
        if ir.URL_IDENT in value:
            self.idents.add(ir.URL_IDENT)
        return ir.Str(value, self.positions.last())

    def _concatenated(self, node: cst.ConcatenatedString) -> ir.Expr:
        left = self.expr(node.left)
        found = joined(left, self.expr(node.right))
        if isinstance(found, ir.Str) and ir.URL_IDENT in found.value:
            self.idents.add(ir.URL_IDENT)
        return found

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
        return either(left, right)

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
        if leaf(value) in TYPES:
            index = [self._quoted.annotation(item) for item in index]
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
        return self._quoted.annotation(self.expr(node))


def _expression(text: str) -> cst.BaseExpression | None:
    try:
        return cst.parse_expression(text)
    except (cst.ParserSyntaxError, ValueError, RecursionError):
        return None
