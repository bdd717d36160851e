"""A comparison that was made is not made again, and one that would go another way always is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lint_plugin import comparisons, revision, since
from tests.frontends.command import CLEAN, RAW, TAGGED, git, write
from tests.frontends.inside import Inside, inside

ASKED = ("check", "--since", "main", "--format", "concise")
MORE = RAW.replace("chat.completions.create", "responses.create")


@pytest.fixture
def costmark(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Inside]:
    with inside(capsys, monkeypatch) as run:
        yield run


@pytest.fixture
def branch(tmp_path: Path, costmark: Inside, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Lay out a branch that adds what is in order, and was looked at."""
    monkeypatch.delenv("COSTMARK_POLICY", raising=False)
    write(tmp_path, {"costmark.toml": "", "old.py": RAW, "plain.py": CLEAN, "app/tagged.py": TAGGED, "app/plain.py": CLEAN})
    git("init", "-q", "-b", "main", cwd=tmp_path)
    commit(tmp_path)
    git("switch", "-q", "-c", "feature", cwd=tmp_path)
    write(tmp_path, {"new.py": TAGGED})
    commit(tmp_path)
    assert (0, "", "") == costmark(*ASKED, cwd=tmp_path)
    return tmp_path


def commit(project: Path) -> None:
    git("add", ".", cwd=project)
    git("commit", "-q", "-m", "change", cwd=project)


def test_the_second_time_nothing_is_compared(branch: Path, costmark: Inside, monkeypatch: pytest.MonkeyPatch) -> None:
    assert since.nothing_new(ASKED)
    monkeypatch.setattr(revision, "introduced", None)
    assert (0, "", "") == costmark(*ASKED, cwd=branch)


def test_the_answer_is_that_of_the_program(branch: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert since.nothing_new(["check", "--since=main"])
    assert "No findings.\n" == capsys.readouterr().out
    assert branch.is_dir()


def test_findings_are_given_again(branch: Path, costmark: Inside, monkeypatch: pytest.MonkeyPatch) -> None:
    write(branch, {"new.py": MORE, "broken.py": "import openai\ndef ("})
    first = costmark(*ASKED, cwd=branch)
    assert 1 == first.code
    assert not since.nothing_new(ASKED)
    monkeypatch.setattr(revision, "introduced", None)
    assert first == costmark(*ASKED, cwd=branch)


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: write(folder, {"plain.py": "# a comment\n" + CLEAN}),
        lambda folder: write(folder, {"README.md": "text"}),
        lambda folder: git("pack-refs", "--all", cwd=folder),
        lambda folder: git("branch", "other", cwd=folder),
        lambda folder: git("add", ".", cwd=folder),
    ],
)
def test_what_changes_nothing_is_known_again(branch: Path, change: Callable[[Path], object]) -> None:
    change(branch)
    assert since.nothing_new(ASKED)


CHANGES: dict[str, Callable[[Path], object]] = {
    "a call": lambda folder: write(folder, {"plain.py": MORE}),
    "a file": lambda folder: write(folder, {"app/more.py": MORE}),
    "a file less": lambda folder: (folder / "old.py").unlink(),
    "a file renamed": lambda folder: git("mv", "old.py", "older.py", cwd=folder),
    "a file in the place of another": lambda folder: write(folder, {"old.py": CLEAN, "app/plain.py": RAW}),
    "the policy": lambda folder: write(folder, {"costmark.toml": 'required-tags = ["feature", "team"]\n'}),
    "a policy inside": lambda folder: write(folder, {"app/costmark.toml": 'required-tags = ["feature", "team"]\n', "app/more.py": TAGGED}),
    "a table inside": lambda folder: write(folder, {"app/pyproject.toml": "[tool.costmark]\nrequired-tags = []\n"}),
    "what git ignores": lambda folder: write(folder, {".gitignore": "new.py\n"}),
    "the commit": lambda folder: git("commit", "-q", "--allow-empty", "-m", "more", cwd=folder),
    "what main is": lambda folder: git("branch", "-f", "main", "HEAD", cwd=folder),
    "what is checked out": lambda folder: git("switch", "-q", "main", cwd=folder),
    "a tag called main": lambda folder: git("tag", "main", "HEAD", cwd=folder),
    "a graft": lambda folder: git("replace", "--graft", "HEAD", cwd=folder),
}


@pytest.mark.parametrize("name", CHANGES)
def test_whatever_else_changes_the_answer_is_that_of_a_fresh_comparison(branch: Path, costmark: Inside, name: str) -> None:
    CHANGES[name](branch)
    assert not since.nothing_new(ASKED)
    fresh = costmark(*ASKED, "--no-cache", cwd=branch)
    assert [fresh, fresh] == [costmark(*ASKED, cwd=branch) for _ in range(2)]


@pytest.mark.parametrize(
    "words", [("HEAD~1",), ("main", "app"), ("main", "--baseline", "x.json"), ("main", "--policy-from", "main"), ("",)]
)
def test_what_is_asked_otherwise_is_left_to_the_program(branch: Path, words: tuple[str, ...]) -> None:
    assert branch.is_dir()
    assert not since.nothing_new(["check", "--since", *words])


def test_a_folder_inside_is_left_to_the_program(branch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(branch / "app")
    assert not since.nothing_new(ASKED)


def test_another_repository_by_the_environment_is_left_to_the_program(branch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DIR", str(branch / ".git"))
    assert not since.nothing_new(ASKED)


@pytest.mark.parametrize("data", [b"", b"1", b"0\xff", b"1\xc0"])
def test_a_damaged_comparison_is_made_again(branch: Path, costmark: Inside, data: bytes) -> None:
    write(branch, {"new.py": MORE})
    first = costmark(*ASKED, cwd=branch)
    for kept in (branch / ".costmark_cache").glob("*/since-*"):
        kept.write_bytes(data)
    assert first == costmark(*ASKED, cwd=branch)


@pytest.mark.parametrize("revision_of", ["main", "heads/main", "HEAD"])
def test_references_are_read_as_git_reads_them(branch: Path, revision_of: str) -> None:
    for _ in range(2):
        expected = tuple(git("rev-parse", revision_of, "HEAD", cwd=branch).split())
        assert expected == since.commits(str(branch), revision_of)
        git("pack-refs", "--all", cwd=branch)


def test_few_comparisons_are_kept(branch: Path, costmark: Inside) -> None:
    for number in range(comparisons.KEEP + 2):
        git("commit", "-q", "--allow-empty", "-m", str(number), cwd=branch)
        costmark(*ASKED, cwd=branch)
    assert comparisons.KEEP >= len([*(branch / ".costmark_cache").glob("*/since-*")])
