"""Count what is spent and what is reserved in one small file that every process of a machine shares.

A page an account: how much is settled, then one cell a process with what that process has reserved and when it last did. Every
change is one write of eight or sixteen bytes under a lock that the kernel takes back from a process that dies, in an order that
never shows less than is used: a settled call is counted as spent before its reservation is given back.

Not SQLite, because these numbers change twice a call: a transaction over two budgets takes 30 to 60 µs, this takes 5. Not shared
memory, because touching a page that the disk has no room for kills the process.
"""

from __future__ import annotations

import os
from contextlib import suppress
from functools import lru_cache
from struct import Struct
from typing import TYPE_CHECKING, Final, NamedTuple

try:
    import fcntl
except ImportError:  # no such locks on this system: opening says so
    fcntl = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from pathlib import Path

PAGE: Final = 8192
HEAD: Final = Struct("<qq")  # settled, cells in use
CELLS_AT: Final = 64
CELL: Final = Struct("<qq")  # reserved, time of the last reservation
NUMBER: Final = Struct("<q")
MOST_CELLS: Final = (PAGE - CELLS_AT) // CELL.size
ALIVE: Final = 1 << 40  # from here on one byte a cell, locked by the process that owns the cell for as long as it lives
MUTEX: Final = 0
NEAR: Final = 15  # the last cell that is written together with the head
_new: Final = tuple.__new__
FLAGS: Final = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
MODE: Final = 0o600


class Counts(NamedTuple):
    """What one page says."""

    settled: int
    reserved: int  # by all processes


class Busy(Exception):  # noqa: N818 - no error: the caller comes back
    """Another process holds the lock, and the caller cannot wait."""


class Cells:
    """The file, open in this process; not to be used after a fork."""

    def __init__(self, path: Path) -> None:
        if fcntl is None:
            raise OSError("this system has no file locks that budgets could use")
        self.path: Final = path
        self._file: Final = os.open(path, FLAGS, MODE)
        self._high: dict[int, int] = {}  # the cells of a page that were in use when it was last read

    def lock(self, *, wait: bool) -> None:
        """Keep every other process out; raise Busy where one is in and the caller cannot wait."""
        try:
            fcntl.lockf(self._file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB, 1, MUTEX)
        except (BlockingIOError, PermissionError):
            raise Busy from None

    def unlock(self) -> None:
        """Let the others in."""
        fcntl.lockf(self._file, fcntl.LOCK_UN, 1, MUTEX)

    def clear(self, page: int) -> None:
        """Make a page that counts nothing, on the disk and not as a hole that may find no room later."""
        self._write(bytes(PAGE), page * PAGE)

    def has(self, page: int) -> bool:
        """Say whether a page is there in full."""
        return os.fstat(self._file).st_size >= (page + 1) * PAGE

    def join(self, page: int, now: int, hold: int) -> int:
        """Take a cell of a page; under the lock. What a dead process left there is kept until it is ``hold`` old."""
        high = self._head(page)[1]
        for cell in range(MOST_CELLS):
            reserved, since = self._cell(page, cell) if cell < high else (0, 0)
            if reserved and now - since <= hold:
                continue
            if self._seize(page, cell):
                self._write(CELL.pack(0, now), _place(page, cell))
                if cell >= high:
                    self._write(NUMBER.pack(cell + 1), page * PAGE + NUMBER.size)
                return cell
        raise OSError(f"more than {MOST_CELLS} processes share one budget")

    def read(self, page: int) -> Counts:
        """Add up a page; under the lock for a decision, without it for a look."""
        before = self._high.get(page, 1)
        numbers = self._unpacked(page, before)
        high = numbers[1]
        if high != before:
            if not 0 <= high <= MOST_CELLS:
                raise OSError(f"{self.path} is damaged")
            numbers = self._unpacked(page, high)
            self._high[page] = high
        return _new(Counts, (numbers[0], sum(numbers[2::2])))

    def settled(self, page: int) -> int:
        """Return what is spent."""
        return self._head(page)[0]

    def reserve(self, page: int, cell: int, own: int, now: int) -> None:
        """Write what this process has reserved in all; under the lock."""
        self._write(CELL.pack(own, now), _place(page, cell))

    def settle(self, page: int, cost: int) -> int:
        """Count a cost, and return what was spent before; under the lock."""
        before = self._head(page)[0]
        if cost:
            self._write(NUMBER.pack(before + cost), page * PAGE)
        return before

    def exchange(self, page: int, cell: int, cost: int, own: int, now: int) -> int:
        """Count a cost, then write what this process still has reserved; return what was spent before. Under the lock.

        Nobody else writes meanwhile, so where the cell lies near the head one write does for both and what lies between.
        """
        if cell > NEAR:
            before = self.settle(page, cost)
            self.reserve(page, cell, own, now)
            return before
        numbers = list(self._unpacked(page, cell + 1))
        if numbers[1] <= cell:
            raise OSError(f"{self.path} is damaged")
        before = numbers[0]
        numbers[0], numbers[-2], numbers[-1] = before + cost, own, now
        self._write(_shape(cell + 1).pack(*numbers), page * PAGE)
        return before

    def sweep(self, page: int, own: int, now: int, hold: int) -> None:
        """Give back what processes that died had reserved more than ``hold`` ago; under the lock."""
        for cell in range(self._head(page)[1]):
            reserved, since = self._cell(page, cell)
            if cell != own and reserved and now - since > hold and self._seize(page, cell):
                self._write(CELL.pack(0, now), _place(page, cell))
                fcntl.lockf(self._file, fcntl.LOCK_UN, 1, _life(page, cell))

    def close(self) -> None:
        """Leave; the cells of this process are free from now on."""
        with suppress(OSError):
            os.close(self._file)

    def _unpacked(self, page: int, cells: int) -> tuple[int, ...]:
        shape = _shape(cells)
        data = os.pread(self._file, shape.size, page * PAGE)
        return shape.unpack(data) if len(data) == shape.size else (0, -1)

    def _seize(self, page: int, cell: int) -> bool:
        """Lock the byte of a cell unless its owner lives."""
        try:
            fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _life(page, cell))
        except (BlockingIOError, PermissionError):
            return False
        return True

    def _head(self, page: int) -> tuple[int, int]:
        data = os.pread(self._file, HEAD.size, page * PAGE)
        if len(data) != HEAD.size:
            raise OSError(f"{self.path} is damaged")
        settled, high = HEAD.unpack(data)
        return settled, high

    def _cell(self, page: int, cell: int) -> tuple[int, int]:
        reserved, since = CELL.unpack(os.pread(self._file, CELL.size, _place(page, cell)))
        return reserved, since

    def _write(self, data: bytes, place: int) -> None:
        if os.pwrite(self._file, data, place) != len(data):
            raise OSError(f"{self.path} could not be written")


@lru_cache(maxsize=MOST_CELLS + 1)
def _shape(cells: int) -> Struct:
    return Struct(f"<2q{CELLS_AT - HEAD.size}x{2 * cells}q")


def _place(page: int, cell: int) -> int:
    return page * PAGE + CELLS_AT + cell * CELL.size


def _life(page: int, cell: int) -> int:
    return ALIVE + page * MOST_CELLS + cell
