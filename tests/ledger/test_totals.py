"""Totals of any breakdown equal the total: requests, tokens and dollars, over random events and everything that can be asked for."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cost_lib.ledger.asking.dimensions import DIMENSIONS
from cost_lib.ledger.book import Ledger
from tests.ledger.made import book, event, records

pytest.importorskip("duckdb")
SUMS = ("requests", "input_tokens", "output_tokens", "cost_nano_usd", "unpriced")
BY = (*DIMENSIONS, "tags.plan", "month,feature,segment", "team,user", "day,model,meter", "feature,session,chain,attributed")
names = st.sampled_from([None, "", "a", "b", "ä|b"])
counts = st.none() | st.integers(0, 2**40)


@st.composite
def calls(draw: st.DrawFn) -> bytes:
    texts = "feature team user_id user_segment session_id chain_id model provider prompt_version owner".split()
    cost = draw(st.none() | st.integers(0, 2**50))
    part = draw(st.integers(0, cost or 0))
    split = draw(st.sampled_from([None, {"input": part, "output": (cost or 0) - part}, {"images": cost or 0}])) if cost else None
    return event(
        ts=f"2026-{draw(st.integers(9, 11))}-{draw(st.integers(10, 28))}T{draw(st.integers(10, 23))}:00:00.000000Z",
        kind=draw(st.sampled_from(["call", "call", "result", "open", "deferred"])),
        status=draw(st.sampled_from(["ok", "ok", "error", "refused", "closed"])),
        attempt=draw(st.sampled_from([1, 1, 2, 3])),
        operation_id=draw(st.sampled_from(["o1", "o2", "o3", "o4"])),
        cost_nano_usd=cost,
        cost_source="unknown" if cost is None else "catalog",
        cost_split=split,
        **{name: draw(counts) for name in ("input_tokens", "cache_read_tokens", "cache_write_5m_tokens", "output_tokens")},
        **{name: draw(names) for name in texts},
        tags=draw(st.sampled_from([None, {"plan": "x"}, {"plan": ""}, {"other": "y"}])),
        call_site=draw(st.sampled_from([None, {"file": "a.py", "line": 3}])),
    )


def added_up(opened: Ledger, by: str) -> tuple[Mapping[str, int], Mapping[str, int]]:
    found = records(opened.report(by=by))
    lines = [record for record in found if record["line"] in ("line", "unattributed")]
    totals = [record for record in found if record["line"] == "total"] or [dict.fromkeys(SUMS, 0)]
    return {name: sum(record[name] for record in lines) for name in SUMS}, {name: totals[0][name] for name in SUMS}


@settings(max_examples=2, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(calls(), max_size=20))
def test_every_breakdown_adds_up_to_the_same_total(lines: list[bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder, book(Path(folder), *lines) as opened:
        _, whole = added_up(opened, "month")
        assert {} == {by: found for by in BY if (found := added_up(opened, by)) != (whole, whole)}


def sums(found: list[dict[str, Any]], *kinds: str) -> tuple[int, int]:
    return (
        sum(record["requests"] for record in found if record["line"] in kinds),
        sum(record["cost_nano_usd"] for record in found if record["line"] in kinds),
    )


@settings(max_examples=2, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(calls(), min_size=1, max_size=20))
def test_every_report_comes_to_the_same_total(lines: list[bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder, book(Path(folder), *lines) as opened:
        whole = sums(records(opened.report(by="month")), "total")
        parts = ("line", "unattributed", "others", "unchained", "no user")
        found = {
            "top": records(opened.top(by="user", limit=2)),
            "trend": records(opened.trend(by="model", limit=1)),
            "chains": records(opened.chains(limit=1)),
            "spread": records(opened.chains(by="segment")),
            "tiers": records(opened.tiers()),
            "unit": records(opened.unit(by="team")),
            "cache": records(opened.cache(by="feature,model")),
            "quadrant": records(opened.quadrant(by="user")),
        }
        assert {} == {name: (sums(one, *parts), sums(one, "total")) for name, one in found.items() if sums(one, *parts) != whole}
        assert {} == {name: sums(one, "total") for name, one in found.items() if sums(one, "total") != whole}
