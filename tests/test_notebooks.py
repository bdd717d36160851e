"""Notebooks in a project: linted cell by cell, with what they import and what imports them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cost_lib.policy import load
from lint_plugin.model import Report, Request
from lint_plugin.pipeline import check

HELPER = """from openai import OpenAI

from cost_lib import inherited, tagged


def make():
    return OpenAI()


def ask(prompt):
    return tagged(make(), feature=inherited).responses.create(model="gpt-4o-mini", input=prompt)
"""
SET_UP = "from openai import OpenAI\nfrom cost_lib import tagged, tags\nclient = OpenAI()\n"
CALL = "client.responses.create(model='gpt-4o-mini', input='x')\n"


def run(root: Path, *cells: str, indent: int | None = 1) -> Report:
    """Check a project that holds a notebook of these cells."""
    code = [{"cell_type": "code", "metadata": {}, "source": cell.splitlines(keepends=True)} for cell in cells]
    document = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": code}
    (root / "try.ipynb").write_text(json.dumps(document, indent=indent), encoding="utf-8")
    return check(Request(root, load(None)))


def places(report: Report) -> list[tuple[int, int, str]]:
    return [(finding.cell, finding.line, finding.code) for finding in report.findings if finding.path == "try.ipynb"]


@pytest.mark.parametrize("indent", [None, 1])
def test_a_notebook_is_followed_into_the_helpers_that_it_imports(tmp_path: Path, indent: int | None) -> None:
    (tmp_path / "helper.py").write_text(HELPER, encoding="utf-8")
    cells = ("from helper import make\n", "make().responses.create(model='gpt-4o-mini', input='x')\n", "import helper\nhelper.ask('x')\n")
    assert [(2, 1, "CMK101"), (3, 2, "CMK207")] == places(run(tmp_path, *cells, indent=indent))


def test_a_client_lives_from_cell_to_cell(tmp_path: Path) -> None:
    cells = (SET_UP, CALL, "client = tagged(client, feature='x')\n", CALL, "client = OpenAI()\n", CALL)
    assert [(2, 1, "CMK101"), (6, 1, "CMK101")] == places(run(tmp_path, *cells))


@pytest.mark.parametrize(
    "before",
    ["%%time\n", "%%capture out\n", "%load_ext autoreload\n", "!pip install openai\n", "files = !ls\n", "client?\n", "%env X=1\n"],
)
def test_magics_hide_no_call(tmp_path: Path, before: str) -> None:
    assert [(2, 2, "CMK101")] == places(run(tmp_path, SET_UP, before + CALL))


@pytest.mark.parametrize("before", ["%%bash\n", "%%writefile job.py\n", "%%html\n", "%%javascript\n"])
def test_cells_for_another_program_are_not_linted(tmp_path: Path, before: str) -> None:
    assert [] == places(run(tmp_path, SET_UP, before + CALL))


def test_a_scope_holds_inside_its_cell(tmp_path: Path) -> None:
    inside = (
        "with tags(feature='x'):\n    tagged(client).responses.create(input='x')\n    %time tagged(client).responses.create(input='x')\n"
    )
    assert [(3, 1, "CMK201")] == places(run(tmp_path, SET_UP, inside, "tagged(client).responses.create(input='x')\n"))


def test_comments_silence_inside_cells(tmp_path: Path) -> None:
    cells = (
        CALL.strip() + "  # noqa: CMK101\n",
        CALL.strip() + "  # costmark: allow[CMK101] a demonstration\n",
        "print(1)  # noqa: CMK101\n",
    )
    assert [(4, 1, "CMK901")] == places(run(tmp_path, SET_UP, *cells))


def test_a_cell_that_is_no_python_is_named_and_hides_no_other(tmp_path: Path) -> None:
    report = run(tmp_path, SET_UP, "prompt = (\n", CALL)
    assert [(3, 1, "CMK101")] == places(report)
    assert ["cell 2 does not parse"] == [problem.reason.partition(":")[0] for problem in report.problems]
