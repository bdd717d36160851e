"""Know where a program's log and ledger are, and connect to the engine that reads them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cost_lib.errors import ReportError
from cost_lib.ledger.manifest import is_ledger
from cost_lib.sinks import folder
from cost_lib.sinks.files import START

if TYPE_CHECKING:
    import duckdb

LEDGER: Final = "costmark-ledger"
LEDGER_VARIABLE: Final = "COSTMARK_LEDGER_DIR"


def connect() -> duckdb.DuckDBPyConnection:
    """Return an empty database in memory; say in one sentence what is missing where DuckDB is."""
    try:
        import duckdb
    except ImportError:
        raise ReportError("reports need DuckDB: pip install 'costmark[report]'") from None
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    return connection


def default_ledger() -> Path:
    """Return where the environment says that the ledger is."""
    return Path(os.environ.get(LEDGER_VARIABLE) or LEDGER)


def default_places(ledger: Path | None = None) -> tuple[Path, ...]:
    """Return where this program's log and ledger are; the log alone where nothing was compacted yet."""
    held = ledger or default_ledger()
    log = folder()
    if is_ledger(held):
        return (held, log) if any(log.glob(f"{START}*")) else (held,)
    if ledger is not None:
        raise ReportError(f"{ledger}: there is no ledger; costmark compact --ledger {ledger} makes it, or leave --ledger out")
    return (log,)
