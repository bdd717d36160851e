"""Tell whether another run over a project would go exactly as the last one did, by the stamp that the index has left.

The stamp says what every file of the project was like when the last run looked, which files mattered to it, and what it looked for in
the others. Another run goes the same way where

- policies, ``.gitignore`` files and the names in every folder are what they were, so the same files would be looked at;
- every file whose content mattered holds what it held;
- every other changed file still holds nothing of what made a file matter, nor what the last run looked for from other files.
"""

# Paths are strings here: a Path object costs more than the question that is asked of it.
# ruff: noqa: PTH108, PTH109, PTH110, PTH113, PTH116, PTH118, PTH120, PTH123

from __future__ import annotations

import os
import stat
import sys
import time

from lint_plugin import stamp
from lint_plugin.indifference import is_indifferent
from lint_plugin.unmarked import root_of

TYPE_CHECKING = False  # the one in typing costs two thirds of an interpreter's start
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Final

MOST: Final = 64  # rows that are looked into; with more of them the full program and a new stamp are cheaper
OWN: Final = "costmark.toml"
PYPROJECT: Final = "pyproject.toml"
PROJECT: Final = (PYPROJECT, "setup.py", "setup.cfg")
TABLE: Final = b"costmark"
CLEAN: Final = {"text": "No findings.", "concise": ""}  # what the full program says of nothing, in the formats that are answered here
GOOD: Final = ("\x1b[32m", "\x1b[0m")
ASKING: Final = frozenset({"COSTMARK_POLICY", "_COSTMARK_COMPLETE"})  # variables that ask for another answer


class DoubtError(Exception):
    """The full program has to look."""


def is_usual() -> bool:
    """Tell whether the circumstances are those that a stamp is about."""
    return ASKING.isdisjoint(os.environ) and os.sep == "/"


def say(sentence: str) -> None:
    """Write what the full program does when it has found nothing."""
    out = sys.stdout
    if not sentence or out is None:
        return
    if out.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb":
        sentence = sentence.join(GOOD)
    out.write(f"{sentence}\n")
    out.flush()


class Stamps:
    """The stamps that are read in one run, and the projects that folders belong to."""

    def __init__(self, name: str, *, isolated: bool = False) -> None:
        self._name = name
        self._isolated = isolated
        self._here = os.getcwd()
        self._homes: dict[str, str] = {}
        self._read: dict[str, dict[str, bytes]] = {}

    def home(self, folder: str) -> str:
        """Return the root of the project that a folder belongs to, if its stamp is about the policy that holds there."""
        if folder not in self._homes:
            self._homes[folder] = self._find(folder)
        return self._homes[folder]

    def of(self, root: str) -> dict[str, bytes]:
        """Return the stamp of a project."""
        if root not in self._read:
            found = stamp.read(root, self._name)
            if found is None:
                raise DoubtError
            self._read[root] = found
        return self._read[root]

    def forget(self, root: str) -> None:
        """Remove a stamp that no longer holds, so that the run that follows writes a new one."""
        try:
            os.unlink(stamp.place(root, self._name))
        except OSError:  # read-only, or gone already
            return

    def _find(self, folder: str) -> str:
        passed: list[str] = []
        for above in () if self._isolated else _upwards(folder):
            if not _mentions_policy(above):
                continue
            if self._policy(above) in (os.path.join(above, OWN), os.path.join(above, PYPROJECT)):
                if os.path.commonpath((self._here, above)) != above:
                    raise DoubtError  # a policy further up may exclude this one
                return above
            passed.append(above)
        root = _root(folder)
        if any(above != root or os.path.exists(os.path.join(above, OWN)) for above in passed):
            raise DoubtError  # what the stamp takes down of a pyproject.toml without a policy is that at the root
        policy = self._policy(root)
        if policy and not (self._isolated and policy == stamp.ISOLATED):
            raise DoubtError
        return root

    def _policy(self, root: str) -> str:
        """Return the policy that a stamp is about."""
        _, about, policy, _, _, _ = stamp.split(self.of(root)["about"])
        if about != root:
            raise DoubtError
        return policy


