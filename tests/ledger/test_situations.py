"""Every command where there is no log, an empty one, one event, another folder: a sentence that says what to do, and what is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from lint_plugin.frontends import cli
from tests.ledger.made import event, log

pytest.importorskip("duckdb")
REPORTS = (
    "report",
    "report --quadrant",
    "top",
    "trend",
    "compare",
    "unit",
    "tiers --price *=10",
    "cache",
    "chains",
    "calls",
    "unattributed",
)
OTHERS = ("compact", "export --to out", "reprice --dry-run", "reprice --close 2026-11")
NO_LOG = "no event files; COSTMARK_EVENTS_DIR or an argument names their folder\n"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("command", [*REPORTS, *OTHERS])
@pytest.mark.parametrize("beside", ["readme.txt", "costmark-events/readme.txt"])
def test_where_no_log_is_it_is_said_what_names_one(command: str, beside: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path(beside).parent.mkdir(exist_ok=True)
    Path(beside).touch()
    assert 2 == cli.main(command.split())
    assert f"costmark: costmark-events: {NO_LOG}" == capsys.readouterr().err


@pytest.mark.parametrize("command", REPORTS)
def test_an_empty_log_is_no_mistake_and_it_is_said(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    log(Path("costmark-events"))
    assert 0 == cli.main(command.split())
    said = capsys.readouterr().err
    assert "1 file holds no call of that time that was asked for; --since, --until, --month and --where choose others (all days)\n" in said
    assert "1970" not in said


@pytest.mark.parametrize("command", [*REPORTS, *OTHERS])
def test_one_event_is_enough(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    log(Path("costmark-events"), event(user_id="u"))
    assert 0 == cli.main(command.split())
    said = capsys.readouterr()
    assert "no call of that time" not in said.err
    assert len(said.out.splitlines()) >= (3 if command in REPORTS else 1)


@pytest.mark.parametrize("command", [*REPORTS, "compact", "export --to out", "reprice --dry-run"])
def test_a_torn_line_is_named_wherever_the_log_is_read(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    log(Path("costmark-events"), event(user_id="u"), b'{"v":1,"ts\n', event(user_id="u"))
    assert 0 == cli.main(command.split())
    assert "costmark: costmark-events/events-2026-11-21.jsonl:2: 10 bytes skipped: " in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["report", "--where", "day >= zzz"], "--where: day is compared with a time, such as 2026-11-02"),
        (["report", "--where", "day = 2026-W45-1"], "--where: day is compared with a time, such as 2026-11-02"),
        (["report", "--where", "month in (2026-13)"], "--where: month is compared with a time, such as 2026-11"),
        (["report", "--where", "week >= 2026-11-22"], "--where: a week is the Monday it begins with: 2026-11-16"),
        (["report", "--engine", "chdb:typo"], "typo: nothing was exported there; costmark export --to chdb:typo does it"),
        (["export", "--to", ""], "--to names no place; write a folder, FILE.sql or an engine: "),
        (["report", "--ledger", "ftp://x/y"], "ftp://x/y: ftp:// leads to no ledger; known are a folder and s3://"),
    ],
)
def test_what_is_asked_wrongly_is_a_sentence_and_changes_nothing(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    log(Path("costmark-events"), event())
    assert 2 == cli.main(arguments)
    assert f"costmark: {said}" in capsys.readouterr().err
    assert [Path("costmark-events")] == list(Path().iterdir())


def test_all_days_that_begin_so(capsys: pytest.CaptureFixture[str]) -> None:
    log(Path("costmark-events"), event())
    assert 0 == cli.main(["report", "--where", "month = 2026-1* and day >= 2026-11-01", "--by", "feature"])
    assert "faq " in capsys.readouterr().out


@pytest.mark.parametrize("is_compacted", [pytest.param(False, id="live"), pytest.param(True, id="compacted")])
def test_a_wrong_clock_is_told_and_moves_no_last_weeks(*, is_compacted: bool, capsys: pytest.CaptureFixture[str]) -> None:
    log(Path("costmark-events"), event(), event(ts="2099-01-01T00:00:00.000000Z"))
    assert not is_compacted or cli.main(["compact"]) == 0
    capsys.readouterr()
    assert 0 == cli.main(["compare"])
    said = capsys.readouterr().err
    assert "costmark: 1 event is dated in the future, and counts; a clock is wrong\n" in said
    assert "after 2026-10-25 to 2026-11-21\n" in said


def test_an_event_that_stands_there_twice_is_named_and_counts_once(capsys: pytest.CaptureFixture[str]) -> None:
    one = event(event_id="twice")
    log(Path("costmark-events"), one, one)
    assert 0 == cli.main(["report", "--by", "feature"])
    said = capsys.readouterr()
    assert "costmark-events/events-2026-11-21.jsonl:2: event twice: stands there twice, counted once\n" in said.err
    assert "costmark: 1 event was there already, and counts once\n" in said.err
    assert "total           1 " in said.out


@pytest.mark.parametrize("command", ["calls", "export --to out", "reprice"])
def test_a_broken_file_of_the_ledger_is_a_sentence_wherever_it_is_read(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    log(Path("costmark-events"), event())
    cli.main(["compact"])
    [part] = Path("costmark-ledger/events").glob("*/*.parquet")
    part.write_bytes(part.read_bytes()[:200])
    assert 2 == cli.main(command.split())
    assert "costmark: the log or the ledger cannot be read: " in capsys.readouterr().err
