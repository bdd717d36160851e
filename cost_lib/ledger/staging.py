"""Turn files of JSON lines into Parquet of our columns; a file with anything wrong in it goes line by line through our own reader."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from cost_lib.ledger.columns import READ, STORED
from cost_lib.reading_log import Skipped, read_log

if TYPE_CHECKING:
    import duckdb

LONGEST: Final = 1 << 20  # bytes of a line that DuckDB is to read; ours are 4 KiB
SOUND: Final = "v = 1 AND ts LIKE '____-__-__T%Z' AND ts[:-2]::TIMESTAMP BETWEEN '2000-01-01' AND '2200-01-01' AND event_id <> ''"
COPY: Final = f"""
    COPY (
        SELECT {", ".join(f"{made} AS {name}" for name, made in STORED.items())}
        FROM read_ndjson($file, columns = $columns, maximum_object_size = {LONGEST})
        WHERE CASE WHEN {SOUND} THEN true ELSE error('unsound') END
    ) TO '@to' (FORMAT parquet, PARQUET_VERSION v2, COMPRESSION @codec)
"""  # noqa: S608 - no input
_encode: Final = msgspec.json.Encoder().encode


def stage(connection: duckdb.DuckDBPyConnection, file: Path, to: Path, scratch: Path, *, codec: str = "lz4") -> list[Skipped]:
    """Write the events of a file as Parquet, and return what else it holds."""
    import duckdb

    try:
        _copy(connection, file, to, codec)
    except duckdb.Error:
        cleaned = scratch / f"{to.stem}.jsonl"
        skipped = _cleaned(file, cleaned)
        _copy(connection, cleaned, to, codec)
        cleaned.unlink()
        return skipped
    return []


def _copy(connection: duckdb.DuckDBPyConnection, file: Path, to: Path, codec: str) -> None:
    query = COPY.replace("@codec", codec).replace("@to", str(to).replace("'", "''"))
    connection.execute(query, {"file": str(file), "columns": READ})


def _cleaned(file: Path, to: Path) -> list[Skipped]:
    """Write the events of a file to another, and note what else it holds."""
    skipped = []
    with to.open("wb") as out:
        for found in read_log(file):
            if isinstance(found, Skipped):
                skipped.append(found)
            else:
                out.write(_encode(found) + b"\n")
    return skipped
