"""Connect to the engine that reads logs and ledgers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cost_lib.errors import ReportError

if TYPE_CHECKING:
    import duckdb


def connect() -> duckdb.DuckDBPyConnection:
    """Return an empty database in memory that fetches nothing by itself; say in one sentence what is missing where DuckDB is."""
    try:
        import duckdb
    except ImportError:
        raise ReportError("reports need DuckDB: pip install 'costmark[report]'") from None
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute("SET autoinstall_known_extensions = false")
    return connection
