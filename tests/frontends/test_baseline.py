"""A codebase with hundreds of findings starts on Monday."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.frontends.command import CLEAN, RAW, TAGGED, Done, costmark, git, write

BASELINE = "costmark-baseline.json"
HUNDRED = "from openai import OpenAI\n\nclient = OpenAI()\n" + "".join(
    f"\n\ndef ask_{number}(text):\n    return client.responses.create(model='gpt-4o', input=text)\n" for number in range(100)
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write(tmp_path, {"costmark.toml": "", **{f"app/old{number}.py": HUNDRED for number in range(4)}})


def check(project: Path, *arguments: str) -> Done:
    return costmark("check", "--baseline", BASELINE, *arguments, cwd=project)


def test_four_hundred_raw_calls_are_adopted_in_two_commands(project: Path) -> None:
    git("init", "-q", cwd=project)
    assert Done(0, "No findings.\n", f"costmark: {BASELINE} accepts 400 findings\n") == check(project, "--write-baseline")
    assert Done(0, "No findings.\n", "") == check(project)
    write(project, {"app/new.py": RAW})
    assert 1 == check(project).code
    write(project, {"app/new.py": TAGGED})
    assert Done(0, "No findings.\n", "") == check(project)


def test_baseline_has_a_usual_name(project: Path) -> None:
    costmark("check", "--write-baseline", cwd=project)
    assert (project / BASELINE).exists()


def test_new_call_in_an_old_file_fails(project: Path) -> None:
    check(project, "--write-baseline")
    old = project / "app" / "old0.py"
    old.write_text(
        old.read_text() + "\n\ndef fresh(text):\n    return client.embeddings.create(model='text-embedding-3-small', input=text)\n"
    )
    done = check(project, "--format", "concise")
    assert (1, 1) == (done.code, len(done.out.splitlines()))


def test_slice_of_files_passes(project: Path) -> None:
    check(project, "--write-baseline")
    assert Done(0, "No findings.\n", "") == check(project, "app/old1.py")


def test_fixed_findings_leave_the_baseline(project: Path) -> None:
    check(project, "--write-baseline")
    write(project, {"app/old3.py": CLEAN})
    done = check(project)
    assert (0, f"costmark: 100 entries of {BASELINE} accept nothing any more and were taken out") == (done.code, done.err.splitlines()[0])
    assert Done(0, "No findings.\n", "") == check(project)


def test_stale_entries_are_only_reported_in_ci(project: Path) -> None:
    check(project, "--write-baseline")
    write(project, {"app/old3.py": CLEAN})
    before = (project / BASELINE).read_bytes()
    done = costmark("check", "--baseline", BASELINE, cwd=project, env={"CI": "true"})
    assert (0, before) == (done.code, (project / BASELINE).read_bytes())
    assert "can be taken out" in done.err


def test_other_settings_make_no_entry_stale(project: Path) -> None:
    check(project, "--write-baseline")
    before = (project / BASELINE).read_bytes()
    write(project, {"costmark.toml": 'disable = ["CMK101"]\n'})
    check(project, "--isolated")
    check(project, "--as-of", "2026-01-01")
    assert before == (project / BASELINE).read_bytes()


def test_missing_baseline_is_one_sentence(project: Path) -> None:
    done = check(project)
    assert (2, "", 1) == (done.code, done.out, len(done.err.splitlines()))
