"""Places for events that vanish, are taken away, or are not what they seem."""

from __future__ import annotations

import errno
import os
import shutil
import sys
import threading
from typing import TYPE_CHECKING, Any

import pytest

from cost_lib import record_call
from cost_lib.catalog import prices, rate_tables
from cost_lib.record import use_sink
from cost_lib.sinks.files import Files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cost_lib.testing import Events

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="descriptors and pipes of POSIX")
DAY = 86_400 * 10**9
FILE = "events-1970-01-01.jsonl"


@pytest.fixture
def sink(tmp_path: Path) -> Iterator[Files]:
    found = Files(tmp_path / "log")
    yield found
    found.close()


def test_a_pipe_in_the_place_of_the_log_holds_nobody(sink: Files) -> None:
    sink.folder.mkdir()
    os.mkfifo(sink.folder / FILE)
    with pytest.raises(OSError, match="No such device"):
        sink.write(b"{}\n", 0)


def test_a_log_that_was_removed_is_begun_anew(sink: Files) -> None:
    sink.write(b"1\n", 0)
    shutil.rmtree(sink.folder)
    sink.write(b"2\n", 0)
    assert b"2\n" == (sink.folder / FILE).read_bytes()


def test_a_descriptor_that_the_program_has_closed_is_opened_again(sink: Files) -> None:
    sink.write(b"1\n", 0)
    os.close(sink._open[1])
    sink.write(b"2\n", 0)
    assert b"1\n2\n" == (sink.folder / FILE).read_bytes()


def test_a_file_that_got_the_descriptor_s_number_stays_clean_and_open(sink: Files, tmp_path: Path) -> None:
    sink.write(b"1\n", 0)
    number = sink._open[1]
    with (tmp_path / "database").open("wb", buffering=0) as other:
        os.dup2(other.fileno(), number)
        sink.write(b"2\n", 0)
        sink.write(b"3\n", DAY)
        sink.write(b"4\n", 2 * DAY)
        sink.close()
        os.write(number, b"mine")
        os.close(number)
    assert (b"mine", b"1\n2\n") == ((tmp_path / "database").read_bytes(), (sink.folder / FILE).read_bytes())


def test_a_table_that_cannot_be_read_for_a_moment_is_read_later(events: Events, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> Any:
        raise OSError(errno.EMFILE, "Too many open files")

    def call() -> dict[str, Any]:
        with record_call(provider="groq", model="llama-3.1-8b-instant") as one:
            one.usage(input_tokens=1)
        return events.all()[-1]

    prices.forget()
    monkeypatch.setattr(rate_tables, "open", full, raising=False)
    assert "the price table of 'groq' cannot be read: Too many open files" == call()["cost_reason"]
    monkeypatch.undo()
    assert "catalog" == call()["cost_source"]


def test_a_stderr_that_is_being_written_breaks_no_call(events: Events, monkeypatch: pytest.MonkeyPatch) -> None:
    class Busy:
        def write(self, _: str) -> None:
            raise RuntimeError("reentrant call inside <_io.BufferedWriter name='<stderr>'>")

    class Full:
        def write(self, line: bytes, at: int) -> None:  # noqa: ARG002 - the protocol's
            raise OSError(errno.ENOSPC, "disk full")

    monkeypatch.setattr(sys, "stderr", Busy())
    before = use_sink(Full())
    with record_call(provider="openai", model="gpt-4o-mini") as call:
        call.usage(input_tokens=1)
    use_sink(before)
    with record_call(provider="openai", model="gpt-4o-mini") as call:
        call.usage(input_tokens=1)
    assert 1 == events.one()["lost"]


def test_threads_that_begin_a_log_at_once_lose_nothing(sink: Files) -> None:
    start = threading.Barrier(16)

    def work() -> None:
        for day in range(20):
            start.wait()
            sink.write(b"x\n", day * DAY)

    threads = [threading.Thread(target=work) for _ in range(16)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert 320 == sum(len(file.read_bytes().splitlines()) for file in sink.folder.glob("events-*.jsonl"))
