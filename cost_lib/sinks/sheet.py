"""A mapped file of events on their way to the daily files: what is in it survives the process that wrote it.

The first bytes say how far its lines were handed on, and of a batch on its way what the daily file was before it: so whoever finds
the sheet of a killed process hands on the rest, each line once. Behind the last line there are zeros. The lock on the file tells
that its process lives.
"""

from __future__ import annotations

import fcntl
import mmap
import os
from datetime import date
from typing import TYPE_CHECKING, Final, Self

from cost_lib.sinks.files import DAY, END, MODE, START, UNREAD, Files, name_of

if TYPE_CHECKING:
    from pathlib import Path

SIZE: Final = 1 << 16
HEAD: Final = 32  # bytes: handed on until, the day file's size before the batch under way, its day, the batch's end
FLAGS: Final = os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC
DATE: Final = slice(len('{"v":1,"ts":"'), len('{"v":1,"ts":"2026-01-01'))
EPOCH: Final = date(1970, 1, 1).toordinal()


class Sheet:
    """A mapped file of lines."""

    def __init__(self, path: Path, *, is_new: bool) -> None:
        self.path: Final = path
        descriptor = os.open(path, FLAGS | (os.O_CREAT | os.O_EXCL if is_new else 0), MODE)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if is_new:
                os.posix_fallocate(descriptor, 0, SIZE)  # a full disk says so now, not by a signal
            self.map: Final = mmap.mmap(descriptor, SIZE)  # which holds the file, and with it the lock
        except BaseException:
            if is_new:
                path.unlink(missing_ok=True)
            raise
        finally:
            os.close(descriptor)
        if is_new:
            self._note(0, HEAD)
            self.map.seek(HEAD)

    @classmethod
    def made_in(cls, folder: Path) -> Self:
        """Make a sheet for this process."""
        return cls(folder / f"{UNREAD}{os.getpid()}-{os.urandom(4).hex()}", is_new=True)

    def end(self) -> int:
        """Return where the last whole line ends; a piece behind it was never acknowledged."""
        zeros = self.map.find(b"\0", HEAD)
        return max(self.map.rfind(b"\n", HEAD, zeros if zeros >= 0 else SIZE) + 1, HEAD)

    def hand_on(self, files: Files, end: int) -> None:
        """Append the lines up to a place to the files of their days."""
        start = self.handed()
        while start < end:
            day, stop = _of_one_day(self.map[start:end])
            stop += start
            descriptor = files.ready(day * DAY)
            if descriptor < 0:
                return
            self._note(1, os.fstat(descriptor).st_size)
            self._note(2, day)
            self._note(3, stop)
            files.write(self.map[start:stop], day * DAY)
            self._note(0, stop)
            start = stop

    def make_good(self, files: Files) -> None:
        """Note what has reached its file of a batch that was under way when the process died."""
        start, before, day, stop = (int.from_bytes(self.map[place : place + 8], "little") for place in range(0, HEAD, 8))
        file = files.folder / f"{START}{name_of(day)}{END}"
        if stop <= start or not file.exists():
            return
        with file.open("rb") as lines:
            lines.seek(before)
            held = lines.read()
        batch = self.map[start:stop]
        place = held.find(batch[: batch.find(b"\n") + 1])
        if place >= 0:
            there = held[place : place + len(batch)]
            same = next((number for number, (one, other) in enumerate(zip(batch, there, strict=False)) if one != other), len(there))
            self._note(0, start + batch.rfind(b"\n", 0, same) + 1)

    def clear(self) -> None:
        """Begin at the top again; all is handed on."""
        self.map[HEAD:] = bytes(SIZE - HEAD)
        self._note(0, HEAD)
        self._note(3, 0)
        self.map.seek(HEAD)

    def leave(self, *, is_done: bool) -> None:
        """Give the file back, and remove it when all is handed on."""
        if is_done:
            self.path.unlink(missing_ok=True)
        self.map.close()

    def handed(self) -> int:
        """Return how far the lines were handed on."""
        return int.from_bytes(self.map[0:8], "little")

    def _note(self, place: int, value: int) -> None:
        self.map[place * 8 : place * 8 + 8] = value.to_bytes(8, "little")  # one store for the processor


def gather(folder: Path) -> None:
    """Hand on what killed processes have left in a folder; the sheets of living ones are theirs."""
    for path in sorted(folder.glob(f"{UNREAD}*")):
        try:
            sheet = Sheet(path, is_new=False)
        except (OSError, ValueError):  # its process lives, another has just done it, or it is no sheet
            continue
        files = Files(folder)
        try:
            if not path.exists():  # another was faster
                continue
            sheet.make_good(files)
            end = sheet.end()
            sheet.hand_on(files, end)
            sheet.leave(is_done=sheet.handed() >= end)
        finally:
            files.close()


def _of_one_day(lines: bytes) -> tuple[int, int]:
    """Return the day of the first line, and where the lines of that day end."""
    first, last = lines[DATE], lines[lines.rfind(b"\n", 0, len(lines) - 1) + 1 :][DATE]
    stop = len(lines)
    if first != last:
        stop = 0
        for line in lines.splitlines(keepends=True):
            if line[DATE] != first:
                break
            stop += len(line)
    return date.fromisoformat(first.decode("ascii")).toordinal() - EPOCH, stop
