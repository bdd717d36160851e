"""The first report: exact sums, a line for what nobody answers for, and a word on everything that is no event."""

from __future__ import annotations

import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cost_lib.ledger.layout import as_table, remarks
from cost_lib.ledger.monthly import Report, report
from cost_lib.policy import Policy, loads
from lint_plugin.frontends import cli

pytest.importorskip("duckdb")
FAQ: dict[str, Any] = {
    "v": 1, "ts": "2026-11-21T10:00:00.000001Z", "event_id": "e", "operation_id": "o", "attempt": 1, "kind": "call",
    "feature": "faq", "user_segment": "pro", "input_tokens": 10, "cache_read_tokens": 3, "output_tokens": 5,
    "cost_nano_usd": 1500, "cost_source": "catalog", "status": "ok",
}  # fmt: skip
_numbers = iter(range(10**6))


def event(**changes: Any) -> bytes:
    number = next(_numbers)
    found = {**FAQ, "event_id": f"e{number}", "operation_id": f"o{number}", **changes}
    return json.dumps({key: value for key, value in found.items() if value is not None}, separators=(",", ":")).encode() + b"\n"


def log(folder: Path, *lines: bytes, day: str = "2026-11-21") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / f"events-{day}.jsonl").write_bytes(b"".join(lines))
    return folder


def told(folder: Path, *lines: bytes, rules: str = "") -> Report:
    return report([log(folder / "log", *lines)], loads(rules, Path("costmark.toml")))


def brief(found: Report) -> list[tuple[Any, ...]]:
    return [(line.line, line.feature, line.segment, line.requests, line.cost_nano_usd) for line in found.lines]


def test_costs_add_up_by_feature_and_segment(tmp_path: Path) -> None:
    found = told(tmp_path, event(), event(), event(user_segment="free", cost_nano_usd=100))
    assert [("feature", "faq", "pro", 2, 3000), ("feature", "faq", "free", 1, 100), ("total", "", "", 3, 3100)] == brief(found)


def test_months_stand_apart(tmp_path: Path) -> None:
    found = told(tmp_path, event(), event(ts="2026-10-31T23:59:59.999999Z"))
    assert ["2026-10", "2026-10", "2026-11", "2026-11"] == [line.month for line in found.lines]


def test_tokens_share_and_average_are_told(tmp_path: Path) -> None:
    first = told(tmp_path, event(), event(cost_nano_usd=500), event(feature="search", cost_nano_usd=6000)).lines[1]
    assert ("faq", 26, 10, 1000, 0.25) == (first.feature, first.input_tokens, first.output_tokens, first.average_nano_usd, first.share)


def test_what_nobody_answers_for_is_a_line_of_its_own(tmp_path: Path) -> None:
    found = told(tmp_path, event(), event(feature=None, cost_nano_usd=9000))
    assert [("feature", "faq", "pro", 1, 1500), ("unattributed", "", "pro", 1, 9000)] == brief(found)[:2]


def test_a_feature_outside_the_registry_is_unattributed(tmp_path: Path) -> None:
    found = told(tmp_path, event(), event(feature="fqa"), rules='[features.faq]\n[features."it\'s"]\n')
    assert ["feature", "unattributed", "total"] == [line.line for line in found.lines]


def test_a_call_without_another_required_tag_is_unattributed(tmp_path: Path) -> None:
    rules = 'required-tags = ["feature", "team", "squad"]\n[tags.squad]\n'
    found = told(tmp_path, event(), event(team="a"), event(team="a", tags={"squad": "b"}), rules=rules)
    assert [("feature", 1), ("unattributed", 2), ("total", 3)] == [(line.line, line.requests) for line in found.lines]


def test_retries_are_one_request_and_refusals_none(tmp_path: Path) -> None:
    attempts = [event(operation_id="one", attempt=number, cost_nano_usd=None, cost_source="none", status="error") for number in (1, 2)]
    found = told(tmp_path, *attempts, event(operation_id="one", attempt=3), event(status="refused", cost_nano_usd=None, cost_source="none"))
    assert [("feature", "faq", "pro", 1, 1500)] == brief(found)[:1]


def test_an_unknown_cost_is_said_and_no_zero_in_silence(tmp_path: Path) -> None:
    found = told(tmp_path, event(), event(cost_nano_usd=None, cost_source="unknown"))
    assert ["the cost of 1 call is not known and not counted; costmark prices check says why"] == remarks(found)


