"""Lines of a table for people: aligned on a terminal, or as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from lint_plugin.output.escape import visible

LONGEST: Final = 60  # of a cell on a terminal; the other formats have it whole
ESCAPED: Final = r"\\\1"
_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>()#+!|~&@:$-])")


def aligned(head: Sequence[str], rows: Sequence[Sequence[str]], *, numbers: frozenset[str] = frozenset()) -> Iterator[str]:
    """Write rows under their heads; the columns that are named in ``numbers`` stand on the right."""
    cells = [[_short(visible(cell)) for cell in row] for row in rows]
    widths = [max(len(name), *(len(row[at]) for row in cells)) if cells else len(name) for at, name in enumerate(head)]
    for row in (list(head), ["-" * width for width in widths], *cells):
        padded = (cell.rjust(width) if name in numbers else cell.ljust(width) for cell, width, name in zip(row, widths, head, strict=True))
        yield "  ".join(padded).rstrip() + "\n"


def markdown(head: Sequence[str], rows: Sequence[Sequence[str]], *, numbers: frozenset[str] = frozenset()) -> Iterator[str]:
    """Write a table of which no cell can be anything but text."""
    yield f"| {' | '.join(head)} |\n"
    yield f"|{'|'.join('---:' if name in numbers else '---' for name in head)}|\n"
    for row in rows:
        yield f"| {' | '.join(_SPECIAL.sub(ESCAPED, visible(cell)) for cell in row)} |\n"


def _short(cell: str) -> str:
    return cell if len(cell) <= LONGEST else f"{cell[: LONGEST - 3]}..."
