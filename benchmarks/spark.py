"""Run every report on a Spark cluster, a master and two workers on the loopback, and hold the answers against DuckDB's.

make spark                    makes an environment with pyspark first; Java 17 or later has to be there
python benchmarks/spark.py    in an environment that has costmark[report] and pyspark
"""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
RESULT: Final = Path(__file__).with_suffix(".md")
WORKERS: Final = 2
PATIENCE: Final = 120  # seconds until a cluster is there
MASTER: Final = "org.apache.spark.deploy.master.Master"
WORKER: Final = "org.apache.spark.deploy.worker.Worker"


def free_port() -> int:
    """Find a port that nobody uses."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def cluster(scratch: Path) -> Iterator[str]:
    """Start a master and its workers, and end them."""
    home = Path(import_module("pyspark").__file__ or "").parent
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"  # of the driver, too
    started: list[subprocess.Popen[bytes]] = []
    port, page = free_port(), free_port()
    more = {
        "SPARK_HOME": str(home),
        "SPARK_WORKER_DIR": str(scratch / "work"),
        "SPARK_DAEMON_MEMORY": "256m",
    }

    def start(name: str, *arguments: str) -> None:
        with (scratch / f"{name.rpartition('.')[2]}-{len(started)}.log").open("wb") as log:
            command = [home / "bin" / "spark-class", name, "--host", "127.0.0.1", *arguments]
            started.append(subprocess.Popen(command, env={**os.environ, **more}, stdout=log, stderr=subprocess.STDOUT))

    try:
        start(MASTER, "--port", str(port), "--webui-port", str(page))
        for _ in range(WORKERS):
            start(WORKER, "--cores", "1", "--memory", "1300m", "--webui-port", "0", f"spark://127.0.0.1:{port}")
        wait_for(f"http://127.0.0.1:{page}/json/")
        yield f"127.0.0.1:{port}"
    finally:
        for one in reversed(started):
            one.terminate()
            one.wait(timeout=30)


def wait_for(page: str) -> None:
    """Wait until the master knows all of its workers."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with suppress(OSError), urllib.request.urlopen(page, timeout=5) as found:  # noqa: S310 - our own master
            if found.read().count(b'"state" : "ALIVE"') >= WORKERS:
                return
        time.sleep(0.5)
    raise SystemExit("the cluster did not come up; its logs say why")


def run(events: int, scratch: Path) -> list[tuple[str, int, str, float]]:
    """Export a log, ask both, compare; return report, rows, verdict and seconds."""
    sys.path.insert(0, str(ROOT))
    cases = import_module("tests.ledger.engine_cases")
    engine_at = import_module("cost_lib.ledger.engines.address").engine_at
    log = cases.write_log(scratch / "log", events)
    with cluster(scratch) as place:
        engine = engine_at(f"spark://{place}{scratch / 'ledger'}")
        try:
            with cases.here(log) as local, cases.there(engine) as remote:
                cases.exported(local, engine)
                return [asked(name, cases, local, remote) for name in cases.REPORTS]
        finally:
            engine.close()


def asked(name: str, cases: Any, local: Any, remote: Any) -> tuple[str, int, str, float]:
    """Make one report on both sides."""
    begin = time.monotonic()
    there = cases.read(name, remote)
    seconds = time.monotonic() - begin
    here = cases.read(name, local)
    verdict = "identical" if here == there else "identical but for the last bit of fractions" if cases.is_same(here, there) else "DIFFERENT"
    print(f"{name:24} {len(here[1]):4} rows  {verdict}  {seconds:.1f} s", flush=True)
    return name, len(here[1]), verdict, seconds


def written(found: Sequence[tuple[str, int, str, float]], events: int) -> str:
    """Lay the result out."""
    version = import_module("pyspark").__version__
    java = subprocess.run(["java", "-version"], capture_output=True, text=True, check=False).stderr.splitlines()[:1]
    lines = [
        "# Every report on a Spark cluster", "",
        "`make spark`: a standalone master and two workers on the loopback, one core each; the log of `tests/ledger/engine_cases.py`,",
        "exported as Parquet; each report made by DuckDB and by Spark from the same query, row by row the same. Seconds are of Spark,",
        "planning included, on a machine that others use.", "",
        f"pyspark {version}, {java[0] if java else 'Java'}, {events:,} events.", "",
        "| report | rows | result | seconds |", "|---|---|---|---|",
        *(f"| {name} | {rows} | {verdict} | {seconds:.1f} |" for name, rows, verdict, seconds in found),
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def main() -> int:
    """Run it, write the result beside this file, fail where anything differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=600)
    events = parser.parse_args().events
    with tempfile.TemporaryDirectory(prefix="costmark-spark-") as folder:
        found = run(events, Path(folder))
    RESULT.write_text(written(found, events), encoding="utf-8")
    return int(any(verdict == "DIFFERENT" for _, _, verdict, _ in found))


if __name__ == "__main__":
    sys.exit(main())
