"""``costmark diff``: what a change does, as a person, a program and a pull request see it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.frontends.command import CLEAN, RAW, TAGGED, git, write
from tests.frontends.inside import Inside, inside

POLICY = '[features.search]\nowner = "find"\n[features.faq]\nowner = "support"\n'
CALL = "tagged().chat.completions.create() [openai gpt-4o-mini"
ASK = "\n\ndef ask(client, text):\n    return client.responses.create(model='gpt-4o', input=text)\n"


@pytest.fixture
def costmark(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Inside]:
    with inside(capsys, monkeypatch) as run:
        yield run


@pytest.fixture
def branch(tmp_path: Path) -> Path:
    """Lay out a branch beside ``main``, which has a raw and a tagged call."""
    write(tmp_path, {"costmark.toml": POLICY, "old.py": RAW, "tagged.py": TAGGED})
    git("init", "-q", "-b", "main", cwd=tmp_path)
    commit(tmp_path)
    git("switch", "-q", "-c", "feature", cwd=tmp_path)
    return tmp_path


def commit(project: Path) -> None:
    git("add", ".", cwd=project)
    git("commit", "-q", "-m", "change", cwd=project)


def diff(costmark: Inside, project: Path, *arguments: str) -> tuple[int, Any]:
    done = costmark("diff", "main", "--format", "json", *arguments, cwd=project)
    assert "" == done.err
    return done.code, json.loads(done.out)


def calls(found: Any) -> list[tuple[str, str, str]]:
    return [(one["kind"], (one["now"] or one["before"])["path"], (one["now"] or one["before"])["status"]) for one in found["calls"]]


def test_nothing_is_said_of_no_change(branch: Path, costmark: Inside) -> None:
    expected = "No billable call is added, changed or removed. Attributed: 50.0 % of 2 billable calls, as before.\nNothing to look at.\n"
    assert (0, expected, "") == costmark("diff", "main", cwd=branch)


def test_a_raw_call_more_is_to_be_looked_at(branch: Path, costmark: Inside) -> None:
    write(branch, {"new.py": RAW})
    code, found = diff(costmark, branch)
    assert (1, [("added", "new.py", "raw")], ["1 call without attribution"]) == (code, calls(found), found["concerns"])


def test_an_attributed_call_more_is_not(branch: Path, costmark: Inside) -> None:
    write(branch, {"new.py": TAGGED})
    code, found = diff(costmark, branch)
    assert (0, [("added", "new.py", "attributed")], []) == (code, calls(found), found["concerns"])


def test_a_call_that_is_put_in_order_has_changed(branch: Path, costmark: Inside) -> None:
    write(branch, {"old.py": TAGGED.replace("search", "faq")})
    code, found = diff(costmark, branch)
    assert (0, [("changed", "old.py", "attributed")]) == (code, calls(found))
    assert ["status", "feature", "owner"] == found["calls"][0]["changed"]
    assert [{"name": "faq", "owner": "support", "is_registered": True}] == found["features"]
    assert (50.0, 100.0) == (found["coverage"]["before"]["percent"], found["coverage"]["now"]["percent"])


def test_a_call_that_loses_its_tags_is_to_be_looked_at(branch: Path, costmark: Inside) -> None:
    write(branch, {"tagged.py": RAW})
    code, found = diff(costmark, branch)
    assert (1, ["status", "feature", "owner"]) == (code, found["calls"][0]["changed"])


def test_a_feature_that_is_not_registered_is_to_be_looked_at(branch: Path, costmark: Inside) -> None:
    write(branch, {"new.py": TAGGED.replace("search", "serach")})
    code, found = diff(costmark, branch)
    assert (1, False) == (code, found["features"][0]["is_registered"])


@pytest.mark.parametrize("how", ["rename", "move", "above", "removed"])
def test_calls_are_recognised(branch: Path, costmark: Inside, how: str) -> None:
    write(branch, {"ask.py": f"from openai import OpenAI{ASK}\n\nask(OpenAI(), 'x')\n"})
    commit(branch)
    git("branch", "-f", "main", cwd=branch)
    if how == "rename":
        git("mv", "ask.py", "again.py", cwd=branch)
    elif how == "move":
        write(branch, {"ask.py": CLEAN, "other.py": f"from openai import OpenAI{ASK}\n\nask(OpenAI(), 'x')\n"})
    elif how == "above":
        write(branch, {"ask.py": "# one line more\n\n" + (branch / "ask.py").read_text()})
    else:
        (branch / "ask.py").unlink()
    code, found = diff(costmark, branch)
    assert (0, [("removed", "ask.py", "raw")] if how == "removed" else []) == (code, calls(found))


def test_a_call_in_an_untouched_file_changes_with_the_client(branch: Path, costmark: Inside) -> None:
    client = "from cost_lib import tagged\nfrom openai import OpenAI\n\nclient = tagged(OpenAI(), feature='faq')\n"
    write(branch, {"clients.py": client, "user.py": "from clients import client\n\nclient.responses.create(model='gpt-4o', input='')\n"})
    commit(branch)
    git("branch", "-f", "main", cwd=branch)
    write(branch, {"clients.py": "from openai import OpenAI\n\nclient = OpenAI()\n"})
    assert [("changed", "user.py", "raw")] == calls(diff(costmark, branch)[1])


def test_only_the_branch_counts_and_not_what_main_did_meanwhile(branch: Path, costmark: Inside) -> None:
    git("switch", "-q", "main", cwd=branch)
    write(branch, {"costmark.toml": POLICY + "[features.more]\n", "main.py": RAW})
    commit(branch)
    git("switch", "-q", "feature", cwd=branch)
    assert (0, [], []) == (diff(costmark, branch)[0], calls(diff(costmark, branch)[1]), diff(costmark, branch)[1]["settings"])


def test_each_project_answers_to_its_own_policy_in_one_run(branch: Path, costmark: Inside) -> None:
    write(branch, {"strict/costmark.toml": 'required-tags = ["feature", "team"]\n', "strict/app.py": TAGGED, "app.py": TAGGED})
    _, found = diff(costmark, branch)
    assert [("added", "strict/app.py", "untagged"), ("added", "app.py", "attributed")] == calls(found)


def test_the_work_tree_is_left_as_it_is(branch: Path, costmark: Inside) -> None:
    write(branch, {"old.py": CLEAN, "new.py": RAW})
    before = git("status", "--porcelain", cwd=branch)
    diff(costmark, branch, "--no-cache")
    assert before == git("status", "--porcelain", cwd=branch)


@pytest.mark.parametrize("hiding", [{".gitignore": "app/\n"}, {"app/pyvenv.cfg": ""}])
def test_a_file_that_the_change_hides_is_named(branch: Path, costmark: Inside, hiding: dict[str, str]) -> None:
    write(branch, {"app/new.py": RAW, **hiding})
    git("add", "--force", "app", cwd=branch)
    code, found = diff(costmark, branch)
    assert (1, ["app/new.py: hidden by the change itself or ignored"]) == (code, [problem.split(",")[0] for problem in found["problems"]])


def test_a_file_that_cannot_be_analyzed_is_named(branch: Path, costmark: Inside) -> None:
    write(branch, {"new.py": "import openai\ndef ("})
    code, found = diff(costmark, branch)
    assert (1, 1) == (code, len(found["problems"]))
    assert found["problems"][0].startswith("new.py:2: not analyzed: ")


class TestBaseline:
    def test_what_the_change_accepts_is_to_be_looked_at(self, branch: Path, costmark: Inside) -> None:
        costmark("check", "--write-baseline", cwd=branch)
        code, found = diff(costmark, branch)
        assert (1, ["old.py: CMK101 client.chat.completions.create()"]) == (code, found["baseline"]["added"])

    def test_what_it_no_longer_accepts_is_said(self, branch: Path, costmark: Inside) -> None:
        costmark("check", "--write-baseline", cwd=branch)
        commit(branch)
        git("branch", "-f", "main", cwd=branch)
        write(branch, {"old.py": CLEAN})
        costmark("check", "--write-baseline", cwd=branch)
        code, found = diff(costmark, branch)
        assert (0, ["old.py: CMK101 client.chat.completions.create()"], []) == (
            code,
            found["baseline"]["removed"],
            found["baseline"]["added"],
        )

    def test_a_moved_entry_is_neither(self, branch: Path, costmark: Inside) -> None:
        costmark("check", "--write-baseline", cwd=branch)
        commit(branch)
        git("branch", "-f", "main", cwd=branch)
        git("mv", "old.py", "older.py", cwd=branch)
        costmark("check", "--write-baseline", cwd=branch)
        assert (0, [], []) == (
            diff(costmark, branch)[0],
            *(diff(costmark, branch)[1]["baseline"][key] for key in ("added", "removed")),
        )

    def test_one_that_cannot_be_read_is_to_be_looked_at(self, branch: Path, costmark: Inside) -> None:
        write(branch, {"costmark-baseline.json": "[\n<<<<<<< HEAD\n"})
        code, found = diff(costmark, branch)
        assert 1 == code
        assert "merge conflict" in found["baseline"]["problem"]


class TestPolicyFrom:
    def test_the_change_is_judged_by_the_base_and_its_settings_are_called_out(self, branch: Path, costmark: Inside) -> None:
        write(branch, {"costmark.toml": 'allow-raw = ["**"]\n' + POLICY, "new.py": RAW})
        code, found = diff(costmark, branch, "--policy-from", "main")
        assert (1, [("added", "new.py", "raw")], ["judged by the policy of main"]) == (code, calls(found), found["notes"])
        assert [("allow-raw", "", '["**"]', True)] == [
            (one["key"], one["before"], one["now"], one["is_looser"]) for one in found["settings"]
        ]

    def test_a_policy_of_the_change_that_cannot_be_read_is_called_out(self, branch: Path, costmark: Inside) -> None:
        write(branch, {"costmark.toml": "<<<<<<< HEAD\n"})
        code, found = diff(costmark, branch, "--policy-from", "main")
        assert (1, 1) == (code, len(found["problems"]))
        assert "unresolved merge conflict" in found["problems"][0]


@pytest.mark.parametrize(
    ("revision", "words"),
    [("nowhere", "revision 'nowhere' is not known"), ("--help-me", "No such option"), ("a..b", "is not a revision")],
)
def test_a_revision_that_is_none_is_one_sentence(branch: Path, costmark: Inside, revision: str, words: str) -> None:
    done = costmark("diff", revision, cwd=branch)
    assert (2, "") == (done.code, done.out)
    assert words in done.err


def test_a_comment_about_no_change_is_short(branch: Path, costmark: Inside) -> None:
    first = "<!-- costmark -->\n## costmark: no billable call is added, changed or removed\n"
    expected = f"{first}\nAttributed: 50.0 % of 2 billable calls, as before.\n"
    assert (0, f"{expected}\n**Nothing to look at.**\n", "") == costmark("diff", "main", "--format", "markdown", cwd=branch)


def test_a_terminal_gets_one_line_a_change(branch: Path, costmark: Inside) -> None:
    write(branch, {"old.py": TAGGED.replace("search", "faq"), "costmark.toml": POLICY + "[features.more]\n[tags.team]\nambient = true\n"})
    (branch / "tagged.py").unlink()
    done = costmark("diff", "main", "--policy-from", "main", cwd=branch)
    assert [
        f"~ old.py:5:48: {CALL}, feature faq, attributed] (status raw -> attributed; feature (none) -> faq; owner (none) -> support)",
        f"- tagged.py:5:51: {CALL}, feature search, attributed]",
        "new feature faq, owner support",
        "costmark.toml:7: loosened tags.team.ambient: (nothing) -> true",
        "1 call changed, 1 call removed. Attributed: 100.0 % of 1 billable call; before 50.0 % of 2 billable calls.",
        "To look at: 1 setting loosened.",
        "Judged by the policy of main.",
    ] == done.out.splitlines()


def test_the_comment_is_written_to_a_file(branch: Path, costmark: Inside, tmp_path: Path) -> None:
    done = costmark("diff", "main", "--format", "markdown", "--output-file", "out.md", cwd=branch)
    assert (0, "", "") == done
    assert (tmp_path / "out.md").read_text().startswith("<!-- costmark -->\n")


def test_a_baseline_that_could_not_be_read_before_accepted_nothing(branch: Path, costmark: Inside) -> None:
    write(branch, {"costmark-baseline.json": "<<<<<<< HEAD\n"})
    commit(branch)
    git("branch", "-f", "main", cwd=branch)
    costmark("check", "--write-baseline", cwd=branch)
    assert ["old.py: CMK101 client.chat.completions.create()"] == diff(costmark, branch)[1]["baseline"]["added"]


def test_a_folder_without_git_is_one_sentence(tmp_path: Path, costmark: Inside) -> None:
    done = costmark("diff", "main", cwd=write(tmp_path, {"app.py": RAW}))
    assert (2, 1) == (done.code, len(done.err.splitlines()))


def test_a_baseline_that_is_nowhere_is_said(branch: Path, costmark: Inside) -> None:
    done = costmark("diff", "main", "--baseline", "none.json", cwd=branch)
    assert (2, "costmark: none.json: no such baseline, neither now nor at main: check the name, or leave it out\n") == (done.code, done.err)
