"""The analyzer's own findings under a baseline and since a revision: what a team does to its code and what stays accepted."""

from __future__ import annotations

from pathlib import Path

import pytest

from cost_lib.policy import Policy
from lint_plugin import baseline, pipeline
from lint_plugin.model import Report, Request
from lint_plugin.revision import introduced
from tests.fakes.checkout import Repository

HEAD = "from openai import OpenAI\n\nclient = OpenAI()\n\n\n"
ASK = "def ask(q):\n    return client.responses.create(model='gpt-4o', input=[q])\n"
SUM = "class Summary:\n    def run(self, q):\n        return client.responses.create(model='gpt-4o', input=q)\n"
APP: dict[str, str | None] = {"app.py": f"{HEAD}{ASK}{SUM}"}
NEW = "def more(q):\n    return client.responses.create(model='gpt-4o', input=q)\n"
CHANGES: list[dict[str, str | None]] = [
    {"app.py": f"import os\n# comment\n{HEAD}x = 1\n{ASK}{SUM}"},
    {"app.py": f"{HEAD}{SUM}{ASK}"},
    {"app.py": None, "renamed.py": f"{HEAD}{ASK}{SUM}"},
    {"app.py": f"{HEAD}{ASK}", "moved.py": f"{HEAD}{SUM}"},
    {"app.py": f"{HEAD}{ASK}{SUM}".replace("'", '"').replace("    ", "\t")},
    {
        "app.py": f"{HEAD}{ASK}{SUM}".replace("create(", "create(\n            ")
        .replace(")\n", ",\n        )\n")
        .replace("OpenAI(,\n        )", "OpenAI()")
    },
    {
        "app.py": f"{HEAD}{ASK}{SUM}".replace(
            "client.responses.create(", "(\n        client  # ours\n        .responses\n        .create\n    )("
        )
    },
    {"app.py": f"{HEAD}{ASK}{SUM}".replace("client.responses", "client \\\n        .responses")},
    {"app.py": f"{HEAD}{ASK}{SUM}".replace("gpt-4o", "gpt-4o-mini")},
]


def check(root: Path) -> Report:
    return pipeline.check(Request(root, Policy()))


def scopes(report: Report) -> list[str]:
    return [finding.scope for finding in report.findings]


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    repository = Repository(tmp_path / "checkout")
    repository.commit(APP)
    baseline.write(check(repository.folder), tmp_path / "base.json", root=repository.folder)
    return repository


def test_the_analyzer_finds_both_calls(repository: Repository) -> None:
    assert ["ask", "Summary.run"] == scopes(check(repository.folder))


@pytest.mark.parametrize("change", CHANGES)
def test_what_a_team_does_to_its_code_makes_nothing_new(repository: Repository, tmp_path: Path, change: dict[str, str | None]) -> None:
    repository.write(change)
    result = baseline.apply(check(repository.folder), baseline.read(tmp_path / "base.json"), root=repository.folder)
    assert ([], 2, ()) == (scopes(result.report), len(result.known), result.stale)


@pytest.mark.parametrize("change", CHANGES)
def test_what_a_team_does_to_its_code_introduces_nothing(repository: Repository, change: dict[str, str | None]) -> None:
    repository.write(change)
    assert [] == scopes(introduced(Request(repository.folder, Policy()), "HEAD", pipeline.check).report)


def test_a_new_call_is_new_to_both(repository: Repository, tmp_path: Path) -> None:
    repository.write({"app.py": f"{HEAD}{NEW}{ASK}{SUM}"})
    result = baseline.apply(check(repository.folder), baseline.read(tmp_path / "base.json"), root=repository.folder)
    assert ["more"] == scopes(result.report)
    assert ["more"] == scopes(introduced(Request(repository.folder, Policy()), "HEAD", pipeline.check).report)


def test_a_client_that_is_no_longer_tagged_introduces_findings_in_untouched_files(repository: Repository) -> None:
    tagged = "from cost_lib import tagged\nfrom openai import OpenAI\n\nclient = tagged(OpenAI(), feature='a')\n"
    repository.commit({"clients.py": tagged, "use.py": f"from clients import client\n\n{ASK}"})
    repository.write({"clients.py": HEAD})
    report = introduced(Request(repository.folder, Policy()), "HEAD", pipeline.check).report
    assert [("use.py", 4)] == [(finding.path, finding.line) for finding in report.findings]
