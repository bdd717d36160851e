"""The format for people: position, message, source excerpt, what to do next."""

from __future__ import annotations

from collections.abc import Iterator

from lint_plugin.model import Finding
from lint_plugin.output.colour import Colour, paint
from lint_plugin.output.escape import visible
from lint_plugin.output.excerpt import frame
from lint_plugin.output.source import Sources
from lint_plugin.output.tally import statistics, summary
from lint_plugin.output.view import View, position


def render(view: View) -> Iterator[str]:
    """Show every finding with its source, then how many there are."""
    sources = Sources(view.root, view.sources)
    for finding in view.report.findings:
        yield headline(view, finding) + "\n"
        for line in frame(finding, sources.lines(finding.path, finding.cell), colour=view.colour):
            yield line + "\n"
        yield f"  = help: costmark rule {finding.code}\n\n"
    if view.statistics:
        yield from statistics(view.report)
    yield paint(summary(view.report), Colour.ERROR if view.report.findings or view.report.problems else Colour.GOOD, on=view.colour) + "\n"


def headline(view: View, finding: Finding) -> str:
    """Say where and what, on one line."""
    shade = Colour.WARNING if finding.severity == "warning" else Colour.ERROR
    where = paint(position(view, finding), Colour.PATH, on=view.colour)
    code = paint(finding.code, shade, on=view.colour)
    label = f" {finding.severity}:" if finding.severity == "warning" else ""
    return f"{where}: {code}{label} {visible(finding.message)}"
