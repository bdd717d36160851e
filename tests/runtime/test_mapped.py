"""Events that are kept in a mapping on their way to the daily files."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from cost_lib import sinks, stderr
from cost_lib.event_model import Event
from cost_lib.reading_log import read_log
from cost_lib.sinks import files
from cost_lib.sinks.files import UNREAD, Files

pytest.importorskip("fcntl")
from cost_lib.sinks.mapped import Mapped
from cost_lib.sinks.sheet import HEAD, SIZE, Sheet, gather

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
LINE = b'{"v":1,"ts":"2026-11-%02dT12:00:00.000000Z","event_id":"%d"}\n'
FILE = "events-2026-11-22.jsonl"
DAY_OF_FILE = 1795348800_000000000


def line(number: int, day: int = 22) -> bytes:
    return LINE % (day, number)


def numbers(folder: Path) -> list[int]:
    return [int(one.event_id) for one in read_log(folder) if isinstance(one, Event)]


@pytest.fixture
def sink(tmp_path: Path) -> Iterator[Mapped]:
    found = Mapped(tmp_path)
    yield found
    found.close()


def test_what_is_closed_is_in_the_daily_file_and_nothing_else_is_left(sink: Mapped, tmp_path: Path) -> None:
    for number in range(3):
        sink.write(line(number), 0)
    assert not (tmp_path / FILE).exists()
    sink.close()
    assert b"".join(map(line, range(3))) == (tmp_path / FILE).read_bytes()
    assert [] == list(tmp_path.glob(f"{UNREAD}*"))


def test_what_comes_is_handed_on_by_itself(sink: Mapped, tmp_path: Path) -> None:
    sink.write(line(1), 0)
    until = time.monotonic() + 10
    while not (tmp_path / FILE).exists() or not (tmp_path / FILE).stat().st_size:
        assert time.monotonic() < until
        time.sleep(0.02)
    assert [1] == numbers(tmp_path)


def test_more_than_fits_is_kept_in_its_order(sink: Mapped, tmp_path: Path) -> None:
    many = 3 * SIZE // len(line(1))
    for number in range(many):
        sink.write(line(number), 0)
    sink.close()
    assert list(range(many)) == numbers(tmp_path)


def test_a_line_goes_to_the_file_of_its_own_day(sink: Mapped, tmp_path: Path) -> None:
    for number, day in enumerate((21, 21, 22)):
        sink.write(line(number, day), 0)
    sink.close()
    assert [line(0, 21) + line(1, 21), line(2)] == [path.read_bytes() for path in sorted(tmp_path.glob("*.jsonl"))]


@pytest.mark.parametrize("end", ["os._exit(3)", "os.kill(os.getpid(), 9)", "raise SystemExit"])
def test_what_a_process_has_left_is_found_however_it_ended(tmp_path: Path, end: str) -> None:
    script = (
        "import os\nfrom cost_lib import record_call\n"
        "for _ in range(3):\n"
        "    with record_call(provider='openai', model='gpt-4o-mini', feature='faq') as made: made.usage(input_tokens=1)\n" + end
    )
    given = {"PYTHONPATH": os.pathsep.join((str(ROOT), *sys.path)), "COSTMARK_SINK": f"mapped:{tmp_path}"}
    subprocess.run([sys.executable, "-c", script], env=given, check=False, capture_output=True)
    assert ["faq"] * 3 == [one.feature for one in read_log(tmp_path) if isinstance(one, Event)]
    assert [] == list(tmp_path.glob(f"{UNREAD}*"))


@pytest.mark.parametrize("written", [0, 1, 2, 2.5, 3])
def test_a_batch_that_was_on_its_way_is_kept_once(tmp_path: Path, written: float) -> None:
    sheet = Sheet.made_in(tmp_path)
    for number in range(3):
        sheet.map.write(line(number))
    files = Files(tmp_path)
    sheet.hand_on(files, sheet.end())
    os.truncate(tmp_path / FILE, int(written * len(line(0))))
    sheet.map[:8] = HEAD.to_bytes(8, "little")  # as it was before the batch
    sheet.leave(is_done=False)
    gather(tmp_path)
    assert [0, 1, 2] == numbers(tmp_path)


def test_a_piece_that_was_never_acknowledged_is_left_out(tmp_path: Path) -> None:
    sheet = Sheet.made_in(tmp_path)
    sheet.map.write(line(0) + line(1)[:20])
    sheet.leave(is_done=False)
    gather(tmp_path)
    assert line(0) == (tmp_path / FILE).read_bytes()


def test_the_sheet_of_a_living_process_is_its_own(sink: Mapped, tmp_path: Path) -> None:
    sink.write(line(1), 0)
    gather(tmp_path)
    assert 1 == len(list(tmp_path.glob(f"{UNREAD}*")))


def test_a_fork_has_a_sheet_of_its_own(sink: Mapped, tmp_path: Path) -> None:
    sink.write(line(1), 0)
    child = os.fork()
    if not child:
        sink.write(line(2), 0)
        os._exit(0)
    os.waitpid(child, 0)
    sink.write(line(3), 0)
    sink.close()
    assert [1, 2, 3] == sorted(numbers(tmp_path))


def test_where_there_can_be_no_sheet_events_are_appended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "posix_fallocate", fail)
    found = Mapped(tmp_path)
    found.write(line(1), 1795348800_000000000)
    assert line(1) == (tmp_path / FILE).read_bytes()
    assert [] == list(tmp_path.glob(f"{UNREAD}*"))


STRANGE = [bytes(SIZE), b"\xff" * SIZE, b"word\n" * SIZE, b"", HEAD.to_bytes(HEAD, "little") + b"a\n" + bytes(SIZE)]


@pytest.mark.parametrize("held", STRANGE)
def test_a_file_that_is_no_sheet_stops_nobody(sink: Mapped, tmp_path: Path, held: bytes) -> None:
    (tmp_path / f"{UNREAD}1-a").write_bytes(held)
    sink.write(line(1), 0)
    sink.close()
    assert [1] == numbers(tmp_path)


def test_what_a_full_disk_cut_short_is_handed_on_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet, appended = Sheet.made_in(tmp_path), Files(tmp_path)
    for number in range(3):
        sheet.map.write(line(number))

    def cut(descriptor: int, _device: int, _inode: int, data: bytes) -> int:
        return os.write(descriptor, data[: len(line(0)) + 9])

    with monkeypatch.context() as full:
        full.setattr(files, "append", cut)
        with pytest.raises(OSError, match="only a part"):
            sheet.hand_on(appended, sheet.end())
    sheet.hand_on(appended, sheet.end())
    sheet.leave(is_done=True)
    assert [0, 1, 2] == numbers(tmp_path)


def test_a_sheet_that_somebody_removes_is_replaced(sink: Mapped, tmp_path: Path) -> None:
    sink.write(line(1), 0)
    for path in tmp_path.glob(f"{UNREAD}*"):
        path.unlink()
    assert sink._sheet is not None
    sink.tick(sink._sheet)
    sink.write(line(2), 0)
    assert 1 == len(list(tmp_path.glob(f"{UNREAD}*")))
    sink.close()
    assert [1, 2] == numbers(tmp_path)


def test_a_descriptor_that_somebody_else_has_by_now_is_not_closed(tmp_path: Path) -> None:
    sheet = Sheet.made_in(tmp_path)
    with Path(__file__).open("rb") as other:
        os.dup2(other.fileno(), sheet._held)
    assert not sheet.is_held()
    sheet.leave(is_done=True)
    assert os.fstat(sheet._held).st_ino == Path(__file__).stat().st_ino
    os.close(sheet._held)


def test_who_writes_in_the_midst_of_handing_on_is_neither_held_nor_lost(
    sink: Mapped, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = SIZE // len(line(100)) - 1
    hand_on = Sheet.hand_on

    def interrupted(sheet: Sheet, appended: Files, end: int) -> None:
        monkeypatch.undo()
        sink.write(line(999), DAY_OF_FILE)  # as a signal's handler does
        hand_on(sheet, appended, end)

    sink.write(line(100), 0)
    monkeypatch.setattr(Sheet, "hand_on", interrupted)
    for number in range(many + 20):
        sink.write(line(101 + number), 0)
    sink.close()
    assert sorted([999, *range(100, 121 + many)]) == sorted(numbers(tmp_path))


def test_an_exception_that_comes_with_the_lock_leaves_it_free(sink: Mapped, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def __init__(self, lock: Any) -> None:
            self.lock, self.release = lock, lock.release

        def acquire(self, **options: Any) -> None:
            self.lock.acquire(**options)
            raise KeyboardInterrupt

    lock = sink._turning
    monkeypatch.setattr(sink, "_turning", Broken(lock))
    with pytest.raises(KeyboardInterrupt):
        sink.write(line(1), 0)
    monkeypatch.undo()
    with pytest.raises(RuntimeError):
        lock.release()
    sink.write(line(2), 0)
    assert 1 == len(list(tmp_path.glob(f"{UNREAD}*")))


def test_an_end_without_room_is_said_and_leaves_the_events(sink: Mapped, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stderr.forget()
    sink.write(line(1), 0)
    (tmp_path / FILE).mkdir()
    sink.close()
    assert "events are waiting for room" in capsys.readouterr().err
    (tmp_path / FILE).rmdir()
    assert [1] == numbers(tmp_path)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can hand on what is another's")
def test_what_root_hands_on_stays_the_file_of_its_owner(tmp_path: Path) -> None:
    sheet = Sheet.made_in(tmp_path)
    sheet.map.write(line(1))
    sheet.leave(is_done=False)
    os.chown(sheet.path, 1234, -1)
    assert [1] == numbers(tmp_path)
    assert 1234 == (tmp_path / FILE).stat().st_uid


def test_a_mapped_sink_is_chosen_by_name(tmp_path: Path) -> None:
    found = sinks.choose(f"mapped:{tmp_path}")
    assert isinstance(found, Mapped)
    assert tmp_path == found.files.folder
