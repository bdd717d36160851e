"""Write a grid as a table: with colour in a terminal, plain elsewhere, or as Markdown."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, TextIO

from cost_lib.ledger.output.escape import for_markdown, for_terminal

if TYPE_CHECKING:
    from cost_lib.ledger.output.grid import Grid

STYLES: Final = {"total": "bold", "subtotal": "bold", "unattributed": "yellow", "memo": "yellow", "others": "dim"}
FOLDED: Final = 18  # characters of a word in a terminal that is too narrow
ENDLESS: Final = 100_000
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
    from rich.measure import Measurement
    from rich.table import Table
    from rich.text import Text

    if not grid.rows:
        return ""
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False, collapse_padding=True, header_style="bold cyan")
    least = [_least(column, place < grid.words) for place, column in enumerate(zip(*grid.rows, strict=True))]
    for place, title in enumerate(grid.head):
        table.add_column(
            Text(for_terminal(title)), justify="left" if place < grid.words else "right", overflow="fold", min_width=least[place]
        )
    for row, style in zip(grid.rows, grid.styles, strict=True):
        table.add_row(*(Text(for_terminal(cell)) for cell in row), style=STYLES.get(style), end_section=style == "subtotal")
    out = io.StringIO()
    # a figure is never cut, whatever the terminal's width: rather than that the line is longer than it
    boundless = Console(width=ENDLESS)
    wide = max(width or Console().width, Measurement.get(boundless, boundless.options, table).minimum)
    Console(file=out, force_terminal=True, width=wide, highlight=False).print(table)
    return out.getvalue()


def _least(column: tuple[str, ...], is_word: bool) -> int:  # noqa: FBT001 - of two kinds
    """Give the width that a column needs: figures whole, words folded after a while."""
    longest = max(len(for_terminal(cell)) for cell in column)
    return min(longest, FOLDED) if is_word else longest


def _laid(cells: tuple[str, ...], widths: list[int], words: int) -> str:
    pairs = enumerate(zip(cells, widths, strict=True))
    return "  ".join(cell.ljust(width) if place < words else cell.rjust(width) for place, (cell, width) in pairs).rstrip()


def _piped(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"
