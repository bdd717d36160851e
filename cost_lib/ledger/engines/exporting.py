"""Write the ledger elsewhere: the views that reports are made on, with what their policy says of each event."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol

from cost_lib.ledger.engines.model import VIEWS

if TYPE_CHECKING:
    import duckdb

WIDE: Final = ("cost_nano_usd", "provider_cost_nano_usd")  # sums of these may outgrow 64 bits
PARQUET: Final = {"HUGEINT": "DECIMAL(38,0)"}  # Parquet has no wider integer
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
    span: dict[str, Any] = {"since": since or SINCE, "until": until or UNTIL}
    with tempfile.TemporaryDirectory(prefix="costmark-", dir=scratch) as folder:
        for view in VIEWS:
            columns = columns_of(connection, view)
            target.prepare(view, columns)
            months = _months(connection, view, span) or [SINCE]  # an empty table is a table
            yield Written(view, sum(_load(connection, view, columns, target, month, span, Path(folder)) for month in months))
    target.finish(VIEWS)


def columns_of(connection: duckdb.DuckDBPyConnection, view: str) -> dict[str, str]:
    """Return the columns of a view, sums as whole numbers: money 128 bits wide, counts 64."""
    found = connection.execute(f"DESCRIBE {view}").fetchall()
    return {name: _kind(name, kind) for name, kind, *_ in found}


def _kind(name: str, kind: str) -> str:
    if name in WIDE:
        return "HUGEINT"
    return "BIGINT" if kind == "HUGEINT" else kind


def _months(connection: duckdb.DuckDBPyConnection, view: str, span: Mapping[str, Any]) -> list[date]:
    query = f"SELECT DISTINCT CAST(date_trunc('month', dt) AS DATE) FROM {view} WHERE dt >= $since AND dt < $until ORDER BY 1"  # noqa: S608
    return [month for (month,) in connection.execute(query, dict(span)).fetchall()]


def _load(  # noqa: PLR0913, PLR0917 - one step of a loop
    connection: duckdb.DuckDBPyConnection,
    view: str,
    columns: Mapping[str, str],
    target: Target,
    month: date,
    span: Mapping[str, Any],
    scratch: Path,
) -> int:
    """Write one month to a file, and hand it over."""
    part = scratch / f"{view}-{month:%Y-%m}.parquet"
    made = ", ".join(f'CAST("{name}" AS {PARQUET.get(kind, kind)}) AS "{name}"' for name, kind in columns.items())
    query = f"SELECT {made} FROM {view} WHERE dt >= $since AND dt < $until AND date_trunc('month', dt) = $month"  # noqa: S608 - ours
    place = str(part).replace("'", "''")
    options = "FORMAT parquet, PARQUET_VERSION v2, COMPRESSION zstd"
    row = connection.execute(f"COPY ({query}) TO '{place}' ({options})", {**span, "month": month}).fetchone()
    target.load(view, part)
    part.unlink()
    return int(row[0]) if row else 0
