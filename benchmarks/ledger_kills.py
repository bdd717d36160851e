"""Kill compactions at random moments, and look whether every event is still there, once.

Run ``python benchmarks/ledger_kills.py [--times 200] [--seed 1]``. Between two kills the log grows, some lines come twice, days
pass, and lines that are in the ledger are removed; what a report would say is compared after each kill, the ledger at the end.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from cost_lib.ledger.compaction import compact  # noqa: E402
from cost_lib.ledger.opening import opened  # noqa: E402
from cost_lib.ledger.retention import Keep  # noqa: E402
from cost_lib.policy import Policy  # noqa: E402

BEGIN = datetime(2026, 1, 1, 12, tzinfo=UTC)
A_DAY = 12  # kills
COST = 1000


class Trial:
    """A log that grows, its ledger, and what must be in them."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.log = folder / "log"
        self.log.mkdir()
        self.random = Random(seed)  # noqa: S311 - the same trial each time
        self.made = 0
        self.now = BEGIN

    def grow(self, run: int) -> None:
        """Write events of today, a late one, and some that are there already."""
        self.now = BEGIN + timedelta(days=run // A_DAY, minutes=run % A_DAY)
        lines = [self.line(self.made + number) for number in range(self.random.randrange(1, 40))]
        self.made += len(lines)
        lines += self.random.sample(lines, min(3, len(lines)))
        file = self.log / f"events-{self.now.date()}.jsonl"
        with file.open("a") as out:
            out.write("".join(lines))
        for one in self.log.iterdir():  # as if the files had been written when they say
            at = datetime.fromisoformat(one.stem.removeprefix("events-")).replace(tzinfo=UTC).timestamp()
            os.utime(one, (at, at))

    def line(self, number: int) -> str:
        """Write an event; some are a day late."""
        at = self.now - timedelta(days=number % 7 == 0)
        event = {"v": 1, "ts": f"{at:%Y-%m-%dT%H:%M:%S.%fZ}", "event_id": f"e{number}", "cost_nano_usd": COST, "status": "ok"}
        return json.dumps(event, separators=(",", ":")) + "\n"

    def compact(self) -> None:
        """Compact, and remove lines that are two days old."""
        compact([self.log], self.folder / "ledger", now=self.now.timestamp(), keep=Keep(lines=2))

    def look(self) -> None:
        """Compare what a report says with what was written."""
        places = [place for place in (self.folder / "ledger", self.log) if any(place.glob("*"))]
        with tempfile.TemporaryDirectory(dir=self.folder) as scratch:
            connection = opened(places, Policy(), need="events", scratch=Path(scratch)).connection
            found = connection.execute("""SELECT count(*), count(DISTINCT event_id), (SELECT sum(requests) FROM days),
                (SELECT sum(cost_nano_usd) FROM days), (SELECT sum(requests) FROM user_days) FROM events""").fetchone()
        wanted = (self.made, self.made, self.made, COST * self.made, self.made)
        if found != wanted:
            raise SystemExit(f"found {found}, not {wanted}")


def in_child(work: Callable[[], None]) -> int:
    """Run something in a child, and return its number."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        work()
        code = 0
    finally:
        os._exit(code)


def checked(work: Callable[[], None], what: str) -> float:
    """Run something in a child that must succeed; return how long it took."""
    began = time.monotonic()
    _, status = os.waitpid(in_child(work), 0)
    if status:
        raise SystemExit(f"{what} failed")
    return time.monotonic() - began


def main() -> None:
    """Kill, look, and say how it went."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--look", type=int, default=5, help="after how many kills a report is looked at")
    asked = parser.parse_args()
    killed = 0
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(Path(folder), asked.seed)
        trial.grow(0)
        longest = checked(trial.compact, "the first compaction")
        for run in range(1, asked.times + 1):
            trial.grow(run)
            child = in_child(trial.compact)
            time.sleep(trial.random.random() * longest * 1.3)
            os.kill(child, signal.SIGKILL)
            _, status = os.waitpid(child, 0)
            killed += os.WIFSIGNALED(status)
            if run % asked.look == 0:
                checked(trial.look, f"the look after kill {run}")
        checked(trial.compact, "the last compaction")
        checked(trial.look, "the last look")
    print(f"{killed} of {asked.times} compactions were killed at work; {trial.made:,} events, none lost, none twice")


if __name__ == "__main__":
    main()
