"""Lay a report out: as a table for people, as JSON or CSV for programs."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from cost_lib.ledger.monthly import Line

if TYPE_CHECKING:
    from cost_lib.ledger.monthly import Report

NANO: Final = 10**9
HEAD: Final = ("month", "feature", "segment", "requests", "tokens in", "tokens out", "cost USD", "a request", "share")
LEFT: Final = 3  # columns of words; the others are figures
UNATTRIBUTED: Final = "(unattributed)"
MOST_NAMED: Final = 20  # pieces that are no events; a log that is full of them is said to be so in one line more


def as_table(report: Report) -> str:
    """Write a table; costs have as many decimals as the smallest of them needs."""
    if not report.lines:
        return ""
    places = 2 if all(line.cost_nano_usd >= NANO or not line.cost_nano_usd for line in report.lines) else 6
    rows = [_row(line, places) for line in report.lines]
    widths = [max(map(len, column)) for column in zip(HEAD, *rows, strict=True)]
    lines = [_laid(HEAD, widths), "  ".join("-" * width for width in widths)]
    for row, line in zip(rows, report.lines, strict=True):
        lines.append(_laid(row, widths))
        if line.line == "total":
            lines.append("")
    return "\n".join(lines) + "\n"


def as_json(report: Report) -> str:
    """Write every line with its exact figures, and what was skipped."""
    skipped = [{"file": str(one.file), "line": one.line, "bytes": one.size, "reason": one.reason} for one in report.skipped]
    return json.dumps({"lines": [line._asdict() for line in report.lines], "skipped": skipped}, indent=2) + "\n"


def as_csv(report: Report) -> str:
    """Write every line with its exact figures."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(Line._fields)
    writer.writerows(report.lines)
    return out.getvalue()


def remarks(report: Report) -> list[str]:
    """Return what has to be said beside the figures."""
    found = [str(one) for one in report.skipped[:MOST_NAMED]]
    if len(report.skipped) > 1:
        found.append(f"{len(report.skipped)} pieces of the log are no events and were left out")
    unpriced = sum(line.unpriced for line in report.lines if line.line == "total")
    if unpriced:
        calls = "1 call is" if unpriced == 1 else f"{unpriced} calls is"
        found.append(f"the cost of {calls} not known and not counted; costmark prices check says why")
    if not report.lines:
        files = "1 file holds" if report.files == 1 else f"{report.files} files hold"
        found.append(f"{files} no call of that time; --since, --until and --month choose another")
    return found


def _row(line: Line, places: int) -> tuple[str, ...]:
    name = {"total": "total", "unattributed": UNATTRIBUTED}.get(line.line, line.feature)
    money = (_usd(line.cost_nano_usd, places), _usd(line.average_nano_usd, 6))
    counts = (f"{line.requests:,}", f"{line.input_tokens:,}", f"{line.output_tokens:,}")
    return (line.month, name, line.segment or ("" if line.line == "total" else "-"), *counts, *money, f"{line.share:.1%}")


def _usd(nano: int, places: int) -> str:
    return f"{Decimal(nano) / NANO:,.{places}f}"


def _laid(cells: tuple[str, ...], widths: list[int]) -> str:
    aligned = [
        cell.ljust(width) if place < LEFT else cell.rjust(width) for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return "  ".join(aligned).rstrip()
