"""Lines that are torn, foreign, hostile or endless: told with file and line, never a crash, and no event beside them lost."""

from __future__ import annotations

import json
import os
import resource
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cost_lib.errors import ReportError
from cost_lib.ledger import staging, troubled
from lint_plugin.frontends import cli
from tests.ledger.stored import DAY, NOW, ask, compact, event, ids, log, open_places

DEEP = "[" * 100_000 + "]" * 100_000


def changed(**keys: str) -> bytes:
    """Write an event in which some keys have other JSON than they should."""
    found = json.loads(event(7))
    text = ",".join(f'"{name}":{keys.get(name, json.dumps(value))}' for name, value in {**found, **keys}.items())
    return f"{{{text}}}\n".encode()


HOSTILE = {
    "torn": (event(7)[:60] + b"\n", "cut short"),
    "foreign": (b"Traceback (most recent call last):\n", "no event"),
    "another object": (b'{"a":1}\n', "no event"),
    "a list": (b"[1,2]\n", "no event"),
    "no text": (b"\xff\xfe\x00\x01\n", "no event"),
    "NULs": (b"\x00" * 4096 + b"\n", "no event"),
    "invalid UTF-8 in a value": (changed(feature='"a"').replace(b'"a"', b'"\xff"'), "no event"),
    "half a surrogate pair": (changed(feature='"\\ud800"'), "no event"),
    "a newer format": (b'{"v":2,"ts":"2026-11-21T10:00:00.000000Z","event_id":"n"}\n', "written by a newer costmark, in format 2"),
    "no id": (b'{"v":1,"ts":"2026-11-21T10:00:00.000000Z","event_id":""}\n', "no event"),
    "no moment": (changed(ts='"yesterday"'), "no moment that could be true"),
    "a moment of another age": (changed(ts='"0001-01-01T00:00:00Z"'), "no moment that could be true"),
    "beyond 64 bits": (changed(cost_nano_usd="9223372036854775808"), "cost_nano_usd has a value of the wrong type or size"),
    "a word for a number": (changed(input_tokens='"many"'), "input_tokens has a value of the wrong type or size"),
    "tags that are none": (changed(tags='"squad"'), "tags has a value of the wrong type or size"),
    "tags in a text": (changed(tags='"{bad"'), "tags has a value of the wrong type or size"),
    "an error that is none": (changed(error='"E"'), "error has a value of the wrong type or size"),
    "a latency beyond measure": (changed(latency_ms="1e300"), "latency_ms has a value of the wrong type or size"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_told_and_its_neighbours_count(name: str, tmp_path: Path) -> None:
    line, reason = HOSTILE[name]
    log(tmp_path / "log", event(1), line, event(2))
    live = open_places([tmp_path / "log"], tmp_path)
    found = compact(tmp_path)
    assert [(2, len(line) - 1, reason)] == [(one.line, one.size, one.reason) for one in found.skipped]
    assert found.skipped == live.skipped
    assert ["e1", "e2"] == ids([tmp_path / "ledger"]) == [one for (one,) in live.connection.sql("SELECT event_id FROM events").fetchall()]


READABLE = {
    "a number in quotes": (changed(input_tokens='"12"'), "input_tokens", 12),
    "a number for a text": (changed(feature="5"), "feature", "5"),
    "a fraction of a token": (changed(input_tokens="1.7"), "input_tokens", 2),
    "a key twice": (changed(feature='"a","feature":"b"'), "feature", "b"),
    "a moment elsewhere": (changed(ts='"2026-11-21T12:00:00+02:00"'), "ts::VARCHAR", "2026-11-21 10:00:00"),
    "a NUL in a text": (changed(feature='"a\\u0000b"'), "feature", "a\0b"),
    "keys in another order": (b'{"ts":"2026-11-21T10:00:00Z", "feature":"b", "event_id":"x", "v":1}\n', "feature", "b"),
    "an id that is a number": (changed(event_id="5"), "event_id", "5"),
    "a word for yes": (changed(batch='"yes"'), "batch", True),
    "a value that is null": (changed(feature="null"), "feature", None),
}


@pytest.mark.parametrize("name", READABLE)
@pytest.mark.parametrize("beside", [b"", b"garbage\n"], ids=["sound", "troubled"])
def test_what_can_be_read_is_read_alike_beside_sound_and_troubled_lines(name: str, beside: bytes, tmp_path: Path) -> None:
    line, column, value = READABLE[name]
    log(tmp_path / "log", line, beside)
    compact(tmp_path)
    assert [(value,)] == ask([tmp_path / "ledger"], f"SELECT {column} FROM events")  # noqa: S608 - a name of our own


@pytest.mark.parametrize(("key", "beside"), [("x", b""), ("tags", b""), ("tags", b"garbage\n"), ("passes", b"garbage\n")])
def test_no_nesting_is_too_deep(key: str, beside: bytes, tmp_path: Path) -> None:
    value = DEEP if key == "passes" else f'{{"a":{DEEP}}}'
    log(tmp_path / "log", event(1), changed(**{key: value}), beside, event(2))
    found = compact(tmp_path)
    assert 3 + bool(beside) == found.events + len(found.skipped)
    assert len(ids([tmp_path / "ledger"])) == found.events
    ask([tmp_path / "ledger"], "SELECT tags->>'a' FROM days")


def test_events_that_are_glued_together_count_all(tmp_path: Path) -> None:
    log(tmp_path / "log", event(1)[:40] + event(2)[:-1] + event(3))
    assert [(1, 40)] == [(one.line, one.size) for one in compact(tmp_path).skipped]
    assert ["e2", "e3"] == ids([tmp_path / "ledger"])


def test_a_line_without_end_is_passed_over_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(troubled, "LONGEST", 1 << 14)
    log(tmp_path / "log", event(1), b"x" * 100_000 + event(2)[:-1] + b"y" * 70_000 + b"\n", event(3))
    found = compact(tmp_path)
    assert {2} == {one.line for one in found.skipped}
    assert ["e1", "e3"] == [one for one in ids([tmp_path / "ledger"]) if one != "e2"]


def test_a_line_of_tens_of_megabytes_is_told(tmp_path: Path) -> None:
    file = log(tmp_path / "log", event(1))
    os.truncate(file, 30 << 20)  # NULs, as a crash leaves them
    log(tmp_path / "log", b"\n" + event(2))
    assert {2} == {one.line for one in compact(tmp_path).skipped}
    assert ["e1", "e2"] == ids([tmp_path / "ledger"])


def test_an_event_of_the_future_counts_and_is_told(tmp_path: Path) -> None:
    file = log(tmp_path / "log", event(1), event(2, ts="2031-01-01T00:00:00.000000Z"))
    found = compact(tmp_path)
    assert (2, 1, [(file, 2, "e2", "dated in the future, counted")]) == (found.events, found.future, list(found.noticed))


def test_lines_are_numbered_from_the_start_of_the_file_whatever_was_taken_in_before(tmp_path: Path) -> None:
    log(tmp_path / "log", event(1), event(2))
    compact(tmp_path)
    log(tmp_path / "log", event(3), b"garbage\n")
    assert [(4, 7)] == [(one.line, one.size) for one in compact(tmp_path).skipped]


def test_a_troubled_file_is_read_in_shares(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cost_lib.ledger.intake.SHARE", 1000)
    log(tmp_path / "log", *(event(number) for number in range(20)), b"garbage\n", *(event(number) for number in range(20, 40)))
    assert [(21, 7)] == [(one.line, one.size) for one in compact(tmp_path).skipped]
    assert len(ids([tmp_path / "ledger"])) == 40


def test_what_duckdb_does_not_take_is_found_by_halving(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "typed", lambda _: "")  # as if something had been overlooked
    log(tmp_path / "log", *(event(number) for number in range(5)), changed(input_tokens='"many"'), event(5))
    assert [(6, staging.WRONG)] == [(one.line, one.reason) for one in compact(tmp_path).skipped]
    assert len(ids([tmp_path / "ledger"])) == 6


def test_a_file_that_became_shorter_has_an_end(tmp_path: Path) -> None:
    file = log(tmp_path / "log", event(1))
    with file.open("rb") as lines:
        assert ["e1"] == [one.event["event_id"] for one in troubled.found_in(lines, 0, 1 << 20) if one.event]


def test_a_file_that_vanishes_is_no_crash(tmp_path: Path) -> None:
    file = log(tmp_path / "log", event(1))
    compact(tmp_path)
    file.unlink()
    log(tmp_path / "log", event(2), day="2026-11-22")
    assert compact(tmp_path).events == 1


PLAIN = st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8)
VALUES: st.SearchStrategy[Any] = PLAIN | st.lists(PLAIN, max_size=3) | st.dictionaries(st.text(max_size=5), PLAIN, max_size=3)
KEYS = st.sampled_from(
    ["ts", "event_id", "kind", "tags", "units", "cost_nano_usd", "latency_ms", "batch", "error", "call_site", "é", 'a"b']
)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.dictionaries(KEYS, VALUES, max_size=4), max_size=4))
def test_whatever_values_come_every_line_is_counted_or_told(tmp_path: Path, changes: list[dict[str, Any]]) -> None:
    folder = Path(os.path.join(tmp_path, os.urandom(4).hex()))  # noqa: PTH118 - one an example
    lines = [event(number, **change) for number, change in enumerate(changes)]
    file = log(folder / "log", *lines, event(99))
    os.utime(file, (NOW - 2 * DAY, NOW - 2 * DAY))
    found = compact(folder)
    assert len(lines) + 1 == found.events + found.doubled + len(found.skipped)
    assert "e99" in ids([folder / "ledger"])


