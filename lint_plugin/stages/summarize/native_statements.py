"""Lower statements of the interpreter's own tree to the very form that libcst's are lowered to."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Sequence
from typing import Any, Final

from lint_plugin import ir
from lint_plugin.older import Older
from lint_plugin.stages.summarize.native_expressions import NativeExpressions
from lint_plugin.stages.summarize.native_patterns import Patterns
from lint_plugin.stages.summarize.offsets import Offsets, StrangeError
from lint_plugin.stages.summarize.quoted import names_type
from lint_plugin.stages.summarize.targets import bind, type_parameters

_GAP: Final = r"(?:[ \t\f]|\\\r?\n)+"
_DEF: Final = re.compile(rf"(?:async{_GAP})?def{_GAP}")
_CLASS: Final = re.compile(rf"class{_GAP}")
_INNER: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")  # of a bound
_PARAMETER: Final = re.compile(r"(?:^|,)[\s*]*([^\W\d]\w*)")
_AS: Final = re.compile(r"[)\s\\]*as[\s\\]+")

Lowering = Callable[[Any], ir.Stmt | None]


class NativeStatements:
    """One walk over the statements of a module."""

    def __init__(self, positions: Offsets, older: Older | None = None) -> None:
        """Walk with ``positions`` as the source of offsets; ``older`` says what newer syntax was taken out of the tree."""
        self._positions = positions
        self._walk = NativeExpressions(positions)
        self._patterns = Patterns(self._walk)
        self._bound: set[str] = set()
        self._aliases = older.aliases if older is not None else {}
        self._aliased = frozenset(self._aliases.values())
        self._parameters = older.parameters if older is not None else {}
        self._lower: dict[type[ast.AST], Lowering] = {
            ast.Expr: self._expression,
            ast.Assign: self._assign,
            ast.AnnAssign: self._annotated,
            ast.AugAssign: self._augmented,
            ast.Return: lambda node: ir.Return(self._walk.optional(node.value)),
            ast.Raise: self._raise,
            ast.Break: lambda node: ir.Leave("break", ()),
            ast.Continue: lambda node: ir.Leave("continue", ()),
            ast.Pass: lambda node: None,
            ast.Delete: self._delete,
            ast.Assert: self._assert,
            ast.Import: self._import,
            ast.ImportFrom: self._import_from,
            ast.If: self._if,
            ast.For: self._for,
            ast.AsyncFor: self._for,
            ast.While: self._while,
            ast.Try: self._try,
            ast.With: self._with,
            ast.AsyncWith: self._with,
            ast.Match: self._match,
            ast.Global: lambda node: self._scope("global", node),
            ast.Nonlocal: lambda node: self._scope("nonlocal", node),
            ast.FunctionDef: self._function,
            ast.AsyncFunctionDef: self._function,
            ast.ClassDef: self._class,
            ast.TryStar: self._try,
        }
        if hasattr(ast, "TypeAlias"):
            self._lower[ast.TypeAlias] = self._type_alias

    def module(self, tree: ast.Module) -> tuple[tuple[ir.Stmt, ...], tuple[str, ...]]:
        """Lower a whole module; return its body and the identifiers of its top level."""
        body = self.block(tree.body)
        return body, tuple(sorted(self._walk.idents))

    def block(self, nodes: Sequence[ast.stmt]) -> tuple[ir.Stmt, ...]:
        """Lower a list of statements."""
        found: list[ir.Stmt] = []
        lower = self._lower
        for node in nodes:
            lowering = lower.get(type(node))
            if lowering is None:
                raise StrangeError(type(node).__name__)
            lowered = lowering(node)
            if lowered is not None:
                found.append(lowered)
        return tuple(found)

    def _expression(self, node: ast.Expr) -> ir.Stmt | None:
        if self._aliases and self._positions.at(node.lineno, node.col_offset) in self._aliases:
            return None  # the word ``type``
        return ir.Do(self._walk.expr(node.value))

    def _assign(self, node: ast.Assign) -> ir.Stmt:
        first = node.targets[0]
        if self._aliased and self._positions.at(first.lineno, first.col_offset) in self._aliased:
            return self._type_statement(first, node)
        targets = tuple([self._target(target) for target in node.targets])
        return ir.Assign(targets, self._walk.expr(node.value))

    def _type_alias(self, node: Any) -> ir.Stmt:
        return self._type_statement(node.name, node)

    def _type_statement(self, name: ast.expr, node: Any) -> ir.Stmt:
        target = self._target(name)
        self._type_parameters(node, self._positions.last())
        return ir.Assign((target,), self._walk.annotation(node.value))

    def _target(self, node: ast.expr) -> ir.Expr:
        target = self._walk.expr(node)
        bind(target, self._bound)
        return target

    def _annotated(self, node: ast.AnnAssign) -> ir.Stmt:
        target = self._target(node.target)
        annotation = self._walk.annotation(node.annotation)
        if node.value is not None and names_type(annotation):
            return ir.Assign((target,), self._walk.annotation(node.value), annotation)
        return ir.Assign((target,), self._walk.optional(node.value), annotation)

    def _augmented(self, node: ast.AugAssign) -> ir.Stmt:
        target = self._target(node.target)
        op = "+" if isinstance(node.op, ast.Add) else "|" if isinstance(node.op, ast.BitOr) else ""
        return ir.AugAssign(target, op, self._walk.expr(node.value))

    def _raise(self, node: ast.Raise) -> ir.Stmt:
        return ir.Leave("raise", tuple([self._walk.expr(part) for part in (node.exc, node.cause) if part is not None]))

    def _delete(self, node: ast.Delete) -> ir.Stmt:
        targets = tuple([self._walk.expr(target) for target in node.targets])
        return ir.Delete(targets if len(targets) == 1 else (ir.Seq("tuple", targets, self._positions.last()),))

    def _assert(self, node: ast.Assert) -> ir.Stmt:
        return ir.Do(ir.Multi(tuple([self._walk.expr(part) for part in (node.test, node.msg) if part is not None])))

    def _import(self, node: ast.Import) -> ir.Stmt:
        names: list[tuple[str, str]] = []
        for alias in node.names:
            bound = self._alias(alias)
            names.append((alias.name, bound))
            self._bound.add(bound or alias.name.partition(".")[0])
        return ir.Import(tuple(names))

    def _import_from(self, node: ast.ImportFrom) -> ir.Stmt:
        module = node.module or ""
        if module:
            self._walk.idents.update(module.split("."))
        if node.names[0].name == "*":
            if module:
                start, end = self._positions.span(node)
                self._positions.before(module.rpartition(".")[2], start, self._positions.text.rfind("import", start, end))
            return ir.ImportFrom(module, node.level, (("*", "*"),))
        names: list[tuple[str, str]] = []
        for alias in node.names:
            bound = self._alias(alias) or alias.name
            names.append((alias.name, bound))
            self._bound.add(bound)
        return ir.ImportFrom(module, node.level, tuple(names))

    def _alias(self, alias: ast.alias) -> str:
        """Take an imported name; return what it is called here, empty when that is not said."""
        segments = alias.name.split(".")
        self._walk.idents.update(segments)
        if alias.asname is None:
            self._positions.end(alias, segments[-1])
            return ""
        self._walk.idents.add(alias.asname)
        self._positions.end(alias, alias.asname)
        return alias.asname

    def _if(self, node: ast.If) -> ir.Stmt:
        test = self._walk.expr(node.test)
        body = self.block(node.body)
        return ir.If(test, body, self.block(node.orelse))

    def _for(self, node: ast.For | ast.AsyncFor) -> ir.Stmt:
        target, source = self._target(node.target), self._walk.expr(node.iter)
        return ir.For(target, source, self.block(node.body), self.block(node.orelse))

    def _while(self, node: ast.While) -> ir.Stmt:
        test = self._walk.expr(node.test)
        return ir.While(test, self.block(node.body), self.block(node.orelse))

    def _try(self, node: ast.Try | ast.TryStar) -> ir.Stmt:
        body = self.block(node.body)
        handlers = tuple([self._handler(handler) for handler in node.handlers])
        orelse = self.block(node.orelse)
        return ir.Try(body, handlers, orelse, self.block(node.finalbody))

    def _handler(self, node: ast.ExceptHandler) -> ir.Handler:
        kind = self._walk.optional(node.type)
        if node.name is not None and node.type is not None:
            self._positions.behind(self._positions.span(node.type)[1], _AS, node.name)
            self._bound.add(node.name)
        return ir.Handler(kind, node.name or "", self.block(node.body))

    def _with(self, node: ast.With | ast.AsyncWith) -> ir.Stmt:
        items: list[ir.WithItem] = []
        for item in node.items:
            value = self._walk.expr(item.context_expr)
            pos = value.pos if isinstance(value, (ir.Call, ir.Name, ir.Attr)) else self._positions.last()
            items.append(ir.WithItem(value, None if item.optional_vars is None else self._target(item.optional_vars), pos))
        start = self._positions.last()
        body = self.block(node.body)
        return ir.With(tuple(items), body, start, self._positions.last())

    def _match(self, node: ast.Match) -> ir.Stmt:
        subject = self._walk.expr(node.subject)
        cases: list[ir.Case] = []
        for case in node.cases:
            names, values = self._patterns.read(case.pattern)
            guard = self._walk.optional(case.guard)
            always = guard is None and isinstance(case.pattern, ast.MatchAs) and case.pattern.pattern is None
            cases.append(ir.Case(names, values, guard, self.block(case.body), always))
            self._bound.update(names)
        return ir.Match(subject, tuple(cases))

    def _scope(self, kind: str, node: ast.Global | ast.Nonlocal) -> ir.Stmt:
        self._walk.idents.update(node.names)
        self._positions.end(node, node.names[-1])
        return ir.Scope(kind, tuple(node.names))

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> ir.Stmt:
        walk = self._walk
        decorators = tuple([walk.expr(item) for item in node.decorator_list])
        pos = self._defined(node, _DEF)
        outer, bound, yields = walk.idents, self._bound, walk.yields
        walk.idents, self._bound, walk.yields = set(), set(), False
        params = walk.params(node.args)
        returns = None if node.returns is None else walk.annotation(node.returns)
        body = self.block(node.body)
        lowered = ir.Function(
            node.name,
            params,
            body,
            decorators,
            returns,
            pos,
            tuple(sorted(walk.idents)),
            isinstance(node, ast.AsyncFunctionDef),
            walk.yields,
            tuple(sorted(self._bound)),
        )
        walk.idents, self._bound, walk.yields = outer, bound, yields
        return lowered

    def _class(self, node: ast.ClassDef) -> ir.Stmt:
        walk = self._walk
        decorators = tuple([walk.expr(item) for item in node.decorator_list])
        pos = self._defined(node, _CLASS)
        bases = (*walk.args(node.bases, ()), *walk.args((), node.keywords), *type_parameters(self._parameters_of(node, pos), pos))
        bound, self._bound = self._bound, set()
        body = self.block(node.body)
        self._bound = bound
        return ir.Class(node.name, bases, body, decorators, pos)

    def _defined(self, node: Any, keyword: re.Pattern[str]) -> int:
        """Take the name of a definition; return where it stands."""
        pos = self._positions.behind(self._positions.at(node.lineno, node.col_offset), keyword, node.name)
        self._type_parameters(node, pos)
        self._bound.add(node.name)
        self._walk.idents.add(node.name)
        return pos

    def _parameters_of(self, node: Any, pos: int) -> list[str]:
        """Return the type parameters of a class, without what bounds them."""
        given = getattr(node, "type_params", None)
        if given:
            return [item.name for item in given]
        begin, end = self._parameters.get(pos, (0, 2))
        return _PARAMETER.findall(_INNER.sub("", self._positions.text[begin + 1 : end - 1]))

    def _type_parameters(self, node: Any, pos: int) -> None:
        """Take the names in the brackets behind the name of a definition."""
        given = getattr(node, "type_params", None)
        span = (self._positions.span(given[0])[0], self._positions.span(given[-1])[1]) if given else self._parameters.get(pos)
        if span is not None:
            self._walk.idents.update(self._positions.names(*span))
