"""The use case behind ``costmark diff``: the repository as it lies there, and as it was where the branch left a revision."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from cost_lib.errors import PolicyError
from lint_plugin.changes import accepted, calls, settings
from lint_plugin.changes.model import BaselineChange, Diff, SettingChange
from lint_plugin.errors import WrongUseError
from lint_plugin.frontends.accepting import FILE
from lint_plugin.frontends.checking import by_workspace
from lint_plugin.frontends.choices import Choices
from lint_plugin.frontends.workspace import Workspace, locate, repository
from lint_plugin.inventory import coverage
from lint_plugin.inventory.model import Inventory, Row
from lint_plugin.inventory.taking import take
from lint_plugin.model import Request
from lint_plugin.names import relative
from lint_plugin.revision import content_at, earlier, policy_at
from lint_plugin.stages.discover import find

if TYPE_CHECKING:
    from cost_lib.policy import Policy

HIDDEN: Final = "hidden by the change itself or ignored, so its calls are not counted here; costmark check --since looks at it"
UNREADABLE: Final = "the policy of the change cannot be read"


class DiffChoices(NamedTuple):
    """The options of one call."""

    revision: str
    policy_from: str = ""
    baseline: Path | None = None
    cache: bool = True


class _Compared(NamedTuple):
    """What one project gives."""

    before: tuple[Row, ...]
    now: tuple[Row, ...]
    renamed: dict[str, str]
    settings: tuple[SettingChange, ...]
    problems: tuple[str, ...]


def run(choices: DiffChoices) -> Diff:
    """Compare the projects below the working directory with what they were."""
    groups = by_workspace(Choices(policy_from=choices.policy_from))
    top = repository(next(iter(groups)).root)
    every = [_compared(choices, workspace, tuple(paths), list(groups), top) for workspace, paths in groups.items()]
    before = [row for one in every for row in one.before]
    now = [row for one in every for row in one.now]
    renamed = {old: new for one in every for old, new in one.renamed.items()}
    return Diff(
        choices.revision,
        tuple(calls.compare(before, now, renamed)),
        tuple(calls.new_features(before, now, [workspace.policy for workspace in groups])),
        tuple(dict.fromkeys(change for one in every for change in one.settings)),
        _baseline(choices, top),
        coverage.total(before),
        coverage.total(now),
        tuple(dict.fromkeys(problem for one in every for problem in one.problems)),
        (f"judged by the policy of {choices.policy_from}",) if choices.policy_from else (),
    )


def _compared(choices: DiffChoices, workspace: Workspace, paths: tuple[Path, ...], every: list[Workspace], top: Path) -> _Compared:
    was = earlier(workspace.root, choices.revision)
    # a change that is judged by another's policy may bring an index of its own making: it is not read
    cache = workspace.cache if choices.cache and not choices.policy_from else None
    request = Request(workspace.root, workspace.policy, cache=cache)
    now = take(request, repository(workspace.root))
    before = take(request._replace(sources=was.sources), repository(workspace.root))
    others = [one.root for one in every if one.root != workspace.root and one.root.is_relative_to(workspace.root)]

    def is_asked(path: str) -> bool:
        file = workspace.root / path
        return any(file.is_relative_to(place) for place in paths) and not any(file.is_relative_to(other) for other in others)

    def seen(path: str) -> str:
        return relative(workspace.root / path, top)

    changed, problems = _settings(choices, workspace, was.commit, top)
    return _Compared(
        tuple(row._replace(path=seen(row.path)) for row in before.rows if is_asked(row.path)),
        tuple(row._replace(path=seen(row.path)) for row in now.rows if is_asked(row.path)),
        {seen(old): seen(new) for old, new in was.renamed.items()},
        changed,
        (*problems, *_unread(now, is_asked, seen), *_hidden(workspace, was.exposed, is_asked, seen)),
    )


def _unread(found: Inventory, is_asked: Callable[[str], bool], seen: Callable[[str], str]) -> Iterable[str]:
    for problem in found.problems:
        if is_asked(problem.path):
            yield f"{seen(problem.path)}:{problem.line}: not analyzed: {problem.reason}"


def _hidden(workspace: Workspace, exposed: Iterable[str], is_asked: Callable[[str], bool], seen: Callable[[str], str]) -> Iterable[str]:
    """Name the changed files that are tracked and ignored, or that the change itself hides; the check looks at them all the same."""
    asked = [path for path in exposed if is_asked(path) and not workspace.policy.excludes(path)]
    if asked:
        found = {file.path for file in find(workspace.root, excludes=workspace.policy.excludes).files}
        yield from (f"{seen(path)}: {HIDDEN}" for path in asked if path not in found)


def _settings(choices: DiffChoices, workspace: Workspace, commit: str, top: Path) -> tuple[tuple[SettingChange, ...], tuple[str, ...]]:
    """Compare the policies of a project, whichever of them it is judged by."""
    try:
        now = _own(workspace) if choices.policy_from else workspace.policy
    except PolicyError as error:
        return (), (f"{UNREADABLE}: {error}",)
    try:
        was = policy_at(commit, workspace.root)
    except PolicyError as error:
        return (), (f"the policies cannot be compared: {error}",)
    return tuple(settings.compare(was, now, top)), ()


def _own(workspace: Workspace) -> Policy:
    """Return the policy as the change has it."""
    return locate(workspace.root, env=os.environ).policy


def _baseline(choices: DiffChoices, top: Path) -> BaselineChange | None:
    """Compare the baseline that was named, or the one that lies where it usually does."""
    file = Path(os.path.abspath(choices.baseline or FILE))  # noqa: PTH100  (resolve() would follow links)
    before = content_at(choices.revision, file, Path.cwd())
    now = file.read_bytes() if file.is_file() else None
    if choices.baseline and before is None and now is None:
        raise WrongUseError(f"{choices.baseline}: no such baseline, neither now nor at {choices.revision}: check the name, or leave it out")
    return accepted.compare(file, relative(file, top), before, now)
