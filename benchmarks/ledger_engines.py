"""Ask other engines for month x feature x segment over the same Parquet files of a ledger, side by side in one run.

Run ``python benchmarks/ledger_engines.py LEDGER [--days 10]`` where duckdb, polars, chdb, pandas and pyarrow are installed; pandas and
SQLite get one day, which is what they hold. Every engine runs in a process of its own; the sums must be the same to the nano-dollar.
"""

from __future__ import annotations

import argparse
import hashlib
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

COLUMNS = ("kind", "status", "feature", "user_segment", "input_tokens", "output_tokens", "cost_nano_usd")
QUERY = """SELECT feature, user_segment, count(*) AS n, sum(input_tokens) AS i, sum(output_tokens) AS o, sum(cost_nano_usd) AS c
    FROM {source} WHERE kind IN ('call', 'result') AND status <> 'refused' GROUP BY feature, user_segment ORDER BY feature, user_segment"""


def duckdb_(files: list[str]) -> list[tuple[Any, ...]]:
    """Ask DuckDB."""
    import duckdb

    return duckdb.connect().execute(QUERY.format(source=f"read_parquet({files})")).fetchall()


def polars_(files: list[str]) -> list[tuple[Any, ...]]:
    """Ask polars, streaming."""
    import polars as pl

    events = pl.scan_parquet(files, hive_partitioning=False).filter(pl.col("kind").is_in(["call", "result"]), pl.col("status") != "refused")
    sums = (pl.len(), *(pl.col(name).sum() for name in COLUMNS[4:]))
    return events.group_by("feature", "user_segment").agg(*sums).sort("feature", "user_segment").collect(engine="streaming").rows()


def chdb_(files: list[str]) -> list[tuple[Any, ...]]:
    """Ask ClickHouse's engine."""
    import chdb

    places = ",".join(str(Path(file).parent.name) for file in files)
    glob = f"{Path(files[0]).parent.parent}/{{{places}}}/*.parquet"
    found = chdb.query(QUERY.format(source=f"file('{glob}', Parquet)"), "CSV").bytes().decode()
    return [tuple(cell.strip('"') for cell in line.split(",")) for line in found.splitlines()]


def pandas_(files: list[str]) -> list[tuple[Any, ...]]:
    """Ask pandas."""
    import pandas as pd

    events = pd.read_parquet(files[0], columns=list(COLUMNS), partitioning=None)
    events = events[events["kind"].isin(["call", "result"]) & (events["status"] != "refused")]
    sums = events.groupby(["feature", "user_segment"])[list(COLUMNS[4:])].agg("sum").fillna(0)
    sums.insert(0, "n", events.groupby(["feature", "user_segment"]).size())
    return [(*key, *(int(value) for value in row)) for key, row in zip(sums.index, sums.to_numpy(object), strict=True)]


def sqlite_(files: list[str]) -> list[tuple[Any, ...]]:
    """Ask SQLite; what loading takes is not counted."""
    import sqlite3

    import duckdb

    connection = sqlite3.connect(":memory:")
    connection.execute(f"CREATE TABLE events ({', '.join(COLUMNS)})")
    rows = duckdb.connect().read_parquet(files[0]).select(*COLUMNS)
    while some := rows.fetchmany(100_000):
        connection.executemany("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?)", some)
    global began  # noqa: PLW0603 - the clock of this process starts anew
    began = time.process_time()
    return connection.execute(QUERY.format(source="events")).fetchall()


ENGINES: dict[str, tuple[Callable[[list[str]], list[tuple[Any, ...]]], bool]] = {
    "duckdb": (duckdb_, False),
    "polars": (polars_, False),
    "chdb": (chdb_, False),
    "duckdb, one day": (duckdb_, True),
    "pandas, one day": (pandas_, True),
    "sqlite, one day": (sqlite_, True),
}
began = 0.0


def main() -> None:
    """Ask one engine, or all of them."""
    global began  # noqa: PLW0603
    parser = argparse.ArgumentParser()
    parser.add_argument("ledger", type=Path)
    parser.add_argument("--days", type=int, default=10)
    parser.add_argument("--engine")
    asked = parser.parse_args()
    files = [str(file) for file in sorted(asked.ledger.glob("events/dt=*/*.parquet"))[: asked.days]]
    if asked.engine:
        began = time.process_time()
        rows = ENGINES[asked.engine][0](files)
        used = time.process_time() - began
        text = "\n".join(",".join(map(str, row)) for row in rows)
        print(used, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, len(rows), hashlib.sha256(text.encode()).hexdigest()[:12])
        return
    for name, (_, is_small) in ENGINES.items():
        command = [sys.executable, __file__, str(asked.ledger), "--days", str(1 if is_small else asked.days), "--engine", name]
        used, peak, rows, digest = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
        print(
            f"{name:<18} {1 if is_small else asked.days:>3}M events {float(used):7.2f} CPU s {peak:>6} MB   {rows} rows, sums {digest}",
            flush=True,
        )


if __name__ == "__main__":
    main()
