"""Ask a ledger of a year what reports ask, and say what each question takes.

Run ``python benchmarks/ledger_ask.py LEDGER``: every question in a process of its own, CPU seconds (the lower of two), seconds on
the clock, and the peak of its memory. The clock depends on what else the machine does.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Final

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

# by day first: the day is one value a file
MONTHLY: Final = """SELECT strftime(dt, '%Y-%m') AS month, feature, user_segment, sum(requests), sum(input), sum(output), sum(cost)
    FROM (SELECT dt, feature, user_segment, sum({requests}) AS requests, sum(input_tokens) AS input, sum(output_tokens) AS output,
        sum(cost_nano_usd) AS cost FROM {view} WHERE is_counted GROUP BY ALL)
    GROUP BY ALL ORDER BY ALL"""
TOP: Final = "SELECT user_id, sum(cost_nano_usd) AS cost FROM {view} {where} GROUP BY user_id ORDER BY cost DESC LIMIT 10"
# a name, what the views must hold, the days, and the question
QUESTIONS: Final = (
    ("month x feature x segment, the year, rollups", "days", False, MONTHLY.format(requests="requests", view="days")),
    ("month x feature x segment, one month, rollups", "days", True, MONTHLY.format(requests="requests", view="days")),
    ("month x feature x segment, the year, raw", "events", False, MONTHLY.format(requests="request", view="events")),
    ("month x feature x segment, one month, raw", "events", True, MONTHLY.format(requests="request", view="events")),
    ("day trend, the year, rollups", "days", False, "SELECT dt, sum(cost_nano_usd) FROM days GROUP BY dt ORDER BY dt"),
    ("top 10 users, the year, user days", "user_days", False, TOP.format(view="user_days", where="")),
    ("top 10 users, one month, raw", "events", True, TOP.format(view="events", where="WHERE is_counted")),
    (
        "p50, p95, p99 a user and segment, one month, user days",
        "user_days",
        True,
        """SELECT user_segment, quantile_cont(cost, [0.5, 0.95, 0.99]) FROM (SELECT user_id, user_segment, sum(cost_nano_usd) AS cost
        FROM user_days GROUP BY ALL) GROUP BY ALL ORDER BY ALL""",
    ),
)
MONTH: Final = (date(2026, 3, 1), date(2026, 3, 31))


def main() -> None:
    """Ask every question, each in its own process."""
    ledger = Path(sys.argv[1])
    if len(sys.argv) > 2:
        ask(ledger, int(sys.argv[2]))
        return
    size = sum(file.stat().st_size for file in ledger.rglob("*.parquet"))
    for number, (name, *_) in enumerate(QUESTIONS):
        runs = [told(ledger, number) for _ in range(2)]
        cpu, clock, peak = min(runs)
        print(f"{name:<58} {cpu:7.2f} CPU s {clock:7.2f} s {peak / 1024:7.0f} MB", flush=True)
    print(f"{size / 1e9:.2f} GB of Parquet, hard links counted as files of their own")


def told(ledger: Path, number: int) -> tuple[float, float, int]:
    """Run a question in a new process."""
    command = [sys.executable, __file__, str(ledger), str(number)]
    cpu, clock, peak = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return float(cpu), float(clock), int(peak)


def ask(ledger: Path, number: int) -> None:
    """Open the ledger and ask; what Python takes to start is left out, what the ledger takes to open is not."""
    from cost_lib.ledger.opening import opened
    from cost_lib.policy import Policy

    _, need, is_month, query = QUESTIONS[number]
    since, until = MONTH if is_month else (None, None)
    used, began = time.process_time(), time.monotonic()
    with tempfile.TemporaryDirectory() as scratch:
        connection = opened([ledger], Policy(), need=need, since=since, until=until, scratch=Path(scratch)).connection
        connection.execute(query).fetchall()
        connection.close()
    print(time.process_time() - used, time.monotonic() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


if __name__ == "__main__":
    main()
