"""A pull request answers for what it brings, by the rules of the branch that it goes to."""

from __future__ import annotations

import json
from hashlib import blake2b
from pathlib import Path

import pytest

from tests.frontends.command import RAW, TAGGED, Done, costmark, git, write


@pytest.fixture
def branch(tmp_path: Path) -> Path:
    """Lay out a branch beside ``main``, which has one raw call."""
    write(tmp_path, {"costmark.toml": "", "old.py": RAW, "tagged.py": TAGGED})
    git("init", "-q", "-b", "main", cwd=tmp_path)
    git("add", ".", cwd=tmp_path)
    git("commit", "-q", "-m", "start", cwd=tmp_path)
    git("switch", "-q", "-c", "feature", cwd=tmp_path)
    return tmp_path


def since(project: Path, *arguments: str) -> Done:
    return costmark("check", "--since", "main", *arguments, cwd=project)


def test_what_was_there_is_not_introduced(branch: Path) -> None:
    assert Done(0, "No findings.\n", "") == since(branch)


def test_new_raw_call_is_introduced(branch: Path) -> None:
    write(branch, {"new.py": RAW})
    found = json.loads(since(branch, "--format", "json").out)
    assert [("new.py", 4)] == [(finding["path"], finding["line"]) for finding in found]


def test_renamed_file_introduces_nothing(branch: Path) -> None:
    git("mv", "old.py", "renamed.py", cwd=branch)
    assert Done(0, "No findings.\n", "") == since(branch)


def test_looser_policy_of_the_branch_does_not_count(branch: Path) -> None:
    write(branch, {"costmark.toml": 'disable = ["CMK101"]\n', "new.py": RAW})
    assert (0, 1) == (since(branch).code, since(branch, "--policy-from", "main").code)


def test_broken_policy_of_the_branch_does_not_count(branch: Path) -> None:
    write(branch, {"costmark.toml": "[[[", "new.py": RAW})
    assert 1 == since(branch, "--policy-from", "main").code


def test_removed_policy_does_not_count(branch: Path) -> None:
    write(branch, {"costmark.toml": 'allow-raw = ["old.py"]\n'})
    git("commit", "-q", "-a", "-m", "policy", cwd=branch)
    (branch / "costmark.toml").unlink()
    assert (1, 0) == (costmark("check", cwd=branch).code, costmark("check", "--policy-from", "HEAD", cwd=branch).code)


def test_index_that_the_branch_brings_does_not_count(branch: Path) -> None:
    write(branch, {"new.py": RAW})
    costmark("check", cwd=branch)
    (folder,) = (branch / ".costmark_cache").glob("*/modules")
    modules = {path.name: path for path in folder.glob("*/*")}
    raw, tagged = (modules[blake2b(text.encode(), digest_size=16).hexdigest()] for text in (RAW, TAGGED))
    raw.write_bytes(tagged.read_bytes())
    for kept in (*folder.parent.glob("report-*"), *folder.parent.glob("stamp*")):
        kept.unlink()
    assert 1 == since(branch, "--policy-from", "main").code


@pytest.mark.parametrize("hiding", [{".gitignore": "app/\n"}, {"app/pyvenv.cfg": ""}])
def test_change_cannot_hide_its_own_files(hiding: dict[str, str], branch: Path) -> None:
    write(branch, {"app/new.py": RAW, **hiding})
    git("add", "--force", "app", cwd=branch)
    found = json.loads(since(branch, "--format", "json").out)
    assert [("app/new.py", 4)] == [(finding["path"], finding["line"]) for finding in found]


def test_file_that_the_change_hides_answers_for_what_is_new_alone(branch: Path) -> None:
    write(branch, {".gitignore": "old.py\n", "old.py": RAW + RAW.splitlines()[-1].replace("4o", "4.1") + "\n"})
    found = json.loads(since(branch, "--format", "json").out)
    assert [("old.py", 5)] == [(finding["path"], finding["line"]) for finding in found]


@pytest.mark.parametrize("option", ["--since", "--policy-from"])
def test_unknown_revision_is_one_sentence(branch: Path, option: str) -> None:
    done = costmark("check", option, "nowhere", cwd=branch)
    assert (2, "", 1) == (done.code, done.out, len(done.err.splitlines()))
    assert "'nowhere'" in done.err


@pytest.mark.parametrize("option", ["--since", "--policy-from"])
def test_folder_without_git_is_one_sentence(tmp_path: Path, option: str) -> None:
    done = costmark("check", option, "main", cwd=write(tmp_path, {"app.py": RAW}))
    assert (2, "", 1) == (done.code, done.out, len(done.err.splitlines()))


def test_shallow_clone_says_what_to_do(branch: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    clone = tmp_path_factory.mktemp("clones") / "shallow"
    git("clone", "-q", "--depth", "1", f"file://{branch}", str(clone), cwd=branch)
    done = costmark("check", "--since", "HEAD~1", cwd=clone)
    assert 2 == done.code
    assert "shallow" in done.err