ELSEWHERE = {
    "removed": {"retired": [{"path": "../mine", "at": 1}]},
    "removed by its whole name": {"retired": [{"path": "/mine", "at": 1}]},
    "removed beside": {"retired": [{"path": "events/dt=2026-11-21/../../mine.parquet", "at": 1}]},
    "read": {"parts": [{"day": "2026-11-21", "name": "../../../mine", "events": 1, "size": 1, "trees": ["events"]}]},
    "of no tree": {"parts": [{"day": "2026-11-21", "name": "1", "events": 1, "size": 1, "trees": ["../mine"]}]},
    "of no day": {"parts": [{"day": "../..", "name": "1", "events": 1, "size": 1, "trees": ["events"]}]},
}


@pytest.mark.parametrize("name", ELSEWHERE)
def test_a_manifest_names_no_file_elsewhere(name: str, tmp_path: Path) -> None:
    log(tmp_path / "log", event(1))
    (tmp_path / "mine").touch()
    (tmp_path / "ledger").mkdir()
    (tmp_path / "ledger" / "manifest.json").write_text(json.dumps(ELSEWHERE[name]))
    with pytest.raises(ReportError, match="this is no ledger that can be read"):
        compact(tmp_path)
    assert (tmp_path / "mine").exists()


def test_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    log(tmp_path / "log", event(1))
    mine = tmp_path / "mine"
    mine.write_text("mine")
    (tmp_path / "ledger").mkdir()
    (tmp_path / "ledger" / ".manifest.json.new").symlink_to(mine)
    compact(tmp_path)
    (tmp_path / "ledger" / "lock").unlink()
    (tmp_path / "ledger" / "lock").symlink_to(mine)
    with pytest.raises(ReportError, match="lock"):
        compact(tmp_path)
    assert "mine" == mine.read_text()


