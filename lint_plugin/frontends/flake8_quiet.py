"""Tell flake8 that a file has no findings before the analyzer is imported: most files of most runs have none."""

# Paths are strings here: this runs for each file of a run of flake8, and before anything costly is imported.
# ruff: noqa: PTH100, PTH120

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache

from lint_plugin import stamp
from lint_plugin.unchanged import DoubtError, Stamps, content, hold_project, is_usual


def forget() -> None:
    """Forget what an earlier run of flake8 in this process has seen."""
    _stamps.cache_clear()
    _quiet.cache_clear()


@cache
def _stamps() -> Stamps:
    return Stamps(stamp.FLAKE8)


@cache
def _quiet(root: str) -> frozenset[str]:
    """Return the files that a check of their project would say nothing of; none where it has to be made."""
    try:
        hold_project(root, _stamps())
        known = _stamps().of(root)
    except (DoubtError, OSError, ValueError, TypeError, LookupError):  # the last ones: a stamp that is damaged
        return frozenset()
    paths = stamp.split(known["paths"])
    return frozenset(f"{root}/{path}" for path, flags in zip(paths, known["flags"], strict=True) if not flags & stamp.LOUD)


def is_quiet(filename: str, lines: Sequence[str]) -> bool:
    """Tell whether nothing would be found in a file as it lies on the disk."""
    full = os.path.abspath(filename)
    try:
        root = _stamps().home(os.path.dirname(full)) if is_usual() else ""
        # the lines may come from an editor instead; other encodings and line ends are left to the full program
        return root != "" and full in _quiet(root) and content(full) == "".join(lines).encode("utf-8", "surrogatepass")
    except (DoubtError, OSError, ValueError, TypeError, LookupError):
        return False
