"""Reserve and settle against the accounts of a folder: exact across the threads and processes of a machine."""

from __future__ import annotations

import os
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Final, NamedTuple

from cost_lib.budgets.accounts import day_before
from cost_lib.budgets.book import OPEN_DAYS, Book
from cost_lib.budgets.cells import Busy, Cells, Counts
from cost_lib.errors import BudgetExceeded

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from cost_lib.budgets.accounts import Draw

BOOK: Final = "budgets.sqlite"
CELLS: Final = "budgets.cells"
MOST_PLANS: Final = 4096
HOLD: Final = 600 * 10**9  # ns that the reservation of a process that died stands: no SDK waits longer for an answer


class Account(NamedTuple):
    """A budget and period, and where this process counts for it."""

    draw: Draw
    page: int
    cell: int


class Reservation(NamedTuple):
    """What one call has set aside; settled once."""

    store: Store
    accounts: tuple[Account, ...]
    amount: int  # in each blocking account


class _Joined(NamedTuple):
    """The accounts of one plan, found by the identity of the plan: to hash it would take longer than to reserve."""

    draws: Sequence[Draw]
    accounts: tuple[Account, ...]
    blocking: tuple[Account, ...]


class Settled(NamedTuple):
    """What one call has done to one account."""

    draw: Draw
    before: int
    after: int


