"""Fix small projects in a folder, as the command does."""

from __future__ import annotations

import re
from pathlib import Path

from cost_lib.policy import find, load
from lint_plugin.fixing.mending import mend
from lint_plugin.fixing.model import Options, Result
from lint_plugin.fixing.plan import Plan, Row
from lint_plugin.fixing.project import Project, chooser
from lint_plugin.model import Request
from lint_plugin.rules.registry import RULES

_FEATURE = re.compile(r"feature=[\"']([^\"']+)")


def project(root: Path) -> Project:
    """Check the project in a folder."""
    policy = load(find(root, env={}), known_codes=[rule.code for rule in RULES], root=root)
    return Project(Request(root, policy), root, lambda _: None)


def fix(root: Path, options: Options = Options(), plan: Plan | None = None) -> Result:  # noqa: B008  (frozen)
    """Fix the project in a folder, and write it."""
    result = mend(project(root), chooser((), (), options), options, plan)
    for change in result.changes:
        (root / change.path).write_bytes(change.after)
    if result.policy is not None:
        Path(result.policy.path).write_bytes(result.policy.after)
    return result


def fixed(root: Path, name: str, text: str, *, policy: str = "", named: str = "") -> str:
    """Return one file as it is fixed; ``named`` is a text whose features its calls get."""
    (root / name).write_text(text, encoding="utf-8", newline="")
    (root / "costmark.toml").write_text(policy, encoding="utf-8")
    features = _FEATURE.findall(named)
    rows = [
        Row(finding.path, finding.line, finding.code, finding.fingerprint, feature)
        for finding in project(root).known.report.findings
        for feature in features[:1]
    ]
    fix(root, plan=Plan(rows) if rows else None)
    with (root / name).open(encoding="utf-8", newline="") as stream:
        return stream.read()
