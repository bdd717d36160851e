"""Find the projects inside a project: folders with a policy of their own."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from cost_lib import policy as policies
from lint_plugin.frontends.workspace import Workspace

POLICIES: Final = frozenset({policies.OWN, policies.PYPROJECT})
FOREIGN: Final = frozenset({"__pycache__", "node_modules", "site-packages"})
ENVIRONMENT: Final = "pyvenv.cfg"


class _Listing(NamedTuple):
    """What a folder holds, in so far as it matters."""

    folders: tuple[str, ...]
    may_have_policy: bool
    is_environment: bool


def inner_policies(top: Path, workspace: Workspace, had: Collection[Path] = ()) -> Iterator[Path]:
    """Yield the nearest folders below one that have a policy of their own, or ``had`` one, and are not excluded."""
    waiting = list(_list(os.fspath(top)).folders)
    start = len(os.fspath(workspace.root)) + 1
    while waiting:
        folder = waiting.pop()
        listing = _list(folder)
        if listing.is_environment or workspace.policy.excludes(folder[start:].replace(os.sep, "/")):
            continue
        if Path(folder) in had or (listing.may_have_policy and _has_policy(Path(folder))):
            yield Path(folder)
        else:
            waiting += listing.folders


def _list(folder: str) -> _Listing:
    folders: list[str] = []
    names: set[str] = set()
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    if entry.name[0] != "." and entry.name not in FOREIGN:
                        folders.append(entry.path)
                else:
                    names.add(entry.name)
    except OSError:  # the check itself names what it cannot read
        return _Listing((), may_have_policy=False, is_environment=False)
    return _Listing(tuple(folders), may_have_policy=not POLICIES.isdisjoint(names), is_environment=ENVIRONMENT in names)


def _has_policy(folder: Path) -> bool:
    found = policies.find(folder, env={})
    return found is not None and found.parent == folder
