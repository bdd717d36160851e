"""Remember what was submitted and what of it is counted, across processes and days, in a small database beside the log."""

from __future__ import annotations

import json
import sqlite3
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, NamedTuple

from cost_lib.privacy import Named
from cost_lib.stderr import say_once

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

FILE: Final = "deferred.sqlite"
KEEP: Final = 120 * 86400  # seconds: providers keep results for a month at most
MOST: Final = 50_000  # rows
WAIT: Final = 2.0  # seconds for another process
SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS deferred (
    name TEXT PRIMARY KEY,
    at INTEGER NOT NULL,
    submission TEXT NOT NULL,
    counted INTEGER NOT NULL DEFAULT 0,
    is_settled INTEGER NOT NULL DEFAULT 0
)
"""


class Submission(NamedTuple):
    """What a result inherits."""

    tags: Mapping[str, str] | None = None  # None: it was not submitted where we could see it
    site: tuple[str, str, int] | None = None
    model: str = ""
    seconds: int = 0  # of video that were asked for
    object: str = ""  # of a file: the name of the work that it belongs to
    is_named: bool = False  # its user is named as the policy wants it, which rows of older releases are not


class Store:
    """The database; one in memory where events are not kept in files, or where the folder cannot be written."""

    def __init__(self, folder: Path | None) -> None:
        self._path = folder / FILE if folder is not None else None
        self._memory: sqlite3.Connection | None = None

    def remember(self, name: str, submission: Submission, *, is_settled: bool = False) -> None:
        """Keep what was submitted, and forget what is old."""
        now = int(time.time())
        with self._open() as base:
            row = (name, now, json.dumps(submission), int(is_settled))
            base.execute("INSERT OR IGNORE INTO deferred (name, at, submission, is_settled) VALUES (?, ?, ?, ?)", row)
            base.execute("DELETE FROM deferred WHERE at < ?", (now - KEEP,))
            base.execute("DELETE FROM deferred WHERE name IN (SELECT name FROM deferred ORDER BY at DESC LIMIT -1 OFFSET ?)", (MOST,))

    def find(self, name: str) -> Submission:
        """Return what was submitted under a name."""
        with self._open() as base:
            row = base.execute("SELECT submission FROM deferred WHERE name = ?", (name,)).fetchone()
        if row is None:
            return Submission()
        tags, site, *rest = json.loads(row[0])
        found = Submission(tags, tuple(site) if site else None, *rest)
        if found.is_named and tags and "user_id" in tags:
            tags["user_id"] = Named(tags["user_id"])
        return found

    def claim(self, name: str) -> bool:
        """Take it on oneself to count a result; False when that was done."""
        with self._open() as base:
            row = (name, int(time.time()), json.dumps(Submission()))
            base.execute("INSERT OR IGNORE INTO deferred (name, at, submission) VALUES (?, ?, ?)", row)
            return base.execute("UPDATE deferred SET is_settled = 1 WHERE name = ? AND is_settled = 0", (name,)).rowcount == 1

    def counted(self, name: str) -> int:
        """Return how many lines of a file were counted; -1 when all of it was."""
        with self._open() as base:
            row = base.execute("SELECT counted, is_settled FROM deferred WHERE name = ?", (name,)).fetchone()
        return 0 if row is None else -1 if row[1] else int(row[0])

    def count(self, name: str, lines: int) -> None:
        """Note how many lines of a file were counted."""
        with self._open() as base:
            row = (name, int(time.time()), json.dumps(Submission()), lines)
            base.execute("INSERT OR IGNORE INTO deferred (name, at, submission, counted) VALUES (?, ?, ?, ?)", row)
            base.execute("UPDATE deferred SET counted = max(counted, ?) WHERE name = ?", (lines, name))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        base = self._connect() if self._memory is None else self._memory
        try:
            with base:
                yield base
        finally:
            if base is not self._memory:
                base.close()

    def _connect(self) -> sqlite3.Connection:
        if self._path is not None:
            try:
                self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                base = _made(str(self._path))
                self._path.chmod(0o600)
            except (sqlite3.OperationalError, OSError) as problem:
                say_once("deferred", f"deferred work is remembered in this process alone: {problem}")
            else:
                return base
        self._memory = _made(":memory:")
        return self._memory


def _made(place: str) -> sqlite3.Connection:
    base = sqlite3.connect(place, timeout=WAIT, check_same_thread=False)
    base.execute(SCHEMA)
    return base
