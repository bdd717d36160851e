"""Show the reported line with its neighbours and a marker under the name that was called."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from lint_plugin.model import Finding
from lint_plugin.output.colour import Colour, paint
from lint_plugin.output.escape import visible

CONTEXT: Final = 1  # lines above and below
WIDTH: Final = 160  # characters of a line; longer ones are cut around the column
LEAD: Final = 60  # characters kept before the column of a line that is cut
TAB: Final = "    "
NAME: Final = re.compile(r"\w+")
CUT: Final = "..."


def frame(finding: Finding, lines: Sequence[str], *, colour: bool) -> Iterator[str]:
    """Yield the lines of the frame, or nothing where the source is not at hand."""
    if not 1 <= finding.line <= len(lines):
        return
    first, last = max(1, finding.line - CONTEXT), min(len(lines), finding.line + CONTEXT)
    margin = len(str(last))
    bar = paint("|", Colour.FRAME, on=colour)
    yield f"{' ' * margin} {bar}"
    for number in range(first, last + 1):
        start = _start(lines[number - 1], finding.column)
        label = paint(str(number).rjust(margin), Colour.FRAME, on=colour)
        yield f"{label} {bar} {_shown(lines[number - 1], start)}".rstrip()
        if number == finding.line:
            yield f"{' ' * margin} {bar} {_marker(lines[number - 1], start, finding, colour=colour)}"
    yield f"{' ' * margin} {bar}"


def _start(line: str, column: int) -> int:
    """Choose where a long line begins to be shown."""
    return 0 if len(line) <= WIDTH else max(0, min(column - 1 - LEAD, len(line) - WIDTH))


def _shown(line: str, start: int) -> str:
    piece = _plain(line[start : start + WIDTH])
    return f"{CUT if start else ''}{piece}{CUT if len(line) > start + WIDTH else ''}"


def _marker(line: str, start: int, finding: Finding, *, colour: bool) -> str:
    column = min(finding.column - 1, len(line))
    name = NAME.match(line, column)
    before = _plain(line[start:column])
    marked = _plain(name.group()) if name else " "
    indent = " " * (_columns(before) + (len(CUT) if start else 0))
    shade = Colour.WARNING if finding.severity == "warning" else Colour.ERROR
    return indent + paint("^" * _columns(marked), shade, on=colour)


def _plain(text: str) -> str:
    return visible(text.replace("\t", TAB))


def _columns(text: str) -> int:
    """Count terminal columns: wide East Asian characters take two, combining ones none."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
