"""Why a sum has changed: volume, mix, tokens and price add up to it, whatever the figures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cost_lib.ledger.reports.differences import METERS, Cell, Effects, effects
from lint_plugin.frontends import cli
from tests.ledger.made import book, event, log, outcome, picked

pytest.importorskip("duckdb")
big = st.integers(0, 2**60)


def cell(requests: int, tokens: int, cost: int) -> Cell:
    """Make a cell of output tokens alone."""
    return Cell(requests, cost, {"output": tokens, "other": requests}, {"output": cost, "other": 0})


@st.composite
def cells(draw: st.DrawFn) -> Cell:
    requests = draw(st.integers(0, 10**9))
    costs = {meter: draw(big) for meter in (*METERS, "other")}
    return Cell(requests, sum(costs.values()), {**{meter: draw(st.integers(0, 2**40)) for meter in METERS}, "other": requests}, costs)


sides = st.dictionaries(st.sampled_from(["m1", "m2", "m3"]), cells())


@settings(deadline=None)
@given(sides, sides)
def test_the_effects_add_up_to_the_change_to_the_nano_dollar(before: dict[str, Cell], after: dict[str, Cell]) -> None:
    change = sum(one.cost for one in after.values()) - sum(one.cost for one in before.values())
    assert change == sum(effects(before, after))


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ({"m": cell(10, 100, 1000)}, {"m": cell(20, 200, 2000)}, Effects(1000, 0, 0, 0)),
        ({"m": cell(10, 100, 1000)}, {"m": cell(10, 200, 2000)}, Effects(0, 0, 1000, 0)),
        ({"m": cell(10, 100, 1000)}, {"m": cell(10, 100, 1500)}, Effects(0, 0, 0, 500)),
        ({"m": cell(10, 100, 1000), "n": cell(10, 100, 3000)}, {"m": cell(20, 200, 2000)}, Effects(0, -2000, 0, 0)),
        ({"m": cell(10, 100, 1000)}, {"n": cell(10, 100, 3000)}, Effects(0, 2000, 0, 0)),
        ({}, {"m": cell(10, 100, 1000)}, Effects(1000, 0, 0, 0)),
        ({"m": cell(10, 100, 1000)}, {}, Effects(-1000, 0, 0, 0)),
        ({"m": cell(3, 7, 100)}, {"m": cell(4, 10, 143)}, Effects(33, 0, 10, 0)),  # 133.33 and 142.86 are rounded once
    ],
    ids=["volume", "tokens", "price", "mix", "new model", "new", "gone", "rounded"],
)
def test_an_effect_is_what_changed_alone(before: dict[str, Cell], after: dict[str, Cell], found: Effects) -> None:
    assert found == effects(before, after)


def test_tokens_that_move_into_the_cache_are_tokens_and_no_price() -> None:
    before = Cell(1, 1100, {"input": 100, "cache_read": 10, "other": 1}, {"input": 1000, "cache_read": 10, "output": 90})
    after = Cell(1, 240, {"input": 10, "cache_read": 100, "other": 1}, {"input": 100, "cache_read": 100, "output": 40})
    assert effects({"m": before}, {"m": after}).price == 40  # the output, of which no tokens are known


def lines() -> list[bytes]:
    early = {"ts": "2026-10-05T10:00:00.000000Z", "model": "m", "provider": "p"}
    late = {**early, "ts": "2026-11-05T10:00:00.000000Z"}
    return [
        event(**early),
        event(**late),
        event(**late, cost_nano_usd=3000),
        event(**late, feature=None),
        event(ts="2026-12-05T10:00:00.0Z"),
    ]


def test_two_months_are_compared(tmp_path: Path) -> None:
    with book(tmp_path, *lines()) as opened:
        found = opened.compare(before="2026-10", after="2026-11")
        assert [("faq", 1500, 4500, 3000, 1500), (None, 0, 1500, 1500, 1500), (None, 1500, 6000, 4500, 3000)] == picked(
            found, "feature", "before_nano_usd", "after_nano_usd", "change_nano_usd", "volume_nano_usd"
        )


def test_the_total_is_the_sum_of_its_lines_in_every_effect(tmp_path: Path) -> None:
    with book(tmp_path, *lines()) as opened:
        found = picked(
            opened.compare(before="2026-10", after="2026-11"), "volume_nano_usd", "mix_nano_usd", "tokens_nano_usd", "price_nano_usd"
        )
        assert found[-1] == tuple(sum(column) for column in zip(*found[:-1], strict=True))


def test_two_prompt_versions_are_compared_with_what_came_of_them(tmp_path: Path) -> None:
    made: list[Any] = []
    for version, cost, is_success in (("v1", 1000, False), ("v1", 1000, True), ("v2", 400, True), ("v3", 9, True)):
        chain = f"{version}{is_success}"
        made += [event(prompt_version=version, cost_nano_usd=cost, chain_id=chain), outcome(chain_id=chain, success=is_success)]
    with book(tmp_path, *made) as opened:
        found = opened.compare(across="prompt_version", before="v1", after="v2", where="feature=faq")
        assert [("faq", 2000, 400, 0.5, 1.0, 2000.0, 400.0)] == picked(
            found, "feature", "before_nano_usd", "after_nano_usd", "success_rate_before", "success_rate_after",
            "per_success_before_nano_usd", "per_success_after_nano_usd",
        )[:1]  # fmt: skip


def test_without_times_the_last_four_weeks_are_compared_with_the_four_before(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["compare", str(log(tmp_path / "log", event()))])
    assert "before is 2026-09-27 to 2026-10-24, after 2026-10-25 to 2026-11-21" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--before", "2026-10"], "--before and --after go together"),
        (["--across", "model"], "--across needs --before VALUE and --after VALUE"),
        (["--before", "2026-10", "--after", "2026-10-31..2026-11-02"], "the two times overlap"),
        (["--before", "2026-10", "--after", "later"], "'later' is no day"),
        (["--month", "2026-10"], "go with --across"),
        (["--across", "model", "--before", "a", "--after", "a"], "both sides are 'a'"),
        (["--before", "2026-09", "--after", "2026-10", "--by", "meter"], "leave meter out"),
        (["--before", "2026-09-02..2026-09-01", "--after", "2026-10"], "lies before"),
    ],
)
def test_sides_that_make_no_sense_are_refused(arguments: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["compare", str(log(tmp_path / "log", event())), *arguments]) == 2
    assert said in capsys.readouterr().err
