"""Show an outcome in the format that was asked for, and decide the exit code."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

from lint_plugin import __version__
from lint_plugin.frontends.choices import Choices
from lint_plugin.frontends.console import complain, emit, is_colourful
from lint_plugin.frontends.outcome import Outcome
from lint_plugin.frontends.saving import save
from lint_plugin.frontends.workspace import repository
from lint_plugin.model import Report
from lint_plugin.output import formats
from lint_plugin.output.tally import statistics
from lint_plugin.output.view import RuleEntry, View

CLEAN: Final = 0
FOUND: Final = 1
PLAIN: Final = ("text", "concise")  # formats that people read where they appear


def show(outcome: Outcome, choices: Choices) -> None:
    """Write the report to its place, and what could not be analyzed to standard error."""
    view = _view(outcome, choices)
    if choices.output_file is None:
        emit(formats.render(choices.format, view))
    else:
        save(choices.output_file, "".join(formats.render(choices.format, view)), option="--output-file")
    if choices.statistics and choices.format not in PLAIN:
        emit(statistics(outcome.report), sys.stderr)
    for problem in outcome.report.problems:
        complain(f"{problem.path}:{problem.line}: not analyzed: {problem.reason}")


def exit_code(report: Report) -> int:
    """Fail for errors and for files that nobody can vouch for; warnings pass."""
    failed = report.problems or any(finding.severity == "error" for finding in report.findings)
    return FOUND if failed else CLEAN


def _view(outcome: Outcome, choices: Choices) -> View:
    colour = choices.output_file is None and choices.format in PLAIN and is_colourful(sys.stdout, os.environ)
    return View(
        outcome.report,
        outcome.root,
        here=Path.cwd(),
        repository=repository(outcome.root),
        version=__version__,
        rules=_rules() if choices.format == "sarif" else (),
        sources=outcome.sources,
        colour=colour,
        statistics=choices.statistics and choices.format in PLAIN,
    )


def _rules() -> tuple[RuleEntry, ...]:
    from lint_plugin.rules import registry
    from lint_plugin.rules.base import Default

    return tuple(
        RuleEntry(rule.code, rule.name, rule.summary, "warning" if rule.default is Default.WARNING else "error", registry.page(rule.code))
        for rule in registry.RULES
    )
