"""Append events to one file a day, each with one write."""

from __future__ import annotations

import errno
import os
import time
from typing import TYPE_CHECKING, Final

from cost_lib.catalog.table_archive import archive
from cost_lib.stderr import say_once

if TYPE_CHECKING:
    from pathlib import Path

FLAGS: Final = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
MODE: Final = 0o600
FOLDER_MODE: Final = 0o700
NANO: Final = 1_000_000_000
DAY: Final = 86_400 * NANO
START: Final = "events-"
END: Final = ".jsonl"


class Files:
    """A sink of daily files; processes may share a folder, because an append of a page is one step for the kernel.

    There is no lock: none that a fork, a signal or a killed thread could leave behind.
    """

    def __init__(self, folder: Path, *, keep_days: int = 0) -> None:
        self.folder: Final = folder.absolute()  # the program may change its working directory
        self.keep_days: Final = keep_days  # 0: all of them
        self._open: tuple[int, int] = (-1, -1)  # the day and its file, replaced in one step
        self._before = -1  # yesterday's file stays open: another thread may be about to write to it
        self._is_torn = False  # the last write was cut short: the next line must not be glued to it

    def write(self, line: bytes, at: int) -> None:
        """Append one line before returning."""
        day = at // DAY
        opened, descriptor = self._open
        if opened != day:
            descriptor = self._turn_to(day)
        data = b"\n" + line if self._is_torn else line
        written = os.write(descriptor, data)
        self._is_torn = written < len(data)
        if self._is_torn:
            raise OSError(errno.ENOSPC, "only a part of an event was written")

    def _turn_to(self, day: int) -> int:
        self.folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        descriptor = os.open(self.folder / f"{START}{name_of(day)}{END}", FLAGS, MODE)
        before, self._before = self._before, self._open[1]
        self._open = (day, descriptor)
        if before >= 0:
            os.close(before)
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
        for descriptor in (self._before, self._open[1]):
            if descriptor >= 0:
                os.close(descriptor)
        self._before, self._open = -1, (-1, -1)


def name_of(day: int) -> str:
    """Spell a day, counted from the epoch, in UTC."""
    return time.strftime("%Y-%m-%d", time.gmtime(day * DAY // NANO))
