"""Two branches change their baselines, and real git merges them: the file is one again, and the check is right."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from lint_plugin import baseline
from lint_plugin.baseline import BaselineError
from tests.fakes.checkout import Repository
from tests.frontends.command import CLEAN, RAW
from tests.frontends.inside import Inside, inside

FILE = "costmark-baseline.json"
START = {f"{name}.py": RAW for name in "bdfhjlnp"}
UNION = f"{FILE} merge=union\n"
Change = dict[str, str | None]

# apart: no two changed lines of the file touch
COMMON: list[tuple[Change, Change]] = [
    ({"a.py": RAW}, {"z.py": RAW}),
    ({"c.py": RAW, "k.py": RAW}, {"g.py": RAW, "x.py": RAW}),
    ({"b.py": CLEAN}, {"n.py": CLEAN}),
    ({"b.py": None}, {"z.py": RAW}),
    ({"d.py": None, "y.py": RAW}, {"a.py": RAW}),
    ({"h.py": CLEAN}, {"h.py": CLEAN}),
    ({"z.py": RAW}, {"z.py": RAW}),
    ({"b.py": CLEAN, "d.py": CLEAN, "f.py": CLEAN}, {"l.py": CLEAN, "n.py": CLEAN}),
    ({"a.py": RAW}, {}),
]
# both at one place of the file
CLOSE: list[tuple[Change, Change]] = [
    ({"y.py": RAW}, {"z.py": RAW}),
    ({"d.py": CLEAN}, {"f.py": CLEAN}),
    ({"e.py": RAW}, {"d.py": CLEAN}),
    ({f"{name}.py": CLEAN for name in "bdfhjlnp"}, {"z.py": RAW}),
]


@pytest.fixture
def costmark(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Inside]:
    with inside(capsys, monkeypatch) as run:
        yield run


@pytest.fixture
def repository(tmp_path: Path, costmark: Inside) -> Repository:
    repository = Repository(tmp_path)
    repository.commit({"costmark.toml": "", ".gitignore": ".costmark_cache/\n", **START})
    accept(repository, costmark)
    return repository


def accept(repository: Repository, costmark: Inside) -> None:
    assert 0 == costmark("check", "--baseline", FILE, "--write-baseline", cwd=repository.folder).code
    repository.commit()


def merge(repository: Repository, costmark: Inside, mine: Change, theirs: Change) -> bool:
    """Make both changes on branches of their own, and merge one into the other; tell whether git could."""
    for branch, change in (("theirs", theirs), ("mine", mine)):
        repository.branch(branch, "main")
        repository.write(change)
        accept(repository, costmark)
    command = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", "merge", "-q", "--no-edit", "theirs"]
    return 0 == subprocess.run(command, cwd=repository.folder, capture_output=True, check=False).returncode


def verdict(repository: Repository, costmark: Inside) -> tuple[int, list[str]]:
    """Check against the merged file: exit code, and the files with new findings."""
    done = costmark("check", "--baseline", FILE, "--format", "concise", cwd=repository.folder)
    return done.code, [line.split(":")[0] for line in done.out.splitlines()]


@pytest.mark.parametrize(("mine", "theirs"), COMMON)
def test_changes_apart_merge_without_a_conflict_and_the_check_is_right(
    repository: Repository, costmark: Inside, mine: Change, theirs: Change
) -> None:
    assert merge(repository, costmark, mine, theirs)
    assert (0, []) == verdict(repository, costmark)
    repository.write({"m.py": RAW})
    assert (1, ["m.py"]) == verdict(repository, costmark)


@pytest.mark.parametrize(("mine", "theirs"), CLOSE)
def test_with_the_union_driver_changes_at_one_place_merge_too(
    repository: Repository, costmark: Inside, mine: Change, theirs: Change
) -> None:
    repository.commit({".gitattributes": UNION})
    assert merge(repository, costmark, mine, theirs)
    assert (0, []) == verdict(repository, costmark)
    assert (0, []) == verdict(repository, costmark)  # what was fixed on one side has left the file meanwhile
    repository.write({"m.py": RAW})
    assert (1, ["m.py"]) == verdict(repository, costmark)


@pytest.mark.parametrize("style", ["merge", "diff3", "zdiff3"])
def test_a_conflict_is_one_sentence_and_mended_as_it_says(repository: Repository, costmark: Inside, style: str) -> None:
    repository.run("config", "merge.conflictStyle", style)
    assert not merge(repository, costmark, *CLOSE[0])
    done = costmark("check", "--baseline", FILE, cwd=repository.folder)
    assert (2, 1) == (done.code, len(done.err.splitlines()))
    assert ": the baseline holds a merge conflict; keep the lines of both sides and remove the markers" in done.err
    file = repository.folder / FILE
    kept = [line for line in file.read_text().splitlines() if not line.startswith(("<<<<<<<", "|||||||", "=======", ">>>>>>>"))]
    file.write_text("\n".join(kept) + "\n")
    assert (0, []) == verdict(repository, costmark)


def test_a_conflict_that_is_committed_unseen_is_found(repository: Repository, costmark: Inside) -> None:
    assert not merge(repository, costmark, *CLOSE[0])
    repository.commit()
    with pytest.raises(BaselineError, match="merge conflict"):
        baseline.read(repository.folder / FILE)
