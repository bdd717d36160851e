"""The use case behind ``costmark init``: look, propose, show, ask, write, and say what to do next."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

from cost_lib.policy import VARIABLE, Policy
from lint_plugin import baseline
from lint_plugin.adopting.model import Proposal
from lint_plugin.adopting.origin import find_origin
from lint_plugin.adopting.steps import BASELINE, CACHE, Inside, Setup, Wish, propose
from lint_plugin.adopting.survey import look
from lint_plugin.adopting.writing import hindrance, write
from lint_plugin.errors import WrongUseError
from lint_plugin.frontends import checking, proposing
from lint_plugin.frontends.choices import Choices
from lint_plugin.frontends.console import complain, emit, is_colourful
from lint_plugin.frontends.inner import inner_policies
from lint_plugin.frontends.workspace import Workspace, repository

DONE: Final = 0
FAILED: Final = 2


class InitChoices(NamedTuple):
    """The options of one call."""

    folder: Path
    yes: bool = False
    dry_run: bool = False
    policy_file: str = ""
    without: tuple[str, ...] = ()
    hook_repo: str = ""


def run(choices: InitChoices, ask: Callable[[str], bool]) -> int:
    """Set a repository up; return the exit code. ``ask`` puts a question to the person at the terminal."""
    root = _top(choices.folder)
    wish = Wish(choices.policy_file, choices.without, find_origin(choices.hook_repo))
    inside = _inside(root)
    if choices.yes and not choices.dry_run:  # the index serves the hook right away
        setup = propose(look(root), wish, root / CACHE, os.environ, inside)
    else:
        with tempfile.TemporaryDirectory(prefix="costmark-") as folder:  # nothing of the repository changes before it is agreed to
            setup = propose(look(root), wish, Path(folder), os.environ, inside)
    emit(proposing.show(setup, colour=is_colourful(sys.stdout, os.environ)))
    if not _to_write(setup):
        emit(proposing.nothing(setup))
        return DONE
    if not _is_agreed(setup, choices, ask):
        return DONE
    return _write(setup)


def _top(folder: Path) -> Path:
    """Return the top of the checkout; a repository is set up as a whole."""
    full = Path(os.path.abspath(folder))  # noqa: PTH100  (resolve() would follow links out of the project)
    if not full.is_dir():
        raise WrongUseError(f"{folder}: no such folder")
    top = repository(full)
    if top != full:
        complain(f"{full} lies in the checkout {top}, which is set up as a whole")
    return top


def _inside(root: Path) -> Inside:
    """Check the folders that have a policy of their own, as a check of the whole repository does."""
    folders = tuple(inner_policies(root, Workspace(root, Policy(), None)))
    if not folders or VARIABLE in os.environ:
        return Inside()
    outcome = checking.run(Choices(paths=folders, cache=False))
    names = tuple(f"{folder.relative_to(root).as_posix()}/" for folder in folders)
    found = [f._replace(path=(outcome.root / f.path).relative_to(root).as_posix()) for f in outcome.report.findings]
    return Inside(names, tuple(found))


def _to_write(setup: Setup) -> bool:
    return bool(setup.accepted) or any(isinstance(step, Proposal) for step in setup.steps)


def _is_agreed(setup: Setup, choices: InitChoices, ask: Callable[[str], bool]) -> bool:
    if choices.yes and not choices.dry_run:
        return True
    if choices.dry_run or not (sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()):
        emit(proposing.postponed(setup))
        return False
    if ask(proposing.question(setup)):
        return True
    emit(["Nothing was written.\n"])
    return False


def _write(setup: Setup) -> int:
    """Write all files, the baseline last: it holds what is found under the policy that is in force by then."""
    root = setup.survey.root
    failed: list[str] = []
    for step in setup.steps:
        if isinstance(step, Proposal):
            why = write(root, step)
            failed += [step.name] if why else []
            if why:
                complain(f"{step.name} is not written: {why}; what it would say is shown above")
            else:
                emit([f"wrote {step.name}\n"])
    accepted = 0
    if setup.accepted:
        why = hindrance(root, BASELINE)
        if why:
            failed.append(BASELINE)
            complain(f"{BASELINE} is not written: {why}")
        else:
            accepted = _accept(root)
            emit([f"wrote {BASELINE}, which accepts {accepted} {'finding' if accepted == 1 else 'findings'}\n"])
    emit(proposing.advice(setup, accepted, failed))
    return FAILED if failed else DONE


def _accept(root: Path) -> int:
    outcome = checking.run(Choices(paths=(root,)))
    return baseline.write(outcome.report, root / BASELINE, root=outcome.root, looked_at=outcome.looked_at)
