"""With ``--policy-from`` the baseline is that of the base too: a change cannot accept its own findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.frontends.command import CLEAN, RAW, Done, git, write
from tests.frontends.inside import Inside, inside

FILE = "costmark-baseline.json"
OTHER = f"costmark: {FILE} is read as it is at main: what this change does to it counts once it is merged"


@pytest.fixture
def costmark(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Inside]:
    with inside(capsys, monkeypatch) as run:
        yield run


@pytest.fixture
def branch(tmp_path: Path, costmark: Inside) -> Path:
    """Lay out a branch beside ``main``, which has one accepted raw call."""
    write(tmp_path, {"costmark.toml": "", "old.py": RAW})
    git("init", "-q", "-b", "main", cwd=tmp_path)
    accept(tmp_path, costmark)
    git("switch", "-q", "-c", "feature", cwd=tmp_path)
    return tmp_path


def accept(project: Path, costmark: Inside) -> None:
    assert 0 == costmark("check", "--baseline", FILE, "--write-baseline", cwd=project).code
    commit(project)


def commit(project: Path) -> None:
    git("add", ".", cwd=project)
    git("commit", "-q", "-m", "change", cwd=project)


def check(project: Path, costmark: Inside, *arguments: str) -> Done:
    return costmark("check", "--baseline", FILE, "--policy-from", "main", "--format", "concise", *arguments, cwd=project)


def test_what_the_base_has_accepted_is_accepted(branch: Path, costmark: Inside) -> None:
    assert Done(0, "", "") == check(branch, costmark)


@pytest.mark.parametrize("more", [(), ("--since", "main")])
def test_what_the_change_accepts_for_itself_is_found(branch: Path, costmark: Inside, more: tuple[str, ...]) -> None:
    write(branch, {"new.py": RAW})
    accept(branch, costmark)
    done = check(branch, costmark, *more)
    assert (1, ["new.py:4:25:"], [OTHER]) == (done.code, [line.split()[0] for line in done.out.splitlines()], done.err.splitlines())


def test_without_the_base_the_same_is_accepted(branch: Path, costmark: Inside) -> None:
    write(branch, {"new.py": RAW})
    accept(branch, costmark)
    assert 0 == costmark("check", "--baseline", FILE, "--since", "main", cwd=branch).code


@pytest.mark.parametrize("new", [{"new.py": RAW}, {"old.py": RAW + RAW.splitlines()[-1] + "\n"}])
def test_what_is_accepted_for_an_old_call_accepts_no_new_one_beside_it(branch: Path, costmark: Inside, new: dict[str, str]) -> None:
    write(branch, new)
    assert 1 == costmark("check", "--baseline", FILE, "--since", "main", cwd=branch).code


def test_a_baseline_that_the_change_brings_accepts_nothing(branch: Path, costmark: Inside) -> None:
    git("rm", "-q", "--cached", FILE, cwd=branch)
    git("commit", "-q", "-m", "none", cwd=branch)
    git("branch", "-f", "main", cwd=branch)
    done = check(branch, costmark)
    expected = f"costmark: {FILE} is not there at main, so it accepts nothing yet: what a change adds to it counts once it is merged\n"
    assert (1, expected) == (done.code, done.err)


@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_text("<<<<<<< HEAD\n")])
def test_a_baseline_that_the_change_spoils_still_accepts(branch: Path, costmark: Inside, spoil: Callable[[Path], object]) -> None:
    spoil(branch / FILE)
    assert (0, [OTHER]) == (check(branch, costmark).code, check(branch, costmark).err.splitlines())


def test_a_branch_that_is_behind_is_held_against_what_it_started_from(branch: Path, costmark: Inside) -> None:
    git("switch", "-q", "main", cwd=branch)
    write(branch, {"old.py": CLEAN})
    accept(branch, costmark)
    git("switch", "-q", "feature", cwd=branch)
    assert Done(0, "", "") == check(branch, costmark)


def test_a_missing_baseline_is_one_sentence(branch: Path, costmark: Inside) -> None:
    done = costmark("check", "--baseline", "none.json", "--policy-from", "main", cwd=branch)
    assert (2, 1) == (done.code, len(done.err.splitlines()))
    assert "none.json: there is no such baseline; " in done.err


def test_a_baseline_outside_of_the_repository_is_out_of_reach_of_the_change(
    branch: Path, costmark: Inside, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / FILE
    (branch / FILE).rename(outside)
    assert Done(0, "No findings.\n", "") == costmark("check", "--baseline", str(outside), "--policy-from", "main", cwd=branch)
