"""What is seen of a repository besides its calls."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lint_plugin.adopting import ci_text, layout
from lint_plugin.adopting.linters import find_linters
from lint_plugin.adopting.origin import find_origin, from_record
from tests.frontends.command import write

TEST = b"def test_it():\n    pass\n"


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (["app/a.py", "tests/a.py", "tests/unit/b.py"], ("tests/**",)),
        (["app/tests/a.py", "lib/test/b.py"], ("app/tests/**", "lib/test/**")),
        ([f"{name}/tests/a.py" for name in "abcd"], ("**/tests/**",)),
        (["conftest.py", "app/test_a.py", "app/b_test.py"], ("**/*_test.py", "**/test_*.py", "**/conftest.py")),
        (["app/a.py", "contest/b.py"], ()),
    ],
)
def test_tests_are_found_by_their_folders_and_names(paths: list[str], expected: tuple[str, ...]) -> None:
    assert sorted(expected) == sorted(layout.test_globs(paths, lambda _: TEST))


def test_a_script_that_tests_nothing_is_none() -> None:
    assert () == layout.test_globs(["scripts/test_model.py"], lambda _: b"print(1)\n")


def test_packages_and_members_are_named() -> None:
    paths = ["src/app/__init__.py", "src/app/sub/__init__.py", "scripts/run.py", "a.ipynb"]
    document = {"tool": {"uv": {"workspace": {"members": ["packages/*"]}}}}
    assert ("3 Python files", "1 package (src/app)", "1 in scripts", "1 notebook", "1 workspace member (packages/*)") == layout.describe(
        paths, document
    )


@pytest.mark.parametrize(
    ("name", "text", "found", "notes"),
    [
        ("setup.cfg", "[flake8]\nselect = E,F\n", ("flake8 in setup.cfg",), 1),
        ("tox.ini", "[flake8]\nselect = E,C\n", ("flake8 in tox.ini",), 0),
        (".flake8", "[flake8]\nextend-select = B\n", ("flake8 in .flake8",), 0),
        (".flake8", "no section\n", (), 0),
        ("ruff.toml", "lint.select = ['ALL']\n", ("ruff in ruff.toml",), 1),
        ("ruff.toml", "lint.select = ['RUF100']\nlint.external = ['CMK']\n", ("ruff in ruff.toml",), 0),
        ("ruff.toml", "lint.select = [\n", (), 0),
        (".pre-commit-config.yaml", "repos: []\n", ("pre-commit",), 0),
    ],
)
def test_linters_are_found_with_what_they_need(tmp_path: Path, name: str, text: str, found: tuple[str, ...], notes: int) -> None:
    write(tmp_path, {name: text})
    seen = find_linters(tmp_path, {})
    assert (found, notes) == (seen.found, len(seen.notes))


def test_flake8_and_ruff_are_found_in_pyproject(tmp_path: Path) -> None:
    document = {"tool": {"flake8": {"select": ["E"]}, "ruff": {"lint": {"extend-select": ["RUF"]}}}}
    seen = find_linters(tmp_path, document)
    assert (("flake8 in pyproject.toml", "ruff in pyproject.toml"), 2) == (seen.found, len(seen.notes))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("git@github.com:acme/x.git", "GitHub Actions"),
        ("https://gitlab.acme.com/x", "GitLab"),
        ("https://dev.azure.com/acme/x", "Azure Pipelines"),
        ("https://git.acme.com/x", ""),
    ],
)
def test_the_ci_of_the_host_is_guessed_where_none_is_set_up(tmp_path: Path, url: str, expected: str) -> None:
    write(tmp_path, {".git/config": f'[remote "origin"]\n\turl = {url}\n'})
    assert ((), expected) == (ci_text.systems(tmp_path), ci_text.host(tmp_path))


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({"url": "https://git.example.com/c", "vcs_info": {"vcs": "git", "commit_id": "abc", "requested_revision": "v1"}}, "v1"),
        ({"url": "https://git.example.com/c", "vcs_info": {"vcs": "git", "commit_id": "abc"}}, "abc"),
        ({"url": "https://user:secret@git.example.com/c", "vcs_info": {"vcs": "git", "commit_id": "abc"}}, ""),
        ({"url": "file:///home/me/c", "vcs_info": {"vcs": "git", "commit_id": "abc"}}, ""),
        ({"url": "file:///home/me/c", "dir_info": {"editable": True}}, ""),
        ([], ""),
    ],
)
def test_where_costmark_came_from_is_told_unless_it_helps_nobody_else(record: object, expected: str) -> None:
    assert expected == from_record(json.dumps(record)).revision


def test_a_named_repository_counts_before_what_was_installed() -> None:
    assert "https://git.example.com/c" == find_origin("https://git.example.com/c").repository
