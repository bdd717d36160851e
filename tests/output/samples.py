"""Reports built by hand, for the tests of the formats."""

from __future__ import annotations

from pathlib import Path

from lint_plugin.model import Finding, Problem, Report
from lint_plugin.output import formats
from lint_plugin.output.view import RuleEntry, View

ROOT = Path("/project")

SOURCE = b"""from openai import OpenAI

client = OpenAI()
reply = client.chat.completions.create(model="gpt-4o-mini", messages=[])
\tprint("\xc3\xa9\xe6\xbc\xa2", client.embeddings.create(input="x"))
"""

RAW = Finding(
    path="app/bot.py",
    line=4,
    column=33,
    end_line=4,
    code="CMK101",
    rule="raw-provider-call",
    message="openai chat.completions.create() is not attributed; call it on tagged(client, feature=...)",
    provider="openai",
    method="chat.completions.create",
    model="gpt-4o-mini",
    resolution="module-global",
    fingerprint="0123456789abcdef",
    fix="safe",
    scope="answer",
    call="client.chat.completions.create",
)
WARNING = RAW._replace(
    code="CMK301", rule="unpriceable-model", message="no price for 'gpt-9'", severity="warning", line=5, column=32, fingerprint=""
)
CELL = RAW._replace(path="notes.ipynb", cell=2, line=1, column=8, end_line=1, fingerprint="fedcba9876543210")
PROBLEM = Problem("app/old.py", 3, "invalid syntax: print 'x'")

RULES = (
    RuleEntry("CMK101", "raw-provider-call", "Billable call outside the wrapper.", "error", "# CMK101\n\nPage."),
    RuleEntry("CMK301", "unpriceable-model", "No price is known.", "warning", "# CMK301\n\nPage."),
)


def view(
    report: Report, *, root: Path = ROOT, here: Path = ROOT, colour: bool = False, statistics: bool = False, source: bytes = SOURCE
) -> View:
    """Look at a report as from a folder, with the sources that the samples quote."""
    sources = {"app/bot.py": source}
    return View(report, root, here, root, "1.2.3", RULES, sources, colour, statistics)


def shown(name: str, report: Report) -> str:
    """Render a report whole."""
    return "".join(formats.render(name, view(report)))


def report(*findings: Finding) -> Report:
    """Wrap findings, with nothing else to say."""
    return Report(findings, files=12, relevant=3, suppressed=1)
