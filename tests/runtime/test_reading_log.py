from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cost_lib.errors import NoLogError
from cost_lib.event_model import Event
from cost_lib.reading_log import Skipped, read_lines, read_log

if TYPE_CHECKING:
    from pathlib import Path

GOOD = b'{"v":1,"ts":"2026-11-22T12:00:00.000000Z","event_id":"%d","feature":"faq"}\n'


def good(number: int) -> bytes:
    return GOOD % number


def found(data: bytes) -> list[str]:
    """Give the ids of events, and for what was skipped its line and reason."""
    lines = read_lines(data.splitlines(keepends=True))
    return [one.event_id if isinstance(one, Event) else f"line {one.line}: {one.reason}" for one in lines]


def test_good_lines_are_events() -> None:
    assert ["1", "2"] == found(good(1) + good(2))


def test_a_torn_line_does_not_swallow_the_one_that_is_glued_to_it() -> None:
    assert ["1", "line 2: cut short", "2", "3"] == found(good(1) + good(9)[:40] + good(2) + good(3))


def test_a_line_that_is_nested_too_deeply_is_told() -> None:
    deep = b'{"v":1,"ts":"t","event_id":"e","x":' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    assert ["line 1: no event", "2"] == found(deep + b"\n" + good(2))


def test_a_torn_line_before_a_line_break_is_told() -> None:
    assert ["line 1: cut short", "2"] == found(good(9)[:40] + b"\n" + good(2))


def test_the_end_of_a_line_without_its_beginning_is_told() -> None:
    assert ["line 1: no event", "2"] == found(good(9)[40:] + good(2))


def test_several_torn_lines_on_one_are_each_told() -> None:
    assert ["line 1: cut short", "line 1: cut short", "1"] == found(good(8)[:20] + good(9)[:50] + good(1))


def test_two_good_events_on_one_line_are_both_read() -> None:
    assert ["1", "2"] == found(good(1)[:-1] + good(2))


def test_a_last_line_without_its_end_is_read_when_it_is_whole() -> None:
    assert ["1", "2"] == found(good(1) + good(2)[:-1])


def test_an_event_of_a_newer_version_is_told() -> None:
    assert ["line 1: written by a newer costmark, in format 2", "1"] == found(good(9).replace(b'"v":1', b'"v":2') + good(1))


def test_what_looks_like_a_beginning_inside_a_string_is_none() -> None:
    assert ["1"] == found(good(1).replace(b'"faq"', rb'"{\"v\":1,"'))


def test_keys_that_are_not_known_are_no_trouble() -> None:
    assert ["1"] == found(good(1).replace(b'"feature"', b'"new":{"a":[1]},"feature"'))


@given(st.lists(st.tuples(st.booleans(), st.integers(1, 70)), max_size=30))
def test_no_good_line_is_lost_whatever_is_torn_before_it(parts: list[tuple[bool, int]]) -> None:
    data = b"".join(good(number) if is_good else good(number)[:size] for number, (is_good, size) in enumerate(parts))
    expected = [str(number) for number, (is_good, _) in enumerate(parts) if is_good]
    assert expected == [name for name in found(data) if not name.startswith("line")]


@given(st.binary(max_size=300))
def test_noise_raises_nothing_and_is_told(noise: bytes) -> None:
    assert "7" in found(noise.replace(b"\n", b"") + good(7))


def test_a_folder_is_read_in_the_order_of_its_days(tmp_path: Path) -> None:
    (tmp_path / "events-2026-11-22.jsonl").write_bytes(good(2))
    (tmp_path / "events-2026-11-21.jsonl").write_bytes(good(1) + b"x")
    first, skipped, second = read_log(tmp_path)
    assert isinstance(skipped, Skipped)
    assert ("1", "2") == tuple(one.event_id for one in (first, second) if isinstance(one, Event))
    assert f"{tmp_path / 'events-2026-11-21.jsonl'}:2: 1 bytes skipped: no event" == str(skipped)


def test_a_folder_that_is_named_like_a_day_is_left_out_and_told(tmp_path: Path) -> None:
    (tmp_path / "events-2026-11-21.jsonl").mkdir()
    (tmp_path / "events-2026-11-22.jsonl").write_bytes(good(1))
    skipped, event = read_log(tmp_path)
    assert isinstance(event, Event)
    assert f"{tmp_path / 'events-2026-11-21.jsonl'} skipped: not a file" == str(skipped)


def test_no_log_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(NoLogError):
        list(read_log(tmp_path))
