"""Let one compaction at a time work on a ledger; the lock of one that was killed is gone with it."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from cost_lib.errors import ReportError

FILE: Final = "lock"


@contextmanager
def locked(ledger: Path) -> Iterator[None]:
    """Hold the ledger, or say who does."""
    try:
        import fcntl
    except ImportError:  # Windows
        raise ReportError("compaction needs locks on files, which this system does not have; run it on Linux or macOS") from None
    try:
        descriptor = os.open(ledger / FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError as problem:  # a link too: what it names would be overwritten
        raise ReportError(f"{ledger / FILE}: {problem.strerror}") from None
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(descriptor, 200).decode(errors="replace").strip() or "another process"
            raise ReportError(f"{ledger}: {holder} is compacting this ledger; let it finish, then run again") from None
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"process {os.getpid()} on {socket.gethostname()}\n".encode(), 0)
        yield
    finally:
        os.close(descriptor)
