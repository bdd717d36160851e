"""Carry the edits of a notebook's Python over to its cells; the rest of the document stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from lint_plugin import edits as texts
from lint_plugin.edits import Edit
from lint_plugin.stages.apply.json_strings import Inside, Text, escaped, strings
from lint_plugin.stages.notebook import Notebook
from lint_plugin.tokens import Lines

CODE: Final = ("source", "input")  # the key of a cell's code, in format 4 and 3
_INDENT: Final = re.compile(r"[ \t]*\Z")


class Untouchable(ValueError):  # noqa: N818  (an answer, not an error of the program)
    """A place of the Python that no place of the document stands for."""


def edit(data: bytes, notebook: Notebook, joined: str, edits: Sequence[Edit]) -> bytes | None:
    """Return the notebook with the edits of its joined Python made; ``None`` where that cannot be done."""
    try:
        document = data.decode("utf-8")
        cells = _Cells(document)
        lines = Lines(joined)
        made = [change for one in edits for change in _carried(cells, notebook, joined, lines, one)]
        return texts.apply(document, made).encode("utf-8")
    except (UnicodeError, Untouchable, texts.Overlap):
        return None


class _Cells:
    """The strings that hold the code of each cell, by the number of the cell."""

    def __init__(self, document: str) -> None:
        self.document: Final = document
        self.is_ascii: Final = document.isascii()
        self.strings: Final[dict[int, list[Text]]] = {}
        for text in strings(document):
            cell, key = _cell(text.path)
            if cell is not None and key in CODE:
                self.strings.setdefault(self._number(cell), []).append(text)

    def _number(self, cell: tuple[str | int, ...]) -> int:
        """Return the 1-based number of a cell; the cells of format 3 lie in several sheets, of which the first counts."""
        place = cell[-1]
        if len(cell) > 2 and cell[1] != 0:
            raise Untouchable
        return int(place) + 1


def _cell(path: tuple[str | int, ...]) -> tuple[tuple[str | int, ...] | None, str]:
    """Split the path of a string into that of its cell and the key in it."""
    if path[:1] == ("cells",) and len(path) in (3, 4):
        return path[:2], str(path[2])
    if path[:1] == ("worksheets",) and path[2:3] == ("cells",) and len(path) in (5, 6):
        return path[:4], str(path[4])
    return None, ""


def _carried(cells: _Cells, notebook: Notebook, joined: str, lines: Lines, one: Edit) -> Iterator[Edit]:
    """Yield the edits of the document that make one edit of the joined Python."""
    (line, column), (end_line, end_column) = lines.locate(one.start), lines.locate(one.end)
    number, first = notebook.locate(line)
    end_number, last = notebook.locate(end_line)
    if number == 0 or number != end_number:
        raise Untouchable
    code = [Inside(cells.document, text) for text in cells.strings.get(number, [])]
    source = "".join(part.value for part in code)
    own = source.split("\n")
    if "\r" in source or not 0 < first <= len(own) or last > len(own):
        raise Untouchable
    _hold(joined, lines, line, own[first - 1], column)
    start, end = _offset(own, first, column), _offset(own, last, end_column)
    yield from _written(cells, number, code, one._replace(start=start, end=end))


def _hold(joined: str, lines: Lines, line: int, own: str, column: int) -> None:
    """Refuse a place on a line that is not Python in the notebook."""
    start = lines.start(line)
    shown = joined[start : start + len(own)]
    if shown != own and (column > 1 or own.lstrip().startswith("%%")):
        raise Untouchable


def _offset(own: list[str], line: int, column: int) -> int:
    return sum(len(text) + 1 for text in own[: line - 1]) + column - 1


def _written(cells: _Cells, number: int, code: list[Inside], one: Edit) -> Iterator[Edit]:
    """Yield the edits of the strings of a cell; a new line becomes a string of its own where the cell has one for each."""
    at = 0
    is_new = True
    for text, part in zip(cells.strings[number], code, strict=True):
        size = len(part.value)
        is_last = part is code[-1]
        if one.start < at + size or (is_last and one.start <= at + size) or (one.start == at + size and not part.value.endswith("\n")):
            end = min(one.end - at, size)
            written = _spread(cells, text, one.text if is_new else "")
            yield part.edit(max(one.start - at, 0), end, written)
            is_new = False
            if one.end <= at + size:
                return
        at += size


def _spread(cells: _Cells, text: Text, new: str) -> str:
    pieces = [escaped(piece, is_ascii=cells.is_ascii) for piece in new.split("\n")]
    if not isinstance(text.path[-1], int):
        return "\\n".join(pieces)
    before = cells.document[: text.start]
    line = before[before.rfind("\n") + 1 :]
    found = _INDENT.match(line)
    end = "\r\n" if before.endswith(f"\r\n{line}") else "\n"
    gap = f"{end}{line}" if found is not None else " "
    return f'\\n",{gap}"'.join(pieces)
