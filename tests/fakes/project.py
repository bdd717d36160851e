"""A project as plain data, and the report that an analyzer would give of it."""

from __future__ import annotations

from typing import NamedTuple

from lint_plugin.model import Finding, Report
from lint_plugin.stages.fingerprint import stamp


class Function(NamedTuple):
    """A function with raw calls; ``above`` is the number of lines before it."""

    name: str
    calls: tuple[str, ...]
    above: int = 1


Project = dict[str, tuple[Function, ...]]


def report(project: Project) -> Report:
    """Return the findings of a project, one a call."""
    findings = []
    for path, functions in sorted(project.items()):
        line = 0
        for function in functions:
            line += function.above + 1
            for call in function.calls:
                line += 1
                findings.append(Finding(path, line, 5, line, "CMK101", "raw-provider-call", "raw", scope=function.name, call=call))
    return Report(tuple(stamp(findings)), files=len(project))
