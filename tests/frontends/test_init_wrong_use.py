"""What is in the way of ``costmark init``: each a sentence that says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.frontends.command import RAW, git, write
from tests.frontends.in_process import costmark

CONFLICT = "<<<<<<< ours\nrepos: []\n=======\nrepos:\n>>>>>>> theirs\n"
BROKEN = [
    ("pyproject.toml", "[tool.x\n", "pyproject.toml:1: the file is not valid TOML", "--policy-file costmark.toml"),
    ("pyproject.toml", CONFLICT, "pyproject.toml:1: the file holds a merge conflict", "resolve it"),
    ("pyproject.toml", "[tool.costmark]\nrequired = []\n", "pyproject.toml:2:", "required-tags"),
    (".pre-commit-config.yaml", "repos:\n  - repo: x\n   rev: [a\n", ".pre-commit-config.yaml:3: the file is not valid YAML", "mend it"),
    (".pre-commit-config.yaml", "\tx\n", ".pre-commit-config.yaml:1: the file is not valid YAML", "mend it"),
    (".pre-commit-config.yaml", "\0", ".pre-commit-config.yaml: the file is not valid YAML", "mend it"),
    (".pre-commit-config.yaml", "hooks: []\n", ".pre-commit-config.yaml: the file has no list of repos", "mend it"),
    (".pre-commit-config.yaml", CONFLICT, ".pre-commit-config.yaml:1: the file holds a merge conflict", "resolve it"),
    (".gitignore", CONFLICT, ".gitignore:1: the file holds a merge conflict", "resolve it"),
    ("costmark-baseline.json", CONFLICT, "costmark-baseline.json:1: the baseline holds a merge conflict", "remove the markers"),
    ("costmark-baseline.json", "[", "costmark-baseline.json:1: the baseline is not JSON", "writes it anew"),
]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = write(tmp_path / "repository", {"app.py": RAW})
    git("init", "-q", "-b", "main", cwd=root)
    return root


def state(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in root.iterdir() if path.is_file() and not path.is_symlink()}


@pytest.mark.parametrize(("name", "text", "problem", "remedy"), BROKEN)
def test_a_broken_file_ends_in_one_sentence_and_nothing_is_written(
    repository: Path, name: str, text: str, problem: str, remedy: str
) -> None:
    write(repository, {name: text})
    before = state(repository)
    done = costmark("init", "--yes", cwd=repository)
    assert (2, 1) == (done.code, done.err.count("\n"))
    assert problem in done.err
    assert remedy in done.err
    assert before == state(repository)


def test_two_policies_are_named(repository: Path) -> None:
    write(repository, {"costmark.toml": "", "pyproject.toml": "[tool.costmark]\n"})
    done = costmark("init", "--yes", cwd=repository)
    assert (2, "keep one of the two\n") == (done.code, done.err[-len("keep one of the two\n") :])


def test_a_file_that_is_no_text_is_named(repository: Path) -> None:
    (repository / ".pre-commit-config.yaml").write_bytes(b"\xff\xfe")
    done = costmark("init", "--yes", cwd=repository)
    assert (2, "costmark: .pre-commit-config.yaml is not UTF-8 text: save it as UTF-8, then run 'costmark init' again\n") == done[::2]


def test_a_folder_in_the_place_of_a_file_is_named(repository: Path) -> None:
    (repository / ".gitignore").mkdir()
    done = costmark("init", "--yes", cwd=repository)
    assert (2, "costmark: .gitignore is no file: move it out of the way, then run 'costmark init' again\n") == done[::2]


def test_a_broken_pyproject_is_no_obstacle_for_a_policy_of_its_own(repository: Path) -> None:
    write(repository, {"pyproject.toml": "[tool.x\n"})
    assert 0 == costmark("init", "--yes", "--policy-file", "costmark.toml", cwd=repository).code


def test_a_policy_under_another_name_is_refused(repository: Path) -> None:
    done = costmark("init", "--policy-file", "policy.toml", cwd=repository)
    assert 2 == done.code
    assert "looked for as costmark.toml or pyproject.toml" in done.err


def test_a_folder_that_is_not_there_is_named(repository: Path) -> None:
    assert (2, "", "costmark: no/such: no such folder\n") == costmark("init", "no/such", cwd=repository)


def test_a_linked_file_is_left_alone_and_the_others_are_written(repository: Path) -> None:
    theirs = write(repository.parent / "shared", {"ignore": "build/\n"})
    (repository / ".gitignore").symlink_to(theirs / "ignore")
    done = costmark("init", "--yes", cwd=repository)
    assert 2 == done.code
    assert ".gitignore is not written: .gitignore is a symbolic link to" in done.err
    assert "build/\n" == (theirs / "ignore").read_text(encoding="utf-8")
    assert (repository / ".pre-commit-config.yaml").exists()


def test_a_linked_folder_is_not_written_through(repository: Path) -> None:
    theirs = write(repository.parent / "shared", {"test.yml": "jobs: {}\n"})
    (repository / ".github").mkdir()
    (repository / ".github" / "workflows").symlink_to(theirs)
    done = costmark("init", "--yes", cwd=repository)
    assert ".github/workflows is a symbolic link" in done.err
    assert ["test.yml"] == [path.name for path in theirs.iterdir()]


def test_a_baseline_that_leads_nowhere_is_not_followed(repository: Path) -> None:
    (repository / "costmark-baseline.json").symlink_to(repository.parent / "elsewhere.json")
    done = costmark("init", "--yes", cwd=repository)
    assert 2 == done.code
    assert "costmark-baseline.json is not written: costmark-baseline.json is a symbolic link" in done.err
    assert not (repository.parent / "elsewhere.json").exists()
