"""Kill writers at random and count what their log has lost.

usage: python benchmarks/durability.py [--events 10000000] [--processes 8] [--whole] [--mapped] [--folder FOLDER]

Processes append events to one folder as fast as they can; each notes in shared memory what ``write`` has acknowledged. All the
while one of them after the other is killed with SIGKILL and replaced by a fork. Then the log is read back: every event that was
acknowledged must be there once, and every byte that is no event must be told by the reader. ``--whole`` takes the whole path
from ``record_call`` to the file; without it, lines that are ready are written by the sink, which is where loss would happen.
``--mapped`` has the sink of that name keep them, which promises no order: a line that would have to wait goes its own way.
Exit code 1 when an event is lost, doubled or out of order. The last result is in ``durability.md`` beside this file.
"""

from __future__ import annotations

import argparse
import ctypes
import mmap
import os
import random
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import Final, NamedTuple, NoReturn

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from cost_lib.event_model import Event  # noqa: E402
from cost_lib.reading_log import Skipped, read_log  # noqa: E402
from cost_lib.record import record_call, use_sink  # noqa: E402
from cost_lib.sinks.base import Sink  # noqa: E402
from cost_lib.sinks.files import Files  # noqa: E402
from cost_lib.sinks.mapped import Mapped  # noqa: E402

MOST_WRITERS: Final = 65536
SLOT: Final = ctypes.sizeof(ctypes.c_int64)
PAUSE: Final = (0.004, 0.04)  # seconds between two kills
LINE: Final = (
    b'{"v":1,"ts":"2026-11-22T12:00:00.000000Z","event_id":"%d-%d","operation_id":"0190c8a5-5d7e-7000-8000-000000000000","attempt":1,'
    b'"kind":"call","provider":"openai","host":"api.openai.com","endpoint":"chat","model":"gpt-4o-mini","input_tokens":100,'
    b'"output_tokens":20,"usage_source":"reported","cost_nano_usd":27000,"cost_source":"catalog","status":"ok","feature":"faq"}\n'
)


class Result(NamedTuple):
    """What was written, and what was found of it."""

    acknowledged: int
    found: int
    lost: int
    disordered: int
    skipped: list[Skipped]
    kills: int


def main() -> int:
    """Write, kill, read, judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=10_000_000)
    parser.add_argument("--processes", type=int, default=8)
    parser.add_argument("--whole", action="store_true")
    parser.add_argument("--mapped", action="store_true")
    parser.add_argument("--folder", type=Path, help="where the log is kept; a temporary folder without it")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        start = time.perf_counter()
        result = run(given.folder or Path(temporary), given.events, given.processes, whole=given.whole, mapped=given.mapped)
        print(f"{result.acknowledged} events acknowledged, {result.kills} kills, {time.perf_counter() - start:.0f} s")
    print(f"found {result.found}, lost {result.lost}, doubled or out of order {result.disordered}, pieces told {len(result.skipped)}")
    for skipped in result.skipped[:10]:
        print(skipped)
    return int(result.lost > 0 or result.disordered > 0)


def run(folder: Path, events: int, processes: int, *, whole: bool, mapped: bool = False) -> Result:
    """Let writers run until enough is acknowledged; then read what they have left."""
    counts = mmap.mmap(-1, MOST_WRITERS * SLOT)
    running: dict[int, int] = {}  # writer -> process
    started = kills = 0
    while True:
        while len(running) < processes:
            running[started] = _start(started, folder, counts, whole=whole, mapped=mapped)
            started += 1
        time.sleep(random.uniform(*PAUSE))  # noqa: S311 - no secret
        if sum(_counted(counts, started)) >= events or started >= MOST_WRITERS - processes:
            break
        _kill(running.pop(random.choice(list(running))))  # noqa: S311
        kills += 1
    for process in running.values():
        _kill(process)
    return _read(folder, _counted(counts, started), kills + len(running), is_ordered=not mapped)


def _start(writer: int, folder: Path, counts: mmap.mmap, *, whole: bool, mapped: bool) -> int:
    process = os.fork()
    if process:
        return process
    try:
        _write(writer, Mapped(folder) if mapped else Files(folder), counts, whole=whole)
    finally:
        os._exit(1)  # a writer that fails must not clear the parent's folder away


def _write(writer: int, sink: Sink, counts: mmap.mmap, *, whole: bool) -> NoReturn:
    number = 0
    count = ctypes.c_int64.from_buffer(counts, writer * SLOT)  # one store: a kill in its midst would leave half a number
    if whole:
        use_sink(sink)
        while True:
            with record_call(provider="openai", model="gpt-4o-mini", feature="faq", chain_id=f"{writer}-{number}") as call:
                call.usage(input_tokens=100, output_tokens=20)
            number += 1
            count.value = number
    at = time.time_ns()
    while True:
        sink.write(LINE % (writer, number), at)
        number += 1
        count.value = number


def _kill(process: int) -> None:
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)


def _counted(counts: mmap.mmap, writers: int) -> list[int]:
    return [ctypes.c_int64.from_buffer_copy(counts, writer * SLOT).value for writer in range(writers)]


def _read(folder: Path, acknowledged: list[int], kills: int, *, is_ordered: bool) -> Result:
    found = [bytearray(due + kills) for due in acknowledged]  # of each writer, how often each of its numbers is there
    following = [0] * len(acknowledged)  # the number that is due of each writer
    skipped: list[Skipped] = []
    disordered = 0
    for one in read_log(folder):
        if not isinstance(one, Event):
            skipped.append(one)
            continue
        writer, number = map(int, (one.chain_id or one.event_id).split("-"))
        disordered += found[writer][number] or (is_ordered and number != following[writer])
        found[writer][number] += 1
        following[writer] = max(following[writer], number + 1)
    lost = sum(numbers[:due].count(0) for due, numbers in zip(acknowledged, found, strict=True))
    return Result(sum(acknowledged), sum(map(sum, found)), lost, disordered, skipped, kills)


if __name__ == "__main__":
    sys.exit(main())
