"""A mapped file of events on their way to the daily files: what is in it survives the process that wrote it.

The first bytes say how far its lines were handed on, and of a batch on its way what the daily file was before it: so whoever finds
the sheet of a killed process hands on the rest, each line once. Behind the last line there are zeros. The lock on the file tells
that its process lives.
"""

from __future__ import annotations

import fcntl
import mmap
import os
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Final, Self

from cost_lib.sinks.files import DAY, END, MODE, START, UNREAD, Files, name_of
from cost_lib.stderr import say_once

if TYPE_CHECKING:
    from pathlib import Path

SIZE: Final = 1 << 16
HEAD: Final = 32  # bytes: handed on until, the day file's size before the batch under way, its day, the batch's end
FLAGS: Final = os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC
DATE: Final = slice(len('{"v":1,"ts":"'), len('{"v":1,"ts":"2026-01-01'))
EPOCH: Final = date(1970, 1, 1).toordinal()
LAST_DAY: Final = date.max.toordinal() - EPOCH
BIGGEST: Final = 1 << 62  # bytes
OPEN: Final = "/proc/self/fd"
_kept: Final[list[mmap.mmap]] = []


class Sheet:
    """A mapped file of lines."""

    def __init__(self, path: Path, *, is_new: bool) -> None:
        self.path: Final = path
        descriptor = os.open(path, FLAGS | (os.O_CREAT | os.O_EXCL if is_new else 0), MODE)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if is_new:
                os.posix_fallocate(descriptor, 0, SIZE)  # a full disk says so now, not by a signal
            self.map: Final = mmap.mmap(descriptor, SIZE)  # which holds the file by a descriptor of its own, and with it the lock
            found = os.fstat(descriptor)
            self._file: Final = (found.st_dev, found.st_ino)
            self._owner: Final = found.st_uid
            if is_new:
                self._note(0, HEAD)
                self.map.seek(HEAD)
        except BaseException:
            if is_new:
                path.unlink(missing_ok=True)
            raise
        finally:
            os.close(descriptor)
        self._held: Final = next((number for number in _descriptors() if _file_of(number) == self._file), -1)

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
        self.make_good(files)
        start = self.handed()
        while start < end:
            day, stop = _of_one_day(self.map[start:end])
            stop += start
            descriptor = files.ready(day * DAY)
            if descriptor < 0:
                return
            found = os.fstat(descriptor)
            if not found.st_size and found.st_uid != self._owner and not os.geteuid():
                with suppress(OSError):  # root hands on another's events: the other must be able to go on with the file
                    os.fchown(descriptor, self._owner, -1)
            self._note(1, found.st_size)
            self._note(2, day)
            self._note(3, stop)
            files.write(self.map[start:stop], day * DAY)
            self._note(0, stop)
            start = stop

    def make_good(self, files: Files) -> None:
        """Note what has reached its file of a batch that was under way when the disk was full or the process died."""
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

    def is_held(self) -> bool:
        """Say whether the file is there and locked: somebody may remove it, and daemons close all descriptors."""
        try:
            return self._is_open() and os.fstat(self._held).st_nlink > 0
        except OSError:
            return False

    def leave(self, *, is_done: bool) -> None:
        """Give the file back, and remove it when all is handed on."""
        if is_done:
            self.path.unlink(missing_ok=True)
        if self._is_open():
            self.map.close()
        else:
            _kept.append(self.map)  # it would close its descriptor, which is somebody else's by now

    def _is_open(self) -> bool:
        return self._held >= 0 and _file_of(self._held) == self._file

    def handed(self) -> int:
        """Return how far the lines were handed on."""
        return max(int.from_bytes(self.map[0:8], "little"), HEAD)  # a process may be killed before it has begun

    def is_sound(self) -> bool:
        """Say whether what is to be handed on are lines of events; in a file that a broken disk has left they are not."""
        start, before, day, stop = (int.from_bytes(self.map[place : place + 8], "little") for place in range(0, HEAD, 8))
        if start > SIZE or stop > SIZE or day > LAST_DAY or before > BIGGEST:
            return False
        try:
            for line in self.map[self.handed() : self.end()].splitlines():
                date.fromisoformat(line[DATE].decode("ascii"))
        except ValueError:
            return False
        return True

    def _note(self, place: int, value: int) -> None:
        self.map[place * 8 : place * 8 + 8] = value.to_bytes(8, "little")  # one store for the processor


def gather(folder: Path) -> None:
    """Hand on what killed processes have left in a folder; the sheets of living ones are theirs."""
    for path in sorted(folder.glob(f"{UNREAD}*")):
        try:
            sheet = Sheet(path, is_new=False)
        except (OSError, ValueError):  # its process lives, another has just done it, or it is no sheet
            continue
        if not path.exists():  # another was faster
            sheet.leave(is_done=False)
            continue
        files = Files(folder)
        try:
            if sheet.is_sound():
                sheet.hand_on(files, sheet.end())
            else:
                say_once(f"sheet {path}", f"{path} holds something else than events, and is left alone")
            sheet.leave(is_done=sheet.is_sound() and sheet.handed() >= sheet.end())
        except OSError as problem:  # no room: they stay where they are
            say_once("sheet-left", f"events wait in {path}: {problem.strerror or problem}")
        finally:
            files.close()


def _descriptors() -> list[int]:
    try:
        return [int(name) for name in os.listdir(OPEN)]  # noqa: PTH208 - numbers, not paths
    except OSError:
        return []


def _file_of(descriptor: int) -> tuple[int, int]:
    try:
        found = os.fstat(descriptor)
    except OSError:
        return -1, -1
    return found.st_dev, found.st_ino


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
