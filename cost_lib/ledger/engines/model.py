"""What an engine has to offer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple, Protocol

VIEWS: Final = ("events", "days", "user_days", "outcomes")  # what reports are made on, and what an export writes


class Rows(NamedTuple):
    """The answer of an engine: DuckDB's type of each column, and rows of Python's values."""

    columns: Mapping[str, str]
    rows: list[tuple[Any, ...]]


class Engine(Protocol):
    """An engine on which the queries of reports run."""

    dialect: str

    def ask(self, sql: str, values: Mapping[str, Any]) -> Rows:
        """Run a query in the engine's own words."""

    def bring(self, name: str, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> None:
        """Make a small table for this session: what a report joins, such as revenue per user."""

    def prepare(self, view: str, columns: Mapping[str, str]) -> None:
        """Make room for a view that is about to be written; what is there stays until ``finish``."""

    def load(self, view: str, part: Path) -> None:
        """Add one Parquet file to it."""

    def finish(self, views: Sequence[str]) -> None:
        """Let what was written take the place of what was there."""

    def close(self) -> None:
        """Give back what is held."""
