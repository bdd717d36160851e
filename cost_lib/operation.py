"""Know one logical call: its identity over retries, where it was made, and whether it was refused."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from types import FrameType

OWN: Final = os.path.dirname(os.path.abspath(__file__)) + os.sep  # noqa: PTH100, PTH120 - pathlib costs more than the call
FOREIGN: Final = (f"{os.sep}site-packages{os.sep}", f"{os.sep}dist-packages{os.sep}", f"{os.sep}lib{os.sep}python3", "<frozen")


class CallSite:
    """A line of the user's code."""

    __slots__ = ("file", "line", "name")

    def __init__(self, file: str, name: str, line: int) -> None:
        self.file = file
        self.name = name
        self.line = line

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


class Operation:
    """One logical call; the requests that carry it are its attempts."""

    __slots__ = ("attempts", "call_site", "packages", "refusal")

    def __init__(self, packages: frozenset[str], call_site: CallSite | None) -> None:
        self.packages = packages  # of the client that makes the call: it tells the provider where the host does not
        self.call_site = call_site
        self.refusal: Exception | None = None  # what the caller gets instead of an answer
        self.attempts: dict[str, Attempt] = {}  # the last one by URL: a framework makes several calls under one operation

    def begin(self, url: str, retry: int | None) -> Attempt:
        """Count a request: as a retry when its header says so, or when it repeats one that has failed."""
        last = self.attempts.get(url)
        if last is not None and (last.is_failed if retry is None else retry > 0):
            attempt = Attempt(last.operation_id, last.number + 1)
        else:
            attempt = Attempt(new_id(), 1 if retry is None else retry + 1)
        self.attempts[url] = attempt
        return attempt


class Attempt:
    """One request of a logical call."""

    __slots__ = ("is_failed", "number", "operation_id")

    def __init__(self, operation_id: str, number: int) -> None:
        self.operation_id = operation_id
        self.number = number
        self.is_failed = False


def new_id() -> str:
    """Make a UUID of version 7: sorted by time, unique across processes and forks."""
    random = int.from_bytes(os.urandom(10), "big")
    value = (
        (time.time_ns() // 1_000_000 & 0xFFFF_FFFF_FFFF) << 80
        | 0x7 << 76
        | (random >> 62 & 0xFFF) << 64
        | 0b10 << 62
        | random & (1 << 62) - 1
    )
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def find_call_site(*, skip_libraries: bool = False) -> CallSite | None:
    """Find the nearest line outside this package, on request outside installed libraries too."""
    frame: FrameType | None = sys._getframe(1)  # noqa: SLF001 - inspect.stack reads source files, a thousand times slower
    nearest = None
    while frame is not None:
        file = frame.f_code.co_filename
        if not file.startswith(OWN):
            nearest = nearest or frame
            if not skip_libraries or not any(part in file for part in FOREIGN):
                return _site(frame)
        frame = frame.f_back
    return _site(nearest) if nearest is not None else None


def _site(frame: FrameType) -> CallSite:
    return CallSite(frame.f_code.co_filename, frame.f_code.co_qualname, frame.f_lineno)
