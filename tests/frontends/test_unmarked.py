"""Folders in which neither a policy, a checkout nor a project file says where the project begins."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from lint_plugin.unmarked import is_shared, root_of
from tests.frontends.command import RAW, Done, costmark, flake8, write

HELPER = "def ask(client, prompt):\n    return client.responses.create(model='gpt-4o-mini', input=prompt)\n"
CALLER = "from openai import OpenAI\nfrom pkg.inner.helper import ask\n\nask(OpenAI(), 'x')\n"
FOUND = ["pkg/inner/helper.py:2"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path, {"app.py": CALLER, "pkg/__init__.py": "", "pkg/inner/__init__.py": "", "pkg/inner/helper.py": HELPER})


def places(done: Done) -> list[str]:
    return re.findall(r"^(?:\./)?([^:\n]+:\d+)", done.out, re.MULTILINE)


@pytest.mark.parametrize("paths", [(), ("app.py",), ("pkg",), ("pkg/inner/helper.py",), ("pkg/inner/helper.py", "app.py")])
def test_working_directory_is_the_project(folder: Path, paths: tuple[str, ...]) -> None:
    assert FOUND == places(costmark("check", "--format", "concise", *paths, cwd=folder))


@pytest.mark.parametrize("paths", [(".",), ("pkg/inner/helper.py",)])
def test_flake8_says_the_same_once_and_again(folder: Path, paths: tuple[str, ...]) -> None:
    assert [FOUND, FOUND] == [places(flake8("-j1", *paths, cwd=folder)) for _ in range(2)]


def test_package_is_looked_at_from_where_it_is_imported(folder: Path) -> None:
    assert ["helper.py:2"] == places(costmark("check", "--format", "concise", cwd=folder / "pkg" / "inner"))


def test_folder_for_temporary_files_is_no_project(folder: Path) -> None:
    raw = write(folder, {"raw.py": RAW}) / "raw.py"
    alone = {"TMPDIR": str(folder)}
    assert ["raw.py:4"] == places(costmark("check", "--format", "concise", str(raw), cwd=folder, env=alone))
    assert [] == places(costmark("check", "--format", "concise", "pkg/inner/helper.py", cwd=folder, env=alone))
    assert not (folder / ".costmark_cache").exists()


def test_text_under_the_name_of_no_file_is_looked_at_alone(tmp_path: Path) -> None:
    assert [f"{os.sep}none{os.sep}x.py:4"] == places(flake8("--stdin-display-name=/none/x.py", "-", cwd=tmp_path, stdin=RAW))


def test_file_system_is_shared_and_a_folder_of_it_is_not(tmp_path: Path) -> None:
    assert [True, False] == [is_shared(os.sep), is_shared(str(tmp_path))]
    assert str(tmp_path) == root_of(str(tmp_path), os.sep)
