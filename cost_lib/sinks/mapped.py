"""Keep each event in a mapped file, which takes a tenth of a write, and hand many on to the daily files at once.

What is in the mapping is the kernel's, as what was written is: a killed process loses none of it. A thread hands on what has come
five times a second; what a killed process leaves is handed on by the next that writes or reads the folder. Where a sheet cannot be
had, each event is appended as ``files`` does.
"""

from __future__ import annotations

import atexit
import os
import threading
import time
import weakref
from typing import TYPE_CHECKING, Final, NoReturn

from cost_lib.compiled import SPEEDUPS
from cost_lib.sinks.files import FOLDER_MODE, Files
from cost_lib.sinks.sheet import SIZE, Sheet, gather
from cost_lib.stderr import say_once

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TICK: Final = 0.2  # seconds between two looks at what has come
PATIENCE: Final = 0.05  # seconds to wait for who is handing on; then a line goes its own way
FAREWELL: Final = 5.0  # seconds to wait at the end
_all: Final[weakref.WeakSet[Mapped]] = weakref.WeakSet()


class Mapped:
    """A sink of daily files that are written some time later, and of what keeps the events until then."""

    def __init__(self, folder: Path, *, keep_days: int = 0) -> None:
        self.files: Final = Files(folder, keep_days=keep_days)
        self._is_closed = False
        self._sheet: Sheet | None = None
        self._put: Callable[[bytes], object] = _nowhere
        self._turning = threading.RLock()
        self._turner = 0  # the thread that has it: a signal or a destructor in its midst must not begin again
        _all.add(self)
        atexit.register(self.close)

    def write(self, line: bytes, at: int) -> None:
        """Keep one line before returning."""
        try:
            self._put(line)  # one step for all threads: the interpreter's lock is held from its beginning to its end
        except ValueError:  # it is full, or there is none
            self._turn(line, at)

    def _turn(self, line: bytes, at: int) -> None:
        """Make room, and keep the line; without a sheet it goes to the files at once."""
        me = threading.get_ident()
        if self._turner == me:
            self.files.write(line, at)
            return
        try:  # around the lock too: the exception of a signal may come when it has just been taken
            if not self._turning.acquire(timeout=PATIENCE):
                self.files.write(line, at)
                return
            self._turner = me
            sheet = self._sheet if self._sheet is not None else self._begun()
            if sheet is not None:
                self._empty(sheet)
        finally:
            if self._turner == me:
                self._turner = 0
            try:  # noqa: SIM105 - another call before it would let a signal in
                self._turning.release()
            except RuntimeError:  # it was not taken
                pass
        try:
            self._put(line)
        except ValueError:
            self.files.write(line, at)

    def _begun(self) -> Sheet | None:
        """Take a sheet, and have a thread hand on what comes; None where there can be none."""
        if self._is_closed:
            return None
        try:
            self.files.folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
            gather(self.files.folder)
            sheet = Sheet.made_in(self.files.folder)
            threading.Thread(target=_watch, args=(weakref.ref(self), sheet), name="costmark-sheet", daemon=True).start()
        except (OSError, RuntimeError) as problem:  # no room, no locks, no threads
            self._is_closed = True
            say_once("sheet", f"events are appended one by one: {problem}")
            return None
        self._sheet, self._put = sheet, sheet.map.write
        return sheet

    def _empty(self, sheet: Sheet) -> None:
        """Hand on all there is, and begin the sheet anew."""
        sheet.map.seek(SIZE)  # from here on nobody finds room; what came before is found by its end
        end = sheet.end()
        sheet.hand_on(self.files, end)
        if sheet.handed() >= end:
            sheet.clear()

    def tick(self, sheet: Sheet) -> bool:
        """Hand on what has come; False when the sheet is no longer this sink's."""
        if sheet is not self._sheet:
            return False
        if self._turning.acquire(blocking=False):
            self._turner = threading.get_ident()
            try:
                if sheet is self._sheet:
                    sheet.hand_on(self.files, sheet.end())
                    if not sheet.is_held():
                        self._part_from(sheet)  # the next event begins another
            except OSError as problem:
                say_once("sink", f"events are waiting for room: {problem.strerror or problem}")
            finally:
                self._turner = 0
                self._turning.release()
        return True

    def close(self) -> None:
        """Hand on all and go back to appending one by one."""
        if not self._turning.acquire(timeout=FAREWELL):
            return  # whoever reads the folder next hands it on
        self._turner = threading.get_ident()
        try:
            self._is_closed = True
            if self._sheet is not None:
                self._part_from(self._sheet)
        except OSError as problem:
            say_once("sink", f"events are waiting for room in {self.files.folder}: {problem.strerror or problem}")
        finally:
            self._turner = 0
            self._turning.release()

    def _part_from(self, sheet: Sheet) -> None:
        """Hand on all there is, and go on without the sheet."""
        self._sheet, self._put = None, _nowhere
        sheet.map.seek(SIZE)
        end = sheet.end()
        try:
            sheet.hand_on(self.files, end)
        finally:
            sheet.leave(is_done=sheet.handed() >= end)

    def forget(self) -> None:
        """Begin without a sheet, as a child must: what is in the mapping is its parent's."""
        sheet, self._sheet, self._put = self._sheet, None, _nowhere
        self._turning, self._turner = threading.RLock(), 0
        if sheet is not None:
            sheet.leave(is_done=False)


def _nowhere(_line: bytes, /) -> NoReturn:
    raise ValueError("there is no sheet")


def _watch(sink: weakref.ref[Mapped], sheet: Sheet) -> None:
    while True:
        time.sleep(TICK)
        found = sink()
        if found is None or not found.tick(sheet):
            return
        del found


def _forget_all() -> None:
    for sink in list(_all):
        sink.forget()


os.register_at_fork(after_in_child=_forget_all)
if SPEEDUPS is not None:
    SPEEDUPS.use_mapped(Mapped)
