"""Packing: what a file of the ledger keeps of an event gives back the very event."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from cost_lib.ledger import manifest, packing, staging
from cost_lib.ledger.columns import STORED, TYPES
from tests.ledger.stored import ask, compact, event, ids, log

ID = "01a20279-f3c6-7c49-b0e2-b820f755b338"
NEAR = "01a20279-f300-7c49-b0e2-b820f755b330"
IDS = [
    (ID, NEAR), (ID, ID), (NEAR, ID), (ID, None), (ID, "o"), ("e", NEAR), (ID, NEAR.upper()), (ID.upper(), NEAR),
    (ID.replace("-", ""), NEAR),
    ("2f1b1a10-0000-4000-8000-000000000001", "2f1b1a10-0000-4000-8000-000000000001"), ("ffffffff-ffff-7fff-ffff-ffffffffffff", ID),
    ("00000000-0000-7c49-b0e2-000000000000", "ffffffff-ffff-7c49-b0e2-ffffffffffff"), (ID, "01a20279-f300-7c49-b0e3-b820f755b330"),
    (f"{{{ID}}}", ID + " "), ("01a2-0279f3c6-7c49-b0e2-b820f755b338", "é"),
]  # fmt: skip
SPLITS = [
    '{"input":1000}', '{"input":1000,"cache_read":9,"output":500}', '{"output":500,"input":1000}', '{"input":1001}', '{"input":0}',
    '{"input": 1000}', '{"input":1000,"images":0}', '{"input":"1000"}', '{"input":-1000}', '{"cache_write_5m":5}',
    '{"output":500,"reasoning":0}', '{"input":9223372036854775807}', '{"input":99999999999999999999}', '{"input":1e3}', '{"input":null}',
    '{"input":1000,"input":1000}', None,
]  # fmt: skip
LATENCIES = [None, 0, 12_345, -1, 999_999_999_999_999_999]


def stored(**given: Any) -> dict[str, Any]:
    """Make an event as it is stored."""
    plain = {"ts": "2026-11-22 10:00:00.000001", "kind": "call", "status": "ok", "attempt": 1, "input_tokens": 10, "output_tokens": 5}
    return {**dict.fromkeys(STORED), "event_id": ID, "cache_read_tokens": 3, "cost_nano_usd": 1500, **plain, **given}


def again(events: list[dict[str, Any]]) -> tuple[list[Any], list[Any]]:
    """Return what is stored of events, before they are packed and after they are unpacked."""
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE events ({', '.join(f'{name} {kind}' for name, kind in TYPES.items())})")
        connection.executemany(f"INSERT INTO events VALUES ({', '.join('?' * len(STORED))})", [list(one.values()) for one in events])  # noqa: S608
        connection.execute(f"CREATE TABLE packed AS {packing.packed('events')}")
        names = ", ".join(STORED)
        return connection.execute("FROM events").fetchall(), connection.execute(
            f"SELECT {names} FROM ({packing.unpacked('packed')})"  # noqa: S608 - names of our own
        ).fetchall()


def test_every_id_comes_back_letter_by_letter() -> None:
    before, after = again([stored(event_id=one, operation_id=two, latency_us=three) for one, two in IDS for three in LATENCIES])
    assert before == after


def test_every_split_comes_back_letter_by_letter() -> None:
    before, after = again([stored(cost_split=one, input_tokens=tokens) for one in SPLITS for tokens in (10, 0, None, -10, 3)])
    assert before == after


def test_ids_and_splits_of_ours_become_numbers(tmp_path: Path) -> None:
    log(
        tmp_path / "log",
        event(1, event_id=ID, operation_id=NEAR, cost_split={"input": 1000, "output": 500}, ts="2026-11-22T10:00:00.000000Z"),
    )
    compact(tmp_path)
    [part] = manifest.read(tmp_path / "ledger").parts
    found = duckdb.execute(
        f"SELECT event_id, operation_id, cost_split, operation_behind, rate_input FROM '{part.file(tmp_path / 'ledger', 'events')}'"  # noqa: S608
    ).fetchall()
    assert [(None, None, None, 8, 100)] == found
    assert [(ID, NEAR, '{"input":1000,"output":500}', 1000)] == ask(
        [tmp_path / "ledger"], "SELECT event_id, operation_id, cost_split, split_input FROM events"
    )


def test_what_no_event_says_has_no_column_and_is_nothing_in_a_report(tmp_path: Path) -> None:
    log(tmp_path / "log", event(1))
    compact(tmp_path)
    [part] = manifest.read(tmp_path / "ledger").parts
    assert {"cost_center", "session_id", "cost_split", "rate_input"} < set(part.absent)
    assert not {"feature", "tags", "error_class"} & set(part.absent)
    assert [(None, None)] == ask([tmp_path / "ledger"], "SELECT cost_center, cost_split FROM events")


def test_parts_of_different_columns_are_one_table(tmp_path: Path) -> None:
    log(tmp_path / "log", event(1))
    compact(tmp_path)
    log(tmp_path / "log", event(2, team="t", cost_split={"input": 1500}), day="2026-11-22")
    compact(tmp_path)
    query = "SELECT event_id, team, cost_split FROM events ORDER BY event_id"
    assert [("e1", None, None), ("e2", "t", '{"input":1500}')] == ask([tmp_path / "ledger"], query)


def test_a_key_that_was_overlooked_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "SAMPLE", 10)
    monkeypatch.setattr(staging, "SPOTS", 0)
    log(tmp_path / "log", event(1), event(2, owner="o"), event(3))
    assert (3, ()) == (compact(tmp_path).events, compact(tmp_path).skipped)
    assert [(None,), ("o",), (None,)] == ask([tmp_path / "ledger"], "SELECT owner FROM events ORDER BY event_id")


def test_a_key_that_came_once_is_looked_for_ever_after(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log(tmp_path / "log", event(1, owner="o"))
    compact(tmp_path)
    asked: list[frozenset[str]] = []
    packed = packing.packed

    def listened(source: str, absent: frozenset[str]) -> str:
        asked.append(frozenset(absent))
        return packed(source, absent)

    monkeypatch.setattr(packing, "packed", listened)
    log(tmp_path / "log", event(2), day="2026-11-22")
    compact(tmp_path)
    assert ["e1", "e2"] == ids([tmp_path / "ledger"])
    assert [("owner" in one, "team" in one) for one in asked] == [(False, True)]
