"""Take the inventory of what a person asked for: one project, or several inside each other."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from lint_plugin.frontends.checking import by_workspace
from lint_plugin.frontends.choices import Choices
from lint_plugin.frontends.console import complain
from lint_plugin.frontends.progress import on_terminal
from lint_plugin.frontends.workspace import CHECKOUT, Workspace, repository
from lint_plugin.inventory.model import Inventory
from lint_plugin.inventory.taking import take
from lint_plugin.model import Request
from lint_plugin.stages.discover import find


def inventory(choices: Choices) -> Inventory:
    """Return every billable call below the paths, and name on standard error what could not be analyzed."""
    groups = by_workspace(choices)
    common = _base([workspace.root for workspace in groups])
    taken = [_taken(choices, workspace, tuple(paths), list(groups), common) for workspace, paths in groups.items()]
    for problem in (problem for one in taken for problem in one.problems):
        complain(f"{problem.path}:{problem.line}: not analyzed: {problem.reason}")
    return Inventory(
        tuple(sorted((row for one in taken for row in one.rows), key=lambda row: (row.path, row.cell, row.line, row.column))),
        tuple(problem for one in taken for problem in one.problems),
        sum(one.files for one in taken),
    )


def _base(roots: list[Path]) -> Path:
    """Return the folder that paths are shown from: the top of the checkout, else the working directory, where they lie below."""
    common = Path(os.path.commonpath(roots))
    top, here = repository(common), Path.cwd()
    return top if (top / CHECKOUT).exists() else here if common.is_relative_to(here) else common


def _taken(choices: Choices, workspace: Workspace, paths: tuple[Path, ...], every: list[Workspace], common: Path) -> Inventory:
    """Return the calls of one project, their paths as they are shown."""
    watcher = on_terminal()
    cache = workspace.cache if choices.cache else None
    try:
        found = take(Request(workspace.root, workspace.policy, cache=cache, progress=watcher), repository(workspace.root))
    finally:
        if watcher is not None:
            watcher.clear()
    others = [one.root for one in every if one.root != workspace.root and one.root.is_relative_to(workspace.root)]

    def is_asked(path: str) -> bool:
        file = workspace.root / path
        return any(file.is_relative_to(top) for top in paths) and not any(file.is_relative_to(other) for other in others)

    def seen(path: str) -> str:
        return (workspace.root.relative_to(common) / path).as_posix()

    return Inventory(
        tuple(row._replace(path=seen(row.path)) for row in found.rows if is_asked(row.path)),
        tuple(problem._replace(path=seen(problem.path)) for problem in found.problems if is_asked(problem.path)),
        _count(workspace, paths, is_asked) if others or paths != (workspace.root,) else found.files,
    )


def _count(workspace: Workspace, paths: tuple[Path, ...], is_asked: Callable[[str], bool]) -> int:
    """Count the files that were asked for: those of a project inside this one are counted there."""
    found = find(workspace.root, paths, excludes=workspace.policy.excludes)
    return sum(is_asked(file.path) for file in found.files)
