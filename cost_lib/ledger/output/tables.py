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
GAP: Final = 3  # between two columns
INDENT: Final = 2  # of figures below the name of their row
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
        cells = tuple(map(for_markdown, row))
        lines.append(_piped(tuple(f"**{cell}**" if cell and style in BREAKS else cell for cell in cells)))
    return "\n".join(lines) + "\n"


def as_rich(grid: Grid, width: int | None = None) -> str:
    """Write a table for a terminal, with colours; no figure is cut: where lines would be too long, each row becomes several."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    if not grid.rows:
        return ""
    terminal = width or Console().width
    widths = _widths(grid, terminal)
    gap = next((gap for gap in (GAP, GAP - 1) if sum(widths) + gap * (len(widths) - 1) <= terminal), None)
    if gap is None:
        return _stacked(grid, terminal)
    padding = (0, 1, 0, int(gap == GAP))
    table = Table(box=SIMPLE_HEAD, padding=padding, pad_edge=False, show_edge=False, header_style="bold cyan")
    for place, (title, wide) in enumerate(zip(grid.head, widths, strict=True)):
        table.add_column(Text(for_terminal(title)), justify="left" if place < grid.words else "right", overflow="fold", width=wide)
    for row, style in zip(grid.rows, grid.styles, strict=True):
        table.add_row(*(Text(for_terminal(cell)) for cell in row), style=STYLES.get(style), end_section=style == "subtotal")
    out = io.StringIO()
    Console(file=out, force_terminal=True, width=ENDLESS, highlight=False).print(table)
    return out.getvalue()


def _stacked(grid: Grid, terminal: int) -> str:
    """Write each row as its name and its figures below, each with its title, as many beside each other as there is room for."""
    from rich.console import Console
    from rich.text import Text

    titles = tuple(map(for_terminal, grid.head[grid.words :]))
    rows = [tuple(map(for_terminal, row)) for row in grid.rows]
    widths = [max(map(len, column)) for column in zip(*(row[grid.words :] for row in rows), strict=True)]
    shapes = ([_shape(titles, widths, beside, place) for place in range(beside)] for beside in range(len(titles), 0, -1))
    fitting = (one for one in shapes if sum(title + cell + 1 + GAP for title, cell in one) - GAP + INDENT <= terminal)
    shape = next(fitting, [_shape(titles, widths, 1, 0)])
    out = io.StringIO()
    console = Console(file=out, force_terminal=True, width=ENDLESS, highlight=False)
    for row, style in zip(rows, grid.styles, strict=True):
        console.print(Text("  ".join(word for word in row[: grid.words] if word), style=STYLES.get(style, "bold cyan")))
        figures = list(zip(titles, row[grid.words :], strict=True))
        for at in range(0, len(figures), len(shape)):
            pairs = zip(figures[at : at + len(shape)], shape, strict=False)
            told = (" " * GAP).join(f"{title.ljust(left)} {cell.rjust(right)}" for (title, cell), (left, right) in pairs)
            console.print(Text(" " * INDENT + told))
    return out.getvalue()


def _shape(titles: tuple[str, ...], widths: list[int], beside: int, place: int) -> tuple[int, int]:
    """Measure what stands below each other at one place of lines with so many figures: their titles, and themselves."""
    return max(map(len, titles[place::beside])), max(widths[place::beside])


def _widths(grid: Grid, terminal: int) -> list[int]:
    """Give columns what they need; in a terminal that is too narrow titles are broken and long words folded."""
    cells = [max(len(for_terminal(cell)) for cell in column) for column in zip(*grid.rows, strict=True)]
    heads = [for_terminal(title) for title in grid.head]
    natural = [max(cell, len(head), 1) for cell, head in zip(cells, heads, strict=True)]
    if sum(natural) + GAP * len(natural) <= terminal:
        return natural
    longest = [max((len(word) for word in head.split()), default=1) for head in heads]
    folded = [min(cell, FOLDED) if place < grid.words else cell for place, cell in enumerate(cells)]
    return [max(cell, word) for cell, word in zip(folded, longest, strict=True)]


def _laid(cells: tuple[str, ...], widths: list[int], words: int) -> str:
    pairs = enumerate(zip(cells, widths, strict=True))
    return "  ".join(cell.ljust(width) if place < words else cell.rjust(width) for place, (cell, width) in pairs).rstrip()


def _piped(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"
