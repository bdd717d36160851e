"""Findings as JSON: one array, or one object a line."""

from __future__ import annotations

import json
from collections.abc import Iterator

from lint_plugin.model import Finding
from lint_plugin.output.view import View


def render(view: View) -> Iterator[str]:
    """Write one array of objects, each on a line of its own."""
    separator = "["
    for finding in view.report.findings:
        yield f"{separator}\n  {json.dumps(record(finding))}"
        separator = ","
    yield "[]\n" if separator == "[" else "\n]\n"


def render_lines(view: View) -> Iterator[str]:
    """Write one object a line."""
    for finding in view.report.findings:
        yield json.dumps(record(finding)) + "\n"


def record(finding: Finding) -> dict[str, str | int]:
    """Give every field of a finding; paths are relative to the project root."""
    return finding._asdict()
