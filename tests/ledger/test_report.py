"""What was spent: exact sums, a line for what nobody answers for, and a word on everything that is no event."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cost_lib.ledger.book import Ledger
from cost_lib.policy import Policy
from lint_plugin.frontends import cli
from tests.ledger.made import book, event, log, picked, records

pytest.importorskip("duckdb")
BRIEF = ("line", "feature", "segment", "requests", "cost_nano_usd")


def brief(folder: Path, *lines: bytes, rules: str = "") -> list[tuple[Any, ...]]:
    with book(folder, *lines, rules=rules) as opened:
        return picked(opened.report(), *BRIEF)


def told(folder: Path, *lines: bytes, **asked: Any) -> list[dict[str, Any]]:
    with book(folder, *lines) as opened:
        return records(opened.report(**asked))


def test_costs_add_up_by_feature_and_segment(tmp_path: Path) -> None:
    found = brief(tmp_path, event(), event(), event(user_segment="free", cost_nano_usd=100))
    assert [("line", "faq", "pro", 2, 3000), ("line", "faq", "free", 1, 100), ("total", None, None, 3, 3100)] == found


def test_months_stand_apart_and_each_adds_up(tmp_path: Path) -> None:
    found = told(tmp_path, event(), event(ts="2026-10-31T23:59:59.999999Z"))
    assert [("2026-10", "line"), ("2026-10", "subtotal"), ("2026-11", "line"), ("2026-11", "subtotal"), (None, "total")] == [
        (record["month"], record["line"]) for record in found
    ]


def test_tokens_share_and_average_are_told(tmp_path: Path) -> None:
    first = told(tmp_path, event(), event(cost_nano_usd=500), event(feature="search", cost_nano_usd=6000))[1]
    assert ("faq", 26, 10, 1000.0, 0.25) == tuple(
        first[key] for key in ("feature", "input_tokens", "output_tokens", "per_request_nano_usd", "share")
    )


def test_what_nobody_answers_for_is_a_line_of_its_own(tmp_path: Path) -> None:
    found = brief(tmp_path, event(), event(feature=None, cost_nano_usd=9000))
    assert [("line", "faq", "pro", 1, 1500), ("unattributed", None, "pro", 1, 9000)] == found[:2]


def test_what_nobody_answers_for_is_told_where_the_feature_is_not_asked_for(tmp_path: Path) -> None:
    total = told(tmp_path, event(), event(feature=None, cost_nano_usd=9000), by="month")[-1]
    assert (1, 9000) == (total["unattributed_requests"], total["unattributed_nano_usd"])


def test_a_feature_outside_the_registry_is_unattributed(tmp_path: Path) -> None:
    found = brief(tmp_path, event(), event(feature="fqa"), rules='[features.faq]\n[features."it\'s"]\n')
    assert ["line", "unattributed", "total"] == [line[0] for line in found]


def test_a_call_without_another_required_tag_is_unattributed(tmp_path: Path) -> None:
    rules = 'required-tags = ["feature", "team", "squad"]\n[tags.squad]\n'
    found = brief(tmp_path, event(), event(team="a"), event(team="a", tags={"squad": "b"}), rules=rules)
    assert [("line", 1), ("unattributed", 2), ("total", 3)] == [(line[0], line[3]) for line in found]


def test_retries_are_one_request_and_refusals_none(tmp_path: Path) -> None:
    attempts = [event(operation_id="one", attempt=number, cost_nano_usd=None, cost_source="none", status="error") for number in (1, 2)]
    found = brief(
        tmp_path, *attempts, event(operation_id="one", attempt=3), event(status="refused", cost_nano_usd=None, cost_source="none")
    )
    assert [("line", "faq", "pro", 1, 1500)] == found[:1]


def test_submissions_and_open_streams_are_no_requests(tmp_path: Path) -> None:
    found = brief(tmp_path, event(kind="open", cost_nano_usd=None), event(kind="deferred", cost_nano_usd=None), event(kind="result"))
    assert [("line", "faq", "pro", 1, 1500)] == found[:1]


@settings(max_examples=3, deadline=None)
@given(st.lists(st.integers(0, 2**62), min_size=1, max_size=30))
def test_sums_are_exact(costs: list[int]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        found = told(Path(folder), *(event(cost_nano_usd=cost) for cost in costs))
    assert sum(costs) == found[-1]["cost_nano_usd"]


def test_torn_and_foreign_lines_are_named_and_the_next_event_counts(tmp_path: Path) -> None:
    lines = (event(), event()[:60] + event(), b"garbage\n", b'{"a":1}\n', b"[1,2]\n", b"\xff\xfe\n", event()[:40])
    with book(tmp_path, *lines) as opened:
        assert [("line", "faq", "pro", 2, 3000)] == picked(opened.report(), *BRIEF)[:1]
        assert [(2, 60), (3, 7), (4, 7), (5, 5), (6, 2), (7, 40)] == [(one.line, one.size) for one in opened.skipped]


def test_sound_files_are_read_beside_a_damaged_one(tmp_path: Path) -> None:
    log(tmp_path / "log", event(), day="2026-11-20")
    assert told(tmp_path, event(), b"garbage\n")[-1]["requests"] == 2


def test_a_file_named_twice_counts_once(tmp_path: Path) -> None:
    folder = log(tmp_path / "log", event())
    opened = Ledger([folder, folder / "events-2026-11-21.jsonl"], Policy())
    assert records(opened.report())[-1]["requests"] == 1
    opened.close()


@pytest.mark.parametrize("where", ["cost > 0.0000008", "input_tokens >= 10 and output_tokens > 0", "not cost < 0.000001"])
def test_figures_are_asked_of_whole_requests_by_meter_too(where: str, tmp_path: Path) -> None:
    lines = event(cost_split={"input": 700, "output": 800}), event(cost_nano_usd=100, input_tokens=1)
    total = told(tmp_path, *lines, by="feature", where=where)[-1]
    by_meter = told(tmp_path, *lines, by="meter", where=where)[-1]
    assert (1, 13, 5, 1500) == tuple(by_meter[one] for one in ("requests", "input_tokens", "output_tokens", "cost_nano_usd"))
    assert total["cost_nano_usd"] == by_meter["cost_nano_usd"]


def test_tokens_dollars_and_requests_add_up_over_meters(tmp_path: Path) -> None:
    found = told(tmp_path, event(cost_split={"input": 900, "output": 500, "web_searches": 100}), event(), by="meter")
    assert {("input", 0, 20, 900), ("cache_read", 0, 6, 0), ("output", 0, 0, 500), ("other", 2, 0, 1600)} == {
        (record["meter"], record["requests"], record["input_tokens"], record["cost_nano_usd"])
        for record in found
        if record["meter"] is not None and not record["meter"].startswith("cache_write")
    }


def test_what_something_costs_stands_against_how_much_it_is_used(tmp_path: Path) -> None:
    lines = [event(feature="agent", cost_nano_usd=9000), *(event() for _ in range(3))]
    with book(tmp_path, *lines) as opened:
        assert [("agent", "expensive, little used"), ("faq", "cheap, much used"), (None, None)] == picked(
            opened.quadrant(), "feature", "quadrant"
        )


def test_one_event_is_enough_for_every_report(tmp_path: Path) -> None:
    with book(tmp_path, event()) as opened:
        asked = (opened.report, opened.quadrant, opened.top, opened.trend, opened.compare, opened.unit, opened.tiers, opened.cache)
        assert [1] * 8 == [min(1, len(report().fetchall())) for report in asked]
        assert (1, 2, 1) == tuple(len(report().fetchall()) for report in (opened.unattributed, opened.chains, opened.calls))


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
            "total                                    2         26          10      2.50   1.250000  100.0%",
        ]

    def test_what_nobody_answers_for_stands_below_the_total(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        log(tmp_path / "costmark-events", event(), event(feature=None, cost_nano_usd=500))
        cli.main(["report", "--by", "segment"])
        assert ["of", "which", "unattributed", "1", "0.000000", "25.0%"] == capsys.readouterr().out.splitlines()[-1].split()

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
            ["2026-02", "faq", "pro", "line", "2"],
            ["", "", "", "total", "2"],
        ]

    def test_money_is_written_exactly_for_programs(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        log(tmp_path / "log", event(cost_nano_usd=9_007_199_254_740_993))
        cli.main(["report", "log", "--format", "json"])
        assert '"cost_nano_usd": 9007199254740993' in capsys.readouterr().out

    def test_an_unknown_cost_is_said_and_no_zero_in_silence(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        log(tmp_path / "log", event(), event(cost_nano_usd=None, cost_source="unknown"))
        assert cli.main(["report", "log"]) == 0
        assert "costmark: the cost of 1 call is not known and not counted; costmark prices check says why\n" == capsys.readouterr().err

    def test_pieces_that_are_no_events_are_named(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        log(tmp_path / "log", event(), b"garbage\n", b"[1,2]\n")
        assert cli.main(["report", "log"]) == 0
        assert "costmark: 2 pieces of the log are no events and were left out" in capsys.readouterr().err

    def test_a_time_without_calls_is_said(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        log(tmp_path / "log", event())
        assert cli.main(["report", "log", "--month", "2020-01"]) == 0
        out, err = capsys.readouterr()
        assert ("", True) == (out, "no call of that time" in err)

    @pytest.mark.parametrize("name", ["report", "top", "trend", "compare", "unit", "tiers", "cache", "chains", "calls", "unattributed"])
    def test_an_empty_log_is_said(self, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        log(tmp_path / "log")
        assert cli.main([name, "log"]) == 0
        assert "no call of that time" in capsys.readouterr().err

    @pytest.mark.parametrize("place", ["nowhere", "costmark.py"])
    def test_a_wrong_place_is_said_with_what_to_do(self, place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (tmp_path / "costmark.py").mkdir()
        assert cli.main(["report", place]) == 2
        assert f"costmark: {place}: no event files; COSTMARK_EVENTS_DIR or an argument names their folder\n" == capsys.readouterr().err

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["--month", "2026-11", "--since", "2026-11-01"], "leave out"),
            (["--since", "2026-11-02", "--until", "2026-11-01"], "--until 2026-11-01 lies before --since 2026-11-02"),
            (["--since", "yesterday"], "'yesterday' is no day; write it as 2026-11-22"),
            (["--month", "2026-13"], "is no month; write it as 2026-11"),
            (["--by", "featrue"], "did you mean feature?"),
            (["--by", "cost"], "cost is a figure; figures are for --where"),
            (["--by", "day,day"], "day is asked for twice"),
            (["--by", "day,model,team,user,chain"], "at most 4"),
            (["--format", "parquet"], "--format parquet needs --output FILE"),
            (["--where", "model is"], "«is» is followed by missing or not missing"),
        ],
    )
    def test_a_question_that_makes_no_sense_is_answered_with_what_to_do(
        self, arguments: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        log(tmp_path / "log", event())
        assert cli.main(["report", "log", *arguments]) == 2
        assert said in capsys.readouterr().err

    def test_a_caret_shows_the_place(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        log(tmp_path / "log", event())
        cli.main(["report", "log", "--where", "team=a and featrue = b"])
        assert ["  team=a and featrue = b", "             ^^^^^^^"] == capsys.readouterr().err.splitlines()[1:]

    def test_a_missing_extra_is_one_clear_sentence(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setitem(sys.modules, "duckdb", None)
        log(tmp_path / "costmark-events", event())
        assert cli.main(["report"]) == 2
        assert "costmark: reports need DuckDB: pip install 'costmark[report]'\n" == capsys.readouterr().err


class TestCompacted:
    """What a ledger keeps as rollups alone."""

    @pytest.fixture
    def ledger(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.chdir(tmp_path)
        tags = [{"request": f"r{number}"} for number in range(1100)]
        log(tmp_path / "log", *(event(tags=one) for one in tags))
        assert cli.main(["compact", "log", "--ledger", "ledger"]) == 0
        return tmp_path / "ledger"

    def test_a_tag_of_too_many_values_is_told_apart_by_its_events(self, ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
        capsys.readouterr()
        cli.main(["report", str(ledger), "--by", "tags.request", "--where", "tags.request=r7*", "--format", "json"])
        found = json.loads(capsys.readouterr().out)["lines"]
        assert (112, 111) == (len(found), found[-1]["requests"])

    def test_a_file_of_the_ledger_that_is_broken_is_said(self, ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
        broken = next((ledger / "days").rglob("*.parquet"))
        broken.write_bytes(broken.read_bytes()[:100])
        assert cli.main(["report", str(ledger)]) == 2
        assert "costmark: the log or the ledger cannot be read: " in capsys.readouterr().err

    def test_what_is_no_more_in_the_events_is_said(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.chdir(tmp_path)
        log(tmp_path / "log", event(ts="2020-01-05T10:00:00.0Z"), day="2020-01-05")
        cli.main(["compact", "log", "--ledger", "ledger", "--keep", "30"])
        for name in ("unit", "cache"):
            assert cli.main([name, "ledger"]) == 0
            assert "keeps rollups alone, and this report needs single events" in capsys.readouterr().err


def test_every_report_has_its_section_with_what_it_prints() -> None:
    text = (Path(__file__).parents[2] / "docs" / "reports.md").read_text(encoding="utf-8")
    names = cli.SECTIONS["What was spent"].split()
    assert [] == [name for name in names if f"\n## {name}\n" not in text or f"$ costmark {name} " not in text]
