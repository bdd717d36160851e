"""Count findings for the closing lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from lint_plugin.model import Report

CLEAN: Final = "No findings"


def summary(report: Report) -> str:
    """Say in one sentence what was found."""
    problems = len({problem.path for problem in report.problems})
    missed = f"; {_count(problems, 'file', 'files')} could not be analyzed" if problems else ""
    if not report.findings:
        return f"{CLEAN}{missed}."
    warnings = sum(finding.severity == "warning" for finding in report.findings)
    files = len({finding.path for finding in report.findings})
    note = f", {_count(warnings, 'of them a warning', 'of them warnings')}" if warnings else ""
    return f"{_count(len(report.findings), 'finding', 'findings')} in {_count(files, 'file', 'files')}{note}{missed}."


def statistics(report: Report) -> Iterator[str]:
    """List how often each rule and each provider occurs, and what the run looked at."""
    rules = Counter((finding.code, finding.rule) for finding in report.findings)
    providers = Counter(finding.provider for finding in report.findings if finding.provider)
    for (code, rule), count in sorted(rules.items()):
        yield f"{count:6} {code} {rule}\n"
    for provider, count in sorted(providers.items(), key=lambda item: (-item[1], item[0])):
        yield f"{count:6} {provider}\n"
    yield f"{report.files:6} files looked at, {report.relevant} of them can matter\n"
    yield f"{report.suppressed:6} findings suppressed\n"


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
