"""Workflow commands that GitHub shows as annotations on the pull request."""

from __future__ import annotations

from collections.abc import Iterator

from lint_plugin.model import Finding, Problem
from lint_plugin.output.view import View, repository_path


def render(view: View) -> Iterator[str]:
    """Write one command a finding, then one a file that could not be analyzed."""
    for finding in view.report.findings:
        yield _annotation(view, finding)
    for problem in view.report.problems:
        yield _unanalyzed(view, problem)


def _annotation(view: View, finding: Finding) -> str:
    properties = {"file": repository_path(view, finding.path)}
    if finding.cell:  # a line inside a cell is no line of the file
        place = f" (cell {finding.cell}, line {finding.line})"
    else:
        place = ""
        properties |= {"line": str(finding.line), "endLine": str(finding.end_line), "col": str(finding.column)}
    properties["title"] = f"{finding.code} {finding.rule}"
    return _command(finding.severity, properties, f"{finding.message}{place}")


def _unanalyzed(view: View, problem: Problem) -> str:
    properties = {"file": repository_path(view, problem.path), "line": str(max(1, problem.line)), "title": "costmark: not analyzed"}
    return _command("error", properties, problem.reason)


def _command(level: str, properties: dict[str, str], message: str) -> str:
    options = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{level} {options}::{_data(message)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
