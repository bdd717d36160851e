"""What a change introduces, seen by real git."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cost_lib.policy import Policy, PolicyError
from lint_plugin.model import Problem, Report, Request
from lint_plugin.revision import RevisionError, introduced, policy_at
from tests.fakes.analyzer import check
from tests.fakes.checkout import Repository

ASK = "def ask():\n    client.create(1)\n"
SUM = "def sum():\n    client.create(2)\n"
START: dict[str, str | None] = {"app/a.py": ASK, "app/b.py": SUM, "clients.py": "client = raw()\n"}


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    repository = Repository(tmp_path / "checkout")
    repository.commit(START)
    return repository


def since(folder: Path, rev: str = "HEAD", *paths: str) -> list[tuple[str, int]]:
    return [(finding.path, finding.line) for finding in run(folder, rev, *paths).findings]


def run(folder: Path, rev: str = "HEAD", *paths: str) -> Report:
    return introduced(Request(folder, Policy(), tuple(folder / path for path in paths)), rev, check).report


def sentence(folder: Path, rev: str = "HEAD") -> str:
    with pytest.raises(RevisionError) as caught:
        run(folder, rev)
    assert caught.value.exit_code == 2
    return str(caught.value)


def test_nothing_is_introduced_where_nothing_changed(repository: Repository) -> None:
    assert [] == since(repository.folder)


def test_a_new_call_is_introduced(repository: Repository) -> None:
    repository.write({"app/a.py": f"{SUM}{ASK}"})
    assert [("app/a.py", 2)] == since(repository.folder)


@pytest.mark.parametrize("how", [(), ("add", "-A"), ("add", "-N", "app/c.py")])
def test_a_new_file_counts_untracked_staged_and_intended(repository: Repository, how: tuple[str, ...]) -> None:
    repository.write({"app/c.py": ASK})
    if how:
        repository.run(*how)
    assert [("app/c.py", 2)] == since(repository.folder)


def test_a_committed_change_counts(repository: Repository) -> None:
    repository.commit({"app/c.py": ASK})
    assert [("app/c.py", 2)] == since(repository.folder, "HEAD~1")


def test_of_equal_calls_the_new_one_is_named(repository: Repository) -> None:
    repository.write({"app/a.py": "def ask():\n    client.create(9)\n    client.create(1)\n"})
    assert [("app/a.py", 2)] == since(repository.folder)


@pytest.mark.parametrize(
    "files",
    [
        {"app/a.py": f"import x\n\n\n{ASK}"},
        {"app/a.py": ASK.replace("(1)", "(\n1\n)").replace("\n1\n", "1")},
        {"app/a.py": None, "lib/renamed.py": ASK},
        {"app/a.py": None, "app/b.py": ASK + SUM},
        {"app/a.py": None},
        {"README.md": "text"},
        {"app/a.py": ASK.replace("1", "'another prompt'")},
    ],
)
def test_what_only_moves_is_not_introduced(repository: Repository, files: dict[str, str | None]) -> None:
    repository.write(files)
    assert [] == since(repository.folder)


def test_a_renamed_file_that_also_grows_reports_what_is_new(repository: Repository) -> None:
    repository.run("mv", "app/a.py", "app/z.py")
    repository.write({"app/z.py": f"{ASK}    client.create(7)\n"})
    assert [("app/z.py", 3)] == since(repository.folder)


def test_files_may_swap_their_names(repository: Repository) -> None:
    repository.write({"app/a.py": SUM, "app/b.py": ASK})
    assert [] == since(repository.folder)


def test_an_untouched_file_that_the_change_makes_raw_is_reported(repository: Repository) -> None:
    repository.commit({"clients.py": "client = tagged(raw())\n"})
    repository.write({"clients.py": "client = raw()\n"})
    assert [("app/a.py", 2), ("app/b.py", 2)] == since(repository.folder)


def test_only_the_named_files_are_reported(repository: Repository) -> None:
    repository.write({"app/a.py": f"{SUM}{ASK}", "app/c.py": ASK})
    assert [("app/c.py", 2)] == since(repository.folder, "HEAD", "app/c.py")


def test_a_named_file_that_was_renamed_from_elsewhere_is_recognised(repository: Repository) -> None:
    repository.run("mv", "app/a.py", "z.py")
    assert [] == since(repository.folder, "HEAD", "z.py")


def test_a_named_script_without_a_suffix_is_compared_too(repository: Repository) -> None:
    repository.commit({"bin/tool": ASK})
    repository.write({"bin/tool": f"{ASK}    client.create(5)\n"})
    assert [("bin/tool", 3)] == since(repository.folder, "HEAD", "bin/tool")


def test_what_the_other_branch_has_fixed_meanwhile_is_not_introduced(repository: Repository) -> None:
    repository.branch("feature", "main")
    repository.commit({"app/c.py": ASK})
    repository.run("checkout", "-q", "main")
    repository.commit({"app/a.py": None})
    repository.run("checkout", "-q", "feature")
    assert [("app/c.py", 2)] == since(repository.folder, "main")


def test_a_file_that_could_not_be_analyzed_is_a_problem_of_the_change_that_touches_it(repository: Repository) -> None:
    repository.commit({"old.py": "broken("})
    repository.write({"new.py": "broken("})
    assert (Problem("new.py", 1, "broken"),) == run(repository.folder).problems


def test_a_project_below_the_top_of_the_checkout_has_its_own_paths(repository: Repository) -> None:
    repository.write({"app/c.py": ASK, "other.py": ASK})
    assert [("c.py", 2)] == since(repository.folder / "app")


def test_names_with_blanks_and_accents_and_quotes_are_read(repository: Repository) -> None:
    name = 'app/über "x" y.py'
    repository.commit({name: ASK})
    repository.write({name: f"{ASK}    client.create(3)\n"})
    assert [(name, 3)] == since(repository.folder)


def test_a_name_that_is_no_text_is_read(repository: Repository) -> None:
    name = os.fsdecode(b"caf\xe9.py")
    repository.commit({name: ASK})
    repository.write({name: f"{ASK}    client.create(3)\n"})
    assert [(name, 3)] == since(repository.folder)


def test_submodules_are_left_alone(repository: Repository, tmp_path: Path) -> None:
    other = Repository(tmp_path / "other")
    other.commit({"m.py": ASK})
    repository.run("submodule", "add", "-q", str(other.folder), "sub")
    repository.commit()
    Repository(repository.folder / "sub").commit({"m.py": f"{SUM}{ASK}"})
    assert [] == since(repository.folder)


def test_a_merge_that_is_not_resolved_is_compared_as_it_stands(repository: Repository) -> None:
    repository.branch("left", "main")
    repository.commit({"app/a.py": f"{ASK}    x = 1\n"})
    repository.run("checkout", "-q", "main")
    repository.commit({"app/a.py": f"{ASK}    x = 2\n"})
    subprocess.run(["git", "merge", "-q", "left"], cwd=repository.folder, capture_output=True, check=False)
    assert [] == since(repository.folder)


def test_a_revision_that_is_not_known_is_one_sentence(repository: Repository) -> None:
    assert f"revision 'nope' is not known in {repository.folder}: check the name, or run 'git fetch' first" == sentence(
        repository.folder, "nope"
    )


@pytest.mark.parametrize("rev", ["--output=x", "-h", "", "main..HEAD", "a\nb"])
def test_what_is_no_revision_is_refused(repository: Repository, rev: str) -> None:
    assert f"{rev!r} is not a revision: name a branch, a tag or a commit" == sentence(repository.folder, rev)


def test_a_shallow_clone_says_what_to_fetch(repository: Repository, tmp_path: Path) -> None:
    repository.commit({"app/c.py": ASK})
    repository.run("clone", "-q", "--depth=1", f"file://{repository.folder}", str(tmp_path / "shallow"))
    said = sentence(tmp_path / "shallow", "HEAD~1")
    assert said.startswith("revision 'HEAD~1' is not in this shallow clone: run 'git fetch --unshallow'")
    assert "git fetch --depth=100 origin" in said


def test_a_shallow_clone_that_holds_the_revision_is_enough(repository: Repository, tmp_path: Path) -> None:
    repository.branch("feature", "main")
    repository.commit({"app/c.py": ASK})
    repository.run("clone", "-q", "--depth=1", "-b", "feature", f"file://{repository.folder}", str(tmp_path / "shallow"))
    subprocess.run(["git", "fetch", "-q", "--depth=1", "origin", "main:main"], cwd=tmp_path / "shallow", check=True)
    assert [("app/c.py", 2)] == since(tmp_path / "shallow", "main")


def test_a_folder_outside_git_is_one_sentence(tmp_path: Path) -> None:
    expected = f"{tmp_path} is not in the work tree of a git repository: run it in a checkout, or leave out what compares with a revision"
    assert expected == sentence(tmp_path)


def test_an_empty_repository_is_one_sentence(tmp_path: Path) -> None:
    assert "has no commit yet: commit first, or leave out what compares with a revision" in sentence(Repository(tmp_path).folder)


def test_a_machine_without_git_is_one_sentence(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert "git was not found: install it, or leave out what compares with a revision" == sentence(repository.folder)


def test_a_checkout_of_somebody_else_is_one_sentence(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setenv("HOME", str(repository.folder))
    assert f"git config --global --add safe.directory {repository.folder}" in sentence(repository.folder)


def test_a_work_tree_beside_the_repository_is_one(repository: Repository, tmp_path: Path) -> None:
    repository.run("worktree", "add", "-q", "-b", "side", str(tmp_path / "side"))
    (tmp_path / "side/app/c.py").write_text(ASK)
    assert [("app/c.py", 2)] == since(tmp_path / "side")


HOOK = """#!{python}
import sys
from pathlib import Path
sys.path[:0] = {path!r}
from tests.test_revision import since
Path({out!r}).write_text(repr((since(Path({folder!r})), since(Path({other!r})))))
"""


@pytest.mark.parametrize("command", [("commit", "-qm", "x"), ("commit", "-qam", "x"), ("commit", "-qm", "x", "app/a.py")])
@pytest.mark.parametrize("is_worktree", [False, True])
def test_a_git_hook_sees_its_own_repository_and_others(
    repository: Repository,
    tmp_path: Path,
    command: tuple[str, ...],
    is_worktree: bool,  # noqa: FBT001
) -> None:
    other = Repository(tmp_path / "other")
    other.commit({"x.py": ""})
    other.write({"x.py": ASK})
    at = repository
    if is_worktree:
        repository.run("worktree", "add", "-q", "-b", "side", str(tmp_path / "side"))
        at = Repository(tmp_path / "side")
    out = tmp_path / "out"
    hook = HOOK.format(python=sys.executable, path=sys.path, out=str(out), folder=str(at.folder / "app"), other=str(other.folder))
    repository.write({".git/hooks/pre-commit": hook})
    (repository.folder / ".git/hooks/pre-commit").chmod(0o755)
    at.write({"app/a.py": f"{SUM}{ASK}"})
    at.run("add", "app/a.py")
    at.run(*command)
    assert repr(([("a.py", 2)], [("x.py", 2)])) == out.read_text()


POLICY = 'required-tags = ["{}"]\n'


def required(rev: str, root: Path, **env: str) -> tuple[str, ...]:
    return policy_at(rev, root, env=env).settings.required_tags


def test_the_policy_of_a_revision_is_in_force(repository: Repository) -> None:
    repository.commit({"costmark.toml": POLICY.format("team")})
    repository.write({"costmark.toml": POLICY.format("feature")})
    assert ("team",) == required("HEAD", repository.folder)


def test_a_policy_in_pyproject_is_found(repository: Repository) -> None:
    repository.commit({"pyproject.toml": f"[tool.costmark]\n{POLICY.format('team')}"})
    repository.write({"pyproject.toml": None})
    assert ("team",) == required("HEAD", repository.folder / "app")


def test_the_nearest_policy_counts(repository: Repository) -> None:
    files: dict[str, str | None] = {"app/costmark.toml": POLICY.format("team"), "app/pyproject.toml": "# costmark\n[tool.x]\n"}
    repository.commit({"costmark.toml": POLICY.format("owner"), **files})
    assert (("team",), ("owner",)) == (required("HEAD", repository.folder / "app"), required("HEAD", repository.folder))


def test_what_a_policy_extends_is_of_the_revision_too(repository: Repository) -> None:
    repository.commit({"costmark.toml": POLICY.format("team"), "app/costmark.toml": 'extend = "../costmark.toml"\n'})
    repository.write({"costmark.toml": POLICY.format("feature")})
    assert ("team",) == required("HEAD", repository.folder / "app")


def test_what_a_policy_extends_must_have_been_there(repository: Repository) -> None:
    repository.commit({"costmark.toml": 'extend = "base.toml"\n'})
    repository.write({"base.toml": ""})
    with pytest.raises(PolicyError, match="there is no such file"):
        policy_at("HEAD", repository.folder, env={})


def test_without_a_policy_at_the_revision_the_defaults_hold(repository: Repository) -> None:
    repository.write({"costmark.toml": "required-tags = []\n"})
    assert ("feature",) == required("HEAD", repository.folder)


def test_a_policy_named_by_the_environment_is_read_at_the_revision(repository: Repository) -> None:
    repository.commit({"ci/policy.toml": POLICY.format("team")})
    repository.write({"ci/policy.toml": "required-tags = []\n"})
    assert ("team",) == required("HEAD", repository.folder, COSTMARK_POLICY=str(repository.folder / "ci/policy.toml"))


def test_a_policy_outside_the_repository_is_read_from_the_disk(repository: Repository, tmp_path: Path) -> None:
    (tmp_path / "costmark.toml").write_text(POLICY.format("team"))
    assert ("team",) == required("HEAD", repository.folder)
    assert ("team",) == required("HEAD", repository.folder, COSTMARK_POLICY=str(tmp_path / "costmark.toml"))


def test_two_policies_in_one_folder_are_an_error_at_a_revision_too(repository: Repository) -> None:
    repository.commit({"costmark.toml": "", "pyproject.toml": "[tool.costmark]\n"})
    with pytest.raises(PolicyError, match=r"costmark\.toml beside it"):
        policy_at("HEAD", repository.folder, env={})


def test_a_policy_that_is_no_toml_at_the_revision_is_one_sentence(repository: Repository) -> None:
    repository.commit({"pyproject.toml": "[tool.costmark\n"})
    with pytest.raises(PolicyError, match=r"is not TOML: .* \(at HEAD, which a change cannot mend for itself\)"):
        policy_at("HEAD", repository.folder, env={})


def test_an_old_policy_above_the_folder_is_read_as_seen_from_the_folder(repository: Repository) -> None:
    repository.commit({"costmark.toml": 'exclude = ["app/vendor/**"]\n'})
    policy = policy_at("HEAD", repository.folder / "app", env={})
    assert (repository.folder / "app", True) == (policy.root, policy.excludes("vendor/a.py"))


def test_a_repository_that_a_change_brings_as_plain_files_is_not_obeyed(repository: Repository) -> None:
    inner = Repository(repository.folder / "inner")
    inner.commit({".gitattributes": "*.py filter=own\n", "a.py": ASK})
    inner.run("config", "filter.own.clean", f"touch {repository.folder}/was_run; cat")
    inner.run("config", "core.worktree", ".")
    for part in (inner.folder / ".git").iterdir():
        part.rename(inner.folder / part.name)
    (inner.folder / "a.py").touch()
    assert "holds the files of a git repository" in sentence(inner.folder)
    assert not (repository.folder / "was_run").exists()


@pytest.mark.parametrize("place", ["local_a.py", "env/a.py", "build/a.py", ".hidden/a.py", "node_modules/a.py"])
def test_what_is_committed_where_the_search_does_not_look_is_looked_at(repository: Repository, place: str) -> None:
    repository.commit({".gitignore": "local_*\nenv/\n"})
    repository.write({place: ASK})
    repository.run("add", "--force", place)
    assert [(place, 2)] == since(repository.folder)
