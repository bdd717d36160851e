"""Lower statements to the intermediate form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import libcst as cst

from lint_plugin import ir
from lint_plugin.stages.summarize.expressions import ExpressionWalk
from lint_plugin.stages.summarize.positions import Positions
from lint_plugin.stages.summarize.quoted import names_type
from lint_plugin.stages.summarize.targets import bind, type_parameters

Lowering = Callable[[Any], ir.Stmt | None]


class StatementWalk:
    """One walk over the statements of a module."""

    def __init__(self, positions: Positions) -> None:
        """Walk with ``positions`` as the source of offsets."""
        self._positions = positions
        self._walk = ExpressionWalk(positions)
        self._bound: set[str] = set()
        self._lower: dict[type[cst.CSTNode], Lowering] = {
            cst.Expr: lambda node: ir.Do(self._walk.expr(node.value)),
            cst.Assign: self._assign,
            cst.AnnAssign: self._annotated,
            cst.AugAssign: self._augmented,
            cst.Return: lambda node: ir.Return(self._walk.optional(node.value)),
            cst.Raise: self._raise,
            cst.Break: lambda node: ir.Leave("break", ()),
            cst.Continue: lambda node: ir.Leave("continue", ()),
            cst.Pass: lambda node: None,
            cst.Del: lambda node: ir.Delete((self._walk.expr(node.target),)),
            cst.Assert: self._assert,
            cst.Import: self._import,
            cst.ImportFrom: self._import_from,
            cst.If: self._if,
            cst.For: self._for,
            cst.While: self._while,
            cst.Try: self._try,
            cst.With: self._with,
            cst.Match: self._match,
            cst.Global: lambda node: self._scope("global", node.names),
            cst.Nonlocal: lambda node: self._scope("nonlocal", node.names),
            cst.FunctionDef: self._function,
            cst.ClassDef: self._class,
        }
        for name, lowering in (
            ("TryStar", self._try),
            ("LazyImport", self._import),
            ("LazyImportFrom", self._import_from),
            ("TypeAlias", self._type_alias),
        ):
            if hasattr(cst, name):
                self._lower[getattr(cst, name)] = lowering

    def module(self, tree: cst.Module) -> tuple[tuple[ir.Stmt, ...], tuple[str, ...]]:
        """Lower a whole module; return its body and the identifiers of its top level."""
        body = self.block(tree.body)
        return body, tuple(sorted(self._walk.idents))

    def block(self, nodes: Sequence[cst.CSTNode]) -> tuple[ir.Stmt, ...]:
        """Lower a list of statements, simple lines flattened."""
        found: list[ir.Stmt] = []
        lower = self._lower
        for node in nodes:
            small = node.body if isinstance(node, cst.SimpleStatementLine) else (node,)
            for statement in small:
                lowering = lower.get(type(statement))
                lowered = lowering(statement) if lowering is not None else ir.Do(self._walk.unknown(statement))
                if lowered is not None:
                    found.append(lowered)
        return tuple(found)

    def _suite(self, node: cst.BaseSuite) -> tuple[ir.Stmt, ...]:
        return self.block(node.body)

    def _assign(self, node: cst.Assign) -> ir.Stmt:
        targets = tuple([self._target(target.target) for target in node.targets])
        return ir.Assign(targets, self._walk.expr(node.value))

    def _target(self, node: cst.CSTNode) -> ir.Expr:
        target = self._walk.expr(node)
        bind(target, self._bound)
        return target

    def _annotated(self, node: cst.AnnAssign) -> ir.Stmt:
        target = self._target(node.target)
        annotation = self._walk.annotation(node.annotation.annotation)
        if node.value is not None and names_type(annotation):
            return ir.Assign((target,), self._walk.annotation(node.value), annotation)
        return ir.Assign((target,), self._walk.optional(node.value), annotation)

    def _type_alias(self, node: Any) -> ir.Stmt:
        target = self._target(node.name)
        self._type_parameters(node)
        return ir.Assign((target,), self._walk.annotation(node.value))

    def _augmented(self, node: cst.AugAssign) -> ir.Stmt:
        target = self._target(node.target)
        op = {cst.AddAssign: "+", cst.BitOrAssign: "|"}.get(type(node.operator), "")
        return ir.AugAssign(target, op, self._walk.expr(node.value))

    def _raise(self, node: cst.Raise) -> ir.Stmt:
        values = [] if node.exc is None else [self._walk.expr(node.exc)]
        if node.cause is not None:
            values.append(self._walk.expr(node.cause.item))
        return ir.Leave("raise", tuple(values))

    def _assert(self, node: cst.Assert) -> ir.Stmt:
        values = [self._walk.expr(part) for part in (node.test, node.msg) if part is not None]
        return ir.Do(ir.Multi(tuple(values)))

    def _import(self, node: cst.Import) -> ir.Stmt:
        names: list[tuple[str, str]] = []
        for alias in node.names:
            dotted = self._dotted(alias.name)
            bound = self._alias(alias)
            names.append((dotted, bound))
            self._bound.add(bound or dotted.partition(".")[0])
        return ir.Import(tuple(names))

    def _import_from(self, node: cst.ImportFrom) -> ir.Stmt:
        module = "" if node.module is None else self._dotted(node.module)
        level = len(node.relative)
        if isinstance(node.names, cst.ImportStar):
            return ir.ImportFrom(module, level, (("*", "*"),))
        names: list[tuple[str, str]] = []
        for alias in node.names:
            name = self._dotted(alias.name)
            bound = self._alias(alias) or name
            names.append((name, bound))
            self._bound.add(bound)
        return ir.ImportFrom(module, level, tuple(names))

    def _dotted(self, node: cst.BaseExpression) -> str:
        """Return a dotted name; its segments count as identifiers."""
        if isinstance(node, cst.Attribute):
            prefix = self._dotted(node.value)
            self._positions.name(node.attr)
            self._walk.idents.add(node.attr.value)
            return f"{prefix}.{node.attr.value}"
        if isinstance(node, cst.Name):
            self._positions.name(node)
            self._walk.idents.add(node.value)
            return node.value
        return ""

    def _alias(self, alias: cst.ImportAlias) -> str:
        if alias.asname is None or not isinstance(alias.asname.name, cst.Name):
            return ""
        self._positions.name(alias.asname.name)
        self._walk.idents.add(alias.asname.name.value)
        return alias.asname.name.value

    def _if(self, node: cst.If) -> ir.Stmt:
        test = self._walk.expr(node.test)
        body = self._suite(node.body)
        return ir.If(test, body, self._orelse(node.orelse))

    def _orelse(self, node: cst.If | cst.Else | None) -> tuple[ir.Stmt, ...]:
        if node is None:
            return ()
        if isinstance(node, cst.If):
            return (self._if(node),)
        return self._suite(node.body)

    def _for(self, node: cst.For) -> ir.Stmt:
        target, source = self._target(node.target), self._walk.expr(node.iter)
        return ir.For(target, source, self._suite(node.body), self._orelse(node.orelse))

    def _while(self, node: cst.While) -> ir.Stmt:
        test = self._walk.expr(node.test)
        return ir.While(test, self._suite(node.body), self._orelse(node.orelse))

    def _try(self, node: cst.Try | cst.TryStar) -> ir.Stmt:
        body = self._suite(node.body)
        handlers = tuple([self._handler(handler) for handler in node.handlers])
        orelse = self._orelse(node.orelse)
        final = () if node.finalbody is None else self._suite(node.finalbody.body)
        return ir.Try(body, handlers, orelse, final)

    def _handler(self, node: cst.ExceptHandler | cst.ExceptStarHandler) -> ir.Handler:
        kind = self._walk.optional(node.type)
        name = ""
        if node.name is not None and isinstance(node.name.name, cst.Name):
            self._positions.name(node.name.name)
            name = node.name.name.value
            self._bound.add(name)
        return ir.Handler(kind, name, self._suite(node.body))

    def _with(self, node: cst.With) -> ir.Stmt:
        items: list[ir.WithItem] = []
        for item in node.items:
            value = self._walk.expr(item.item)
            pos = value.pos if isinstance(value, (ir.Call, ir.Name, ir.Attr)) else self._positions.last()
            items.append(ir.WithItem(value, None if item.asname is None else self._target(item.asname.name), pos))
        start = self._positions.last()
        body = self._suite(node.body)
        return ir.With(tuple(items), body, start, self._positions.last())

    def _match(self, node: cst.Match) -> ir.Stmt:
        subject = self._walk.expr(node.subject)
        cases: list[ir.Case] = []
        for case in node.cases:
            names: list[str] = []
            values: list[ir.Expr] = []
            self._pattern(case.pattern, names, values)
            guard = self._walk.optional(case.guard)
            always = guard is None and isinstance(case.pattern, cst.MatchAs) and case.pattern.pattern is None
            cases.append(ir.Case(tuple(names), tuple(values), guard, self._suite(case.body), always))
            self._bound.update(names)
        return ir.Match(subject, tuple(cases))

    def _pattern(self, node: cst.CSTNode, names: list[str], values: list[ir.Expr]) -> None:
        """Collect what a pattern binds and the values that it compares with, in source order."""
        if isinstance(node, cst.MatchAs):
            if node.pattern is not None:
                self._pattern(node.pattern, names, values)
            self._capture(node.name, names)
        elif isinstance(node, cst.MatchStar):
            self._capture(node.name, names)
        elif isinstance(node, cst.MatchMapping):
            for element in node.elements:
                self._pattern(element, names, values)
            self._capture(node.rest, names)
        elif isinstance(node, cst.MatchKeywordElement):
            self._positions.name(node.key)
            self._pattern(node.pattern, names, values)
        elif isinstance(node, cst.MatchPattern) or not isinstance(node, cst.BaseExpression):
            for child in node.children:
                self._pattern(child, names, values)
        else:
            values.append(self._walk.expr(node))

    def _capture(self, node: cst.Name | None, names: list[str]) -> None:
        if node is not None:
            self._positions.name(node)
            self._walk.idents.add(node.value)
            names.append(node.value)

    def _scope(self, kind: str, items: Sequence[cst.NameItem]) -> ir.Stmt:
        for item in items:
            self._positions.name(item.name)
            self._walk.idents.add(item.name.value)
        return ir.Scope(kind, tuple(item.name.value for item in items))

    def _type_parameters(self, node: cst.CSTNode) -> None:
        parameters = getattr(node, "type_parameters", None)
        if parameters is not None:
            self._walk.unknown(parameters)

    def _function(self, node: cst.FunctionDef) -> ir.Stmt:
        walk = self._walk
        decorators = tuple([walk.expr(item.decorator) for item in node.decorators])
        pos = self._positions.name(node.name)
        self._type_parameters(node)
        self._bound.add(node.name.value)
        walk.idents.add(node.name.value)
        outer, bound, yields = walk.idents, self._bound, walk.yields
        walk.idents, self._bound, walk.yields = set(), set(), False
        params = walk.params(node.params)
        returns = None if node.returns is None else walk.annotation(node.returns.annotation)
        body = self._suite(node.body)
        lowered = ir.Function(
            node.name.value,
            params,
            body,
            decorators,
            returns,
            pos,
            tuple(sorted(walk.idents)),
            node.asynchronous is not None,
            walk.yields,
            tuple(sorted(self._bound)),
        )
        walk.idents, self._bound, walk.yields = outer, bound, yields
        return lowered

    def _class(self, node: cst.ClassDef) -> ir.Stmt:
        walk = self._walk
        decorators = tuple([walk.expr(item.decorator) for item in node.decorators])
        pos = self._positions.name(node.name)
        self._type_parameters(node)
        self._bound.add(node.name.value)
        walk.idents.add(node.name.value)
        given = node.type_parameters.params if node.type_parameters is not None else ()
        bases = (*walk.args((*node.bases, *node.keywords)), *type_parameters([item.param.name.value for item in given], pos))
        bound, self._bound = self._bound, set()
        body = self._suite(node.body)
        self._bound = bound
        return ir.Class(node.name.value, bases, body, decorators, pos)
