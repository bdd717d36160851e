"""``costmark init`` on small repositories: what it sees, shows, writes and leaves alone."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from tests.frontends.command import BIN, CLEAN, NESTED, RAW, git, run, write
from tests.frontends.in_process import costmark

PROJECT = "# ours\n[project]\nname = 'x'  # the name\n\n[tool.ruff]\nline-length = 100\n"
HOOKS = """\
# hooks
repos:
  - repo: local
    hooks:
      - id: lint  # ours
        name: lint
        entry: 'true'
        language: system
"""
FILES = {"app.py": RAW, "tests/test_app.py": RAW, "pyproject.toml": PROJECT, ".pre-commit-config.yaml": HOOKS, ".gitignore": "build/\n"}
WRITTEN = [".gitignore", ".pre-commit-config.yaml", "costmark-baseline.json", "pyproject.toml"]
LLM = "from openai import OpenAI\n\n\ndef complete(q{more}):\n    return OpenAI().responses.create(model='gpt-4o', input=q)\n"
USE = "from llm import complete\n\n\ndef one(q):\n    return complete(q)\n\n\ndef two(q):\n    return complete(q)\n"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    return begin(write(tmp_path / "repository", FILES))


def begin(root: Path) -> Path:
    git("init", "-q", "-b", "main", cwd=root)
    git("add", ".", cwd=root)
    git("commit", "-q", "-m", "start", cwd=root)
    return root


def changed(root: Path) -> list[str]:
    return sorted(line[3:] for line in git("status", "--short", "-uall", cwd=root).splitlines())


def policy(root: Path) -> dict[str, object]:
    return dict(tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["costmark"])


def test_without_yes_everything_is_shown_and_nothing_written(repository: Path) -> None:
    done = costmark("init", cwd=repository)
    assert (0, []) == (done.code, changed(repository))
    assert not (repository / ".costmark_cache").exists()
    assert "+[tool.costmark]\n" in done.out
    assert "Nothing is written yet. 'costmark init --yes' writes 4 files" in done.out


def test_yes_writes_what_was_shown(repository: Path) -> None:
    assert (0, "") == costmark("init", "--yes", cwd=repository)[::2]
    assert WRITTEN == changed(repository)


def test_the_repository_is_green_and_a_new_raw_call_fails(repository: Path) -> None:
    costmark("init", "--yes", cwd=repository)
    check = ("check", "--baseline", "costmark-baseline.json")
    assert 0 == costmark(*check, cwd=repository).code
    write(repository, {"new.py": RAW})
    assert 1 == costmark(*check, cwd=repository).code


def test_a_second_run_proposes_nothing(repository: Path) -> None:
    costmark("init", "--yes", cwd=repository)
    before = {name: (repository / name).read_bytes() for name in WRITTEN}
    done = costmark("init", "--yes", cwd=repository)
    assert 0 == done.code
    assert "Nothing to write" in done.out
    assert "To add by hand" not in done.out
    assert before == {name: (repository / name).read_bytes() for name in WRITTEN}


def test_all_that_was_in_the_files_stays_as_it_was(repository: Path) -> None:
    costmark("init", "--yes", cwd=repository)
    for name in ("pyproject.toml", ".pre-commit-config.yaml", ".gitignore"):
        assert (repository / name).read_text(encoding="utf-8").startswith(FILES[name])


def test_the_policy_lets_tests_be_raw(repository: Path) -> None:
    costmark("init", "--yes", cwd=repository)
    assert {"required-tags": ["feature"], "allow-raw": ["tests/**"]} == policy(repository)


def test_the_baseline_holds_what_is_found_under_the_policy(repository: Path) -> None:
    costmark("init", "--yes", cwd=repository)
    records = json.loads((repository / "costmark-baseline.json").read_text(encoding="utf-8"))
    assert ["app.py"] == [record["path"] for record in records if "path" in record]


def test_without_a_pyproject_the_policy_has_its_own_file(repository: Path) -> None:
    (repository / "pyproject.toml").unlink()
    costmark("init", "--yes", cwd=repository)
    assert ["feature"] == tomllib.loads((repository / "costmark.toml").read_text(encoding="utf-8"))["required-tags"]


def test_the_policy_can_be_kept_apart(repository: Path) -> None:
    costmark("init", "--yes", "--policy-file", "costmark.toml", cwd=repository)
    assert PROJECT == (repository / "pyproject.toml").read_text(encoding="utf-8")
    assert 0 == costmark("check", "--baseline", "costmark-baseline.json", cwd=repository).code


def test_lines_end_as_they_did(repository: Path) -> None:
    for name in ("pyproject.toml", ".pre-commit-config.yaml", ".gitignore"):
        (repository / name).write_bytes(FILES[name].replace("\n", "\r\n").encode())
    costmark("init", "--yes", cwd=repository)
    for name in ("pyproject.toml", ".pre-commit-config.yaml", ".gitignore"):
        data = (repository / name).read_bytes()
        assert data.count(b"\n") == data.count(b"\r\n")


@pytest.mark.parametrize("text", ["", "\n", PROJECT.rstrip(), f"\ufeff{PROJECT}", f"{PROJECT}[tool]\nx = 1\n"])
def test_a_table_is_added_to_any_pyproject(repository: Path, text: str) -> None:
    (repository / "pyproject.toml").write_text(text, encoding="utf-8")
    done = costmark("init", "--yes", cwd=repository)
    assert (0, "") == (done.code, done.err)
    assert (repository / "pyproject.toml").read_text(encoding="utf-8").startswith(text)
    assert 0 == costmark("check", "--baseline", "costmark-baseline.json", cwd=repository).code


def test_a_pyproject_that_takes_no_table_is_named(repository: Path) -> None:
    (repository / "pyproject.toml").write_text("tool = { x = { a = 1 } }\n", encoding="utf-8")
    done = costmark("init", "--yes", cwd=repository)
    assert 2 == done.code
    assert "--policy-file costmark.toml" in done.err


def test_an_existing_policy_is_kept_and_said(repository: Path) -> None:
    write(repository, {"costmark.toml": "required-tags = ['team']\n"})
    done = costmark("init", "--yes", cwd=repository)
    assert "kept: costmark.toml holds a policy" in done.out
    assert "required-tags = ['team']\n" == (repository / "costmark.toml").read_text(encoding="utf-8")


def test_an_existing_hook_job_and_baseline_are_kept_and_said(repository: Path) -> None:
    job = "jobs: {lint: {steps: [{run: costmark check}]}}\n"
    hook = f"{HOOKS}  - repo: https://git.example.com/tools/costmark\n    rev: v1\n    hooks: [{{id: costmark}}]\n"
    write(repository, {".github/workflows/lint.yml": job, ".pre-commit-config.yaml": hook})
    costmark("check", "--baseline", "costmark-baseline.json", "--write-baseline", cwd=repository)
    out = costmark("init", "--yes", cwd=repository).out
    for name in (".github/workflows/lint.yml runs costmark", ".pre-commit-config.yaml runs costmark", "costmark-baseline.json is there"):
        assert f"kept: {name}" in out
    assert hook == (repository / ".pre-commit-config.yaml").read_text(encoding="utf-8")


def test_a_project_without_calls_needs_no_baseline(tmp_path: Path) -> None:
    root = begin(write(tmp_path / "repository", {"app.py": CLEAN}))
    done = costmark("init", "--yes", cwd=root)
    assert "calls     none that bills" in done.out
    assert [".gitignore", ".pre-commit-config.yaml", "costmark.toml"] == changed(root)
    assert "--baseline" not in (root / ".pre-commit-config.yaml").read_text(encoding="utf-8")


def test_a_pattern_of_gitignore_that_covers_the_index_is_enough(repository: Path) -> None:
    write(repository, {".gitignore": ".*_cache/\n"})
    costmark("init", "--yes", cwd=repository)
    assert ".*_cache/\n" == (repository / ".gitignore").read_text(encoding="utf-8")


def test_without_git_the_rest_is_proposed_and_that_is_said(tmp_path: Path) -> None:
    write(tmp_path, {"app.py": RAW})
    done = costmark("init", "--yes", cwd=tmp_path)
    assert 0 == done.code
    assert "this is no git repository" in done.out
    assert ["app.py", "costmark-baseline.json", "costmark.toml"] == sorted(path.name for path in tmp_path.iterdir() if path.is_file())


def test_parts_can_be_left_out(repository: Path) -> None:
    costmark("init", "--yes", "--without", "hook", "--without", "ci", "--without", "gitignore", "--without", "baseline", cwd=repository)
    assert ["pyproject.toml"] == [name for name in changed(repository) if not name.startswith(".costmark_cache")]


def test_a_file_that_cannot_be_analyzed_is_excluded(repository: Path) -> None:
    write(repository, {"templates/{{name}}[1].py": f"{RAW}def {{{{name}}}}(:\n"})
    costmark("init", "--yes", cwd=repository)
    assert ["templates/{{name}}[[]1].py"] == policy(repository)["exclude"]
    assert 0 == costmark("check", "--baseline", "costmark-baseline.json", cwd=repository).code


def test_it_sets_the_whole_checkout_up(repository: Path) -> None:
    done = costmark("init", "--yes", cwd=repository / "tests")
    assert "is set up as a whole" in done.err
    assert WRITTEN == changed(repository)


def test_what_is_seen_is_said(repository: Path) -> None:
    more = {"setup.cfg": "[flake8]\nselect = E,F\n", "agent.py": "from langchain_openai import ChatOpenAI\n\nChatOpenAI().invoke('x')\n"}
    write(
        repository, more | {".github/workflows/test.yml": "jobs: {}\n", "notes.ipynb": '{"cells": [], "nbformat": 4, "nbformat_minor": 5}'}
    )
    out = costmark("init", cwd=repository).out
    for line in (
        "code      3 Python files, 1 in tests, 1 notebook\n",
        "calls     3 that bill: openai 2; frameworks: langchain 1 (1 of them where raw clients are allowed)\n",
        "linters   flake8 in setup.cfg, ruff in pyproject.toml, pre-commit\n",
        "CI        GitHub Actions\n",
        "note: setup.cfg: flake8 only selects E, F; add CMK to select there",
    ):
        assert line in out


def test_a_gateway_is_suggested_with_its_evidence(repository: Path) -> None:
    write(repository, {"llm.py": LLM.format(more=""), "a.py": USE, "b.py": USE, "app.py": CLEAN})
    costmark("init", "--yes", cwd=repository)
    text = (repository / "pyproject.toml").read_text(encoding="utf-8")
    assert "# llm.py:4: 4 places in 2 files call this function, which leads to 1 of the raw calls (100%)\n" in text
    assert '# name = "llm.complete"\n' in text
    assert "wrappers" not in policy(repository)


def test_a_gateway_that_takes_the_feature_and_that_all_use_is_put_in_force(repository: Path) -> None:
    write(repository, {"llm.py": LLM.format(more=", purpose=''"), "a.py": USE, "b.py": USE, "c.py": USE, "app.py": CLEAN})
    costmark("init", "--yes", cwd=repository)
    assert [{"name": "llm.complete", "kind": "call", "tags": [{"feature": "purpose"}]}] == policy(repository)["wrappers"]
    assert 0 == costmark("check", "--baseline", "costmark-baseline.json", cwd=repository).code
    write(repository, {"d.py": "from llm import complete\n\ncomplete('x')\n"})
    assert "d.py:3:1: CMK201" in costmark("check", "--baseline", "costmark-baseline.json", "--format", "concise", cwd=repository).out


def test_workflow_runs_what_the_readme_says(repository: Path) -> None:
    write(repository, {".github/workflows/test.yml": "jobs: {}\n"})
    costmark("init", "--yes", cwd=repository)
    workflow = yaml.safe_load((repository / ".github/workflows/costmark.yml").read_text(encoding="utf-8"))
    assert {"contents": "read"} == workflow["permissions"]
    script = workflow["jobs"]["costmark"]["steps"][-1]["run"]
    git("add", ".", cwd=repository)
    git("commit", "-q", "-m", "adopt", cwd=repository)
    env = {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "GITHUB_STEP_SUMMARY": str(repository.parent / "summary.md")}
    assert 0 == run("sh", "-e", "-c", script, cwd=repository, env=env | {"BASE": "HEAD~1"}).code
    write(repository, {"more.py": RAW})
    assert 1 == run("sh", "-e", "-c", script, cwd=repository, env=env | {"BASE": "HEAD"}).code
    assert "more.py:4" in (repository.parent / "summary.md").read_text(encoding="utf-8")
    assert 1 == run("sh", "-e", "-c", script, cwd=repository, env=env | {"BASE": ""}).code


@pytest.mark.parametrize(
    ("file", "text", "line"),
    [
        (".gitlab-ci.yml", "test:\n  script: [pytest]\n", '    - costmark check --since "$CI_MERGE_REQUEST_DIFF_BASE_SHA"'),
        ("azure-pipelines.yml", "steps: []\n", '    costmark check --since "origin/main" --policy-from "origin/main"'),
        (".circleci/config.yml", "jobs: {}\n", '      - run: costmark check --since "origin/main"'),
        ("Jenkinsfile", "pipeline {}\n", '        sh \'costmark check --since "origin/$CHANGE_TARGET"'),
    ],
)
def test_lines_for_another_ci_are_shown_and_its_file_left_alone(repository: Path, file: str, text: str, line: str) -> None:
    write(repository, {file: text})
    out = costmark("init", "--yes", cwd=repository).out
    assert f"To add by hand to {file}:" in out
    assert line in out
    assert text == (repository / file).read_text(encoding="utf-8")


def test_a_hosted_costmark_is_taken_from_there(repository: Path) -> None:
    write(repository, {".github/workflows/test.yml": "jobs: {}\n"})
    costmark("init", "--yes", "--hook-repo", "https://github.com/acme/costmark", cwd=repository)
    assert (0, "", "") == run(str(BIN / "pre-commit"), "validate-config", cwd=repository)
    ours = yaml.safe_load((repository / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"][-1]
    arguments = ["--baseline", "costmark-baseline.json"]
    expected = [{"id": "costmark", "args": arguments}, {"id": "costmark-policy", "args": arguments}]
    assert ("https://github.com/acme/costmark", expected) == (ours["repo"], ours["hooks"])
    workflow = yaml.safe_load((repository / ".github/workflows/costmark.yml").read_text(encoding="utf-8"))
    assert f"acme/costmark@{ours['rev']}" == workflow["jobs"]["costmark"]["steps"][-1]["uses"]


@pytest.mark.parametrize(("answer", "expected"), [("y", WRITTEN), ("n", [])])
def test_a_terminal_is_asked(repository: Path, answer: str, expected: list[str]) -> None:
    ours, theirs = pty.openpty()
    env = {**os.environ, "TERM": "xterm", "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    with subprocess.Popen(
        [sys.executable, "-m", "lint_plugin", "init"], cwd=repository, stdin=theirs, stdout=theirs, stderr=theirs, env=env
    ):
        os.close(theirs)
        os.write(ours, f"{answer}\n".encode())
        shown = b""
        while piece := _read(ours):
            shown += piece
    os.close(ours)
    assert b"\x1b[32m+[tool.costmark]\x1b[0m" in shown
    assert expected == changed(repository)


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # the other end is closed
        return b""


def test_the_real_pre_commit_runs_what_was_proposed(repository: Path) -> None:
    costmark("init", "--yes", cwd=repository)
    git("add", ".", cwd=repository)
    env = {"PRE_COMMIT_HOME": str(repository.parent / "pre-commit"), "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    done = run(str(BIN / "pre-commit"), "run", "--all-files", "--color=never", cwd=repository, env=env)
    assert (0, 3) == (done.code, done.out.count("Passed"))
    write(repository, {"new.py": RAW})
    git("add", ".", cwd=repository)
    done = run(str(BIN / "pre-commit"), "run", "--color=never", cwd=repository, env=env)
    assert 1 == done.code
    assert "new.py:4:25: CMK101" in done.out


def test_folders_with_a_policy_of_their_own_keep_it_and_are_green_too(tmp_path: Path) -> None:
    root = begin(write(tmp_path / "repository", NESTED | {"pyproject.toml": PROJECT, "strict/costmark.toml": "required-tags = ['team']\n"}))
    (root / "costmark.toml").unlink()
    done = costmark("init", "--yes", cwd=root)
    assert "kept: strict/ has a policy of its own" in done.out
    assert "accepts what is there today, 4 findings" in done.out
    assert "accepts 4 findings" in done.out
    assert 0 == costmark("check", "--baseline", "costmark-baseline.json", cwd=root).code


def test_names_that_a_policy_cannot_hold_stop_nothing(repository: Path) -> None:
    folder = os.fsencode(repository) + b"/\xff"
    os.makedirs(folder + b"/tests")  # noqa: PTH103  (a name that is no text)
    for name in (b"/tests/a.py", b"/broken.py"):
        with open(folder + name, "w", encoding="utf-8") as stream:  # noqa: PTH123
            stream.write("def (\n")
    done = costmark("init", "--yes", cwd=repository)
    assert 0 == done.code, done.err


def test_the_branch_is_that_which_changes_go_to(repository: Path) -> None:
    write(repository, {".github/workflows/test.yml": "jobs: {}\n"})
    git("switch", "-q", "-c", "mine", cwd=repository)
    assert "branches: [main]" in costmark("init", cwd=repository).out


def test_what_is_found_after_the_first_run_is_not_accepted(tmp_path: Path) -> None:
    root = begin(write(tmp_path / "repository", {"app.py": CLEAN}))
    costmark("init", "--yes", cwd=root)
    write(root, {"new.py": RAW})
    done = costmark("init", "--yes", cwd=root)
    assert "kept: no baseline: this is set up already, so what is found now is new" in done.out
    assert not (root / "costmark-baseline.json").exists()


def test_a_policy_alone_is_no_set_up(repository: Path) -> None:
    write(repository, {"costmark.toml": ""})
    costmark("init", "--yes", cwd=repository)
    assert 0 == costmark("check", "--baseline", "costmark-baseline.json", cwd=repository).code


def test_what_gitignore_covers_is_added_by_force(tmp_path: Path) -> None:
    root = begin(write(tmp_path / "repository", FILES | {".gitignore": "*.json\n"}))
    advice = next(line for line in costmark("init", "--yes", cwd=root).out.splitlines() if "git add" in line)
    subprocess.run(advice.partition(";")[0].split(), cwd=root, check=True)
    assert "costmark-baseline.json" in git("ls-files", cwd=root).splitlines()
