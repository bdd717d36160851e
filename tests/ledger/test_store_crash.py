"""A compaction that dies, at whatever step, loses nothing and counts nothing twice."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cost_lib.ledger import compaction, manifest, merging
from cost_lib.ledger.durable import Steps
from cost_lib.ledger.retention import Keep
from tests.ledger.stored import DAY, NOW, compact, event, ids, log

ROOT = Path(__file__).resolve().parents[2]
MANY = [f"e{number}" for number in range(5)]


class PowerCut(BaseException):
    """What a test raises in the place of a step."""


def stopping(step: int) -> Callable[[str], None]:
    """Fail before a step, counted from zero."""
    left = [step]

    def before(_: str) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise PowerCut

    return before


def grown(folder: Path) -> None:
    """Make a ledger and a log with something to take in, to merge, to remove, and a line that comes twice."""
    old = log(folder / "log", event(0), event(1))
    compact(folder)
    os.utime(old, (NOW - 9 * DAY, NOW - 9 * DAY))
    log(folder / "log", event(2), event(3, ts="2026-11-22T10:00:00.000000Z"), event(2), event(4), day="2026-11-22")


def run(folder: Path) -> None:
    compact(folder, keep=Keep(lines=1))


@pytest.fixture(scope="module")
def steps(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """List the durable steps of a run, in order."""
    found: list[str] = []
    folder = tmp_path_factory.mktemp("whole")
    grown(folder)
    with pytest.MonkeyPatch.context() as recorded:
        recorded.setattr(Steps, "before", found.append)
        run(folder)
    return found


def test_a_run_has_every_kind_of_step(steps: list[str]) -> None:
    assert {"make", "write", "copy", "sync", "move", "remove"} == set(steps)


@pytest.mark.parametrize("share", [0.0, 0.3, 0.6, 0.8, 0.999])
def test_what_fails_before_a_step_is_done_by_the_next_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, steps: list[str], share: float
) -> None:
    grown(tmp_path)
    monkeypatch.setattr(Steps, "before", stopping(int(len(steps) * share)))
    with pytest.raises(PowerCut):
        run(tmp_path)
    monkeypatch.undo()
    assert MANY == ids([tmp_path / "ledger", tmp_path / "log"])
    run(tmp_path)
    assert MANY == ids([tmp_path / "ledger"])


def test_what_a_dead_run_has_left_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    grown(tmp_path)
    monkeypatch.setattr(manifest, "commit", lambda *_: stopping(0)("commit"))
    with pytest.raises(PowerCut):
        run(tmp_path)
    monkeypatch.undo()
    run(tmp_path)
    held = manifest.read(tmp_path / "ledger")
    named = {part.file(tmp_path / "ledger", tree) for part in held.parts for tree in part.trees}
    retired = {tmp_path / "ledger" / one.path for one in held.retired}
    assert named | retired == set((tmp_path / "ledger").rglob("*.parquet"))


def test_a_reader_sees_one_state_while_a_compaction_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    grown(tmp_path)
    seen: list[list[str]] = []
    monkeypatch.setattr(merging, "MANY", 2)

    def look(step: str) -> None:
        if step in {"write", "remove"}:
            seen.append(ids([tmp_path / "ledger", tmp_path / "log"]))

    monkeypatch.setattr(Steps, "before", look)
    run(tmp_path)
    assert [MANY] * len(seen) == seen
    assert len(seen) > 2


def test_a_reader_begins_anew_when_a_compaction_ends_under_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    grown(tmp_path)
    read = manifest.read
    runs = [lambda: run(tmp_path)]

    def meanwhile(ledger: Path) -> manifest.Manifest:
        found = read(ledger)
        if runs:
            runs.pop()()
        return found

    monkeypatch.setattr("cost_lib.ledger.live.read", meanwhile)
    assert MANY == ids([tmp_path / "ledger", tmp_path / "log"])


def test_killed_twenty_times_it_has_every_event_once() -> None:
    command = [sys.executable, "benchmarks/ledger_kills.py", "--times", "20", "--look", "10"]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert ("", 0) == (found.stderr, found.returncode)
    assert "none lost, none twice" in found.stdout


def test_the_lock_of_a_dead_run_holds_nobody_up(tmp_path: Path) -> None:
    grown(tmp_path)
    (tmp_path / "ledger" / "lock").write_text("process 1 on elsewhere\n")
    assert compaction.compact([tmp_path / "log"], tmp_path / "ledger", now=NOW).events == 3
