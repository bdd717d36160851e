"""Write the views as folders of Parquet files, which Spark, and whatever reads Parquet, takes as tables."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from cost_lib.errors import ReportError

LOADING: Final = ".loading"
OLD: Final = ".old"


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
        try:
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir(parents=True)
        except OSError as problem:
            raise ReportError(f"{place}: {problem.strerror or problem}") from None

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
