"""Append events to one file a day, each with one write."""

from __future__ import annotations

import errno
import functools
import operator
import os
import threading
import time
from typing import TYPE_CHECKING, Final

from cost_lib.catalog.table_archive import archive
from cost_lib.compiled import SPEEDUPS
from cost_lib.stderr import say_once

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SAFE: Final = ("O_NOFOLLOW", "O_CLOEXEC", "O_NONBLOCK")  # a pipe in the place of a file must not hold the caller until somebody reads
FLAGS: Final = os.O_WRONLY | os.O_APPEND | os.O_CREAT | functools.reduce(operator.or_, (getattr(os, name, 0) for name in SAFE))
MODE: Final = 0o600
FOLDER_MODE: Final = 0o700
NANO: Final = 1_000_000_000
DAY: Final = 86_400 * NANO
START: Final = "events-"
END: Final = ".jsonl"
UNREAD: Final = "unread-"  # of files that hold what is on its way here (``sheet``)
NONE: Final = (-1, -1, (-1, -1))


class Files:
    """A sink of daily files; processes may share a folder, because an append of a page is one step for the kernel.

    No lock is waited for: none that a fork, a signal or a killed thread could leave behind. Daemons close all that they have open,
    and what is opened next gets the number, and folders are removed under a program: so before each write the descriptor is asked
    which file it is. (Its mode alone, by ``fcntl``, takes a fraction of that, but what is written to a removed file would be lost.)
    """

    def __init__(self, folder: Path, *, keep_days: int = 0) -> None:
        self.folder: Final = folder.absolute()  # the program may change its working directory
        self.keep_days: Final = keep_days  # 0: all of them
        self._open: tuple[int, int, tuple[int, int]] = NONE  # the day, its file and what that is, replaced in one step
        self._before = NONE[1:]  # yesterday's file stays open: another thread may be about to write to it
        self._turning: Final = threading.Lock()  # never waited for: who does not get it opens the file for himself
        self._is_torn = False  # the last write was cut short: the next line must not be glued to it

    def write(self, line: bytes, at: int) -> None:
        """Append one line before returning."""
        opened, descriptor, (device, inode) = self._open
        is_torn = self._is_torn
        data = b"\n" + line if is_torn else line
        written = append(descriptor, device, inode, data) if opened == at // DAY else -1
        if written < 0:
            descriptor = self.ready(at)
            if descriptor < 0:
                self._append_once(line, at // DAY)
                return
            written = os.write(descriptor, data)
        if written < len(data):
            self._is_torn = True
            raise OSError(errno.ENOSPC, "only a part of an event was written")
        if is_torn:
            self._is_torn = False

    def ready(self, at: int) -> int:
        """Return the open file of a day, known to be there; below zero while another thread turns to it."""
        day = at // DAY
        opened, descriptor, known = self._open
        if opened != day or not _is_still(descriptor, known):
            if not self._turning.acquire(blocking=False):
                return -1
            try:
                opened, descriptor, known = self._open  # another thread may have turned just now
                if opened != day or not _is_still(descriptor, known):
                    descriptor = self._turn_to(day)
            finally:
                self._turning.release()
        return descriptor

    def _append_once(self, line: bytes, day: int) -> None:
        """Append while another thread turns to a new file."""
        descriptor = self._opened(day)
        try:
            if os.write(descriptor, line) < len(line):
                self._is_torn = True
                raise OSError(errno.ENOSPC, "only a part of an event was written")
        finally:
            os.close(descriptor)

    def _opened(self, day: int) -> int:
        self.folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        return os.open(self.folder / f"{START}{name_of(day)}{END}", FLAGS, MODE)

    def _turn_to(self, day: int) -> int:
        descriptor = self._opened(day)
        before, self._before = self._before, self._open[1:]
        self._open = (day, descriptor, _identity(descriptor))
        _close(*before)
        if self.keep_days:
            self._tidy(name_of(day - self.keep_days))
        archive(self.folder)
        return descriptor

    def _tidy(self, oldest: str) -> None:
        """Remove the files of days that are kept no longer; several processes may do so at once."""
        for file in self.folder.glob(f"{START}????-??-??{END}"):
            if file.name[len(START) : -len(END)] <= oldest:
                try:
                    file.unlink(missing_ok=True)
                except OSError as problem:  # no reason to lose today's event
                    say_once("tidy", f"an old file of events stays: {problem}")

    def close(self) -> None:
        """Give the files back."""
        for descriptor, known in (self._before, self._open[1:]):
            _close(descriptor, known)
        self._before, self._open = NONE[1:], NONE


def _append(descriptor: int, device: int, inode: int, line: bytes) -> int:
    """Append a line to a file if its descriptor still is that file; return how many bytes were written, or -1 if it is another now."""
    try:
        found = os.fstat(descriptor)
    except OSError:
        return -1
    is_still = found[1] == inode and found[2] == device and found[3] > 0  # by place, which is half of what a name takes
    return os.write(descriptor, line) if is_still else -1


append: Final[Callable[[int, int, int, bytes], int]] = SPEEDUPS.append if SPEEDUPS is not None else _append


def _identity(descriptor: int) -> tuple[int, int]:
    found = os.fstat(descriptor)
    return found.st_dev, found.st_ino


def _is_still(descriptor: int, known: tuple[int, int]) -> bool:
    """Say whether a descriptor is the file that was opened: daemons close all they have, and folders are removed under a program."""
    try:
        found = os.fstat(descriptor)
    except OSError:
        return False
    return found.st_ino == known[1] and found.st_dev == known[0] and found.st_nlink > 0


def _close(descriptor: int, known: tuple[int, int]) -> None:
    """Close a file, but none that somebody else has opened under its number."""
    if descriptor >= 0:
        try:
            if _identity(descriptor) == known:
                os.close(descriptor)
        except OSError:
            return


def name_of(day: int) -> str:
    """Spell a day, counted from the epoch, in UTC."""
    return time.strftime("%Y-%m-%d", time.gmtime(day * DAY // NANO))
