"""History under other prices: a version beside what was recorded, exact, and never of a closed month in silence."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from cost_lib import in_force
from cost_lib.billing import money
from cost_lib.catalog import prices, rate_tables, table_archive
from cost_lib.errors import ReportError
from cost_lib.facts import Facts
from cost_lib.ledger.repricing import told
from cost_lib.ledger.repricing.correcting import read_table_file
from cost_lib.ledger.repricing.model import Proposal
from cost_lib.ledger.repricing.run import Asked, close_month, kept, proposed
from cost_lib.ledger.repricing.run import in_force as sums
from cost_lib.ledger.repricing.versions import EVENTS, closed_months, kept_versions
from cost_lib.ledger.session import Session
from cost_lib.model import Usage
from cost_lib.policy import Policy, loads
from lint_plugin.frontends import cli

pytest.importorskip("duckdb")
RULES = loads("", Path("costmark.toml"))
DOUBLE = '[prices."openai/gpt-4o-mini"]\ninput = 0.3\noutput = 1.2\n'
LEDGER, LOG = Path("ledger"), Path("events")
_numbers = iter(range(10**6))


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COSTMARK_LEDGER_DIR", raising=False)
    Path("costmark.toml").write_text("")
    in_force.forget()
    yield
    in_force.forget()
    table_archive.forget()
    prices.forget()


def event(
    *, usage: Usage | None = None, ts: str = "2026-11-21T10:00:00.000001Z", context: str = "", told_cost: int | None = None, **more: Any
) -> bytes:
    """Write an event as the wrapper would have."""
    facts = Facts(
        {}, provider=more.pop("provider", "openai"), model=more.pop("model", "gpt-4o-mini"), usage=usage or Usage(100, output_tokens=20)
    )
    facts.price_context, facts.reported_cost = context, told_cost
    number = next(_numbers)
    head = {"v": 1, "ts": ts, "event_id": f"e{number:06}", "operation_id": f"o{number}", "kind": "call", "feature": "faq", "status": "ok"}
    known = {"provider": facts.provider, "model": facts.model, **money(facts, datetime.fromisoformat(ts).replace(microsecond=0))}
    found = {name: value for name, value in {**head, **known, **more}.items() if value not in (None, "", {}, [])}
    return json.dumps(found, separators=(",", ":")).encode() + b"\n"


def log(*lines: bytes) -> None:
    LOG.mkdir(exist_ok=True)
    with (LOG / "events-2026-11-21.jsonl").open("ab") as file:
        file.writelines(lines)


def asked(rules: str = "", **more: Any) -> Asked:
    return Asked((LOG,), LEDGER, RULES, loads(rules, Path("house.toml")), **more)


def proposal(rules: str = "", **more: Any) -> Proposal:
    with proposed(asked(rules, **more)) as draft:
        return draft.proposal


def reprice(rules: str = "", **more: Any) -> int:
    with proposed(asked(rules, **more)) as draft:
        return kept(draft)


def costs(by: str = "dt", prices: str = "restated", view: str = "days") -> dict[Any, int]:
    session = Session((LOG,), RULES, prices=prices, ledger=LEDGER)
    try:
        query = f"SELECT {by}, sum(cost_nano_usd)::BIGINT FROM {view} GROUP BY ALL"  # noqa: S608 - names of this test
        found = session.opened(view).connection.execute(query).fetchall()
    finally:
        session.close()
    return {key: cost for key, cost in found if cost}


class TestPrices:
    def test_house_prices_restate(self) -> None:
        log(event(), event(provider="anthropic", model="claude-haiku-4-5"))
        found = proposal(DOUBLE)
        assert [(1, 1, 27_000, 54_000)] == [change[3:7] for change in found.changes if change.provider == "openai"]
        assert (2, 1) == (found.looked_at, found.changed)

    @pytest.mark.parametrize(
        "line",
        [
            {},
            {"usage": Usage(7, 5, 3, 2, 11, 4)},
            {"usage": Usage(100, output_tokens=20), "context": "batch"},
            {"usage": Usage(10, units={"web_searches": 3}, output_tokens=5), "model": "gpt-4o"},
            {"usage": Usage(1), "told_cost": 12_345, "provider": "openrouter", "model": "openai/gpt-4o-mini"},
            {"usage": Usage(300_000, output_tokens=9), "provider": "gcp.gemini", "model": "gemini-2.5-pro"},
            {"usage": Usage(1_000_003, output_tokens=1), "provider": "deepseek", "model": "deepseek-chat", "ts": "2025-03-01T17:00:00.5Z"},
        ],
    )
    def test_under_the_same_prices_nothing_moves(self, line: dict[str, Any]) -> None:
        log(event(**line))
        found = proposal()
        assert (1, 0, {}) == (found.looked_at, found.changed, found.kept)

    def test_a_second_model_is_priced_too(self) -> None:
        passes = [{"model": "gpt-4o", "why": "advisor", "input_tokens": 1000}]
        log(event(passes=passes, cost_nano_usd=1))
        assert 27_000 + 2_500_000 == proposal().changes[0].new_nano_usd

    def test_a_table_stands_for_the_shipped_one_and_is_taken_back(self) -> None:
        log(event())
        document = json.loads(rate_tables.text_of("openai"))
        for row in (row for model in document["models"] if model["id"] == "gpt-4o-mini" for row in model["prices"]):
            row["rates"] = {name: rate * 3 for name, rate in row["rates"].items()}
        Path("openai.json").write_text(json.dumps(document, indent=1))
        assert 81_000 == proposal(tables=(Path("openai.json"),)).changes[0].new_nano_usd
        assert 0 == proposal().changed

    def test_the_table_of_the_archive_gives_what_was_recorded(self) -> None:
        table_archive.archive(LOG)
        log(event())
        assert 1 == reprice(DOUBLE)
        [table] = (LOG / "prices").iterdir()
        assert 2 == reprice(tables=(table,))
        recorded = json.loads((LOG / "events-2026-11-21.jsonl").read_text())
        assert [(27_000, recorded["price_version"])] == rows("cost_nano_usd, price_version", version=2)

    @pytest.mark.parametrize(
        "text",
        [
            "", "{", "[]", '{"models": []}', '{"provider": "x", "models": [{}]}',
            '{"provider": "x", "models": [{"id": "a", "match": [], "prices": []}]}',
            '{"provider": "x", "models": [{"id": "a", "match": [], "prices": [{"rates": {"input": 0.5}}]}]}',
        ],
    )  # fmt: skip
    def test_what_is_no_table_is_said(self, text: str) -> None:
        Path("t.json").write_text(text)
        with pytest.raises(ReportError, match=r"t\.json: no price table"):
            read_table_file(Path("t.json"))

    def test_what_had_no_price_gets_one(self) -> None:
        log(event(model="acme-1"))
        found = proposal('[prices."openai/acme-1"]\ninput = 1\noutput = 2\n')
        assert (1, 0, 140_000) == (found.changes[0].unpriced_before, found.changes[0].unpriced, found.changes[0].new_nano_usd)

    @pytest.mark.parametrize(
        ("more", "reason"),
        [
            ({"usage_source": "unknown"}, "the usage is unknown"),
            ({"cut": ["units"]}, "the event was cut: its meters are not whole"),
            ({"model": "gpt-4o-mini", "price_context": "unheard-of"}, "openai gpt-4o-mini has no unheard-of rates in the price table"),
        ],
    )
    def test_what_cannot_be_priced_keeps_its_cost(self, more: dict[str, Any], reason: str) -> None:
        log(event(**more))
        found = proposal(DOUBLE if "price_context" not in more else "")
        assert (0, {reason: 1}) == (found.changed, dict(found.kept))

    def test_only_what_is_asked_for_is_restated(self) -> None:
        log(event(), event(feature="search"), event(ts="2026-10-01T00:00:00.000001Z"))
        found = proposal(DOUBLE, month="2026-11", where=("feature=search",))
        assert (1, 1) == (found.looked_at, found.changed)

    def test_a_feature_of_any_name_can_be_asked_for(self) -> None:
        log(event(feature="it's"), event())
        assert 0 == cli.main(["reprice", str(LOG), "--feature", "it's", "--dry-run"])
        assert 1 == proposal(DOUBLE, where=("feature in ('it''s') and tags.squad is missing",)).looked_at

    def test_a_part_of_an_event_cannot_be_asked_for(self) -> None:
        log(event())
        with pytest.raises(ReportError, match="leave meter out"):
            proposal(where=("meter=input",))


def rows(columns: str, *, version: int = 1) -> list[tuple[Any, ...]]:
    import duckdb

    file = LEDGER / "restatements" / f"v{version:04}" / EVENTS
    return duckdb.connect().execute(f"SELECT {columns} FROM read_parquet('{file}') ORDER BY event_id").fetchall()  # noqa: S608 - names of this test


class TestVersions:
    def test_a_version_holds_what_changed_with_its_reason(self) -> None:
        log(event(), event(model="gpt-4o"))
        assert 1 == reprice(DOUBLE, reason="contract")
        assert [(54_000, '{"input":30000,"output":24000}', "override", "contract")] == rows(
            "cost_nano_usd, cost_split, cost_source, reason"
        )
        [version] = kept_versions(LEDGER)
        assert (("2026-11",), 1, 27_000, 54_000) == (version.months, version.events, version.old_nano_usd, version.new_nano_usd)

    def test_events_are_never_touched(self) -> None:
        log(event())
        before = (LOG / "events-2026-11-21.jsonl").read_bytes()
        reprice(DOUBLE)
        assert (before, ["events-2026-11-21.jsonl"]) == (
            (LOG / "events-2026-11-21.jsonl").read_bytes(),
            [file.name for file in LOG.iterdir()],
        )

    def test_the_same_prices_again_make_no_version(self) -> None:
        log(event())
        assert (1, 0) == (reprice(DOUBLE), reprice(DOUBLE))

    def test_versions_lie_upon_each_other(self) -> None:
        log(event())
        reprice(DOUBLE)
        reprice(DOUBLE.replace("0.3", "3"))
        assert [27_000, 54_000, 324_000, 324_000] == [
            sum(costs(prices=one).values()) for one in ("recorded", "restated:1", "restated:2", "restated")
        ]

    @pytest.mark.parametrize("view", ["days", "user_days", "events"])
    def test_every_view_shows_the_same_sum(self, view: str) -> None:
        log(event(), event(user_id="u"), event(feature="search", model="gpt-4o"), event(model="acme-1"))
        reprice(DOUBLE + '[prices."openai/acme-1"]\ninput = 1\noutput = 2\n')
        assert 54_000 * 2 + 450_000 + 140_000 == sum(costs(view=view).values())

    def test_a_dimension_that_moves_moves_whole(self) -> None:
        log(event(), event(model="acme-1"))
        reprice('[prices."openai/acme-1"]\ninput = 1\noutput = 2\n')
        session = Session((LOG,), RULES, prices="restated", ledger=LEDGER)
        query = "SELECT cost_source, sum(requests)::INT, sum(unpriced)::INT FROM days GROUP BY ALL HAVING sum(attempts) <> 0 ORDER BY 1"
        assert [("catalog", 1, 0), ("override", 1, 0)] == session.opened("days").connection.execute(query).fetchall()
        assert ("costs of these months are restated: 2026-11 (version 1)",) == session.notes
        session.close()

    def test_an_unknown_version_is_said(self) -> None:
        with pytest.raises(ReportError, match="there is no such version; there are: none"):
            Session((LOG,), RULES, prices="restated:7", ledger=LEDGER)
        with pytest.raises(ReportError, match="write recorded, restated, or"):
            Session((LOG,), RULES, prices="yesterday's", ledger=LEDGER)

    def test_two_at_a_time_get_a_number_each(self) -> None:
        log(event())
        with proposed(asked(DOUBLE)) as one:
            assert 1 == reprice(DOUBLE.replace("0.3", "3"))
            assert 2 == kept(one)

    def test_a_draft_of_a_dead_process_is_swept(self) -> None:
        dead = subprocess.Popen([sys.executable, "-c", ""])
        dead.wait()
        left = LEDGER / "restatements" / f".draft-{dead.pid}"
        left.mkdir(parents=True)
        log(event())
        reprice(DOUBLE)
        assert not left.exists()


class TestClosedMonths:
    def test_a_closed_month_is_refused(self) -> None:
        log(event(ts="2026-10-05T00:00:00.000001Z"), event())
        close_month(asked(), "2026-10")
        with pytest.raises(ReportError, match=r'2026-10 is closed and would move: .* --reopen 2026-10 --reason "..." restates it'):
            reprice(DOUBLE)
        assert () == kept_versions(LEDGER)

    def test_what_leaves_it_alone_goes_through(self) -> None:
        log(event(ts="2026-10-05T00:00:00.000001Z"), event())
        close_month(asked(), "2026-10")
        assert 1 == reprice(DOUBLE, since="2026-11-01")

    def test_it_is_opened_again_with_a_reason(self) -> None:
        log(event(ts="2026-10-05T00:00:00.000001Z"))
        close_month(asked(), "2026-10")
        with pytest.raises(ReportError, match="--reopen needs --reason"):
            reprice(DOUBLE, reopened=("2026-10",))
        assert 1 == reprice(DOUBLE, reopened=("2026-10",), reason="invoice")
        assert (("2026-10",), "invoice") == (kept_versions(LEDGER)[0].reopened, kept_versions(LEDGER)[0].reason)

    def test_a_month_that_moved_is_told(self) -> None:
        log(event(ts="2026-10-05T00:00:00.000001Z"))
        close_month(asked(), "2026-10", now=datetime(2026, 11, 2, tzinfo=UTC))
        assert told.listed((), closed_months(LEDGER), sums(asked())) == "closed 2026-10  2026-11-02 00:00  1 event, 0.000027 USD\n"
        log(event(ts="2026-10-06T00:00:00.000001Z"))
        assert told.listed((), closed_months(LEDGER), sums(asked())).endswith("; now 2 events, 0.000054 USD\n")

    def test_what_is_no_month_is_said(self) -> None:
        with pytest.raises(ReportError, match="'2026-13' is no month"):
            close_month(asked(), "2026-13")


class TestCommand:
    @pytest.fixture(autouse=True)
    def _log(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("COSTMARK_EVENTS_DIR", str(LOG))
        monkeypatch.setenv("COSTMARK_LEDGER_DIR", str(LEDGER))
        Path("house.toml").write_text(DOUBLE)
        log(event(), event(feature="search"))

    def test_a_dry_run_shows_and_keeps_nothing(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert 0 == cli.main(["reprice", "--policy", "house.toml", "--feature", "search", "--dry-run"])
        assert capsys.readouterr().out == (
            "month    model               events  changed   old USD   new USD  difference\n"
            "-------  ------------------  ------  -------  --------  --------  ----------\n"
            "2026-11  openai/gpt-4o-mini       1        1  0.000027  0.000054   +0.000027\n"
            "total                             1        1  0.000027  0.000054   +0.000027\n"
        )
        assert not LEDGER.exists()

    def test_it_is_kept_and_listed(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert 0 == cli.main(["reprice", "--policy", "house.toml", "--reason", "contract"])
        assert "kept as version 1; reports show it with --prices restated" in capsys.readouterr().out
        assert 0 == cli.main(["reprice", "--list", "--format", "json"])
        assert 2 == json.loads(capsys.readouterr().out)["versions"][0]["events"]
        assert 0 == cli.main(["reprice", "--policy", "house.toml"])
        assert "2 events were priced anew: none costs anything else\n" == capsys.readouterr().out

    def test_a_closed_month_is_exit_code_2(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert 0 == cli.main(["reprice", "--close", "2026-11"])
        assert 2 == cli.main(["reprice", "--policy", "house.toml", "--format", "json"])
        assert "2026-11 is closed" in capsys.readouterr().err

    def test_without_a_log_it_is_a_sentence(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        monkeypatch.setenv("COSTMARK_EVENTS_DIR", "nowhere")
        assert 2 == cli.main(["reprice"])
        assert "nowhere" in capsys.readouterr().err


def test_policy_of_the_process_is_in_force_again() -> None:
    log(event())
    before = in_force.rules_in_force()
    proposal(DOUBLE)
    assert before is in_force.rules_in_force()
    assert isinstance(before.policy, Policy)


class TestCompacted:
    def compacted(self, *, keep: int | None = None) -> None:
        from cost_lib.ledger.compaction import compact
        from cost_lib.ledger.retention import Keep

        compact([LOG], LEDGER, now=datetime(2026, 11, 22, 12, tzinfo=UTC).timestamp(), keep=Keep(None, keep))

    def restated(self) -> tuple[int, tuple[str, ...]]:
        session = Session((LEDGER, LOG), RULES, prices="restated", ledger=LEDGER)
        try:
            found = session.opened("days").connection.execute("SELECT sum(cost_nano_usd)::BIGINT FROM days").fetchone() or (0,)
            return found[0], session.notes
        finally:
            session.close()

    def test_what_is_in_the_ledger_and_what_is_not_yet_is_restated(self) -> None:
        log(event(), event(ts="2026-10-05T00:00:00.000001Z"))
        self.compacted()
        log(event(feature="search"))
        with proposed(asked(DOUBLE)._replace(places=(LEDGER, LOG))) as draft:
            assert (3, 1) == (draft.proposal.changed, kept(draft))
        assert 3 * 54_000 == self.restated()[0]

    def test_compacting_after_a_restatement_changes_nothing(self) -> None:
        log(event())
        reprice(DOUBLE)
        self.compacted()
        assert 54_000 == self.restated()[0]

    def test_days_of_which_rollups_alone_are_left_are_said(self) -> None:
        log(event(), event(ts="2026-10-05T00:00:00.000001Z"))
        reprice(DOUBLE)
        self.compacted(keep=10)
        cost, notes = self.restated()
        assert (54_000 + 27_000, "of days before 2026-11-12 there are rollups alone: their costs are as recorded") == (cost, notes[1])


class TestWithoutALog:
    """What there is to see of restatements where no log is."""

    def test_closed_months_are_listed_as_they_were_closed(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (tmp_path / "log").mkdir()
        (tmp_path / "log" / "events-2026-11-21.jsonl").write_bytes(event())
        assert 0 == cli.main(["reprice", "log", "--ledger", "fixes", "--close", "2026-11"])
        assert 0 == cli.main(["reprice", "--ledger", "fixes", "--list"])
        said = capsys.readouterr()
        assert "closed 2026-11: 1 event, " in said.out
        assert "now" not in said.out
        assert "closed months are not held against a log: costmark-events: no event files" in said.err

    def test_a_month_without_events_has_nothing_to_close(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (tmp_path / "log").mkdir()
        (tmp_path / "log" / "events-2026-11-21.jsonl").write_bytes(event())
        assert 2 == cli.main(["reprice", "log", "--ledger", "fixes", "--close", "2026-10"])
        assert "2026-10: there are no events of this month here" in capsys.readouterr().err

    def test_nothing_to_price_says_what_chooses(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (tmp_path / "log").mkdir()
        (tmp_path / "log" / "events-2026-11-21.jsonl").touch()
        assert 0 == cli.main(["reprice", "log"])
        assert "no event was asked for; --since, --until, --month and --where choose others\n" == capsys.readouterr().out


def test_notebooks_see_restated_costs_where_they_ask_for_them(tmp_path: Path) -> None:
    from cost_lib import ledger

    (tmp_path / "costmark-events").mkdir()
    (tmp_path / "costmark-events" / "events-2026-11-21.jsonl").write_bytes(event())
    Path("house.toml").write_text(DOUBLE)
    assert 0 == cli.main(["compact"])
    assert 0 == cli.main(["reprice", "--policy", "house.toml", "--reason", "contract"])
    sums = []
    for place, asked in ((None, "recorded"), (None, "restated"), ("costmark-ledger", "restated:1")):
        with ledger.open(place, prices=asked) as book:
            sums.append(book.report(by="model").project("cost_nano_usd").fetchall()[-1][0])
    assert [27_000, 54_000, 54_000] == sums
