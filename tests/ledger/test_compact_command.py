"""The command: what it says, to people and to programs, and that reports find the ledger by themselves."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from cost_lib.ledger import durable, locking
from lint_plugin.frontends import cli
from tests.ledger.stored import event, log

pytest.importorskip("duckdb")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("COSTMARK_EVENTS_DIR", "COSTMARK_LEDGER_DIR", "COSTMARK_SINK"):
        monkeypatch.delenv(name, raising=False)


def test_the_log_of_the_program_goes_into_the_ledger(capsys: pytest.CaptureFixture[str]) -> None:
    log(Path("costmark-events"), event(1), event(2))
    assert cli.main(["compact"]) == 0
    assert cli.main(["compact"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "2 events new in costmark-ledger, from 1 file (0.0 MB)",
        "nothing new; costmark-ledger is as it was",
    ]


def test_reports_find_the_ledger_and_what_is_not_in_it(capsys: pytest.CaptureFixture[str]) -> None:
    file = log(Path("costmark-events"), event(1))
    cli.main(["compact"])
    file.unlink()
    log(Path("costmark-events"), event(2), day="2026-11-22")
    capsys.readouterr()
    assert cli.main(["report", "--format", "json"]) == 0
    assert "3000" in capsys.readouterr().out


def test_what_is_told_has_file_and_line(capsys: pytest.CaptureFixture[str]) -> None:
    log(Path("costmark-events"), event(1), b"gar\x1b[31mbage\n", event(1), event(3, ts="2131-01-01T00:00:00.000000Z"))
    cli.main(["compact", "--ledger", "here"])
    assert capsys.readouterr().err.splitlines() == [
        "costmark: costmark-events/events-2026-11-21.jsonl:2: 12 bytes skipped: no event",
        "costmark: costmark-events/events-2026-11-21.jsonl:3: event e1: stands there twice, counted once",
        "costmark: costmark-events/events-2026-11-21.jsonl:4: event e3: dated in the future, counted",
        "costmark: 1 piece of the log is no event and was left out",
        "costmark: 1 event was there already, and counts once",
        "costmark: 1 event is dated in the future, and counts; a clock is wrong",
    ]


def test_programs_get_every_piece(capsys: pytest.CaptureFixture[str]) -> None:
    log(Path("costmark-events"), event(1), *[b"garbage\n"] * 30)
    cli.main(["compact", "--format", "json"])
    found = json.loads(capsys.readouterr().out)
    assert (1, 30, 2) == (found["events"], len(found["skipped"]), found["skipped"][0]["line"])


def test_a_name_of_a_ledger_commands_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    log(Path("costmark-events"), event(1))
    assert cli.main(["compact", "--ledger", "\x1b[31mred"]) == 0
    assert "1 event new in \\x1b[31mred" in capsys.readouterr().out


def test_a_second_compaction_is_told_who_is_at_work(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log(Path("costmark-events"), event(1))
    durable.make(tmp_path / "costmark-ledger")
    with locking.locked(tmp_path / "costmark-ledger"):
        assert cli.main(["compact"]) == 2
    assert "is compacting this ledger; let it finish, then run again" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["compact"], "costmark-events: no event files; COSTMARK_EVENTS_DIR or an argument names their folder"),
        (["compact", "nowhere"], "nowhere: no event files"),
        (["compact", "--keep", "99999999999"], "99999999999 is not in the range 1<=x<=36500"),
        (["compact", "--ledger", "ftp://host/ledger"], "ftp://host/ledger: ftp:// leads to no ledger; known are a folder and s3://"),
        (["compact", "--ledger", "file"], "file: this is no folder; --ledger names one that is there or can be made"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("file").touch()
    assert cli.main(arguments) == 2
    assert said in capsys.readouterr().err


def test_a_broken_manifest_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    log(Path("costmark-events"), event(1))
    cli.main(["compact"])
    Path("costmark-ledger/manifest.json").write_text("{")
    assert cli.main(["compact"]) == 2
    assert "this is no ledger that can be read" in capsys.readouterr().err


def test_a_missing_extra_is_one_clear_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    log(Path("costmark-events"), event(1))
    assert cli.main(["compact"]) == 2
    assert "costmark: reports need DuckDB: pip install 'costmark[report]'\n" == capsys.readouterr().err
