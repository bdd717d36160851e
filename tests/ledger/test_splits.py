"""Meters and comparisons from the rollup of days: the same figures as from the events, to the nano-dollar."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from cost_lib.ledger import manifest
from cost_lib.ledger.columns import SPLITS
from cost_lib.ledger.reports.comparing import compare
from cost_lib.ledger.reports.spending import report
from cost_lib.ledger.session import Session
from cost_lib.policy import Policy
from tests.ledger.engine_cases import RULES, _ask, write_log
from tests.ledger.stored import NOW, compact, event, log, parts

duckdb = pytest.importorskip("duckdb")
MONTHS = {"before": "2026-10", "after": "2026-11"}
EVENTS_ALONE = "attempt >= 0"  # a figure is known of single events alone, and this one always holds


def by_meter(places: tuple[Path, ...], where: str = "") -> list[tuple[Any, ...]]:
    """Report by feature and meter."""
    session = Session(places, RULES)
    try:
        return report(session, _ask("feature,meter", where)).read()[1]
    finally:
        session.close()


def compared(places: tuple[Path, ...], where: str = "") -> list[tuple[Any, ...]]:
    """Compare two months by team."""
    session = Session(places, RULES)
    try:
        return compare(session, by="feature,segment", where=where, **MONTHS).table.read()[1]
    finally:
        session.close()


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a ledger of events whose costs outgrow 64 bits."""
    folder = tmp_path_factory.mktemp("splits")
    write_log(folder / "log")
    compact(folder)
    return folder / "ledger"


@pytest.mark.parametrize("asked", [by_meter, compared])
def test_rollups_answer_as_the_events_do(ledger: Path, asked: Any) -> None:
    assert asked((ledger,), EVENTS_ALONE) == asked((ledger,))


@pytest.mark.parametrize(("view", "more"), [("day_meters", ()), ("days", ("price_context", *SPLITS))])
def test_the_rollup_is_enough(ledger: Path, view: str, more: tuple[str, ...]) -> None:
    session = Session((ledger,), RULES)
    try:
        assert view == session.view_of(_ask("feature" if more else "feature,meter"), *more)
    finally:
        session.close()


def make_older(folder: Path) -> None:
    """Take from the rollups of a test's ledger what older versions did not write."""
    ledger = folder / "ledger"
    held = manifest.read(ledger)
    for part in held.parts:
        file = part.file(ledger, "days")
        query = f"SELECT * EXCLUDE (price_context, {', '.join(SPLITS)}) FROM read_parquet('{file}', hive_partitioning = false)"  # noqa: S608
        duckdb.execute(f"COPY ({query}) TO '{file}.older' (FORMAT parquet)")
        file.with_name(f"{file.name}.older").replace(file)
    manifest.commit(ledger, msgspec.structs.replace(held, parts=tuple(msgspec.structs.replace(part, rolled=0) for part in held.parts)))


@pytest.mark.parametrize("asked", [by_meter, compared])
def test_rollups_of_an_older_version_leave_it_to_the_events(tmp_path: Path, asked: Any) -> None:
    write_log(tmp_path / "log", 100)
    compact(tmp_path)
    expected = asked((tmp_path / "ledger",))
    make_older(tmp_path)
    assert expected == asked((tmp_path / "ledger",))


def test_merged_with_newer_ones_they_are_made_anew(tmp_path: Path) -> None:
    log(tmp_path / "log", event(1, cost_split={"input": 500, "output": 1000}))
    compact(tmp_path, now=NOW - 86_400)
    make_older(tmp_path)
    log(tmp_path / "log", event(2, cost_split={"input": 500, "output": 1000}))
    compact(tmp_path)
    (part,) = manifest.read(tmp_path / "ledger").parts
    file = part.file(tmp_path / "ledger", "days")
    assert [("2026-11-21", 2)] == parts(tmp_path)
    assert [(1000, 2000, 3000)] == duckdb.execute(
        f"SELECT sum(split_input), sum(split_output), sum(cost_nano_usd) FROM '{file}'"  # noqa: S608
    ).fetchall()


@pytest.mark.parametrize(
    "parts_of_cost",
    [{"input": "much"}, {"input": 2**62, "output": 2**62}, {"input": -5, "output": 5}, {"input": 1501}, {"input": [1]}, {"input": None}],
)
def test_parts_that_are_none_stand_under_other(tmp_path: Path, parts_of_cost: dict[str, Any]) -> None:
    log(tmp_path / "log", event(1, cost_split=parts_of_cost))
    session = Session((tmp_path / "log",), Policy())
    try:
        lines = report(session, _ask("meter")).relation().filter("line = 'line' AND cost_nano_usd <> 0")
        assert [("other", 1500)] == lines.project("meter, cost_nano_usd").fetchall()
    finally:
        session.close()
