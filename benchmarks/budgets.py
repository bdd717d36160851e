"""Race processes on one budget, and time reserve and settle.

Run ``python benchmarks/budgets.py [PROCESSES]``; it takes about a minute. Targets: overshoot 0 to the nano-dollar with 64
processes, reserve and settle each 20 µs at the median and 10 ms at the 99th percentile, an event loop never held up for 1 ms.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from cost_lib.budgets import reserve, settle, use_folder  # noqa: E402
from cost_lib.budgets.accounts import Draw  # noqa: E402
from cost_lib.budgets.cells import Busy  # noqa: E402
from cost_lib.budgets.store import Store  # noqa: E402
from cost_lib.errors import BudgetExceeded  # noqa: E402
from cost_lib.facts import Facts  # noqa: E402
from cost_lib.model import Cost  # noqa: E402

LIMIT = 300_007
BOUND = 7
COST = 3
SECONDS = 10.0
PACE = 0.2  # seconds between two calls of a process, on average: a call of a model takes longer


def main() -> None:
    """Print the figures of the three scenes."""
    processes = int(sys.argv[1]) if len(sys.argv) > 1 else 64
    with tempfile.TemporaryDirectory(prefix="budgets") as folder:
        print("one process, in its thread's CPU")
        for count in (1, 2, 4):
            alone(Path(folder) / f"alone{count}", count)
        whole(Path(folder) / "whole")
        race(Path(folder) / "race", processes)
        pace(Path(folder) / "pace", processes)
        loop(Path(folder) / "loop")


def alone(folder: Path, count: int) -> None:
    """Time a process that has the accounts to itself."""
    draws = [Draw(f"feature {number}", "2026-11", 10**15, is_blocking=True) for number in range(count)]
    store = Store(folder)
    store.join(draws)
    reserving, settling = [], []
    for _ in range(5000):
        start = time.thread_time_ns()
        reserved = store.reserve(draws, 1000)
        between = time.thread_time_ns()
        store.settle(reserved, 500)
        reserving.append(between - start)
        settling.append(time.thread_time_ns() - between)
    print(f"  {count} blocking accounts: reserve {shown(reserving)}, settle {shown(settling)}")


def whole(folder: Path) -> None:
    """Time what a call pays in all: its budgets found, its request read, its bound priced, reserved, settled."""
    folder.mkdir()
    os.chdir(folder)
    text = '[features.faq]\nmonthly-budget = 1000000\ndaily-budget = 100000\non-exceeded = "block"\n'
    Path("costmark.toml").write_text(text, encoding="utf-8")
    use_folder(folder)
    for size in (1_000, 20_000):
        content = "A word, and another. " * (size // 21)
        asked = {"model": "gpt-4o-mini", "max_tokens": 100, "messages": [{"role": "user", "content": content}]}
        body = json.dumps(asked).encode()
        reserving, settling = [], []
        for _ in range(5000):
            facts = Facts({"feature": "faq"}, provider="openai", endpoint="chat", model_requested="gpt-4o-mini")
            start = time.thread_time_ns()
            reserve(facts, lambda body=body: body)  # type: ignore[misc]
            between = time.thread_time_ns()
            facts.cost = Cost(22_200)
            settle(facts)
            reserving.append(between - start)
            settling.append(time.thread_time_ns() - between)
        print(f"  a request of {size:,} bytes, day and month, all of it: reserve {shown(reserving)}, settle {shown(settling)}")
    use_folder(None)


def race(folder: Path, processes: int) -> None:
    """Let processes spend one budget as fast as they can; each checks the account at each of its admissions."""
    results = together(_racer, folder, processes, 0.0)
    admitted = sum(result[0] for result in results)
    expected = (LIMIT - BOUND) // COST + 1
    worst = max(result[1] for result in results)
    store = Store(folder)
    final = store.look(Draw("race", "2026-11", LIMIT, is_blocking=True))
    print(f"{processes} processes race: {admitted} calls admitted of {expected} that fit, {sum(result[2] for result in results)} refused")
    print(f"  largest settled + reserved seen at an admission {worst} of {LIMIT} nano-dollars, settled in the end {final.settled}")
    print(f"  overshoot {max(worst, final.settled) - LIMIT if max(worst, final.settled) > LIMIT else 0} nano-dollars")


def _racer(folder: Path, go: Event, _: float) -> tuple[int, int, int]:
    draw = Draw("race", "2026-11", LIMIT, is_blocking=True)
    store = Store(folder)
    store.join((draw,))
    go.wait()
    admitted = refused = worst = 0
    while True:
        try:
            reserved = store.reserve((draw,), BOUND)
        except BudgetExceeded as refusal:
            refused += 1
            if refusal.spent + BOUND > LIMIT:
                return admitted, worst, refused
            time.sleep(0.001)  # all is reserved, not all is spent
            continue
        counts = store.look(draw)
        worst = max(worst, counts.settled + counts.reserved)
        admitted += 1
        store.settle(reserved, COST)


def pace(folder: Path, processes: int) -> None:
    """Time processes that call as often as programs call models."""
    results = together(_pacer, folder, processes, PACE)
    reserving = [nanos for result in results for nanos in result[0]]
    settling = [nanos for result in results for nanos in result[1]]
    print(f"{processes} processes, a call each {PACE} s, two accounts: reserve {shown(reserving)}, settle {shown(settling)}")


def _pacer(folder: Path, go: Event, pause: float) -> tuple[list[int], list[int]]:
    draws = (Draw("pace", "2026-11", 10**15, is_blocking=True), Draw("pace", "2026-11-22", 10**15, is_blocking=True))
    store = Store(folder)
    store.join(draws)
    go.wait()
    reserving, settling = [], []
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        time.sleep(random.uniform(0, 2 * pause))  # noqa: S311 - no secret
        start = time.perf_counter_ns()
        reserved = store.reserve(draws, 1000)
        between = time.perf_counter_ns()
        store.settle(reserved, 500)
        reserving.append(between - start)
        settling.append(time.perf_counter_ns() - between)
    return reserving, settling


def loop(folder: Path) -> None:
    """Time what an event loop waits, in thread CPU, while others hold the lock as much as they can."""
    context = multiprocessing.get_context("spawn")
    go, draws = context.Event(), (Draw("pace", "2026-11", 10**15, is_blocking=True),)
    others = [context.Process(target=_hammer, args=(folder, go)) for _ in range(2)]
    for other in others:
        other.start()
    store = Store(folder)
    store.join(draws)
    go.set()
    held, cpu, busy = [], [], 0
    for _ in range(5000):
        start, used = time.perf_counter_ns(), time.thread_time_ns()
        try:
            reserved = store.reserve(draws, 1000, wait=False)
            held.append(time.perf_counter_ns() - start)
            cpu.append(time.thread_time_ns() - used)
        except Busy:
            busy += 1
            held.append(time.perf_counter_ns() - start)
            cpu.append(time.thread_time_ns() - used)
            continue
        store.settle(reserved, 500)
    for other in others:
        other.join()
    print(f"an event loop while 2 processes hold the lock all the time: held up {shown(held)}, {busy} of 5000 went to a thread")
    print(f"  of that its own thread's CPU {shown(cpu)}")


def _hammer(folder: Path, go: Event) -> None:
    draws = (Draw("pace", "2026-11", 10**15, is_blocking=True),)
    store = Store(folder)
    store.join(draws)
    go.wait()
    end = time.monotonic() + 3
    while time.monotonic() < end:
        store.settle(store.reserve(draws, 1000), 500)


def together(work: Callable[..., Any], folder: Path, processes: int, value: float) -> list[Any]:
    """Run a function in many processes that start at once, and return what each gives."""
    context = multiprocessing.get_context("fork")
    go, results = context.Event(), context.Queue()
    running = [context.Process(target=_run, args=(work, folder, go, value, results)) for _ in range(processes)]
    for process in running:
        process.start()
    time.sleep(3)
    go.set()
    found = [results.get(timeout=300) for _ in running]
    for process in running:
        process.join()
    return found


def _run(work: Callable[..., Any], folder: Path, go: Event, value: float, results: Any) -> None:
    random.seed()
    results.put(work(folder, go, value))


def shown(nanos: list[int]) -> str:
    """Write the median, the 99th percentile and the largest, in µs."""
    ordered = sorted(nanos)
    return f"{ordered[len(ordered) // 2] / 1000:.1f} µs (p99 {ordered[len(ordered) * 99 // 100] / 1000:.1f}, most {ordered[-1] / 1000:.0f})"


if __name__ == "__main__":
    main()
