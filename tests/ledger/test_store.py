"""The store: every event is in the ledger once, however its file came, grew, moved or was cut."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import duckdb
import msgspec
import pytest

from cost_lib.errors import NoLogError, ReportError
from cost_lib.ledger import columns, locking, manifest, merging, retention, rollups
from cost_lib.ledger.retention import Keep
from cost_lib.policy import loads
from tests.ledger.stored import DAY, NOW, ask, compact, event, ids, log, open_places, parts

OLDER = Path(__file__).parent / "older" / "ledger_1"
FIRST_LAYOUT = """SELECT event_id, operation_id, request, is_counted, split_input, more FROM events
    WHERE dt = '2026-11-22' AND event_id NOT IN ('e4', 'e5') ORDER BY ts"""
TOTALS = "SELECT sum(requests), sum(attempts), sum(input_tokens), sum(output_tokens), sum(cost_nano_usd), sum(unpriced) FROM days"


class TestTakingIn:
    def test_what_was_compacted_is_reported_without_the_lines(self, tmp_path: Path) -> None:
        log(tmp_path / "log", event(1), event(2, cost_nano_usd=7))
        compact(tmp_path)
        assert [("2026-11-21", 2, 1507)] == ask(
            [tmp_path / "ledger"], "SELECT dt::VARCHAR, sum(requests)::BIGINT, sum(cost_nano_usd)::BIGINT FROM days GROUP BY dt"
        )

    def test_every_key_comes_back_as_it_was_written(self, tmp_path: Path) -> None:
        whole = {
            "units": {"images": 2}, "cost_split": {"input": 1500}, "passes": [{"model": "m"}], "batch": True, "stream": True,
            "call_site": {"file": "a.py", "name": "f", "line": 3}, "error": {"class": "E", "status": 429, "code": "c"},
        }  # fmt: skip
        log(tmp_path / "log", event(1, **whole))
        before = ask([tmp_path / "log"], "SELECT * FROM events")
        compact(tmp_path)
        assert before == ask([tmp_path / "ledger"], "SELECT * FROM events")
        assert [("a.py:3", "f", "E", 429, '{"images":2}', 12.345)] == ask(
            [tmp_path / "ledger"], "SELECT call_site, call_site_name, error_class, error_status, units, latency_ms FROM events"
        )

    def test_a_second_run_changes_nothing(self, tmp_path: Path) -> None:
        log(tmp_path / "log", event(1))
        compact(tmp_path)
        before = (tmp_path / "ledger" / "manifest.json").read_bytes()
        assert compact(tmp_path).events == 0
        assert before == (tmp_path / "ledger" / "manifest.json").read_bytes()

    def test_what_is_appended_is_taken_in_alone(self, tmp_path: Path) -> None:
        file = log(tmp_path / "log", event(1))
        compact(tmp_path)
        size = file.stat().st_size
        log(tmp_path / "log", event(2))
        found = compact(tmp_path)
        assert (1, 0, file.stat().st_size - size) == (found.events, found.doubled, found.size)
        assert ["e1", "e2"] == ids([tmp_path / "ledger"])

    def test_a_line_without_its_end_waits_for_it(self, tmp_path: Path) -> None:
        file = log(tmp_path / "log", event(1), event(2)[:50])
        os.utime(file, (NOW, NOW))
        assert compact(tmp_path).events == 1
        log(tmp_path / "log", event(2)[50:])
        assert (1, ()) == (compact(tmp_path)[2], compact(tmp_path).skipped)
        assert ["e1", "e2"] == ids([tmp_path / "ledger"])

    def test_a_line_that_will_not_get_its_end_is_told_after_a_day(self, tmp_path: Path) -> None:
        file = log(tmp_path / "log", event(1), event(2)[:50])
        os.utime(file, (NOW - 2 * DAY, NOW - 2 * DAY))
        assert [(2, 50, "cut short")] == [(one.line, one.size, one.reason) for one in compact(tmp_path).skipped]

    def test_late_events_join_their_day(self, tmp_path: Path) -> None:
        log(tmp_path / "log", event(1))
        compact(tmp_path)
        log(tmp_path / "log", event(2, ts="2026-11-21T23:00:00.000000Z"), event(3, ts="2026-11-22T00:00:01.000000Z"), day="2026-11-22")
        compact(tmp_path)
        assert [("2026-11-21", 2), ("2026-11-22", 1)] == ask(
            [tmp_path / "ledger"], "SELECT dt::VARCHAR, sum(requests)::BIGINT FROM days GROUP BY ALL ORDER BY 1"
        )

    def test_files_of_several_hosts_are_one_log(self, tmp_path: Path) -> None:
        for number, host in enumerate(("web-1", "web-2")):
            log(tmp_path / "log" / host, event(number))
        compact(tmp_path)
        assert ["e0", "e1"] == ids([tmp_path / "ledger"])

    def test_many_small_parts_of_a_day_become_one(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(merging, "MANY", 3)
        for number in range(merging.MANY):
            log(tmp_path / "log", event(number))
            compact(tmp_path, now=NOW - 2 * DAY)
        assert [("2026-11-21", merging.MANY)] == parts(tmp_path)
        assert [(merging.MANY, merging.MANY)] == ask(
            [tmp_path / "ledger"], "SELECT count(*), (SELECT sum(requests)::BIGINT FROM user_days) FROM events"
        )

    def test_files_that_were_merged_stay_for_who_reads_them_and_then_go(self, tmp_path: Path) -> None:
        for number in range(2):
            log(tmp_path / "log", event(number))
            compact(tmp_path)
        files = tmp_path / "ledger" / "events" / "dt=2026-11-21"
        assert len(list(files.iterdir())) == 3
        log(tmp_path / "log", event(9, ts="2026-11-22T10:00:00.000000Z"), day="2026-11-22")
        compact(tmp_path, now=NOW + DAY)
        assert len(list(files.iterdir())) == 1

    def test_a_file_that_was_taken_away_is_said_with_what_to_do(self, tmp_path: Path) -> None:
        log(tmp_path / "log", event(1))
        compact(tmp_path)
        [file] = (tmp_path / "ledger" / "events").rglob("*.parquet")
        file.unlink()
        with pytest.raises(ReportError, match=rf"{file} is gone: .* put it back from a copy"):
            compact(tmp_path)

    def test_two_at_once_are_one_after_the_other(self, tmp_path: Path) -> None:
        log(tmp_path / "log", event(1))
        compact(tmp_path)
        with locking.locked(tmp_path / "ledger"), pytest.raises(ReportError, match=r"process \d+ on .* is compacting this ledger"):
            compact(tmp_path)


class TestOnce:
    def test_the_same_event_in_two_files_counts_once(self, tmp_path: Path) -> None:
        log(tmp_path / "log" / "a", event(1), event(2))
        log(tmp_path / "log" / "b", event(2), event(3))
        found = compact(tmp_path)
        assert (3, 1) == (found.events, found.doubled)
        assert ["e1", "e2", "e3"] == ids([tmp_path / "ledger"])

    def test_an_event_that_comes_again_later_is_named_with_its_line(self, tmp_path: Path) -> None:
        log(tmp_path / "log", event(1))
        compact(tmp_path)
        again = log(tmp_path / "copy", event(5), event(1), day="2026-11-22")
        found = compact(tmp_path, tmp_path / "copy")
        assert [(again, 2, "e1", "counted already")] == list(found.noticed)
        assert ["e1", "e5"] == ids([tmp_path / "ledger"])

    @pytest.mark.parametrize("name", ["01a20279-f3c6-7c49-b0e2-b820f755b338", "2f1b1a10-0000-8000-8000-000000000001", "any"])
    def test_an_id_counts_once_on_whatever_day_it_comes_again(self, tmp_path: Path, name: str) -> None:
        log(tmp_path / "log", event(1, event_id=name, ts="2026-11-22T10:00:00.000000Z"))
        compact(tmp_path)
        log(tmp_path / "log", event(1, event_id=name, ts="2026-01-05T10:00:00.000000Z"), day="2026-11-23")
        assert (0, 1) == (compact(tmp_path).events, len(ids([tmp_path / "ledger"])))

    def test_a_stray_id_is_known_again_under_its_own_time(self, tmp_path: Path) -> None:
        name = "01a20279-f3c6-7c49-b0e2-b820f755b338"  # of 2026-11-22
        log(tmp_path / "log", event(1, event_id=name, ts="2026-01-05T10:00:00.000000Z"))
        compact(tmp_path)
        log(tmp_path / "log", event(1, event_id=name, ts="2026-11-22T10:00:00.000000Z"), day="2026-11-22")
        assert (0, 1) == (compact(tmp_path).events, len(ids([tmp_path / "ledger"])))

    def test_live_events_count_beside_compacted_ones_and_none_twice(self, tmp_path: Path) -> None:
        log(tmp_path / "log", event(1), event(2))
        compact(tmp_path)
        log(tmp_path / "log", event(2), event(3), event(3))
        places = [tmp_path / "ledger", tmp_path / "log"]
        assert ["e1", "e2", "e3"] == ids(places)
        assert [(3, 3)] == ask(places, "SELECT sum(requests)::BIGINT, (SELECT sum(requests)::BIGINT FROM user_days) FROM days")

    def test_reports_say_the_same_before_and_after(self, tmp_path: Path) -> None:
        log(tmp_path / "log", event(1), event(2, attempt=2, operation_id="o1"), event(3, status="error", cost_nano_usd=None))
        before = ask([tmp_path / "log"], TOTALS)
        compact(tmp_path)
        assert before == ask([tmp_path / "ledger"], TOTALS) == ask([tmp_path / "ledger", tmp_path / "log"], TOTALS)


class TestSeveralLedgers:
    def test_they_add_up_and_the_same_one_twice_is_one(self, tmp_path: Path) -> None:
        for number, host in enumerate(("a", "b")):
            log(tmp_path / host / "log", event(number))
            compact(tmp_path / host)
        ledgers = [tmp_path / "a" / "ledger", tmp_path / "b" / "ledger"]
        assert ["e0", "e1"] == ids([*ledgers, tmp_path / "a" / ".." / "a" / "ledger"])

    def test_those_that_hold_the_same_events_are_refused(self, tmp_path: Path) -> None:
        log(tmp_path / "log", event(1))
        compact(tmp_path)
        shutil.copytree(tmp_path / "log", tmp_path / "copy" / "log")
        compact(tmp_path / "copy")
        with pytest.raises(ReportError, match="would count twice"):
            ids([tmp_path / "ledger", tmp_path / "copy" / "ledger"])

    def test_a_file_that_grew_between_is_the_same(self, tmp_path: Path) -> None:
        log(tmp_path / "log", event(1))
        compact(tmp_path)
        log(tmp_path / "log", event(2))
        compact(tmp_path / "other", tmp_path / "log")
        with pytest.raises(ReportError, match="would count twice"):
            ids([tmp_path / "other" / "ledger", tmp_path / "ledger"])

    def test_the_folder_of_the_log_is_none(self, tmp_path: Path) -> None:
        log(tmp_path / "ledger", event(1))
        with pytest.raises(ReportError, match="lines of the log are in this folder"):
            compact(tmp_path, tmp_path / "ledger")


class TestFilesThatChange:
    def test_a_renamed_file_is_not_read_again(self, tmp_path: Path) -> None:
        file = log(tmp_path / "log", event(1))
        compact(tmp_path)
        file.rename(file.with_name("events-old.jsonl"))
        assert compact(tmp_path).files == 0

    def test_a_rotated_file_is_read_on_and_its_successor_from_the_start(self, tmp_path: Path) -> None:
        file = log(tmp_path / "log", event(1))
        compact(tmp_path)
        log(tmp_path / "log", event(2))
        file.rename(file.with_name(f"{file.name}.1"))
        log(tmp_path / "log", event(3))
        found = compact(tmp_path)
        assert (2, 0) == (found.events, found.doubled)

    def test_a_truncated_file_is_read_from_the_start(self, tmp_path: Path) -> None:
        file = log(tmp_path / "log", event(1), event(2))
        compact(tmp_path)
        file.write_bytes(event(3))
        assert compact(tmp_path).events == 1

    def test_another_file_of_the_same_name_and_size_is_read(self, tmp_path: Path) -> None:
        file = log(tmp_path / "log", event(1))
        compact(tmp_path)
        file.write_bytes(event(2))
        assert compact(tmp_path).events == 1

    def test_a_file_that_was_copied_back_is_known(self, tmp_path: Path) -> None:
        file = log(tmp_path / "log", event(1))
        compact(tmp_path)
        shutil.copy(file, tmp_path / "kept")
        file.unlink()
        shutil.copy(tmp_path / "kept", file)
        assert compact(tmp_path).files == 0


class TestRollups:
    def test_any_dimension_adds_up_to_the_total(self, tmp_path: Path) -> None:
        lines = [event(n, feature=f"f{n % 3}", user_segment=None if n % 2 else "pro", attempt=1 + n % 2) for n in range(12)]
        log(tmp_path / "log", *lines)
        compact(tmp_path)
        sums = {
            name: ask([tmp_path / "ledger"], f"SELECT sum(requests), sum(cost) FROM (SELECT {name}, sum(requests) AS requests, "  # noqa: S608
                      "sum(cost_nano_usd) AS cost FROM days GROUP BY ALL)")
            for name in ("feature", "user_segment", "tags", "model", "call_site")
        }  # fmt: skip
        assert {(6, 18000)} == {rows[0] for rows in sums.values()}

    def test_sums_beyond_64_bits_stay_exact(self, tmp_path: Path) -> None:
        log(tmp_path / "log", *(event(n, cost_nano_usd=2**62) for n in range(4)))
        compact(tmp_path)
        log(tmp_path / "log", *(event(n, cost_nano_usd=2**62) for n in range(4, 6)))
        compact(tmp_path)
        for place in ("ledger", "log"):
            assert [(6 * 2**62,)] == ask([tmp_path / place], "SELECT sum(cost_nano_usd) FROM days")
        assert [("2026-11-21", 6)] == parts(tmp_path)

    def test_a_tag_without_number_of_values_is_lumped_and_said(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(rollups, "MOST_SETS", 5)
        monkeypatch.setattr(rollups, "MOST_VALUES", 4)
        log(tmp_path / "log", *(event(n, tags={"request": f"r{n}", "squad": "ab"[n % 2]}) for n in range(9)))
        compact(tmp_path)
        assert [('{"request":"(many)","squad":"a"}', 5), ('{"request":"(many)","squad":"b"}', 4)] == ask(
            [tmp_path / "ledger"], "SELECT tags, sum(requests)::BIGINT FROM days GROUP BY tags ORDER BY tags"
        )
        assert ("request",) == open_places([tmp_path / "ledger"], tmp_path).capped

    def test_outcomes_are_no_requests(self, tmp_path: Path) -> None:
        log(tmp_path / "log", event(1), event(2, kind="outcome", outcome="solved", success=True, value=2.5, cost_nano_usd=None))
        for _ in range(2):
            places = [tmp_path / "log", *([tmp_path / "ledger"] if (tmp_path / "ledger").exists() else [])]
            assert [("solved", True, 2.5)] == ask(places, "SELECT outcome, success, value FROM outcomes", need="days")
            assert [(1, 1)] == ask(places, "SELECT sum(attempts)::BIGINT, (SELECT sum(request)::BIGINT FROM events) FROM days")
            compact(tmp_path)

    def test_attribution_is_judged_when_it_is_read(self, tmp_path: Path) -> None:
        log(tmp_path / "log", event(1), event(2, tags=None))
        compact(tmp_path)
        rules = loads('required-tags = ["feature", "squad"]\n[tags.squad]\n', Path("costmark.toml"))
        query = "SELECT sum(requests)::BIGINT FROM days WHERE is_attributed"
        assert [(1,)] == ask([tmp_path / "ledger"], query, rules=rules)


class TestSchemas:
    def test_a_key_that_this_version_does_not_know_is_kept(self, tmp_path: Path) -> None:
        log(tmp_path / "log", event(1, region="eu"), event(2))
        compact(tmp_path)
        assert [("e1", '{"region":"eu"}'), ("e2", None)] == ask([tmp_path / "ledger"], "SELECT event_id, more FROM events ORDER BY 1")

    def test_an_event_of_three_keys_is_an_event(self, tmp_path: Path) -> None:
        log(tmp_path / "log", b'{"v":1,"ts":"2026-11-21T10:00:00Z","event_id":"e"}\n')
        compact(tmp_path)
        assert [("call", "", 1, False)] == ask([tmp_path / "ledger"], "SELECT kind, status, attempt, batch FROM events")

    def test_parts_of_an_older_version_are_read_with_what_they_have(self, tmp_path: Path) -> None:
        log(tmp_path / "log", event(1))
        compact(tmp_path)
        held = manifest.read(tmp_path / "ledger")
        file = held.parts[0].file(tmp_path / "ledger", "events")
        duckdb.execute(f"COPY (SELECT * EXCLUDE (outcome) FROM '{file}') TO '{file}.old' (FORMAT parquet)")  # noqa: S608
        file.with_name(f"{file.name}.old").replace(file)
        older = msgspec.structs.replace(held.parts[0], columns=len(columns.STORED) - 1)
        manifest.commit(tmp_path / "ledger", msgspec.structs.replace(held, parts=(older,)))
        log(tmp_path / "log", event(2), day="2026-11-22")
        places = [tmp_path / "ledger", tmp_path / "log"]
        assert [("e1", None), ("e2", None)] == ask(places, "SELECT event_id, outcome FROM events ORDER BY 1")
        compact(tmp_path)
        assert ["e1", "e2"] == ids([tmp_path / "ledger"])

    def test_a_ledger_of_the_first_layout_says_the_same_as_ever(self, tmp_path: Path) -> None:
        shutil.copytree(OLDER, tmp_path / "ledger")
        before = ask([tmp_path / "ledger"], FIRST_LAYOUT)
        assert before == [
            ("01a20279-f3c6-7c49-b0e2-b820f755b338", "01a20279-f300-7c49-b0e2-b820f755b330", 1, True, 1000, None),
            ("e2", "o2", 0, True, 0, '{"region":"eu"}'),
            ("e3", "o3", 0, False, 0, None),
        ]
        log(tmp_path / "log", event(2, event_id="01a20279-f3c6-7c49-b0e2-b820f755b338"), event(3), event(4), day="2026-11-22")
        assert (1, 2) == (compact(tmp_path).events, 4 - len(ask([tmp_path / "ledger"], "FROM events WHERE event_id IN ('e3', 'e4')")))
        log(tmp_path / "log", event(5, ts="2026-11-22T10:00:00.000000Z"), day="2026-11-23")
        compact(tmp_path, now=NOW + 2 * DAY)
        assert [("2026-11-21", 1), ("2026-11-22", 4)] == parts(tmp_path)
        assert before == ask([tmp_path / "ledger"], FIRST_LAYOUT)

    def test_a_ledger_of_a_newer_version_is_not_touched(self, tmp_path: Path) -> None:
        log(tmp_path / "log", event(1))
        compact(tmp_path)
        newer = msgspec.structs.replace(manifest.read(tmp_path / "ledger"), v=manifest.VERSION + 1)
        (tmp_path / "ledger" / "manifest.json").write_bytes(msgspec.json.encode(newer))
        with pytest.raises(ReportError, match="newer costmark"):
            compact(tmp_path)


class TestRetention:
    def test_lines_that_are_in_the_ledger_go_when_they_are_old(self, tmp_path: Path) -> None:
        old, new = log(tmp_path / "log", event(1)), log(tmp_path / "log", event(2), day="2026-11-22")
        os.utime(old, (NOW - 3 * DAY, NOW - 3 * DAY))
        os.utime(new, (NOW, NOW))
        assert compact(tmp_path, keep=Keep(lines=2)).removed == 1
        assert (False, True, ["e1", "e2"]) == (old.exists(), new.exists(), ids([tmp_path / "ledger", tmp_path / "log"]))

    def test_lines_that_are_not_in_the_ledger_never_go(self, tmp_path: Path) -> None:
        file = log(tmp_path / "log", event(1))
        os.utime(file, (NOW - 9 * DAY, NOW - 9 * DAY))
        held = manifest.read(tmp_path / "ledger")
        assert retention.let_go(tmp_path / "ledger", [file], Keep(lines=1), now=NOW) == (0, 0)
        assert (0, True) == (held.generation, file.exists())

    def test_a_file_stays_in_which_something_was_no_event(self, tmp_path: Path) -> None:
        file = log(tmp_path / "log", event(1), b"what is this\n")
        os.utime(file, (NOW - 9 * DAY, NOW - 9 * DAY))
        assert (0, 0) == (compact(tmp_path, keep=Keep(lines=2)).removed, compact(tmp_path, keep=Keep(lines=2)).removed)
        assert file.exists()

    def test_rollups_stay_when_events_go(self, tmp_path: Path) -> None:
        log(tmp_path / "log", event(1, ts="2026-10-01T10:00:00.000000Z"), event(2))
        found = compact(tmp_path, keep=Keep(events=30))
        assert (1, ["e2"]) == (found.thinned, ids([tmp_path / "ledger"]))
        assert [(2, 3000)] == ask([tmp_path / "ledger"], "SELECT sum(requests)::BIGINT, sum(cost_nano_usd)::BIGINT FROM days")

    def test_an_event_of_a_day_without_events_is_told_and_its_file_stays(self, tmp_path: Path) -> None:
        log(tmp_path / "log", event(1, ts="2026-10-01T10:00:00.000000Z"))
        compact(tmp_path, keep=Keep(events=30))
        file = log(tmp_path / "late", event(1, ts="2026-10-01T10:00:00.000000Z"), event(3))
        os.utime(file, (NOW - 9 * DAY, NOW - 9 * DAY))
        found = compact(tmp_path, tmp_path / "late", keep=Keep(lines=1, events=30))
        assert (1, 1, 0, True) == (found.events, found.late, found.removed, file.exists())
        assert [(2,)] == ask([tmp_path / "ledger"], "SELECT sum(requests)::BIGINT FROM days")


class TestPlaces:
    def test_a_folder_without_events_is_said(self, tmp_path: Path) -> None:
        (tmp_path / "log").mkdir()
        with pytest.raises(NoLogError, match="no event files"):
            compact(tmp_path)

    def test_an_empty_file_is_a_log(self, tmp_path: Path) -> None:
        log(tmp_path / "log")
        assert compact(tmp_path).files == 0
        assert [] == ids([tmp_path / "log"]) == ids([tmp_path / "log", tmp_path / "ledger"])

    @pytest.mark.parametrize("name", ["a [1]*? {a,b}", "it's \u00e9"])
    def test_names_of_folders_are_no_patterns(self, tmp_path: Path, name: str) -> None:
        folder = tmp_path / name
        log(folder / "log", event(1))
        compact(folder)
        log(folder / "log", event(2), event(2), b"garbage\n")
        assert ["e1", "e2"] == ids([folder / "ledger", folder / "log"])
        compact(folder)
        assert ["e1", "e2"] == ids([folder / "ledger"])

    def test_a_connection_reads_nothing_else(self, tmp_path: Path) -> None:
        log(tmp_path / "log", event(1))
        compact(tmp_path)
        (tmp_path / "secret.csv").write_text("a\n1\n")
        with pytest.raises(Exception, match="disabled by configuration"):
            ask([tmp_path / "ledger"], f"FROM read_csv('{tmp_path / 'secret.csv'}')")
        with pytest.raises(Exception, match="configuration has been locked"):
            ask([tmp_path / "ledger"], "SET enable_external_access = true")

    def test_only_the_days_that_are_asked_for_are_read(self, tmp_path: Path) -> None:
        from datetime import date

        log(tmp_path / "log", event(1), event(2, ts="2026-10-01T10:00:00.000000Z"))
        compact(tmp_path)
        found = open_places([tmp_path / "ledger"], tmp_path, since=date(2026, 11, 1))
        assert [("e1",)] == found.connection.execute("SELECT event_id FROM events").fetchall()
