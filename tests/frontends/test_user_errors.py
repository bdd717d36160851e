"""Every mistake that people make with revisions, baselines and policies is one sentence that says what to do; exit code 2."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.frontends.command import RAW, git, write
from tests.frontends.inside import Inside, inside

BASE = "costmark-baseline.json"
MARKERS = "<<<<<<< HEAD\n=======\n>>>>>>> topic\n"
AGAIN = "'costmark check --baseline costmark-baseline.json --write-baseline' writes it"
COMPARING = [["check", "--since", "main"], ["check", "--policy-from", "main"], ["diff", "main"]]
READING = [["check"], ["check", "--since", "main"], ["config"], ["fix", "--show"], ["inventory"], ["coverage"]]


@pytest.fixture
def costmark(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Inside]:
    with inside(capsys, monkeypatch) as run:
        yield run


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write(tmp_path, {"costmark.toml": "", "app.py": RAW})
    git("init", "-q", "-b", "main", cwd=tmp_path)
    commit(tmp_path)
    return tmp_path


def commit(project: Path) -> None:
    git("add", ".", cwd=project)
    git("commit", "-q", "-m", "change", cwd=project)


def sentence(costmark: Inside, project: Path, *arguments: str) -> str:
    """Run the command, which has to refuse, and return the one line that it says."""
    done = costmark(*arguments, cwd=project)
    lines = [line for line in done.err.splitlines() if not line.startswith("Try 'costmark ")]
    assert (2, "", 1) == (done.code, done.out, len(lines)), done
    return lines[0].removeprefix("costmark: ").replace(str(project), "HERE")


class TestRevisions:
    @pytest.mark.parametrize("command", COMPARING)
    def test_no_git(self, project: Path, costmark: Inside, monkeypatch: pytest.MonkeyPatch, command: list[str]) -> None:
        monkeypatch.setenv("PATH", str(project))
        assert "git was not found: install it, or leave out what compares with a revision" == sentence(costmark, project, *command)

    @pytest.mark.parametrize("command", COMPARING)
    def test_no_repository(self, tmp_path: Path, costmark: Inside, command: list[str]) -> None:
        expected = "HERE is not in the work tree of a git repository: run it in a checkout, or leave out what compares with a revision"
        assert expected == sentence(costmark, write(tmp_path, {"app.py": RAW}), *command)

    @pytest.mark.parametrize("command", COMPARING)
    def test_no_commit(self, tmp_path: Path, costmark: Inside, command: list[str]) -> None:
        git("init", "-q", "-b", "main", cwd=write(tmp_path, {"app.py": RAW}))
        expected = "HERE has no commit yet: commit first, or leave out what compares with a revision"
        assert expected == sentence(costmark, tmp_path, *command)

    @pytest.mark.parametrize("command", COMPARING)
    @pytest.mark.parametrize(
        ("revision", "expected"),
        [
            ("nowhere", "revision 'nowhere' is not known in HERE: check the name, or run 'git fetch' first"),
            ("HEAD^{tree}", "revision 'HEAD^{tree}' is not known in HERE: check the name, or run 'git fetch' first"),
            ("main..HEAD", "'main..HEAD' is not a revision: name a branch, a tag or a commit"),
        ],
    )
    def test_unknown_revision(self, project: Path, costmark: Inside, command: list[str], revision: str, expected: str) -> None:
        assert expected == sentence(costmark, project, *command[:-1], revision)

    @pytest.mark.parametrize("command", COMPARING)
    def test_an_empty_revision_is_not_one_that_was_left_out(self, project: Path, costmark: Inside, command: list[str]) -> None:
        assert sentence(costmark, project, *command[:-1], "").endswith(
            ": it is empty: give a branch, a tag or a commit, or leave the option out"
        )

    @pytest.mark.parametrize("command", COMPARING)
    def test_shallow_clone(self, project: Path, tmp_path_factory: pytest.TempPathFactory, costmark: Inside, command: list[str]) -> None:
        clone = tmp_path_factory.mktemp("clones") / "shallow"
        git("clone", "-q", "--depth", "1", f"file://{project}", str(clone), cwd=project)
        said = sentence(costmark, clone, *command[:-1], "v1")
        assert said.startswith("revision 'v1' is not in this shallow clone: run 'git fetch --unshallow', or ")


class TestBaselines:
    @pytest.mark.parametrize(
        ("data", "expected"),
        [
            (None, f"{BASE}: there is no such baseline; {AGAIN}"),
            (f"[\n{MARKERS}]", f"{BASE}:2: the baseline holds a merge conflict; keep the lines of both sides and remove the markers"),
            ("", f"{BASE}:1: the baseline is not JSON; {AGAIN} anew"),
            ('[{"path": "a.py"}]', f"{BASE}: this is no costmark baseline: its first record names no 'costmark-baseline' version; name"),
            ("\udcff", f"{BASE}: the baseline cannot be read: it is not UTF-8 text; name another file, or {AGAIN} anew"),
            ('[{"costmark-baseline": 2}]', f"{BASE}: the baseline has version 2, this costmark reads 1; upgrade it, or {AGAIN} anew"),
        ],
    )
    @pytest.mark.parametrize("more", [[], ["--policy-from", "main"]])
    def test_what_cannot_be_read(self, project: Path, costmark: Inside, data: str | None, expected: str, more: list[str]) -> None:
        if data is not None:
            (project / BASE).write_text(data, errors="surrogateescape")
            commit(project)
        said = sentence(costmark, project, "check", "--baseline", BASE, *more)
        assert said.startswith(expected) or (more and "UTF-8" in said and BASE in said)

    def test_what_cannot_be_written(self, project: Path, costmark: Inside) -> None:
        expected = "no/base.json: the baseline cannot be written: No such file or directory; name another place with --baseline"
        assert expected == sentence(costmark, project, "check", "--baseline", "no/base.json", "--write-baseline")


class TestPolicies:
    @pytest.mark.parametrize("command", READING)
    def test_two_policies(self, project: Path, costmark: Inside, command: list[str]) -> None:
        write(project, {"pyproject.toml": "[tool.costmark]\n"})
        expected = "pyproject.toml:1: [tool.costmark] stands here and costmark.toml beside it; keep one of the two"
        assert expected == sentence(costmark, project, *command)

    @pytest.mark.parametrize("command", READING)
    def test_merge_conflict(self, project: Path, costmark: Inside, command: list[str]) -> None:
        write(project, {"costmark.toml": f'required-tags = ["feature"]\n{MARKERS}'})
        expected = "costmark.toml:2: unresolved merge conflict; keep what holds of both sides and remove the markers"
        assert expected == sentence(costmark, project, *command)

    @pytest.mark.parametrize(
        "spoil",
        [
            lambda project: write(project, {"costmark.toml": MARKERS}),
            lambda project: write(project, {"pyproject.toml": "[tool.costmark]\n"}),
            lambda project: write(project, {"costmark.toml": 'extend = "gone.toml"\n'}),
        ],
    )
    def test_what_is_wrong_at_the_base_says_so(self, project: Path, costmark: Inside, spoil: Callable[[Path], Path]) -> None:
        spoil(project)
        commit(project)
        write(project, {"costmark.toml": ""})
        (project / "pyproject.toml").unlink(missing_ok=True)
        said = sentence(costmark, project, "check", "--policy-from", "main")
        assert said.endswith(" (at main, which a change cannot mend for itself)")
