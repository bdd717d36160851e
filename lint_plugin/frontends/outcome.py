"""What a check gives to those that show it, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from lint_plugin.model import EMPTY, Finding, Report


class Outcome(NamedTuple):
    """A report, and the project that it is about."""

    report: Report
    root: Path
    looked_at: tuple[Path, ...]  # files and folders; () = everything below the root
    sources: Mapping[str, bytes | None] = EMPTY
    before: tuple[Finding, ...] = ()  # findings that are not reported because a change does not introduce them
