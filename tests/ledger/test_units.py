"""What a user, a session, a success and a tier cost; what caching saved; what chains cost."""

from __future__ import annotations

from pathlib import Path
from statistics import quantiles
from typing import Any

import pytest

from cost_lib.catalog.table_archive import version_of
from cost_lib.errors import ReportError
from cost_lib.ledger.book import Ledger
from lint_plugin.frontends import cli
from tests.ledger.made import book, event, log, outcome, picked, records

pytest.importorskip("duckdb")
SONNET = {"provider": "anthropic", "model": "claude-sonnet-4-5", "price_version": version_of("anthropic")}

OLD = {"provider": "acme", "model": "old-1", "price_version": "0123456789ab"}


class TestUnit:
    def test_users_and_sessions_count_once(self, tmp_path: Path) -> None:
        made = [
            event(user_id="u1", session_id="s1"),
            event(user_id="u1", session_id="s2"),
            event(feature="b", user_id="u1", session_id="s1"),
        ]
        with book(tmp_path, *made) as opened:
            assert [("faq", 1, 3000.0, 2, 1500.0), ("b", 1, 1500.0, 1, 1500.0), (None, 1, 4500.0, 2, 2250.0)] == picked(
                opened.unit(), "feature", "users", "per_user_nano_usd", "sessions", "per_session_nano_usd"
            )

    def test_what_no_user_has_spent_is_no_cost_of_users(self, tmp_path: Path) -> None:
        with book(tmp_path, event(user_id="u1"), event(user_id=None, cost_nano_usd=4500)) as opened:
            assert (1500.0, 0.25) == picked(opened.unit(per=["user"]), "per_user_nano_usd", "share_with_user")[0]

    def test_a_success_pays_for_the_attempts_that_failed(self, tmp_path: Path) -> None:
        made = [
            event(),
            event(),
            event(),
            outcome(),
            outcome(success=False),
            outcome("converted", user_id="u1"),
            outcome("converted", user_id="u1"),
        ]
        with book(tmp_path, *made) as opened:
            assert (2, 1, 0.5, 4500.0, 1, 4500.0) == picked(
                opened.unit(),
                "outcomes",
                "successes",
                "success_rate",
                "per_success_nano_usd",
                "converted_users",
                "per_converted_user_nano_usd",
            )[0]

    def test_an_outcome_without_tags_belongs_to_the_calls_of_its_chain(self, tmp_path: Path) -> None:
        made = [event(chain_id="c1", model="m"), event(chain_id="c2", model="n"), outcome(feature=None, chain_id="c1")]
        with book(tmp_path, *made) as opened:
            assert [("m", 1), ("n", 0), (None, 1)] == picked(opened.unit(by="model", where="feature=faq"), "model", "successes")

    @pytest.mark.parametrize("by", ["attributed", "team", "month,feature", "tags.plan", "model,user"])
    def test_outcomes_count_by_whatever_is_asked_for(self, by: str, tmp_path: Path) -> None:
        with book(tmp_path, event(), outcome()) as opened:
            assert 1 == picked(opened.unit(by=by), "successes")[-1][0]

    def test_outcomes_are_read_from_a_file(self, tmp_path: Path) -> None:
        file = tmp_path / "outcomes.csv"
        file.write_text(
            "date,outcome,success,segment,count,tags.shop\n2026-11-21,paid,yes,pro,3,a\n2026-11-21,paid,no,pro,,a\n", encoding="utf-8"
        )
        with book(tmp_path, event()) as opened:
            for _ in range(2):  # read anew, not once more
                assert (4, 3, 500.0) == picked(opened.unit(by="segment", outcomes=file), "outcomes", "successes", "per_success_nano_usd")[0]

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("a,b\n1,2\n", "nothing is called 'a'"),
            ("date,success\n2026-11-21,yes\n", "needs at least the columns date and outcome"),
            ("date,outcome\nsoon,paid\n", "outcomes.csv:2: 'soon' is no day or time"),
            ("date,outcome,success\n2026-11-21,paid,perhaps\n", "success is 'perhaps'; write true or false"),
            ("date,outcome,count\n2026-11-21,paid,-1\n", "count is '-1'"),
            ("date,outcome,count\n2026-11-21,paid,99999999999\n", "more than 5,000,000"),
            ("date,outcome,value\n2026-11-21,paid,x\n", "value is 'x'"),
        ],
    )
    def test_a_file_that_makes_no_sense_is_said_with_its_line(self, text: str, said: str, tmp_path: Path) -> None:
        (tmp_path / "outcomes.csv").write_text(text, encoding="utf-8")
        with book(tmp_path, event()) as opened, pytest.raises(ReportError, match=said):
            opened.unit(outcomes=tmp_path / "outcomes.csv")

    def test_a_unit_that_the_log_does_not_know_is_said(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        cli.main(["unit", str(log(tmp_path / "log", event())), "--per", "success"])
        assert "the log knows no success; cost_lib.record_outcome" in capsys.readouterr().err


class TestTiers:
    def test_percentiles_are_exact(self, tmp_path: Path) -> None:
        costs = [7, 1, 400, 3, 90, 2, 5]
        with book(tmp_path, *(event(user_id=f"u{cost}", cost_nano_usd=cost) for cost in costs)) as opened:
            found = picked(
                opened.tiers(), "per_user_p50_nano_usd", "per_user_p90_nano_usd", "per_user_p95_nano_usd", "per_user_p99_nano_usd"
            )[0]
        cuts = quantiles(costs, n=100, method="inclusive")
        assert found == pytest.approx((cuts[49], cuts[89], cuts[94], cuts[98]), rel=1e-12)

    def test_margin_and_losses_at_a_price(self, tmp_path: Path) -> None:
        made = [
            event(user_id="u1", cost_nano_usd=5 * 10**9),
            event(user_id="u2", cost_nano_usd=25 * 10**9),
            event(user_id="u3", user_segment="free"),
        ]
        with book(tmp_path, *made) as opened:
            assert [("pro", 40 * 10**9, 10 * 10**9, 0.25, 1, 0.5), ("free", 0, -1500, None, 1, 1.0)] == picked(
                opened.tiers(price={"pro": 20, "free": 0}),
                "segment", "revenue_nano_usd", "margin_nano_usd", "margin_share", "loss_making", "loss_making_share",
            )[:2]  # fmt: skip

    def test_revenue_of_a_user_outweighs_the_price_of_the_segment(self, tmp_path: Path) -> None:
        file = tmp_path / "revenue.csv"
        file.write_text("user_id,revenue_usd,month\nu1,9.99,2026-11\n", encoding="utf-8")
        rules = 'user-id = "plain"\n'
        with book(tmp_path, event(user_id="u1"), event(user_id="u2"), rules=rules) as opened:
            assert 29_990_000_000 == picked(opened.tiers(price=20, revenue=file), "revenue_nano_usd")[0][0]

    def test_a_user_counts_in_each_month(self, tmp_path: Path) -> None:
        with book(tmp_path, event(user_id="u1"), event(user_id="u1", ts="2026-10-01T00:00:00.0Z")) as opened:
            assert (1, 2) == picked(opened.tiers(), "users", "user_months")[0]

    def test_requests_without_a_user_are_a_line_of_their_own(self, tmp_path: Path) -> None:
        with book(tmp_path, event(user_id="u1"), event(user_id=None)) as opened:
            assert [("line", 1500), ("no user", 1500), ("total", 3000)] == picked(opened.tiers(), "line", "cost_nano_usd")

    @pytest.mark.parametrize("price", ["a lot", "-1", "nan", "pro="])
    def test_a_price_that_is_none_is_refused(self, price: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert cli.main(["tiers", str(log(tmp_path / "log", event())), "--price", price]) == 2
        assert "is no sum of USD" in capsys.readouterr().err


class TestCache:
    def test_what_was_read_is_worth_its_price_as_input_less_what_was_paid(self, tmp_path: Path) -> None:
        # 3 USD a million uncached, 0.30 read, 3.75 written
        read = event(**SONNET, cache_read_tokens=1_000_000, cost_nano_usd=3 * 10**8, cost_split={"cache_read": 3 * 10**8}, input_tokens=0)
        wrote = event(**SONNET, cache_write_5m_tokens=100_000, cost_nano_usd=375 * 10**6, cost_split={"cache_write_5m": 375 * 10**6},
                      cache_read_tokens=0)  # fmt: skip
        with book(tmp_path, read, wrote) as opened:
            found = records(opened.cache())[0]
        assert (int(5.7e9), 75 * 10**6) == (
            found["read_saved_nano_usd"],
            found["write_premium_nano_usd"],
        )  # beyond 200,000: 6 USD a million
        assert (3e8, 375e6) == (found["per_cached_request_nano_usd"], found["per_fresh_request_nano_usd"])

    def test_the_price_is_that_of_the_table_of_the_event(self, tmp_path: Path) -> None:
        text = (
            '{"fallback": [], "sources": {"s": {"from": "x", "checked": "2026-01-01"}}, "retired": [], "uplifts": [], "models": [\n'
            '{"id":"old-1","match":["=old-1"],"prices":[{"rates":{"input":1000000,"cache_read":100000},"source":"s"}]}\n]}\n'
        )
        made = event(**OLD, input_tokens=0, cache_read_tokens=1000, cost_nano_usd=100_000, cost_split={"cache_read": 100_000})
        with book(tmp_path, made) as opened:
            (tmp_path / "log" / "prices").mkdir()
            (tmp_path / "log" / "prices" / "acme-0123456789ab.json").write_text(text, encoding="utf-8")
            assert 900_000 == picked(opened.cache(), "saved_nano_usd")[0][0]

    def test_a_table_that_somebody_has_broken_is_no_saving(self, tmp_path: Path) -> None:
        with book(tmp_path, event(**OLD)) as opened:
            (tmp_path / "log" / "prices").mkdir()
            (tmp_path / "log" / "prices" / "acme-0123456789ab.json").write_text('{"models": [\n{"id":', encoding="utf-8")
            assert 3 == picked(opened.cache(), "unknown_cache_tokens")[0][0]

    def test_what_has_no_price_is_counted_and_no_saving(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        cli.main(["cache", str(log(tmp_path / "log", event(provider="acme", model="x", price_version="../../../etc")))])
        assert "3 tokens of caches have no price that is known" in capsys.readouterr().err


class TestChains:
    def test_a_chain_is_all_its_calls(self, tmp_path: Path) -> None:
        made = [event(chain_id="c1"), event(chain_id="c1", feature="b"), event(chain_id="c2"), event()]
        with book(tmp_path, *made) as opened:
            assert [("c1", "line", 2, 3000), (None, "others", 1, 1500), (None, "unchained", 1, 1500), (None, "total", 4, 6000)] == picked(
                opened.chains(limit=1), "chain", "line", "requests", "cost_nano_usd"
            )

    def test_the_costs_of_chains_are_spread(self, tmp_path: Path) -> None:
        made = [event(chain_id="c1"), event(chain_id="c1", feature="b"), event(chain_id="c2"), event()]
        with book(tmp_path, *made) as opened:
            assert [("faq", 2, 1500.0), ("b", 1, 1500.0), (None, 2, 2250.0)] == picked(
                opened.chains(by="feature"), "feature", "chains", "per_chain_p50_nano_usd"
            )


def test_the_largest_come_first_and_the_others_together(tmp_path: Path) -> None:
    made = [event(user_id=f"u{number}", cost_nano_usd=number) for number in range(1, 6)]
    with book(tmp_path, *made) as opened:
        assert [("u5", 5, 1), ("u4", 4, 1), (None, 6, 3), (None, 15, 5)] == picked(
            opened.top(by="user", limit=2), "user", "cost_nano_usd", "members"
        )


def test_a_trend_has_a_line_a_day_and_series(tmp_path: Path) -> None:
    made = [event(), event(ts="2026-11-19T10:00:00.0Z", cost_nano_usd=500)]
    with book(tmp_path, *made) as opened:
        assert [
            ("2026-11-19", "line", 500),
            ("2026-11-21", "line", 1500),
            ("2026-11-19", "total", 500),
            ("2026-11-21", "total", 1500),
        ] == picked(opened.trend(), "day", "line", "cost_nano_usd")


def test_a_day_without_calls_is_drawn_as_a_gap(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["trend", str(log(tmp_path / "log", event(), event(ts="2026-11-19T10:00:00.0Z")))])
    assert capsys.readouterr().out.splitlines()[-1].endswith("█ █")


def test_a_month_that_is_not_over_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["trend", str(log(tmp_path / "log", event())), "--every", "month"])
    assert "the last month has no calls after 2026-11-21: it may not be over" in capsys.readouterr().err


def test_single_calls_are_found_with_their_ids(tmp_path: Path) -> None:
    with book(
        tmp_path, event(event_id="dear", cost_nano_usd=9), event(cost_nano_usd=1), event(cost_nano_usd=None, cost_source="unknown")
    ) as opened:
        assert [("dear", 9, 0)] == picked(opened.calls(limit=1), "event_id", "cost_nano_usd", "unpriced")


def test_unattributed_requests_have_the_line_to_tag_and_their_share_of_the_week(tmp_path: Path) -> None:
    site = {"file": "a.py", "line": 3}
    with book(tmp_path, event(cost_nano_usd=500), event(feature=None, call_site=site), event(ts="2026-11-12T00:00:00.0Z")) as opened:
        assert [("2026-11-16", "a.py:3", 1, 0.5, 0.75)] == picked(
            opened.unattributed(), "week", "call_site", "requests", "share_of_requests", "share"
        )[:1]


def test_the_ledger_closes_behind_itself(tmp_path: Path) -> None:
    with book(tmp_path, event()) as opened:
        held: Any = opened.events
        assert 1 == len(held.fetchall())
    with pytest.raises(Exception, match="losed"):
        held.fetchall()


def test_a_notebook_opens_one_path_or_several(tmp_path: Path) -> None:
    from cost_lib import ledger

    one, other = log(tmp_path / "one", event()), log(tmp_path / "other", event())
    with ledger.open(one) as first, ledger.open([str(one), other]) as both:
        assert (1, 2) == tuple(records(opened.report())[-1]["requests"] for opened in (first, both))
        assert ["int64"] == [str(both.report().arrow().schema.field(name).type) for name in ("cost_nano_usd",)]
        assert isinstance(both, Ledger)
        assert {"dt", "feature", "cost_nano_usd"} <= set(both.days.columns)
