"""Report what was spent, by month, feature and segment."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from importlib import resources
from pathlib import Path
from typing import Final, NamedTuple

from cost_lib.ledger.sources import connect, files_of, load
from cost_lib.policy import Policy
from cost_lib.reading_log import Skipped

BEGIN: Final = date(1970, 1, 1)
END: Final = date(9999, 12, 30)


class Line(NamedTuple):
    """One line of the report; money is nano-USD."""

    month: str
    line: str  # feature, unattributed, total
    feature: str
    segment: str
    requests: int
    input_tokens: int  # cached ones included
    output_tokens: int
    cost_nano_usd: int
    average_nano_usd: int
    share: float  # of the month's cost
    unpriced: int  # events whose cost is not known; they count as nothing


class Report(NamedTuple):
    """What a log says about a time."""

    lines: tuple[Line, ...]
    skipped: tuple[Skipped, ...]
    files: int


def report(places: Iterable[Path], rules: Policy, *, since: date | None = None, until: date | None = None) -> Report:
    """Read files and folders, and report on the days from ``since`` to ``until``, both included."""
    files = files_of(places)
    connection = connect()
    try:
        with tempfile.TemporaryDirectory(prefix="costmark-") as scratch:
            read = load(connection, files, rules, Path(scratch))
            rows = connection.execute(_query(), _moments(since or BEGIN, until or END)).fetchall()
    finally:
        connection.close()
    return Report(tuple(Line(*row) for row in rows), read.skipped, len(files))


def _query() -> str:
    return resources.files("cost_lib.ledger").joinpath("monthly.sql").read_text(encoding="utf-8")


def _moments(since: date, until: date) -> dict[str, datetime]:
    return {"since": _midnight(since), "until": _midnight(until + timedelta(days=1))}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC).replace(tzinfo=None)  # the table's moments are UTC without saying so