class Store:
    """The budgets of one folder, in this process."""

    def __init__(self, folder: Path) -> None:
        self.folder: Final = folder
        self._mutex = threading.Lock()
        self._files: tuple[Book, Cells] | None = None
        self._accounts: dict[Draw, Account] = {}
        self._joined: dict[int, _Joined] = {}
        self._own: dict[int, int] = {}  # by page, what this process has reserved: nobody else writes its cell

    def join(self, draws: Sequence[Draw]) -> _Joined:
        """Open the accounts that this process has not used yet; takes milliseconds."""
        with self._mutex:
            book, cells = self._files or self._open()
            for draw in draws:
                if draw not in self._accounts:
                    self._accounts[draw] = self._account(draw, book, cells)
            return self._gather(draws)

    def reserve(self, draws: Sequence[Draw], amount: int | None, *, wait: bool = True, must_bound: bool = False) -> Reservation:
        """Set an amount aside in every blocking account, or raise BudgetExceeded and change nothing.

        An amount of None is not known: what is spent up refuses it, and ``must_bound`` refuses it everywhere.
        """
        joined = self._find(draws)
        if joined is None:
            if not wait:
                raise Busy
            joined = self.join(draws)
        _, accounts, blocking = joined
        if not blocking or amount == 0:
            return Reservation(self, accounts, 0)
        cells = self._take(wait=wait)
        try:
            for account in blocking:
                self._admit(cells, account, amount, must_bound=must_bound)
            if amount is not None:
                self._set_aside(cells, blocking, amount)
        finally:
            self._release(cells)
        return Reservation(self, accounts, amount or 0)

    def settle(self, reservation: Reservation, cost: int, *, wait: bool = True) -> list[Settled]:
        """Count what a call has cost, then give its reservation back."""
        if not reservation.accounts or not (cost or reservation.amount):
            return []
        found = []
        cells = self._take(wait=wait)
        try:
            now, amount = time.time_ns(), reservation.amount
            for draw, page, cell in reservation.accounts:
                if draw.is_blocking and amount:
                    own = self._own[page] = max(self._own[page] - amount, 0)
                    before = cells.exchange(page, cell, cost, own, now)
                else:
                    before = cells.settle(page, cost)
                found.append(Settled(draw, before, before + cost))
        finally:
            self._release(cells)
        return found

    def look(self, draw: Draw) -> Counts:
        """Read an account without keeping anybody out."""
        self.join((draw,))
        with self._mutex:
            _, cells = self._files or self._open()
            return cells.read(self._accounts[draw].page)

    def enter(self, draw: Draw, share: str, spent: int, at: str) -> bool:
        """Enter an alert into the book; False when it is there already."""
        with self._mutex:
            book, _ = self._files or self._open()
        return book.is_first((draw.budget, draw.span, share), limit=draw.limit, spent=spent, at=at)

    def close(self) -> None:
        """Leave the files; what is reserved by this process stays until it expires."""
        with self._mutex:
            if self._files is not None:
                self._files[1].close()
            self._files = None
            self._accounts.clear()
            self._joined.clear()
            self._own.clear()

    def _open(self) -> tuple[Book, Cells]:
        with suppress(FileExistsError):
            self.folder.mkdir(mode=0o700, parents=True)
        self._files = Book(self.folder / BOOK), Cells(self.folder / CELLS)
        return self._files

    def _find(self, draws: Sequence[Draw]) -> _Joined | None:
        found = self._joined.get(id(draws))
        if found is not None and found.draws is draws:
            return found
        return self._gather(draws) if all(draw in self._accounts for draw in draws) else None

    def _gather(self, draws: Sequence[Draw]) -> _Joined:
        accounts = tuple(self._accounts[draw] for draw in draws)
        if len(self._joined) >= MOST_PLANS:
            self._joined.clear()
        found = self._joined[id(draws)] = _Joined(draws, accounts, tuple(account for account in accounts if account.draw.is_blocking))
        return found

    def _account(self, draw: Draw, book: Book, cells: Cells) -> Account:
        day = day_before(time.time(), OPEN_DAYS)
        book.close_before(day, cells.settled)
        page = book.page_of(draw.budget, draw.span, cells.clear)
        twin = next((known for known in self._accounts.values() if known.draw[:2] == draw[:2]), None)
        if twin is not None:  # the same account under an older policy: one cell a process
            return Account(draw, page, twin.cell)
        cells.lock(wait=True)
        try:
            if not cells.has(page):  # somebody has removed the counters and left the book
                cells.clear(page)
            self._own[page] = 0
            return Account(draw, page, cells.join(page, time.time_ns(), HOLD))
        finally:
            cells.unlock()

    def _take(self, *, wait: bool) -> Cells:
        """Keep the other threads and processes out; a context manager would take longer than what is done inside."""
        if not self._mutex.acquire(blocking=wait):
            raise Busy
        is_taken = False
        try:
            _, cells = self._files or self._open()
            cells.lock(wait=wait)
            is_taken = True
        finally:
            if not is_taken:
                self._mutex.release()
        return cells

    def _release(self, cells: Cells) -> None:
        try:
            cells.unlock()
        finally:
            self._mutex.release()

    def _admit(self, cells: Cells, account: Account, amount: int | None, *, must_bound: bool) -> None:
        draw, page, cell = account
        needed = 1 if amount is None else amount
        spent, reserved = cells.read(page)
        if spent + reserved + needed > draw.limit:
            cells.sweep(page, cell, time.time_ns(), HOLD)
            spent, reserved = cells.read(page)
        if spent + reserved + needed > draw.limit or (amount is None and must_bound):
            raise BudgetExceeded(draw.budget, draw.span, limit=draw.limit, spent=spent, reserved=reserved, needed=amount)

    def _set_aside(self, cells: Cells, accounts: Sequence[Account], amount: int) -> None:
        now = time.time_ns()
        done = []
        try:
            for _, page, cell in accounts:
                cells.reserve(page, cell, self._own[page] + amount, now)
                self._own[page] += amount
                done.append((page, cell))
        except OSError:
            for page, cell in done:
                self._own[page] -= amount
                with suppress(OSError):
                    cells.reserve(page, cell, self._own[page], now)
            raise


class _Held:
    def __init__(self) -> None:
        self.store: Store | None = None


_held: Final = _Held()


def store_in_use() -> Store | None:
    """Return the store of this process; None until a folder was chosen."""
    return _held.store


def use_folder(folder: Path | None) -> None:
    """Keep budgets in a folder from now on; None keeps none."""
    before, _held.store = _held.store, Store(folder) if folder is not None else None
    if before is not None:
        before.close()


def _after_fork() -> None:
    """Begin anew in a child: cells and locks are the parent's. The old store keeps its files open, unused."""
    if _held.store is not None:
        _held.store = Store(_held.store.folder)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
