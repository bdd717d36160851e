"""Write the ledger elsewhere: the views that reports are made on, with what their policy says of each event."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from cost_lib.ledger.asking.period import next_month
from cost_lib.ledger.engines.model import VIEWS

if TYPE_CHECKING:
    import duckdb

WIDE: Final = ("cost_nano_usd", "provider_cost_nano_usd")  # sums of these may outgrow 64 bits
PARQUET: Final = {"HUGEINT": "DECIMAL(38,0)"}  # Parquet has no wider integer
Span = tuple[date, date]  # the second one excluded
SINCE: Final = date(1, 1, 1)
UNTIL: Final = date(9999, 12, 31)


class Target(Protocol):
    """Where views are written."""

    def prepare(self, view: str, columns: Mapping[str, str]) -> None:
        """Make room beside what is there."""

    def load(self, view: str, part: Path) -> None:
        """Add one Parquet file."""

    def finish(self, views: Sequence[str]) -> None:
        """Let what was written take the place of what was there."""


class Written(NamedTuple):
    """What was written of a view."""

    view: str
    rows: int


def export(
    connection: duckdb.DuckDBPyConnection, scratch: Path, target: Target, *, since: date | None = None, until: date | None = None
) -> Iterator[Written]:
    """Write the views of a connection, month by month; the target shows all of it at once, or what it showed before."""
    span = (since or SINCE, until or UNTIL)
    with tempfile.TemporaryDirectory(prefix="costmark-", dir=scratch) as folder:
        for view in VIEWS:
            columns = columns_of(connection, view)
            target.prepare(view, columns)
            parts = _parts(connection, view, span) or [span]  # an empty table is a table
            yield Written(view, sum(_load(connection, view, columns, target, part, Path(folder)) for part in parts))
    target.finish(VIEWS)


def columns_of(connection: duckdb.DuckDBPyConnection, view: str) -> dict[str, str]:
    """Return the columns of a view, sums as whole numbers: money 128 bits wide, counts 64."""
    found = connection.execute(f"DESCRIBE {view}").fetchall()
    return {name: _kind(name, kind) for name, kind, *_ in found}


def _kind(name: str, kind: str) -> str:
    if name in WIDE:
        return "HUGEINT"
    return "BIGINT" if kind == "HUGEINT" else kind


def _parts(connection: duckdb.DuckDBPyConnection, view: str, span: Span) -> list[Span]:
    """Return the months of which there is something, as days: so that of a ledger no other partition is read."""
    query = f"SELECT DISTINCT CAST(date_trunc('month', dt) AS DATE) FROM {view} WHERE dt >= $since AND dt < $until ORDER BY 1"  # noqa: S608
    months = [month for (month,) in connection.execute(query, {"since": span[0], "until": span[1]}).fetchall()]
    return [(max(month, span[0]), min(next_month(month), span[1])) for month in months]


def _load(  # noqa: PLR0913, PLR0917 - one step of a loop
    connection: duckdb.DuckDBPyConnection, view: str, columns: Mapping[str, str], target: Target, span: Span, scratch: Path
) -> int:
    """Write one part to a file, and hand it over."""
    since, until = span
    part = scratch / f"{view}-{since}.parquet"
    made = ", ".join(f'CAST("{name}" AS {PARQUET.get(kind, kind)}) AS "{name}"' for name, kind in columns.items())
    query = f"SELECT {made} FROM {view} WHERE dt >= DATE '{since}' AND dt < DATE '{until}'"  # noqa: S608 - ours
    place = str(part).replace("'", "''")
    row = connection.execute(f"COPY ({query}) TO '{place}' (FORMAT parquet, PARQUET_VERSION v2, COMPRESSION zstd)").fetchone()
    target.load(view, part)
    part.unlink()
    return int(row[0]) if row else 0
