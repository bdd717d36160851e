"""Measure what a process pays once: the import of ``cost_lib``, and its first event; ``python benchmarks/first_use.py [--runs 15]``.

CPU of whole child processes for the import, thread CPU inside them for the first event: what the first tagged call of a warm
client takes beyond its second one, the import of ``cost_lib`` included. Medians, the three kinds in turns.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
FIRST: Final = """
import time, httpx2, openai
from tests.runtime.replay import CHAT
http = httpx2.Client(transport=httpx2.MockTransport(lambda request: httpx2.Response(200, json=CHAT)))
client = openai.OpenAI(api_key="k", http_client=http)
def ask(client):
    start = time.process_time()
    client.chat.completions.create(model="gpt-4o-mini", messages=[])
    return time.process_time() - start
for _ in range(3):
    ask(client)
start = time.process_time()
from cost_lib import tagged
ready = tagged(client, feature="faq")
print(time.process_time() - start + ask(ready) - ask(ready))
"""


def main() -> int:
    """Print the figures; fail when a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "PYTHONPATH": str(ROOT), "COSTMARK_EVENTS_DIR": folder}
        env.pop("PYTHONDONTWRITEBYTECODE", None)  # compiled files are there in production
        run(FIRST, env)
        rows = [(cpu("pass", env), cpu("import cost_lib", env), float(run(FIRST, env)) * 1000) for _ in range(runs)]
    nothing, imported, first = (statistics.median(column) for column in zip(*rows, strict=True))
    print(f"python -c pass          {nothing:6.1f} ms")
    print(f"import cost_lib         {imported:6.1f} ms, {imported / nothing:.2f} times (target 3)")
    print(f"first event of a call   {first:6.1f} ms (target 40)")
    return int(imported > 3 * nothing or first > 40)


def cpu(script: str, env: dict[str, str]) -> float:
    """Return the CPU of a process, in milliseconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run(script, env)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000


def run(script: str, env: dict[str, str]) -> str:
    """Run a script and return what it printed."""
    return subprocess.run([sys.executable, "-c", script], env=env, check=True, capture_output=True, text=True, timeout=120).stdout


if __name__ == "__main__":
    sys.exit(main())
