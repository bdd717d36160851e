"""Turn a notebook into one Python source: bytes -> Notebook.

The code cells stand one behind the other, a line between two of them. That line is blank, or opens a block for a cell that is
indented as a whole, as IPython allows. A line of the source leads back to its cell and the line in it; columns stay as they are.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from lint_plugin.magics import blank, to_python

HEAD: Final = "# coding: utf-8"  # the cells' own coding comments would otherwise be believed
# Whatever is not named here is taken for Python: kernels have many names, and a cell that does not parse is reported.
OTHERS: Final = frozenset(
    "r ir julia scala spark sparkr javascript js typescript ts node deno bash sh zsh shellscript shell powershell pwsh batch cmd sql mysql"
    " plsql sqlite c c++ cpp c++11 c++14 c++17 c++20 cling cuda csharp c# fsharp f# vb .net dotnet java kotlin groovy clojure go gonb rust"
    " ruby perl php lua swift haskell ocaml erlang elixir octave matlab stata sas q kdb coq lean prolog scheme racket lisp common-lisp"
    " fortran ada nim d wolfram mathematica maxima gap singular gnuplot logo tcl forth html css markdown md latex tex raw text plaintext"
    " json yaml toml xml graphql cypher sparql kql mermaid dot vega ansible robotframework apl dyalog_apl processing calysto_scheme".split()
)
_FOREIGN: Final = re.compile(r"\s*%(?:md|sql|sh|scala|r|fs)\b")  # on Databricks one sign gives the whole cell another language
_CODE: Final = re.compile(r"^[ \t]*[^\s#]", re.MULTILINE)


class Notebook(NamedTuple):
    """The Python of a notebook, and where each part of it comes from."""

    source: bytes
    starts: tuple[int, ...]  # line at which each code cell begins
    numbers: tuple[int, ...]  # 1-based numbers of these cells among all cells, text included

    def locate(self, line: int) -> tuple[int, int]:
        """Return the number of the cell and the line in it for a line of the source; (0, 0) before the first cell."""
        at = bisect_right(self.starts, line) - 1
        return (self.numbers[at], line - self.starts[at] + 1) if at >= 0 else (0, 0)

    def cell(self, cell: int) -> bytes:
        """Return one cell, behind the line before it, which may open a block."""
        begin, end = self._span(cell)
        return b"\n".join([*self.source.split(b"\n")[begin:end], b""])

    def without(self, cell: int) -> Notebook:
        """Return the notebook with one cell blanked: one that is no Python need not hide the others."""
        begin, end = self._span(cell)
        lines = self.source.split(b"\n")
        lines[begin:end] = [b""] * (end - begin)
        return self._replace(source=b"\n".join(lines))

    def _span(self, cell: int) -> tuple[int, int]:
        at = self.numbers.index(cell)
        end = self.starts[at + 1] - 2 if at + 1 < len(self.starts) else self.source.count(b"\n") + 1
        return self.starts[at] - 2, end


def extract(data: bytes) -> Notebook | None:
    """Read a notebook of format 3 or 4; None where it is none."""
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        return None
    if not isinstance(document, dict):
        return None
    cells = _cells(document)
    return None if cells is None else _joined(cells if _is_python(document) else [])


def _cells(document: dict[str, Any]) -> list[Any] | None:
    cells = document.get("cells")
    if cells is None and isinstance(sheets := document.get("worksheets"), list):
        cells = [cell for sheet in sheets if isinstance(sheet, dict) for cell in _listed(sheet.get("cells"))]
    return cells if isinstance(cells, list) else None


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _is_python(document: dict[str, Any]) -> bool:
    """Tell whether the notebook's language is Python, which is also taken for granted where it is not said."""
    metadata = document.get("metadata")
    about = metadata if isinstance(metadata, dict) else {}
    info, kernel = (part if isinstance(part := about.get(key), dict) else {} for key in ("language_info", "kernelspec"))
    if str(kernel.get("name", "")).lower().startswith("python"):  # Jupyter starts what bears this name, whatever else is said
        return True
    said = [language.lower() for language in (info.get("name"), kernel.get("language")) if isinstance(language, str)]
    return not said or not OTHERS.issuperset(said)


def _joined(cells: list[Any]) -> Notebook:
    lines = [HEAD]
    starts: list[int] = []
    numbers: list[int] = []
    for number, text in _code_cells(cells):
        code = to_python(text)
        lines.append(_opening(code))
        starts.append(len(lines) + 1)
        numbers.append(number)
        lines.extend(code.split("\n"))
    return Notebook("\n".join([*lines, ""]).encode("utf-8", "replace"), tuple(starts), tuple(numbers))


def _code_cells(cells: list[Any]) -> Iterator[tuple[int, str]]:
    for number, cell in enumerate(cells, 1):
        if not isinstance(cell, dict) or cell.get("cell_type") != "code":
            continue
        source = cell.get("source", cell.get("input", ""))
        if isinstance(source, list):
            source = "".join(part for part in source if isinstance(part, str))
        if isinstance(source, str):
            text = re.sub(r"\r\n?", "\n", source)
            yield number, text if _is_python_cell(cell, text) else blank(text)


def _is_python_cell(cell: dict[str, Any], text: str) -> bool:
    language = cell.get("language")
    metadata = cell.get("metadata")
    if isinstance(metadata, dict):
        editor = metadata.get("vscode")
        language = editor.get("languageId", language) if isinstance(editor, dict) else language
        if _FOREIGN.match(text) and any("databricks" in key for key in metadata):
            return False
    return not isinstance(language, str) or language.lower() not in OTHERS


def _opening(code: str) -> str:
    """Return the line before a cell: one that opens a block where the whole cell is indented."""
    first = _CODE.search(code)
    return "if 1:" if first and first.group()[0] in " \t" else ""
