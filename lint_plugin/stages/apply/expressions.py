"""Where the expressions of a source begin and end, by the interpreter's own parser: a second opinion on what an edit wraps."""

from __future__ import annotations

import ast
import warnings
from typing import Final

from lint_plugin.tokens import Lines

Position = tuple[int, int]  # line and column, the latter in bytes


class Expressions:
    """The expressions of one source."""

    def __init__(self, text: str, tree: ast.AST) -> None:
        """Know the tree of a source."""
        self._text: Final = text
        self._tree: Final = tree
        self._lines: Final = Lines(text)
        self._is_ascii: Final = text.isascii()

    def holds(self, start: int, end: int) -> bool:
        """Tell whether an expression begins and ends at these offsets."""
        wanted = self._position(start), self._position(end)
        todo: list[ast.AST] = [self._tree]
        while todo:
            node = todo.pop()
            place = _place(node)
            if place is not None and place == wanted and isinstance(node, ast.expr):
                return True
            if place is None or (place[0] <= wanted[0] and wanted[1] <= place[1]):
                todo.extend(ast.iter_child_nodes(node))
            else:  # they stand before what they decorate
                todo.extend(getattr(node, "decorator_list", ()))
        return False

    def _position(self, offset: int) -> Position:
        line, column = self._lines.locate(offset)
        if self._is_ascii:
            return line, column - 1
        return line, len(self._text[offset - column + 1 : offset].encode("utf-8", "surrogatepass"))


def expressions(text: str) -> Expressions | None:
    """Return the expressions of a source; ``None`` where this interpreter cannot read it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of escapes in somebody else's strings
            return Expressions(text, ast.parse(text))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _place(node: ast.AST) -> tuple[Position, Position] | None:
    """Return where a node begins and ends; ``None`` where it does not say."""
    if isinstance(node, (ast.stmt, ast.expr)) and node.end_lineno is not None and node.end_col_offset is not None:
        return (node.lineno, node.col_offset), (node.end_lineno, node.end_col_offset)
    return None
