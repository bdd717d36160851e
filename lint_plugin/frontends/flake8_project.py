"""Check a project once for each flake8 process and hand out the findings of single files."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from flake8.exceptions import ExecutionError

from cost_lib.errors import CostLibError
from cost_lib.policy import OWN, VARIABLE
from lint_plugin.errors import LintError
from lint_plugin.frontends.workspace import CHECKOUT, PROJECT, Workspace, locate
from lint_plugin.frontends.workspace import forget as forget_policies
from lint_plugin.known import known_report
from lint_plugin.model import Finding, Report, Request
from lint_plugin.output.source import decode
from lint_plugin.unmarked import is_shared

BREAK: Final = re.compile(r"\r\n?")
MARKS: Final = (OWN, CHECKOUT, *PROJECT)
STDIN: Final = "stdin"  # flake8's name for standard input without --stdin-display-name
SNIPPET: Final = "stdin.py"


def forget() -> None:
    """Forget what an earlier run of flake8 in this process has seen: editors keep one process for all of them."""
    _workspace.cache_clear()
    _project.cache_clear()
    _is_project.cache_clear()
    forget_policies()


def findings(filename: str, lines: Sequence[str]) -> Sequence[Finding]:
    """Give the findings of one file, as the command would."""
    try:
        return _findings(filename, "".join(lines))
    except (CostLibError, LintError) as error:
        # the one kind of exception that flake8 shows as a sentence, from worker processes too
        raise ExecutionError(f"costmark: {error}") from error


def _findings(filename: str, text: str) -> Sequence[Finding]:
    is_part = filename == STDIN or _is_cell(filename, text)
    file = Path(os.path.abspath(SNIPPET if filename == STDIN else filename))  # noqa: PTH100  (resolve() would follow links)
    file = file.with_suffix(".py") if is_part else file
    workspace = _workspace(file.parent)
    path = file.relative_to(workspace.root).as_posix()
    if is_part or not _is_on_disk(file, text):
        # who calls the functions of a text without a name, or of a part of a notebook, cannot be known
        request = _request(workspace, file, path, text)._replace(fold=not is_part)
        return _by_path(_found(request)).get(path, ())
    if not _is_project(workspace):
        return _by_path(_found(Request(workspace.root, workspace.policy, (file,), noqa=False, alone=True))).get(path, ())
    return _project(workspace).get(path, ())


@cache
def _workspace(folder: Path) -> Workspace:
    """Find the project of a folder; one below the working directory that nothing marks belongs to that of the folder above."""
    here = Path.cwd()
    is_plain = VARIABLE not in os.environ and here in folder.parents and not is_shared(str(here))
    if is_plain and not any(os.path.exists(f"{folder}/{mark}") for mark in MARKS):  # noqa: PTH110
        return _workspace(folder.parent)
    return locate(folder, env=os.environ)


@cache
def _is_project(workspace: Workspace) -> bool:
    return workspace.is_project


@cache
def _project(workspace: Workspace) -> Mapping[str, Sequence[Finding]]:
    """Check everything below the root: what one file reports can depend on any other."""
    request = Request(workspace.root, workspace.policy, noqa=False, cache=workspace.cache)
    return _by_path(known_report(request) or _found(request))


def _found(request: Request) -> Report:
    from lint_plugin import pipeline  # a run that goes as the last one did needs none of it

    return pipeline.check(request)


def _request(workspace: Workspace, file: Path, path: str, text: str) -> Request:
    sources = {path: text.encode("utf-8", "surrogatepass")}
    alone = not workspace.is_project
    cache = None if alone else workspace.cache
    return Request(workspace.root, workspace.policy, (file,), sources=sources, affected=False, noqa=False, cache=cache, alone=alone)


def _by_path(report: Report) -> Mapping[str, Sequence[Finding]]:
    rows: dict[str, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        rows[finding.path].append(finding)
    return rows


def _is_cell(filename: str, text: str) -> bool:
    """Tell whether this is the source of one cell, which editors give under the name of its notebook."""
    return filename.endswith(".ipynb") and not text.lstrip().startswith("{")


def _is_on_disk(file: Path, text: str) -> bool:
    """Tell whether the lines that flake8 gave are those of the file: they may come from an editor instead."""
    try:
        content = file.read_bytes()
    except OSError:
        return False
    return content == text.encode("utf-8", "surrogatepass") or BREAK.sub("\n", decode(content)) == text
