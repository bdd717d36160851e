"""With ``--policy-from`` every folder answers to the policy that it had: a change can neither loosen nor remove nor add one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.frontends.command import RAW, TAGGED, git, write
from tests.frontends.inside import Inside, inside

START = {
    "costmark.toml": 'exclude = ["vendor/**"]\n',
    "app.py": TAGGED,
    "strict/costmark.toml": 'extend = "../costmark.toml"\nrequired-tags = ["feature", "team"]\n',
    "strict/deep/app.py": TAGGED,
    "vendor/costmark.toml": "",
    "vendor/app.py": RAW,
}
LACKS = ["strict/deep/app.py:5:51: CMK201"]


@pytest.fixture
def costmark(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Inside]:
    with inside(capsys, monkeypatch) as run:
        yield run


@pytest.fixture
def branch(tmp_path: Path) -> Path:
    write(tmp_path, START)
    git("init", "-q", "-b", "main", cwd=tmp_path)
    git("add", ".", cwd=tmp_path)
    git("commit", "-q", "-m", "start", cwd=tmp_path)
    return tmp_path


def found(costmark: Inside, project: Path, *arguments: str) -> list[str]:
    done = costmark("check", "--format", "concise", "--policy-from", "main", *arguments, cwd=project)
    assert "" == done.err
    return [" ".join(line.split()[:2]) for line in done.out.splitlines()]


@pytest.mark.parametrize("arguments", [(), ("strict",), ("strict/deep/app.py",)])
def test_a_policy_that_the_change_removes_still_holds(branch: Path, costmark: Inside, arguments: tuple[str, ...]) -> None:
    (branch / "strict/costmark.toml").unlink()
    assert LACKS == found(costmark, branch, *arguments)


@pytest.mark.parametrize("text", ["required-tags = []\n", "[[[", "<<<<<<< HEAD\n"])
def test_a_policy_that_the_change_loosens_or_breaks_still_holds(branch: Path, costmark: Inside, text: str) -> None:
    write(branch, {"strict/costmark.toml": text})
    assert LACKS == found(costmark, branch)


def test_a_policy_that_the_change_brings_does_not_hold(branch: Path, costmark: Inside) -> None:
    write(branch, {"new/costmark.toml": 'allow-raw = ["**"]\n', "new/app.py": RAW})
    assert ["new/app.py:4:25: CMK101", *LACKS] == found(costmark, branch)


def test_a_policy_beside_the_one_that_holds_does_not_count(branch: Path, costmark: Inside) -> None:
    write(branch, {"strict/pyproject.toml": "[tool.costmark]\nrequired-tags = []\n"})
    done = costmark("check", "--policy-from", "main", cwd=branch)
    assert (2, 1) == (done.code, len(done.err.splitlines()))


@pytest.mark.parametrize("arguments", [(), ("vendor/app.py",)])
def test_what_the_base_excludes_stays_excluded_with_its_policy_gone(branch: Path, costmark: Inside, arguments: tuple[str, ...]) -> None:
    (branch / "vendor/costmark.toml").unlink()
    assert ([] if arguments else LACKS) == found(costmark, branch, *arguments)


def test_a_broken_file_that_is_excluded_stops_nothing(branch: Path, costmark: Inside) -> None:
    write(branch, {"vendor/broken/pyproject.toml": "[tool.costmark]\n[[["})
    git("add", ".", cwd=branch)
    git("commit", "-q", "-m", "broken", cwd=branch)
    assert LACKS == found(costmark, branch)
