"""A table for a comment on the pull request."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lint_plugin.model import Finding
from lint_plugin.output.escape import visible
from lint_plugin.output.tally import summary
from lint_plugin.output.view import View, repository_path

# GitHub refuses comments above 65,536 characters; the longest row with its escapes stays far below 1,000.
ROWS: Final = 60
LONGEST: Final = 300
ENDING: Final = str.maketrans({"`": "'", "|": "\N{BROKEN BAR}"})
SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>()#+!|~&@:$-])")


def render(view: View) -> Iterator[str]:
    """Write a summary, then one row a finding."""
    findings = view.report.findings
    yield f"**costmark:** {summary(view.report)}\n"
    if findings:
        yield "\n| rule | where | what to do |\n|---|---|---|\n"
    for finding in findings[:ROWS]:
        yield _row(view, finding)
    if len(findings) > ROWS:
        yield f"\n{len(findings) - ROWS} more are not listed here.\n"
    for problem in view.report.problems:
        yield f"\nNot analyzed: {_code(f'{repository_path(view, problem.path)}:{problem.line}')} {_prose(problem.reason)}\n"


def _row(view: View, finding: Finding) -> str:
    cell = f":cell {finding.cell}" if finding.cell else ""
    where = _code(f"{repository_path(view, finding.path)}{cell}:{finding.line}")
    return f"| {finding.code} {finding.rule} | {where} | {_prose(finding.message)} |\n"


def _prose(text: str) -> str:
    return SPECIAL.sub(r"\\\1", visible(_shortened(text)))


def _code(text: str) -> str:
    """Quote as code; inside a table a bar ends the cell even there, escaped or not, and a backtick ends the quotation."""
    return f"`{visible(_shortened(text)).translate(ENDING)}`"


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}..."
