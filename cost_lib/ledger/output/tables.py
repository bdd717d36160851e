"""Write a grid as a table: with colour in a terminal, plain elsewhere, or as Markdown."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, TextIO

from cost_lib.ledger.output.escape import for_markdown, for_terminal

if TYPE_CHECKING:
    from cost_lib.ledger.output.grid import Grid

STYLES: Final = {"total": "bold", "subtotal": "bold", "unattributed": "yellow", "memo": "yellow", "others": "dim"}
BREAKS: Final = ("total", "subtotal")


def is_colourful(stream: TextIO | None, env: Mapping[str, str]) -> bool:
    """Tell whether colours belong on a stream: a terminal, and nobody said no (https://no-color.org)."""
    return stream is not None and stream.isatty() and not env.get("NO_COLOR") and env.get("TERM") != "dumb"


def as_plain(grid: Grid) -> str:
    """Write a table in columns."""
    rows = [tuple(for_terminal(cell) for cell in row) for row in grid.rows]
    head = tuple(map(for_terminal, grid.head))
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    lines = [_laid(head, widths, grid.words), "  ".join("-" * width for width in widths)]
    for row, style in zip(rows, grid.styles, strict=True):
        lines.append(_laid(row, widths, grid.words))
        if style == "subtotal":
            lines.append("")
    return "\n".join(lines) + "\n" if rows else ""


def as_markdown(grid: Grid) -> str:
    """Write a table of Markdown."""
    if not grid.rows:
        return ""
    lines = [
        _piped(tuple(map(for_markdown, grid.head))),
        _piped(tuple("---" if place < grid.words else "---:" for place in range(len(grid.head)))),
    ]
    for row, style in zip(grid.rows, grid.styles, strict=True):
        cells = tuple(for_markdown(cell) if place < grid.words else cell for place, cell in enumerate(row))
        lines.append(_piped(tuple(f"**{cell}**" if cell and style in BREAKS else cell for cell in cells)))
    return "\n".join(lines) + "\n"


def as_rich(grid: Grid, width: int | None = None) -> str:
    """Write a table for a terminal, with colours."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    if not grid.rows:
        return ""
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold cyan")
    for place, title in enumerate(grid.head):
        is_word = place < grid.words
        table.add_column(Text(for_terminal(title)), justify="left" if is_word else "right", no_wrap=not is_word, overflow="fold")
    for row, style in zip(grid.rows, grid.styles, strict=True):
        table.add_row(*(Text(for_terminal(cell)) for cell in row), style=STYLES.get(style), end_section=style == "subtotal")
    out = io.StringIO()
    Console(file=out, force_terminal=True, width=width, highlight=False).print(table)
    return out.getvalue()


def _laid(cells: tuple[str, ...], widths: list[int], words: int) -> str:
    pairs = enumerate(zip(cells, widths, strict=True))
    return "  ".join(cell.ljust(width) if place < words else cell.rjust(width) for place, (cell, width) in pairs).rstrip()


def _piped(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"
