"""One line a finding, for editors and for grep."""

from __future__ import annotations

from collections.abc import Iterator

from lint_plugin.output.tally import statistics
from lint_plugin.output.text import headline
from lint_plugin.output.view import View


def render(view: View) -> Iterator[str]:
    """Show every finding on a line of its own."""
    for finding in view.report.findings:
        yield headline(view, finding) + "\n"
    if view.statistics:
        yield from statistics(view.report)
