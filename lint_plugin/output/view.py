"""What every output format is given besides the report."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from lint_plugin.model import EMPTY, Finding, Report
from lint_plugin.output.escape import visible


class RuleEntry(NamedTuple):
    """What a format may say about a rule."""

    code: str
    name: str
    summary: str
    level: str  # error, warning
    page: str  # Markdown


class View(NamedTuple):
    """One report and the circumstances in which it is shown."""

    report: Report
    root: Path  # findings are relative to it
    here: Path  # working directory of the person who reads
    repository: Path  # top of the version control checkout; annotations are relative to it
    version: str
    rules: tuple[RuleEntry, ...] = ()
    sources: Mapping[str, bytes | None] = EMPTY
    colour: bool = False
    statistics: bool = False


def local_path(view: View, path: str) -> str:
    """Name a file so that it can be opened from the working directory."""
    full = Path(os.path.normpath(view.root / path))  # a policy above the project is named from the project
    if full.is_relative_to(view.here):
        return visible(full.relative_to(view.here).as_posix())
    return visible(str(full))


def repository_path(view: View, path: str) -> str:
    """Name a file relative to the top of the checkout, as code hosts do."""
    return Path(os.path.relpath(view.root / path, view.repository)).as_posix()


def position(view: View, finding: Finding) -> str:
    """Give path, cell, line and column in the form that editors jump to."""
    cell = f"cell {finding.cell}:" if finding.cell else ""
    return f"{local_path(view, finding.path)}:{cell}{finding.line}:{finding.column}"
