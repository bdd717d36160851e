"""Keep the book of budgets in SQLite: which accounts there are, where they are counted, and which alerts have gone out.

It is written once a process and period, never at a call.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from importlib import resources
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PATIENCE: Final = 10.0  # seconds that one writer waits for another
OPEN_DAYS: Final = 40  # after which an account is closed: its figure goes into the book, its page to another


class Book:
    """The file, opened for each use: uses are rare, and an open database must not cross a fork."""

    def __init__(self, path: Path) -> None:
        self.path: Final = path
        with self._opened() as book:
            book.execute("PRAGMA journal_mode=WAL")
            book.executescript(resources.files("cost_lib.budgets").joinpath("book.sql").read_text(encoding="utf-8"))
        self.path.chmod(0o600)

    def page_of(self, budget: str, span: str, prepare: Callable[[int], None]) -> int:
        """Return the page of an account; a new account gets a free one, made ready by ``prepare`` before anybody can see it."""
        with self._opened() as book:
            book.execute("BEGIN IMMEDIATE")
            found = book.execute("SELECT page FROM account WHERE budget = ? AND span = ?", (budget, span)).fetchone()
            if found is not None and found[0] is not None:
                return int(found[0])
            taken = {page for (page,) in book.execute("SELECT page FROM account WHERE page IS NOT NULL")}
            page = next(number for number in range(1, len(taken) + 2) if number not in taken)
            prepare(page)
            book.execute("INSERT OR REPLACE INTO account (budget, span, page) VALUES (?, ?, ?)", (budget, span, page))
            return page

    def close_before(self, day: str, settled: Callable[[int], int]) -> None:
        """Close the accounts of periods that ended long before a day."""
        with self._opened() as book:
            book.execute("BEGIN IMMEDIATE")
            old = book.execute("SELECT budget, span, page FROM account WHERE page IS NOT NULL AND span < ?", (day,)).fetchall()
            for budget, span, page in old:
                row = (settled(page), budget, span)
                book.execute("UPDATE account SET page = NULL, settled = ? WHERE budget = ? AND span = ?", row)

    def is_first(self, key: tuple[str, str, str], *, limit: int, spent: int, at: str) -> bool:
        """Enter an alert by its budget, period and share; False when it was entered before, by whatever process."""
        with self._opened() as book:
            row = (*key, limit, spent, at)
            return book.execute("INSERT OR IGNORE INTO alert VALUES (?, ?, ?, ?, ?, ?)", row).rowcount == 1

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None)) as book:
                book.execute("PRAGMA synchronous=NORMAL")
                with book:
                    yield book
        except sqlite3.Error as problem:
            raise OSError(f"{self.path}: {problem}") from problem
