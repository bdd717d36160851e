"""Write the views as folders of Parquet files, which Spark, and whatever reads Parquet, takes as tables."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from cost_lib.errors import ReportError
from cost_lib.ledger.manifest import is_ledger

LOADING: Final = ".loading"
OLD: Final = ".old"
WRITTEN: Final = re.compile(r"[a-z_]+-\d{4}-\d{2}-\d{2}\.parquet")  # what an export names its files


class Folder:
    """A folder with one folder a view."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def place(self, view: str) -> Path:
        """Return where a view is."""
        return self.root / view

    def prepare(self, view: str, columns: Mapping[str, str]) -> None:  # noqa: ARG002 - what other places need
        """Make an empty folder beside the one that is there."""
        place = self.root / f"{view}{LOADING}"
        self._demand_ours(view)
        try:
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir(parents=True)
        except OSError as problem:
            raise ReportError(f"{place}: {problem.strerror or problem}") from None

    def _demand_ours(self, view: str) -> None:
        """Refuse to replace what no export wrote: a ledger has folders of the same names, and so may anybody."""
        if is_ledger(self.root):
            raise ReportError(f"{self.root}: this is a ledger, which an export would replace; name another folder")
        for place in (self.place(view), self.root / f"{view}{LOADING}", self.root / f"{view}{OLD}"):
            try:
                others = [one for one in place.iterdir() if not WRITTEN.fullmatch(one.name)]
            except FileNotFoundError:
                continue
            except OSError as problem:
                raise ReportError(f"{place}: {problem.strerror or problem}") from None
            if others:
                raise ReportError(f"{min(others)}: no export wrote this, and one into {self.root} would remove it; name another folder")

    def load(self, view: str, part: Path) -> None:
        """Add a file."""
        to = self.root / f"{view}{LOADING}" / part.name
        try:
            shutil.copyfile(part, to)
        except OSError as problem:
            raise ReportError(f"{to}: {problem.strerror or problem}") from None

    def finish(self, views: Sequence[str]) -> None:
        """Put the new folders in the places of the old ones."""
        for view in views:
            place, old = self.place(view), self.root / f"{view}{OLD}"
            try:
                shutil.rmtree(old, ignore_errors=True)
                if place.exists():
                    os.replace(place, old)  # noqa: PTH105 - as below
                os.replace(self.root / f"{view}{LOADING}", place)  # noqa: PTH105 - one step
                shutil.rmtree(old, ignore_errors=True)
            except OSError as problem:
                raise ReportError(f"{place}: {problem.strerror or problem}") from None

    def close(self) -> None:
        """Hold nothing."""