def test_submissions_and_open_streams_are_no_requests(tmp_path: Path) -> None:
    found = told(tmp_path, event(kind="open", cost_nano_usd=None), event(kind="deferred", cost_nano_usd=None), event(kind="result"))
    assert [("feature", "faq", "pro", 1, 1500)] == brief(found)[:1]


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(0, 2**62), min_size=1, max_size=30))
def test_sums_are_exact(costs: list[int]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        found = told(Path(folder), *(event(cost_nano_usd=cost) for cost in costs))
    assert sum(costs) == found.lines[-1].cost_nano_usd


def test_torn_and_foreign_lines_are_named_and_the_next_event_counts(tmp_path: Path) -> None:
    found = told(tmp_path, event(), event()[:60] + event(), b"garbage\n", b'{"a":1}\n', b"[1,2]\n", b"\xff\xfe\n", event()[:40])
    assert [("feature", "faq", "pro", 2, 3000)] == brief(found)[:1]
    assert [(2, 60), (3, 7), (4, 7), (5, 5), (6, 2), (7, 40)] == [(one.line, one.size) for one in found.skipped]
    assert "6 pieces of the log are no events and were left out" in remarks(found)


def test_sound_files_are_read_beside_a_damaged_one(tmp_path: Path) -> None:
    log(tmp_path / "log", event(), day="2026-11-20")
    assert told(tmp_path, event(), b"garbage\n").lines[-1].requests == 2


def test_a_file_named_twice_counts_once(tmp_path: Path) -> None:
    folder = log(tmp_path / "log", event())
    assert report([folder, folder / "events-2026-11-21.jsonl"], Policy()).lines[-1].requests == 1


class TestCommand:
    @pytest.fixture(autouse=True)
    def _here(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        monkeypatch.delenv("COSTMARK_EVENTS_DIR", raising=False)

    def test_the_log_of_the_program_is_found_and_laid_out(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        log(tmp_path / "costmark-events", event(cost_nano_usd=2_500_000_000), event(feature=None, user_segment=None, cost_nano_usd=0))
        assert cli.main(["report"]) == 0
        assert capsys.readouterr().out.splitlines() == [
            "month    feature         segment  requests  tokens in  tokens out  cost USD  a request   share",
            "-------  --------------  -------  --------  ---------  ----------  --------  ---------  ------",
            "2026-11  faq             pro             1         13           5      2.50   2.500000  100.0%",
            "2026-11  (unattributed)  -               1         13           5      0.00   0.000000    0.0%",
            "2026-11  total                           2         26          10      2.50   1.250000  100.0%",
            "",
        ]

    def test_days_are_included_at_both_ends(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        days = ("19", "20", "21", "22")
        log(tmp_path / "log", *(event(ts=f"2026-11-{day}T{hour}Z") for day in days for hour in ("00:00:00.000000", "23:59:59.999999")))
        cli.main(["report", "log", "--since", "2026-11-20", "--until", "2026-11-21", "--format", "json"])
        assert json.loads(capsys.readouterr().out)["lines"][-1]["requests"] == 4

    def test_a_month_is_all_of_it(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        times = ("2026-01-31T23:59:59.9Z", "2026-02-01T00:00:00Z", "2026-02-28T23:59:59.9Z", "2026-03-01T00:00:00Z")
        log(tmp_path / "log", *(event(ts=at) for at in times))
        cli.main(["report", "log", "--month", "2026-02", "--format", "csv"])
        assert [line.split(",")[:5] for line in capsys.readouterr().out.splitlines()[1:]] == [
            ["2026-02", "feature", "faq", "pro", "2"],
            ["2026-02", "total", "", "", "2"],
        ]

    def test_money_is_written_exactly_for_programs(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        log(tmp_path / "log", event(cost_nano_usd=9_007_199_254_740_993))
        cli.main(["report", "log", "--format", "json"])
        assert '"cost_nano_usd": 9007199254740993' in capsys.readouterr().out

    def test_a_time_without_calls_is_said(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        log(tmp_path / "log", event())
        assert cli.main(["report", "log", "--month", "2020-01"]) == 0
        assert ("", "costmark: 1 file holds no call of that time; --since, --until and --month choose another\n") == capsys.readouterr()

    def test_an_empty_log_is_said(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        log(tmp_path / "log")
        assert cli.main(["report", "log"]) == 0
        assert "no call of that time" in capsys.readouterr().err

    @pytest.mark.parametrize("place", ["nowhere", "costmark.py"])
    def test_a_wrong_place_is_said_with_what_to_do(self, place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (tmp_path / "costmark.py").mkdir()
        assert cli.main(["report", place]) == 2
        assert f"costmark: {place}: no event files; COSTMARK_EVENTS_DIR or an argument names their folder\n" == capsys.readouterr().err

    def test_two_ways_to_say_the_time_are_refused(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert cli.main(["report", "--month", "2026-11", "--since", "2026-11-01"]) == 2
        assert "leave out" in capsys.readouterr().err

    def test_a_missing_extra_is_one_clear_sentence(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setitem(sys.modules, "duckdb", None)
        log(tmp_path / "costmark-events", event())
        assert cli.main(["report"]) == 2
        assert "costmark: reports need DuckDB: pip install 'costmark[report]'\n" == capsys.readouterr().err


def test_small_sums_are_shown_with_their_decimals(tmp_path: Path) -> None:
    assert f"{Decimal(1500) / 10**9:.6f}" in as_table(told(tmp_path, event()))
