"""A written fake of the analyzer: every ``name.create(...)`` is raw, unless ``clients.py`` tags what it hands out."""

from __future__ import annotations

import re
from pathlib import Path

from lint_plugin.model import Finding, Problem, Report, Request
from lint_plugin.stages import discover
from lint_plugin.stages.fingerprint import normalise, stamp

LINE = re.compile(r"def (?P<scope>\w+)|(?P<call>\w+\.create\(.*\))")
BROKEN = "broken("


def check(request: Request) -> Report:
    """Report the raw calls of the files that a request names."""
    every = {file.path: _text(request, file) for file in discover.find(request.root, sources=request.sources).files}
    named = discover.find(request.root, request.paths, excludes=request.policy.excludes, sources=request.sources).files
    findings: list[Finding] = []
    problems: list[Problem] = []
    for file in named:
        text = _text(request, file)
        if BROKEN in text:
            problems.append(Problem(file.path, 1, "broken"))
        elif "tagged(" not in every.get("clients.py", ""):
            findings.extend(_raw_calls(file.path, text))
    return Report(tuple(stamp(findings)), tuple(problems), files=len(named))


def _text(request: Request, file: discover.SourceFile) -> str:
    data = request.sources.get(file.path)
    return (Path(file.full).read_bytes() if data is None else data).decode()


def _raw_calls(path: str, text: str) -> list[Finding]:
    findings = []
    scope = ""
    for number, line in enumerate(text.splitlines(), 1):
        found = LINE.search(line)
        if found and found["scope"]:
            scope = found["scope"]
        elif found:
            call = normalise(found["call"])
            findings.append(Finding(path, number, 1, number, "CMK101", "raw-provider-call", "raw", scope=scope, call=call))
    return findings
