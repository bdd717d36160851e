"""An inventory and a check are of one mind, over every small project that the tests have."""

from __future__ import annotations

from pathlib import Path

import pytest

from cost_lib import policy as policies
from lint_plugin.inventory.model import RAW, UNTAGGED
from lint_plugin.inventory.taking import take
from lint_plugin.model import Request
from lint_plugin.pipeline import study

HERE = Path(__file__).resolve().parent
PROJECTS = [folder for folder in sorted((HERE / "projects").iterdir()) if folder.is_dir()]
STATUS = {"CMK101": RAW, "CMK102": RAW, "CMK103": RAW, "CMK201": UNTAGGED}


@pytest.mark.parametrize("root", PROJECTS, ids=lambda root: root.name)
def test_a_call_that_is_reported_has_the_status_of_its_rule(root: Path) -> None:
    found = policies.find(root, env={})
    policy = policies.load(found if found is not None and found.parent == root else None, root=root)
    known = study(Request(root, policy))
    rows = {(row.path, row.cell, row.line, row.column): row.status for row in take(Request(root, policy), root, known).rows}
    reported = {(f.path, f.cell, f.line, f.column): STATUS[f.code] for f in known.report.findings if f.code in STATUS}
    assert reported == {place: rows.get(place) for place in reported}
