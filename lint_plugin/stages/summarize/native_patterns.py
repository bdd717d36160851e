"""Patterns of the interpreter's own tree: what a ``case`` binds, and what it compares with."""

from __future__ import annotations

import ast

from lint_plugin import ir
from lint_plugin.stages.summarize.native_expressions import NativeExpressions
from lint_plugin.stages.summarize.offsets import StrangeError


class Patterns:
    """Reads patterns in source order."""

    def __init__(self, walk: NativeExpressions) -> None:
        """Lower what is compared with ``walk``."""
        self._walk = walk
        self._names: list[str] = []
        self._values: list[ir.Expr] = []

    def read(self, node: ast.pattern) -> tuple[tuple[str, ...], tuple[ir.Expr, ...]]:
        """Return the names that a pattern binds and the values that it compares with."""
        self._names, self._values = [], []
        self._pattern(node)
        return tuple(self._names), tuple(self._values)

    def _pattern(self, node: ast.pattern) -> None:
        if isinstance(node, ast.MatchValue):
            self._values.append(self._walk.expr(node.value))
        elif isinstance(node, ast.MatchSingleton):
            self._walk.positions.start(node, str(node.value))
            self._values.append(ir.Lit(str(node.value)))
        elif isinstance(node, ast.MatchAs):
            if node.pattern is not None:
                self._pattern(node.pattern)
            self._capture(node.name, node)
        elif isinstance(node, ast.MatchStar):
            self._capture(node.name, node)
        elif isinstance(node, (ast.MatchSequence, ast.MatchOr)):
            for inner in node.patterns:
                self._pattern(inner)
        elif isinstance(node, ast.MatchMapping):
            self._mapping(node)
        elif isinstance(node, ast.MatchClass):
            self._class(node)
        else:
            raise StrangeError(type(node).__name__)

    def _mapping(self, node: ast.MatchMapping) -> None:
        for key, inner in zip(node.keys, node.patterns, strict=True):
            self._values.append(self._walk.expr(key))
            self._pattern(inner)
        if node.rest is not None:
            start, end = self._walk.positions.span(node)
            self._walk.positions.before(node.rest, start, end)
            self._bind(node.rest)

    def _class(self, node: ast.MatchClass) -> None:
        self._values.append(self._walk.expr(node.cls))
        for inner in node.patterns:
            self._pattern(inner)
        for name, inner in zip(node.kwd_attrs, node.kwd_patterns, strict=True):
            start, _ = self._walk.positions.span(node)
            end, _ = self._walk.positions.span(inner)
            self._walk.positions.before(name, start, end)
            self._pattern(inner)

    def _capture(self, name: str | None, node: ast.pattern) -> None:
        if name is not None:
            self._walk.positions.end(node, name)
            self._bind(name)

    def _bind(self, name: str) -> None:
        self._walk.idents.add(name)
        self._names.append(name)
