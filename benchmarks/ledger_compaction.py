"""Time what a compaction takes: a day of 1,000,000 events as lines, of few keys, of the usual ones, and with every id.

Run ``python benchmarks/ledger_compaction.py FOLDER``; CPU seconds of one thread, the lowest of three runs, with all that a compaction
does: reading, telling events apart, Parquet, rollups. Lines are written to FOLDER, at most 3 GB, and stay there.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import duckdb

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from ledger_lines import make_table, write_lines  # noqa: E402

from cost_lib.ledger import compaction  # noqa: E402

DAY = date(2026, 1, 5)
EVENTS = 1_000_000
RUNS = 3


def main() -> None:
    """Write the lines of each kind, and compact them."""
    folder = Path(sys.argv[1])
    if len(sys.argv) > 2:
        compact(folder / sys.argv[2])
        return
    for keys in ("short", "plain", "full"):
        lines = folder / keys / "log"
        if not lines.exists():
            connection = duckdb.connect()
            connection.execute("SET threads = 1")
            connection.execute("SET TimeZone = 'UTC'")
            make_table(connection, DAY, EVENTS, keys=keys)
            write_lines(connection, "drawn", lines, DAY)
            connection.close()
        command = [sys.executable, __file__, str(folder), keys]
        runs = [subprocess.run(command, capture_output=True, text=True, check=True).stdout.split() for _ in range(RUNS)]
        cpu, peak, events, raw, rollups = min(runs, key=lambda run: float(run[0]))
        size = sum(file.stat().st_size for file in lines.iterdir())
        print(
            f"{keys:<6} {size / EVENTS:7.0f} B a line  {float(cpu):6.2f} CPU s  {int(events) / float(cpu):9,.0f} events/s  "
            f"{size / 1e6 / float(cpu):5.0f} MB/s  {int(peak) / 1024:5.0f} MB  {int(raw) / EVENTS:5.1f} B an event, "
            f"rollups {int(rollups) / EVENTS:4.1f} B",
            flush=True,
        )


def compact(folder: Path) -> None:
    """Compact once, in a ledger of its own."""
    ledger = folder / "ledger"
    shutil.rmtree(ledger, ignore_errors=True)
    made = compaction.connected

    def on_one_thread(place: Path) -> duckdb.DuckDBPyConnection:
        connection = made(place)
        connection.execute("SET threads = 1")
        return connection

    compaction.connected = on_one_thread
    began = time.process_time()
    found = compaction.compact([folder / "log"], ledger, now=time.time() + 1000)
    used = time.process_time() - began
    sizes = {tree: sum(file.stat().st_size for file in (ledger / tree).rglob("*.parquet")) for tree in ("events", "days", "user_days")}
    # getrusage would tell the peak of the process that started this one, where that was higher
    peak = re.findall(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())[0]
    print(used, peak, found.events, sizes["events"], sizes["days"] + sizes["user_days"])


if __name__ == "__main__":
    main()
