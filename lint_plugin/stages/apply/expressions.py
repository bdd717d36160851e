"""Where the expressions of a source begin and end, by the interpreter's own parser: a second opinion on what an edit wraps."""

from __future__ import annotations

import ast
import warnings

from lint_plugin.tokens import Lines


def spans(text: str) -> frozenset[tuple[int, int]] | None:
    """Return the offsets of every expression; ``None`` where this interpreter cannot read the source."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of escapes in somebody else's strings
            tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    offset = _Offsets(text)
    found: set[tuple[int, int]] = set()
    todo: list[ast.AST] = [tree]
    while todo:
        node = todo.pop()
        if isinstance(node, ast.expr) and node.end_lineno is not None and node.end_col_offset is not None:
            found.add((offset.of(node.lineno, node.col_offset), offset.of(node.end_lineno, node.end_col_offset)))
        todo.extend(ast.iter_child_nodes(node))
    return frozenset(found)


class _Offsets:
    """Turns lines and columns in bytes into offsets in characters."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = Lines(text)
        self._is_ascii = text.isascii()

    def of(self, line: int, column: int) -> int:
        start = self._lines.start(line)
        if self._is_ascii:
            return start + column
        return start + len(self._text[start : start + column].encode()[:column].decode(errors="ignore"))
