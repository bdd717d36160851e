"""Take the steps that must survive a crash: every one of them goes through here, so that tests can fail before any."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path


class Steps:
    """What is called before each durable step, with its name; tests put a failure there."""

    before: Callable[[str], object] = staticmethod(lambda _: None)


def write(to: Path, data: bytes) -> None:
    """Put a file in the place of another, whole or not at all."""
    beside = to.with_name(f".{to.name}.new")
    Steps.before("write")
    beside.unlink(missing_ok=True)  # of a run that died; never through a link that somebody put there
    with beside.open("xb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    move(beside, to)


def move(file: Path, to: Path) -> None:
    """Rename a file and let its folder remember it."""
    Steps.before("move")
    file.replace(to)
    sync(to.parent)


def sync(place: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    Steps.before("sync")
    descriptor = os.open(place, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove(file: Path) -> None:
    """Remove a file that may be gone already."""
    Steps.before("remove")
    file.unlink(missing_ok=True)


def make(folder: Path) -> None:
    """Make a folder for nobody but its owner, with those above it."""
    if not folder.is_dir():
        Steps.before("make")
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
