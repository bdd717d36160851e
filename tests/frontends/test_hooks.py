"""The hooks, run by the real pre-commit on real git repositories."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.frontends.command import BIN, CLEAN, RAW, TAGGED, Done, git, run, write

ROOT = Path(__file__).resolve().parent.parent.parent
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
FACTORY = "from cost_lib import tagged\nfrom openai import OpenAI\n\n\ndef make():\n    return tagged(OpenAI(), feature='search')\n"
USER = "from clients import make\n\n\ndef ask():\n    return make().responses.create(model='gpt-4o-mini', input='x')\n"


def local_configuration() -> str:
    """Offer our hooks with the command of this environment, which saves the installation."""
    changes = {"language": "system", "additional_dependencies": []}
    hooks = [hook | changes | {"entry": hook["entry"].replace("costmark", str(BIN / "costmark"), 1)} for hook in HOOKS]
    return str(yaml.safe_dump({"repos": [{"repo": "local", "hooks": hooks}]}))


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    files = {"costmark.toml": "", "clients.py": FACTORY, "user.py": USER, "clean.py": CLEAN}
    write(tmp_path, {".pre-commit-config.yaml": local_configuration(), ".gitignore": ".costmark_cache/\n", **files})
    git("init", "-q", cwd=tmp_path)
    git("add", ".", cwd=tmp_path)
    git("commit", "-q", "-m", "start", cwd=tmp_path)
    return tmp_path


def pre_commit(*arguments: str, cwd: Path) -> Done:
    return run(str(BIN / "pre-commit"), *arguments, "--color=never", cwd=cwd, env={"PRE_COMMIT_HOME": str(cwd.parent / "pre-commit")})


def test_compliant_repository_passes(repository: Path) -> None:
    assert 0 == pre_commit("run", "--all-files", cwd=repository).code


def test_staged_raw_call_fails(repository: Path) -> None:
    write(repository, {"clean.py": RAW})
    git("add", ".", cwd=repository)
    done = pre_commit("run", cwd=repository)
    assert 1 == done.code
    assert "clean.py:4:25: CMK101" in done.out


def test_unchanged_file_that_the_change_makes_raw_is_reported(repository: Path) -> None:
    write(repository, {"clients.py": FACTORY.replace("tagged(OpenAI(), feature='search')", "OpenAI()")})
    git("add", ".", cwd=repository)
    done = pre_commit("run", cwd=repository)
    assert 1 == done.code
    assert "user.py:5:29: CMK101" in done.out


def test_notebook_is_checked(repository: Path) -> None:
    cells = f'{{"cells": [{{"cell_type": "code", "metadata": {{}}, "outputs": [], "source": {RAW.splitlines(keepends=True)!r}}}]'.replace(
        "'", '"'
    )
    text = f'{cells}, "metadata": {{}}, "nbformat": 4, "nbformat_minor": 5}}'.replace('model="gpt-4o-mini"', "model='gpt-4o-mini'")
    write(repository, {"notes.ipynb": text})
    git("add", ".", cwd=repository)
    assert "notes.ipynb:cell 1:4:25: CMK101" in pre_commit("run", cwd=repository).out


def test_changed_policy_checks_the_whole_project(repository: Path) -> None:
    write(repository, {"costmark.toml": 'required-tags = ["feature", "team"]\n'})
    git("add", ".", cwd=repository)
    done = pre_commit("run", cwd=repository)
    assert 1 == done.code
    assert "user.py:5:" in done.out
    assert "CMK201" in done.out


def test_hooks_can_be_tried_from_this_repository(tmp_path: Path) -> None:
    write(tmp_path, {"raw.py": RAW, "tagged.py": TAGGED})
    git("init", "-q", cwd=tmp_path)
    git("add", ".", cwd=tmp_path)
    done = pre_commit("try-repo", str(ROOT), "costmark", "--all-files", cwd=tmp_path)
    assert 1 == done.code, done.out + done.err
    assert "raw.py:4:25: CMK101" in done.out
    assert "tagged.py" not in done.out


@pytest.mark.parametrize(
    ("command", "file"), [("validate-manifest", ".pre-commit-hooks.yaml"), ("validate-config", ".pre-commit-config.yaml")]
)
def test_pre_commit_accepts_our_files(command: str, file: str) -> None:
    assert Done(0, "", "") == run(str(BIN / "pre-commit"), command, file, cwd=ROOT)


def test_we_run_our_own_hooks() -> None:
    (ours,) = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    assert {hook["id"] for hook in HOOKS} <= {hook["id"] for hook in ours["hooks"]}


def test_fix_hook_takes_registered_names_and_leaves_the_others(repository: Path) -> None:
    write(repository, {"costmark.toml": "[features.search]\n", "search.py": RAW, "answers.py": RAW})
    git("add", ".", cwd=repository)
    done = pre_commit("run", "costmark-fix", cwd=repository)
    assert (1, RAW) == (done.code, (repository / "answers.py").read_text(encoding="utf-8"))
    assert "feature='search'" in (repository / "search.py").read_text(encoding="utf-8")