def _mentions_policy(folder: str) -> bool:
    """Tell whether a folder may have a policy."""
    if os.path.isfile(os.path.join(folder, OWN)):
        return True
    project = os.path.join(folder, PYPROJECT)
    try:
        if not os.path.isfile(project):  # absent, or a pipe, which would wait
            return False
        with open(project, "rb", buffering=0) as stream:
            return TABLE in stream.read()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return False


def _root(folder: str) -> str:
    """Return the root of a project without a policy."""
    for marks in ((stamp.CHECKOUT,), PROJECT):
        for above in _upwards(folder):
            if any(os.path.exists(os.path.join(above, mark)) for mark in marks):
                return above
    return root_of(folder, os.getcwd())


def _upwards(folder: str) -> Iterator[str]:
    yield folder
    while (above := os.path.dirname(folder)) != folder:
        yield above
        folder = above


def hold_project(root: str, stamps: Stamps) -> list[str]:
    """Make sure that another run over a project would go as the last one did; return the files that hold something else all the same."""
    known = stamps.of(root)
    paths, flags = stamp.split(known["paths"]), known["flags"]
    _, _, _, day, top, _ = stamp.split(known["about"])
    try:
        if day != time.strftime("%Y-%m-%d", time.gmtime()) or top != stamp.checkout(root):
            raise DoubtError  # noqa: TRY301  forgotten like the others
        _hold_inputs(known)
        _hold_folders(root, known)
        changed = _changed(root, paths, known["states"])
    except (DoubtError, OSError):
        stamps.forget(root)
        raise
    other: list[str] = []
    for number, mode in changed:
        if not stat.S_ISREG(mode):
            raise DoubtError
        data = content(f"{root}/{paths[number]}")
        if stamp.digest(data) == _digest(known["digests"], number):
            continue
        if flags[number] & stamp.READ or not is_indifferent(paths[number], data, known):
            raise DoubtError
        other.append(paths[number])
    return other


def _hold_inputs(known: dict[str, bytes]) -> None:
    states = stamp.numbers(known["input_states"])
    for number, path in enumerate(stamp.split(known["inputs"])):
        expected = tuple(states[4 * number : 4 * number + 4])
        try:
            state = stamp.state_of(os.stat(path))
        except FileNotFoundError:
            state = stamp.ABSENT
        if state != expected and (
            stamp.ABSENT in (state, expected) or stamp.digest(content(path)) != _digest(known["input_digests"], number)
        ):
            raise DoubtError


def _hold_folders(root: str, known: dict[str, bytes]) -> None:
    folders = stamp.split(known["folders"])
    for number, _ in _changed(root, folders, known["folder_states"]):
        with os.scandir(f"{root}/{folders[number]}") as entries:
            marks = [stamp.mark_of(entry) for entry in entries]
        if stamp.outline(marks) != _digest(known["folder_digests"], number):
            raise DoubtError


def _changed(root: str, paths: list[str], states: bytes) -> list[tuple[int, int]]:
    """Return what may have changed, by its number, with its mode."""
    found: list[tuple[int, int]] = []
    ask, base = os.stat, "" if os.getcwd() == root else f"{root}/"  # short paths are looked up faster
    row = iter(stamp.numbers(states))
    for path, size, modified, changed, inode in zip(paths, row, row, row, row, strict=True):
        status = ask(base + path or root)
        # the change time first: next to nothing changes without it
        if status.st_ctime_ns != changed or status.st_mtime_ns != modified or status.st_size != size or status.st_ino != inode:
            found.append((paths.index(path), status.st_mode))
            if len(found) > MOST:
                raise DoubtError
    return found


def content(path: str) -> bytes:
    """Read a file."""
    with open(path, "rb", buffering=0) as stream:
        return stream.read()


def _digest(section: bytes, number: int) -> bytes:
    return section[stamp.WIDTH * number : stamp.WIDTH * (number + 1)]
