"""Lower expressions of the interpreter's own tree, in source order, to the very form that libcst's are lowered to."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Callable, Sequence
from typing import Any, Final

from lint_plugin import ir
from lint_plugin.stages.summarize.offsets import CONSTANTS, Offsets, StrangeError
from lint_plugin.stages.summarize.quoted import TYPES, Quoted, either, joined, leaf
from lint_plugin.stages.summarize.strings import pieces

_NUMBER: Final = re.compile(r"\d[\w.]*")
_MOVES: Final[dict[type[ast.operator], str]] = {
    ast.Add: "+",
    ast.BitOr: "|",
    ast.Mod: "%",
    ast.RShift: ">>",
    ast.Mult: "*",
    ast.Div: "/",
}

Lowering = Callable[[Any], ir.Expr]


class NativeExpressions:
    """One walk over the expressions of a module; keeps the identifiers met since ``idents`` was replaced."""

    def __init__(self, positions: Offsets) -> None:
        """Walk with ``positions`` as the source of offsets."""
        self.positions = positions
        self.idents: set[str] = set()
        self.yields = False
        self._string = ""  # the source of the formatted string around the walk
        self._quoted = Quoted(self, _expression)
        self._lower: dict[type[ast.AST], Lowering] = {
            ast.Name: self._name,
            ast.Attribute: self._attribute,
            ast.Call: self._call,
            ast.Constant: self._constant,
            ast.JoinedStr: self._formatted,
            ast.BinOp: self._binary,
            ast.BoolOp: self._boolean,
            ast.UnaryOp: lambda node: ir.Multi((self.expr(node.operand),)),
            ast.Compare: lambda node: ir.Multi((self.expr(node.left), *[self.expr(item) for item in node.comparators])),
            ast.IfExp: self._conditional,
            ast.Tuple: lambda node: self._sequence("tuple", node.elts),
            ast.List: lambda node: self._sequence("list", node.elts),
            ast.Set: lambda node: self._sequence("set", node.elts),
            ast.Dict: self._dict,
            ast.Subscript: self._subscript,
            ast.Slice: self._slice,
            ast.ListComp: lambda node: self._comprehension("list", (node.elt,), node.generators),
            ast.SetComp: lambda node: self._comprehension("set", (node.elt,), node.generators),
            ast.GeneratorExp: lambda node: self._comprehension("gen", (node.elt,), node.generators),
            ast.DictComp: lambda node: self._comprehension("dict", (node.key, node.value), node.generators),
            ast.Await: lambda node: ir.Await(self.expr(node.value)),
            ast.Yield: lambda node: self._yield(node, source=False),
            ast.YieldFrom: lambda node: self._yield(node, source=True),
            ast.NamedExpr: self._walrus,
            ast.Lambda: self._lambda,
            ast.Starred: lambda node: ir.Star(self.expr(node.value)),
        }

    def expr(self, node: Any) -> ir.Expr:
        """Lower one expression; a node class that is not known leaves the file to libcst."""
        lower = self._lower.get(type(node))
        if lower is None:
            raise StrangeError(type(node).__name__)
        return lower(node)

    def optional(self, node: ast.expr | None) -> ir.Expr | None:
        """Lower an expression that may be absent."""
        return None if node is None else self.expr(node)

    def _name(self, node: ast.Name) -> ir.Expr:
        value = node.id
        pos = self.positions.start(node, value)
        if value in CONSTANTS:
            return ir.Lit(value)
        self.idents.add(value)
        return ir.Name(value, pos)

    def _attribute(self, node: ast.Attribute) -> ir.Expr:
        value = self.expr(node.value)
        attr = node.attr
        self.idents.add(attr)
        return ir.Attr(value, attr, self.positions.end(node, attr))

    def _call(self, node: ast.Call) -> ir.Expr:
        func = self.expr(node.func)
        pos = func.pos if isinstance(func, (ir.Attr, ir.Name)) else self.positions.last()
        return ir.Call(func, self._quoted.arguments(func, self.args(node.args, node.keywords)), pos)

    def args(self, positional: Sequence[ast.expr], keywords: Sequence[ast.keyword]) -> tuple[ir.Arg, ...]:
        """Lower the arguments of a call."""
        nodes: list[Any] = [*positional, *keywords]
        if keywords and positional and isinstance(positional[-1], ast.Starred):  # which may follow a keyword
            nodes.sort(key=lambda node: (node.lineno, node.col_offset))
        return tuple([self._arg(node) for node in nodes])

    def _arg(self, node: Any) -> ir.Arg:
        if isinstance(node, ast.Starred):
            return ir.Arg(self.expr(node.value), "", 1)
        if not isinstance(node, ast.keyword):
            return ir.Arg(self.expr(node))
        if node.arg is None:
            return ir.Arg(self.expr(node.value), "", 2)
        pos = self.positions.start(node, node.arg)
        return ir.Arg(self.expr(node.value), node.arg, 0, pos)

    def _constant(self, node: ast.Constant) -> ir.Expr:
        value = node.value
        if isinstance(value, str):
            if ir.URL_IDENT in value:
                self.idents.add(ir.URL_IDENT)
            return ir.Str(value, self.positions.last())
        if value is None or value is True or value is False:
            self.positions.start(node, str(value))
            return ir.Lit(str(value))
        if isinstance(value, bytes):
            text = value.decode("latin-1")
            if ir.URL_IDENT in text:
                self.idents.add(ir.URL_IDENT)
            return ir.Str(text, self.positions.last())
        return ir.Lit("..." if value is ... else self._number(node))

    def _number(self, node: ast.Constant) -> str:
        """Return a number as it is written."""
        if not self.positions.fixed:
            start, end = self.positions.span(node)
            return self.positions.text[start:end]
        # Inside a string it is not said where it stands before Python 3.12, but how long it is.
        width = (node.end_col_offset or 0) - node.col_offset
        for found in _NUMBER.findall(self._string):
            if len(found) == width and _literal(found) == node.value:
                return str(found)
        raise StrangeError("number")

    def _formatted(self, node: ast.JoinedStr) -> ir.Expr:
        if self.positions.fixed:
            return ir.FStr(tuple([self._part(part) for part in _filled(node)]))
        fields = iter([part for part in node.values if isinstance(part, ast.FormattedValue)])
        found: list[ir.Expr] = []
        start, end = self.positions.span(node)
        self._string = self.positions.text[start:end]
        for piece in pieces(self.positions.text, start, end):
            if not piece.formatted:
                found.append(self._text(piece.parts[0] or "", self.positions.last()))
                continue
            self.positions.place(piece.start)
            self.positions.detach()
            parts = [
                self._field(next(fields, None)) if part is None else self._text(part.replace("{{", "{").replace("}}", "}"))
                for part in piece.parts
            ]
            self.positions.attach()
            found.append(ir.FStr(tuple(parts)))
        if next(fields, None) is not None:
            raise StrangeError("field")
        whole = found.pop()
        while found:
            whole = joined(found.pop(), whole)
        return whole

    def _text(self, value: str, pos: int = -1) -> ir.Str:
        if ir.URL_IDENT in value:
            self.idents.add(ir.URL_IDENT)
        return ir.Str(value, pos)

    def _field(self, node: ast.FormattedValue | None) -> ir.Expr:
        if node is None:
            raise StrangeError("field")
        lowered = self.expr(node.value)
        spec = [self._part(inner) for inner in _filled(node.format_spec)] if isinstance(node.format_spec, ast.JoinedStr) else []
        return ir.Either((lowered,), tuple(spec)) if any(not isinstance(item, ir.Str) for item in spec) else lowered

    def _part(self, node: ast.expr) -> ir.Expr:
        """Lower a part of what stands inside a formatted string: a text there is as it is written."""
        if isinstance(node, ast.FormattedValue):
            return self._field(node)
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return self._text(node.value)
        raise StrangeError(type(node).__name__)

    def _binary(self, node: ast.BinOp) -> ir.Expr:
        left = self.expr(node.left)
        pos = self.positions.last()
        right = self.expr(node.right)
        op = _MOVES.get(type(node.op))
        return ir.Multi((left, right)) if op is None else ir.BinOp(op, left, right, pos)

    def _boolean(self, node: ast.BoolOp) -> ir.Expr:
        first, *rest = node.values
        found = self.expr(first)
        for value in rest:
            right = self.expr(value)
            found = ir.Either((right,), (found,)) if isinstance(node.op, ast.And) else either(found, right)
        return found

    def _conditional(self, node: ast.IfExp) -> ir.Expr:
        body, test, orelse = self.expr(node.body), self.expr(node.test), self.expr(node.orelse)
        return ir.Either((body, orelse), (test,))

    def _sequence(self, kind: str, elements: Sequence[ast.expr]) -> ir.Expr:
        items = tuple([self.expr(element) for element in elements])
        return ir.Seq(kind, items, self.positions.last())

    def _dict(self, node: ast.Dict) -> ir.Expr:
        items = tuple([(self.optional(key), self.expr(value)) for key, value in zip(node.keys, node.values, strict=True)])
        return ir.Dict(items, self.positions.last())

    def _subscript(self, node: ast.Subscript) -> ir.Expr:
        value = self.expr(node.value)
        index = self._index(node.slice)
        if leaf(value) in TYPES:
            index = [self._quoted.annotation(item) for item in index]
        pos = self.positions.last()
        return ir.Subscript(value, index[0] if len(index) == 1 else ir.Seq("tuple", tuple(index), pos), pos)

    def _index(self, node: ast.expr) -> list[ir.Expr]:
        if not isinstance(node, ast.Tuple) or not node.elts:
            return [self.expr(node)]
        is_starred = any(isinstance(item, ast.Starred) for item in node.elts)
        if (len(node.elts) == 1 or is_starred) and self._is_bracketed(node, sure=len(node.elts) == 1):
            return [self.expr(node)]
        return [self.expr(item.value if isinstance(item, ast.Starred) else item) for item in node.elts]

    def _is_bracketed(self, node: ast.Tuple, *, sure: bool) -> bool:
        """Tell whether a tuple stands in brackets of its own, which the tree does not say: not ``(a), (b)``."""
        start, end = self.positions.span(node)
        seems = self.positions.text.startswith("(", start) and self.positions.text.startswith(")", end - 1)
        if self.positions.fixed or (seems and not sure):
            raise StrangeError("index")
        return seems

    def _slice(self, node: ast.Slice) -> ir.Expr:
        return ir.Multi(tuple([self.expr(part) for part in (node.lower, node.upper, node.step) if part is not None]))

    def _comprehension(self, kind: str, elements: tuple[ast.expr, ...], generators: Sequence[ast.comprehension]) -> ir.Expr:
        items = tuple([self.expr(element) for element in elements])
        clauses: list[ir.Clause] = []
        for clause in generators:
            target, source = self.expr(clause.target), self.expr(clause.iter)
            clauses.append(ir.Clause(target, source, tuple([self.expr(test) for test in clause.ifs])))
        return ir.Comp(kind, items, tuple(clauses), self.positions.last())

    def _yield(self, node: ast.Yield | ast.YieldFrom, *, source: bool) -> ir.Expr:
        self.yields = True
        pos = self.positions.last()
        return ir.Yield(self.optional(node.value), source=source, pos=pos)

    def _walrus(self, node: ast.NamedExpr) -> ir.Expr:
        target = self.expr(node.target)
        value = self.expr(node.value)
        name = target.id if isinstance(target, ir.Name) else ""
        return ir.Walrus(name, value, target.pos if isinstance(target, ir.Name) else -1)

    def _lambda(self, node: ast.Lambda) -> ir.Expr:
        outer, yields = self.idents, self.yields
        self.idents = set()
        params = self.params(node.args)
        pos = self.positions.last()
        body = self.expr(node.body)
        idents, self.idents, self.yields = self.idents, outer | self.idents, yields
        return ir.Lambda(params, body, pos, tuple(sorted(idents)))

    def params(self, node: ast.arguments) -> tuple[ir.Param, ...]:
        """Lower a parameter list, in source order."""
        plain = [*[(param, "/") for param in node.posonlyargs], *[(param, "p") for param in node.args]]
        without = len(plain) - len(node.defaults)
        defaults: list[ast.expr | None] = [*[None] * without, *node.defaults]
        found = [self._param(param, kind, default) for (param, kind), default in zip(plain, defaults, strict=True)]
        if node.vararg is not None:
            found.append(self._param(node.vararg, "*", None))
        found += [self._param(param, "k", default) for param, default in zip(node.kwonlyargs, node.kw_defaults, strict=True)]
        if node.kwarg is not None:
            found.append(self._param(node.kwarg, "**", None))
        return tuple(found)

    def _param(self, node: ast.arg, kind: str, default: ast.expr | None) -> ir.Param:
        pos = self.positions.start(node, node.arg)
        annotation = None if node.annotation is None else self.annotation(node.annotation)
        return ir.Param(node.arg, kind, annotation, self.optional(default), pos)

    def annotation(self, node: ast.expr) -> ir.Expr:
        """Lower an annotation; quoted parts are parsed, except inside ``Literal``."""
        return self._quoted.annotation(self.expr(node))


def _filled(node: ast.JoinedStr) -> list[ast.expr]:
    """Return the parts of a string; Python 3.12 has empty ones in format specifications."""
    return [part for part in node.values if not (isinstance(part, ast.Constant) and part.value == "")]


def _literal(text: str) -> object:
    try:
        return ast.literal_eval(text)
    except (SyntaxError, ValueError):
        return None


def _expression(text: str) -> ast.expr | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
