"""The use case behind ``costmark fix``: from choices to changed files, step by step."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final, NamedTuple

from lint_plugin.errors import WrongUseError
from lint_plugin.fixing import dependencies, planning
from lint_plugin.fixing import plan as plans
from lint_plugin.fixing.mending import mend
from lint_plugin.fixing.model import Left, Options, Result
from lint_plugin.fixing.plan import Plan, Row
from lint_plugin.fixing.project import Project, chooser
from lint_plugin.fixing.sources import save
from lint_plugin.frontends import checking
from lint_plugin.frontends.choices import Choices
from lint_plugin.frontends.console import emit
from lint_plugin.frontends.workspace import Workspace, repository
from lint_plugin.model import Request

CLEAR: Final = "\r\x1b[K"


class FixChoices(NamedTuple):
    """The options of one call."""

    paths: tuple[Path, ...] = ()
    show: bool = False
    check: bool = False
    plan: Path | None = None
    apply: Path | None = None
    options: Options = Options()
    isolated: bool = False
    cache: bool = True


class _Part(NamedTuple):
    """A project, and what of it was asked for."""

    workspace: Workspace
    asked: tuple[Path, ...]  # () = all of it
    others: tuple[Path, ...]  # projects inside it


class Fixed(NamedTuple):
    """What was done in one project."""

    root: Path
    result: Result


def contradiction(choices: FixChoices) -> str:
    """Name the first pair of options that cannot both be meant; empty where there is none."""
    pairs = (
        (choices.plan and choices.apply, "--plan writes a plan, --apply reads one: give one of them"),
        (choices.plan and (choices.show or choices.check), "--plan changes no code: leave out --show and --check"),
        (choices.apply and choices.options.registered_only, "--apply takes the names of the plan: leave out --registered"),
    )
    return next((sentence for both, sentence in pairs if both), "")


def run(choices: FixChoices) -> list[Fixed]:
    """Fix what was asked for; nothing is written with ``show`` or ``check``."""
    if sentence := contradiction(choices):
        raise WrongUseError(sentence)
    plan = Plan(plans.read(choices.apply)) if choices.apply is not None else None
    try:
        return [_fix(choices, part, plan) for part in _parts(choices)]
    finally:
        progress("")


def write_plan(choices: FixChoices, file: Path) -> str:
    """Write a plan for what was asked for; return what to say of it."""
    if sentence := contradiction(choices):
        raise WrongUseError(sentence)
    rows: list[Row] = []
    others: dict[str, None] = {}
    try:
        for part in _parts(choices):
            project = _project(choices, part.workspace)
            found = chooser(part.asked, part.others, choices.options)(project)
            rows += planning.rows(project, found, choices.options)
            others.update(dict.fromkeys(planning.others(project, found)))
    finally:
        progress("")
    try:
        file.write_text(plans.write(rows, list(others)), encoding="utf-8")
    except OSError as error:
        raise WrongUseError(f"--plan {file}: {error.strerror}") from error
    return f"{file} proposes features for {len(rows)} {'call' if len(rows) == 1 else 'calls'}; edit it, then: costmark fix --apply {file}"


def progress(step: str) -> None:
    """Say on a terminal what is being done; nothing takes it away again."""
    if sys.stderr is not None and sys.stderr.isatty():
        emit([CLEAR, f"costmark: {step} ..." if step else ""], sys.stderr)


def _parts(choices: FixChoices) -> list[_Part]:
    """Return the projects that hold the paths, and what of each was asked for."""
    groups = checking.by_workspace(Choices(paths=choices.paths, isolated=choices.isolated))
    roots = [workspace.root for workspace in groups]
    return [
        _Part(
            workspace,
            () if workspace.root in paths else tuple(paths),
            tuple(root for root in roots if root != workspace.root and root.is_relative_to(workspace.root)),
        )
        for workspace, paths in groups.items()
    ]


def _project(choices: FixChoices, workspace: Workspace) -> Project:
    cache = workspace.cache if choices.cache else None
    return Project(Request(workspace.root, workspace.policy, cache=cache), repository(workspace.root), progress)


def _fix(choices: FixChoices, part: _Part, plan: Plan | None) -> Fixed:
    workspace = part.workspace
    project = _project(choices, workspace)
    result = mend(project, chooser(part.asked, part.others, choices.options), choices.options, plan)
    if result.changes and not (choices.show or choices.check):
        result = _write(workspace, result)
    note = dependencies.missing(workspace.root) if result.changes else ""
    return Fixed(workspace.root, result._replace(notes=(*result.notes, *([note] if note else []))))


def _write(workspace: Workspace, result: Result) -> Result:
    """Write the policy first: names that no call uses do no harm, calls with unknown names fail the next check."""
    notes: list[str] = []
    if result.policy is not None:
        why = save(Path(result.policy.path), result.policy.before, result.policy.after)
        if why:
            notes.append(f"{os.path.relpath(result.policy.path)}: the new features are not registered: {why}")
    failed: dict[str, str] = {}
    for change in result.changes:
        progress(f"writing {change.path}")
        why = save(workspace.root / change.path, change.before, change.after)
        if why:
            failed[change.path] = why
    return result._replace(
        changes=tuple(change for change in result.changes if change.path not in failed),
        fixed=tuple(finding for finding in result.fixed if finding.path not in failed),
        left=(*result.left, *(Left(finding, failed[finding.path]) for finding in result.fixed if finding.path in failed)),
        notes=(*result.notes, *notes),
    )
