"""Parse bytes to a tree: bytes -> Parsed, or the reason why not; a hostile file must not take the process down."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, NamedTuple

import libcst as cst

from lint_plugin.nesting import MAX_BYTES, MAX_DEPTH, looks_deep
from lint_plugin.stages.notebook import Notebook, extract
from lint_plugin.tokens import depth_of

_CHECK: Final = cst.CSTNode.__post_init__
_AT: Final = re.compile(r"parser error: error at (?P<line>\d+):\d+: ")


class Parsed(NamedTuple):
    """A tree, the text that positions refer to, and the notebook that it came from."""

    tree: cst.Module
    text: str
    notebook: Notebook | None = None
    left_out: tuple[Unparsed, ...] = ()  # cells of the notebook that are no Python


class Unparsed(NamedTuple):
    """Why a file has no tree."""

    line: int
    reason: str


def parse(path: str, data: bytes) -> Parsed | Unparsed:
    """Parse one file or notebook."""
    if len(data) > MAX_BYTES:
        return Unparsed(0, f"is larger than {MAX_BYTES // 1_000_000} MB")
    if not path.endswith(".ipynb"):
        return _parse(data)
    notebook = extract(data)
    if notebook is None:
        return Unparsed(0, "is not a notebook that can be read")
    return _parse_notebook(notebook)


def _parse_notebook(notebook: Notebook) -> Parsed | Unparsed:
    """Parse the cells together; a cell that is no Python is left out, and named, so that it does not hide the others."""
    left_out: list[Unparsed] = []
    parsed = _parse(notebook.source)
    if isinstance(parsed, Parsed):
        return parsed._replace(notebook=notebook)
    # A bracket left open is noticed cells later, so each cell is asked alone.
    for cell in notebook.numbers:
        alone = _parse(notebook.cell(cell))
        if isinstance(alone, Unparsed):
            left_out.append(Unparsed(max(alone.line - 1, 0), f"cell {cell} {alone.reason}"))
            notebook = notebook.without(cell)
    for _ in range(len(notebook.numbers) + 1):
        parsed = _parse(notebook.source)
        if isinstance(parsed, Parsed):
            return parsed._replace(notebook=notebook, left_out=tuple(left_out))
        cell, line = notebook.locate(parsed.line)
        if cell == 0:
            return parsed
        left_out.append(Unparsed(line, f"cell {cell} {parsed.reason}"))
        notebook = notebook.without(cell)
    return Unparsed(0, "has no cell that parses")


def _parse(data: bytes) -> Parsed | Unparsed:
    if b"\0" in data:
        return Unparsed(data.count(b"\n", 0, data.index(b"\0")) + 1, "contains a NUL byte")
    if looks_deep(data):
        depth, line = depth_of(data.decode("utf-8", "replace"))
        if depth > MAX_DEPTH:
            return Unparsed(line, f"is nested or chained more than {MAX_DEPTH} deep")
    try:
        with _unchecked():
            tree = cst.parse_module(data)
        text = data.decode(tree.encoding)
    except cst.ParserSyntaxError as problem:
        # Either can be that of the next line: ``raw_line`` behind the end of a line, the message behind the end of the file.
        found = _AT.match(problem.message)
        line, message = (int(found["line"]), problem.message[found.end() :]) if found else (problem.raw_line, problem.message)
        return Unparsed(min(line, problem.raw_line), f"does not parse: {_first_line(message)}")
    except (UnicodeError, LookupError, SyntaxError) as problem:
        return Unparsed(1, f"cannot be decoded: {_first_line(str(problem))}")
    except (ValueError, RecursionError, MemoryError) as problem:
        return Unparsed(0, f"cannot be parsed: {_first_line(str(problem))}")
    except BaseException as problem:
        # The native parser's own panics derive from BaseException and are not exported by name.
        if type(problem).__name__ != "PanicException":
            raise
        return Unparsed(0, "cannot be parsed: the parser gave up")
    return Parsed(tree, text.removeprefix("\ufeff"))


@contextmanager
def _unchecked() -> Iterator[None]:
    """Leave out libcst's check of every node, a fifth of a parse: it is meant for trees made by hand, and the parser makes sound ones."""
    cst.CSTNode.__post_init__ = _accept  # type: ignore[method-assign,assignment]
    try:
        yield
    finally:
        cst.CSTNode.__post_init__ = _CHECK  # type: ignore[method-assign]


def _accept(_: cst.CSTNode) -> None:
    """Take a node as it is."""


def _first_line(text: str) -> str:
    return text.strip().partition("\n")[0][:200] or "no reason given"