ODD_KEYS = ("", "Feature", "TS", "@more", "@lacking", "*", "more", "filename", "a\0b", "'\"\\", "$files", "is_ours", "ß")


@pytest.mark.parametrize("is_sound", [pytest.param(True, id="sound"), pytest.param(False, id="troubled")])
@pytest.mark.parametrize("key", ODD_KEYS)
def test_a_key_that_is_no_name_of_a_column_is_kept(key: str, tmp_path: Path, *, is_sound: bool) -> None:
    log(tmp_path / "log", event(1, **{key: {"a": None}}), event(2, **{f"{key}2": 5, "ID": 1, "id": 2}), b"" if is_sound else b"foreign\n")
    asked = "SELECT event_id, feature, more FROM events ORDER BY 1"
    live = ask([tmp_path / "log"], asked)
    compact(tmp_path)
    found = ask([tmp_path / "ledger"], asked)
    assert found == live
    assert [("e1", "faq", {key: {"a": None}}), ("e2", "faq", {f"{key}2": 5, "ID": 1, "id": 2})] == [
        (one, feature, json.loads(more)) for one, feature, more in found
    ]


def test_more_keys_than_a_query_may_have_are_kept(tmp_path: Path) -> None:
    log(tmp_path / "log", *(event(number, **{f"k{number}": number}) for number in range(2000)))
    compact(tmp_path)
    assert [(2000, 2000)] == ask([tmp_path / "ledger"], "SELECT count(*), count(DISTINCT more) FROM events")


@pytest.mark.parametrize("is_sound", [pytest.param(True, id="sound"), pytest.param(False, id="troubled")])
def test_what_could_not_be_written_is_not_told_as_bad(tmp_path: Path, capsys: pytest.CaptureFixture[str], *, is_sound: bool) -> None:
    log(tmp_path / "log", *(event(number) for number in range(4)), b"" if is_sound else b"foreign\n")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4000, limits[1]))  # as a full disk, which leaves room for small files
    try:
        assert 2 == cli.main(["compact", str(tmp_path / "log"), "--ledger", str(tmp_path / "ledger")])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert capsys.readouterr().err.startswith("costmark: the log or the ledger cannot be written: ")
    assert (4, 4) == (compact(tmp_path).events, len(ids([tmp_path / "ledger"])))
