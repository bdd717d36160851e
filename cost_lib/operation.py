"""Know one logical call: its identity over retries, where it was made, and whether it was refused."""

from __future__ import annotations

import itertools
import os
import sys
import threading
import time
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType, FrameType

OWN: Final = os.path.dirname(os.path.abspath(__file__)) + os.sep  # noqa: PTH100, PTH120 - pathlib costs more than the call
FOREIGN: Final = (f"{os.sep}site-packages{os.sep}", f"{os.sep}dist-packages{os.sep}", f"{os.sep}lib{os.sep}python3", "<frozen")
IS_LOCKED: Final = getattr(sys, "_is_gil_enabled", lambda: True)()  # a step of a counter is one for all threads
LEAST: Final = 100_000_000_000  # number of twelve digits
MOST: Final = 4096  # call sites kept; code made at run time is without number


class CallSite:
    """A line of the user's code; there is one object for a line, so what is known of it may be kept by it."""

    __slots__ = ("code", "file", "is_known", "line", "name", "routes")

    def __init__(self, file: str, name: str, line: int, code: CodeType | None = None) -> None:
        self.file = file
        self.name = name
        self.line = line
        self.code = code  # held so that nothing else gets its address, by which the line is found again
        self.is_known = False  # a request was made here before
        self.routes: tuple[Any, ...] = ()  # what metering knows of the requests that are made here

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


class Operation:
    """One logical call; the requests that carry it are its attempts."""

    __slots__ = ("attempts", "call_site", "packages", "refusal")

    def __init__(self, packages: frozenset[str], call_site: CallSite | None) -> None:
        self.packages = packages  # of the client that makes the call: it tells the provider where the host does not
        self.call_site = call_site
        self.refusal: Exception | None = None  # what the caller gets instead of an answer
        # the last one by URL: a framework makes several calls under one operation; of a first one that went well, its id alone
        self.attempts: dict[str, Attempt | str] | None = None

    def begin(self, url: str, retry: int | None) -> Attempt:
        """Count a request: as a retry when its header says so, or when it repeats one that has failed."""
        if self.attempts is None:
            self.attempts = {}
        last = self.attempts.get(url)
        if isinstance(last, str):
            last = Attempt(last, 1)
        if last is not None and (last.is_failed if retry is None else retry > 0):
            attempt = Attempt(last.operation_id, last.number + 1)
        else:
            attempt = Attempt(new_id(), 1 if retry is None else retry + 1)
        self.attempts[url] = attempt
        return attempt

    def has_failed(self, url: str) -> bool:
        """Say whether the last request to a URL has failed."""
        last = self.attempts.get(url) if self.attempts is not None else None
        return isinstance(last, Attempt) and last.is_failed


class Attempt:
    """One request of a logical call."""

    __slots__ = ("is_failed", "number", "operation_id")

    def __init__(self, operation_id: str, number: int) -> None:
        self.operation_id = operation_id
        self.number = number
        self.is_failed = False


def _locked(step: Callable[[], int]) -> Callable[[], int]:
    """Let one thread at a time count, where no lock of the interpreter's sees to it."""
    lock = threading.Lock()

    def take() -> int:
        with lock:
            return step()

    return take


class _Ids:
    """What this process makes ids of: 26 random bits that stay, and a number of twelve digits that begins at random and counts.

    The time of an id is that of its second, so that all but the number is written once a second; and the number is written in
    decimal, because any other way takes Python ten times as long between two calls.
    """

    def __init__(self) -> None:
        self.renew()

    def renew(self) -> None:
        """Begin elsewhere, in a fork too: its parent goes on from the same place."""
        random = int.from_bytes(os.urandom(10), "big")
        start, variant = f"-7{random >> 48 & 0xFFF:03x}-", 0x8000 | random >> 60 & 0x3FFF
        self._middle = f"{start}{variant:04x}-"
        self._other = f"{start}{variant ^ 1:04x}-"  # makes a second id of the same number
        step = itertools.count(LEAST + (random & 0xFFFF_FFFF_FFFF) % (4 * LEAST)).__next__
        self.next = step if IS_LOCKED else _locked(step)
        self.now: tuple[str, str, str, str] = ("never", "", "", "")  # the second as a number, as text, and the heads of its two ids

    def begin(self, second: str) -> tuple[str, str, str, str]:
        """Write what all events of a second have in common, and keep it."""
        at = int(second or 0)
        milli = f"{at * 1000 & 0xFFFF_FFFF_FFFF:012x}"
        head = f"{milli[:8]}-{milli[8:]}"
        text = time.strftime("%Y-%m-%dT%H:%M:%S.", time.gmtime(at))
        found = self.now = (second, text, f"{head}{self._middle}", f"{head}{self._other}")
        return found


IDS: Final = _Ids()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=IDS.renew)


def new_id() -> str:
    """Make a UUID of version 7: sorted by its second, in one process by its making, unique across processes and forks."""
    second = str(time.time_ns())[:-9]
    known, _, head, _ = IDS.now
    if known != second:
        _, _, head, _ = IDS.begin(second)
    return f"{head}{IDS.next()}"


SITES: Final[dict[tuple[int, int], CallSite]] = {}
_ours: Final[dict[str, bool]] = {}  # by file; those of the standard library are asked about at each call too


def site_of(frame: FrameType) -> CallSite:
    """Return the line that a frame is at; finding its number again would take longer the longer the function is."""
    key = (id(frame.f_code), frame.f_lasti)
    return SITES.get(key) or _remember(frame, key)


def _remember(frame: FrameType, key: tuple[int, int]) -> CallSite:
    if len(SITES) >= MOST:
        SITES.clear()
    code = frame.f_code
    site = SITES[key] = CallSite(code.co_filename, code.co_qualname, frame.f_lineno, code)
    return site


def find_call_site(*, skip_libraries: bool = False) -> CallSite | None:
    """Find the nearest line outside this package, on request outside installed libraries too."""
    frame: FrameType | None = sys._getframe(1)  # noqa: SLF001 - inspect.stack reads source files, a thousand times slower
    nearest = None
    while frame is not None:
        file = frame.f_code.co_filename
        is_ours = _ours.get(file)
        if is_ours is None:
            is_ours = _is_ours(file)
        if not is_ours:
            nearest = nearest or frame
            if not skip_libraries or not _is_foreign(file):
                return site_of(frame)
        frame = frame.f_back
    return site_of(nearest) if nearest is not None else None


def _is_ours(file: str) -> bool:
    if len(_ours) >= MOST:
        _ours.clear()
    found = _ours[file] = file.startswith(OWN)
    return found


def _is_foreign(file: str) -> bool:
    return any(part in file for part in FOREIGN)
