"""Tell before anything is imported that a hook has nothing to find: the usual case, and the one that people wait for.

The answer is yes only where another run would go exactly as the last one did, and that one said nothing of the files in question, nor
of others because of them. Whatever is not understood, and every doubt, is left to the full program.
"""

# Paths are strings here: a Path object costs more than the question that is asked of it.
# ruff: noqa: PTH100, PTH110, PTH120

from __future__ import annotations

import os

from lint_plugin import stamp
from lint_plugin.unchanged import CLEAN, DoubtError, Stamps, content, hold_project, is_usual, say

TYPE_CHECKING = False  # the one in typing costs two thirds of an interpreter's start
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Final

FEW: Final = 8  # files that are looked up one by one


class _Asked:
    """What the command line asks for."""

    __slots__ = ("baseline", "form", "isolated", "paths")

    def __init__(self, arguments: Sequence[str]) -> None:
        self.paths: list[str] = []
        self.form = "text"
        self.baseline = ""
        self.isolated = False
        words = iter(arguments)
        if next(words, "") != "check":
            raise DoubtError
        for word in words:
            name, has_value, value = word.partition("=")
            if not word.startswith("-"):
                self.paths.append(word)
            elif word == "--isolated":
                self.isolated = True
            elif name in ("--format", "--baseline"):
                value = value if has_value else next(words, "")
                if name == "--format":
                    self.form = value
                else:
                    self.baseline = value
                    if not value:
                        raise DoubtError
            else:
                raise DoubtError
        if not self.paths or self.form not in CLEAN or not is_usual():
            raise DoubtError


def nothing_to_find(arguments: Sequence[str]) -> bool:
    """Tell whether the command would find nothing, and say so in its place; ``False`` where it has to look."""
    try:
        asked = _Asked(arguments)
        stamps = Stamps(stamp.NAME, isolated=asked.isolated)
        groups: dict[str, list[str]] = {}
        for path in asked.paths:
            full = os.path.abspath(path)
            groups.setdefault(stamps.home(os.path.dirname(full)), []).append(full)
        if asked.baseline:
            _hold_baseline(asked.baseline, groups)
        for root, files in groups.items():
            _hold(root, files, stamps)
        say(CLEAN[asked.form])
    except (DoubtError, OSError, ValueError, TypeError, LookupError):  # the last ones: a stamp that is damaged
        return False
    return True


def _hold(root: str, files: list[str], stamps: Stamps) -> None:
    """Make sure that another run would say nothing of these files."""
    known = stamps.of(root)
    paths = stamp.split(known["paths"])
    at = {path: number for number, path in enumerate(paths)} if len(files) > FEW else None
    prefix = len(root.rstrip("/")) + 1
    near = False
    for full in files:
        number = paths.index(full[prefix:]) if at is None else at[full[prefix:]]
        flags = known["flags"][number]
        if flags & stamp.LOUD:
            raise DoubtError
        near |= bool(flags & stamp.NEAR)
    if near and not _is_known_quiet(root, [full[prefix:] for full in files], known):
        raise DoubtError
    changed = hold_project(root, stamps)
    if near and not {full[prefix:] for full in files}.issuperset(changed):
        raise DoubtError  # they may matter beside these files as they were


def _is_known_quiet(root: str, files: list[str], known: dict[str, bytes]) -> bool:
    """Tell whether these files were looked at since the last commit, and what is wrong elsewhere had not to do with them."""
    head = stamp.head_of(root)
    return head != "" and os.path.exists(stamp.quiet_place(root, stamp.split(known["about"])[0], head, files))


def _hold_baseline(file: str, groups: dict[str, list[str]]) -> None:
    """Make sure that a baseline is one that was read before, and accepts nothing in the files in question."""
    (root,) = groups
    digest, accepting = stamp.read_baseline(root)
    folder = os.path.dirname(os.path.abspath(file))
    if stamp.digest(content(file)) != digest or not accepting.isdisjoint(os.path.relpath(full, folder) for full in groups[root]):
        raise DoubtError
