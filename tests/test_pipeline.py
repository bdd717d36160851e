"""What a whole run does beyond the rules: problems, policy lines, what is kept between runs."""

from __future__ import annotations

import json
from pathlib import Path

from cost_lib.policy import Policy, load
from lint_plugin.model import Report, Request
from lint_plugin.pipeline import check

RAW = "from openai import OpenAI\n\nOpenAI().responses.create(model='gpt-4o-mini', input='x')\n"
ASKING = "from openai import OpenAI\n\n\ndef ask(client):\n    client.ask('x')  # noqa: CMK101\n"
POSTING = "import requests\n\nrequests.post('https://llm.acme.internal/v1/responses', json={})\n"
THREAD = """import threading
from cost_lib import inherited, tagged, tags
from openai import OpenAI

def ask():
    tagged(OpenAI(), feature=inherited).responses.create(input="x")

with tags(feature="chat"):
    threading.Thread(target=ask).start()
"""


def places(report: Report) -> list[tuple[str, int, str]]:
    return [(finding.path, finding.line, finding.code) for finding in report.findings]


def notebook(*cells: str) -> str:
    return json.dumps({"cells": [{"cell_type": "code", "source": cell} for cell in cells], "metadata": {}, "nbformat": 4})


def run(root: Path, policy: str = "", *, cache: Path | None = None) -> Report:
    """Check a folder under a policy that lies in it."""
    (root / "costmark.toml").write_text(policy)
    return check(Request(root, load(root / "costmark.toml"), cache=cache))


def test_each_cell_that_does_not_parse_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.ipynb").write_text(notebook("x = = 1", RAW, "def (:"))
    reasons = [(problem.line, problem.reason.partition(":")[0]) for problem in check(Request(tmp_path, Policy())).problems]
    assert [(1, "cell 1 does not parse"), (1, "cell 3 does not parse")] == reasons


def test_the_other_cells_are_judged_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.ipynb").write_text(notebook("x = = 1", RAW))
    assert [(2, "CMK101")] == [(finding.cell, finding.code) for finding in check(Request(tmp_path, Policy())).findings]


def test_cells_that_do_not_parse_are_named_from_the_cache_too(tmp_path: Path) -> None:
    (tmp_path / "a.ipynb").write_text(notebook("x = = 1", RAW))
    request = Request(tmp_path, Policy(), cache=tmp_path / "cache")
    first = check(request).problems
    (tmp_path / "b.py").write_text("x = 1\n")
    assert first == check(request).problems != ()


def test_findings_on_policy_lines_are_relative_to_the_project(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(RAW)
    assert [("costmark.toml", 2, "CMK211")] == places(run(tmp_path, '# all at the boundary\nmetering = "process"\nrequired-tags = []\n'))


def test_an_unused_suppression_is_left_out_where_callers_are_unknown(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(ASKING)
    request = Request(tmp_path, Policy())
    assert [("app.py", 5, "CMK901")] == places(check(request))
    assert [] == places(check(request._replace(fold=False)))


def test_a_gateway_added_to_the_policy_makes_cached_files_relevant(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(POSTING)
    cache = tmp_path / "cache"
    assert [] == places(run(tmp_path, cache=cache))
    assert [("app.py", 3, "CMK102")] == places(run(tmp_path, '[hosts."llm.acme.internal"]\nprovider = "openai"\n', cache=cache))


def test_a_thread_is_told_what_its_python_offers(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(THREAD)
    (finding,) = check(Request(tmp_path, Policy(), python=(3, 14))).findings
    assert finding.message.endswith("or pass context=contextvars.copy_context()")


def test_the_lowest_python_is_that_of_the_project(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(THREAD)
    (tmp_path / "pyproject.toml").write_text('[project]\nrequires-python = ">=3.13"\n')
    (finding,) = check(Request(tmp_path, Policy())).findings
    assert finding.message.endswith("or run it through contextvars.copy_context().run")


def test_the_call_of_a_finding_holds_its_arguments(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(RAW)
    (finding,) = check(Request(tmp_path, Policy())).findings
    assert "OpenAI().responses.create(model='gpt-4o-mini',input='x')" == finding.call
