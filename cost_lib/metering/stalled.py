"""Look after streams that say nothing: one that is older than a few seconds leaves word that it is under way.

A stream of which something comes does that itself. For the others one thread waits, and only as long as there are streams that
are not yet so old.
"""

from __future__ import annotations

import os
import threading
import time
import weakref
from collections import deque
from typing import Final, Protocol


class Stream(Protocol):
    """What is under way."""

    def leave_word(self) -> None:
        """Record that it is, unless that is done or it has ended."""


_waiting: Final[deque[tuple[float, weakref.ref[Stream]]]] = deque()  # when each is old; the clock is that of the facts


class _Watch:
    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Begin anew, as a child that has neither the thread of its parent nor its streams."""
        _waiting.clear()
        self.lock = threading.Lock()
        self.is_on = False

    def start(self) -> None:
        """Have a thread wait, if none does."""
        with self.lock:
            if self.is_on:
                return
            self.is_on = True
        try:
            threading.Thread(target=_wait, name="costmark-streams", daemon=True).start()
        except RuntimeError:  # the interpreter is going down, or there can be no more threads
            self.is_on = False


_watch: Final = _Watch()


def look_after(exchange: Stream, old_at: float) -> None:
    """Have a stream leave word at a time, should it be under way then."""
    _waiting.append((old_at, weakref.ref(exchange)))
    if not _watch.is_on:
        _watch.start()


def _wait() -> None:
    while True:
        with _watch.lock:
            if not _waiting:
                _watch.is_on = False
                return
        old_at, known = _waiting.popleft()
        time.sleep(max(old_at - time.perf_counter(), 0))
        exchange = known()
        if exchange is not None:
            exchange.leave_word()
        del exchange  # whoever is dropped unread is recorded now, not when the next stream is old


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_watch.forget)
