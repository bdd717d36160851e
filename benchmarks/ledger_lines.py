"""Write generated events as the JSON lines that cost_lib writes of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ledger_events import prepare, select

from cost_lib.ledger.columns import STORED, TEXTS
from cost_lib.sinks.files import END, START

if TYPE_CHECKING:
    import duckdb

HEAD: Final = """'{"v":1,"ts":"' || strftime(ts, '%Y-%m-%dT%H:%M:%S.%fZ') || '","event_id":"' || event_id || '"'"""
ERROR: Final = """CASE WHEN error_class IS NULL THEN '' ELSE
    ',"error":{"class":"' || error_class || '","status":' || error_status || ',"code":"' || error_code || '"}' END"""
SITE: Final = """CASE WHEN call_site IS NULL THEN '' ELSE ',"call_site":{"file":"' || split_part(call_site, ':', 1)
    || '","name":"' || call_site_name || '","line":' || split_part(call_site, ':', 2) || '}' END"""
WRITTEN: Final = {
    "latency_us": """coalesce(',"latency_ms":' || printf('%.3f', latency_us / 1000.0), '')""",
    "ttft_us": """coalesce(',"ttft_ms":' || printf('%.3f', ttft_us / 1000.0), '')""",
    "error_class": ERROR,
    "call_site": SITE,
}
ELSEWHERE: Final = {"ts", "event_id", "error_status", "error_code", "call_site_name", "batch", "more"}


def write_lines(connection: duckdb.DuckDBPyConnection, table: str, folder: Path, day: date) -> Path:
    """Write the events of a table, without the keys that say nothing."""
    folder.mkdir(parents=True, exist_ok=True)
    to = folder / f"{START}{day}{END}"
    line = " || ".join([HEAD, *(_written(name) for name in STORED if name not in ELSEWHERE), "'}'"])
    connection.execute(f"COPY (SELECT {line} FROM {table}) TO '{to}' (FORMAT csv, HEADER false, DELIMITER '\x01', QUOTE '', ESCAPE '')")
    return to


def make_table(connection: duckdb.DuckDBPyConnection, day: date, events: int, *, keys: str) -> None:
    """Make the table ``drawn`` of the events of a day."""
    from cost_lib.ledger.columns import TYPES

    prepare(connection)
    columns = ", ".join(f"{name}::{kind} AS {name}" for name, kind in TYPES.items())
    connection.execute(f"CREATE OR REPLACE TEMP TABLE drawn AS SELECT {columns} FROM ({select(day, events, keys=keys)})")


def _written(name: str) -> str:
    if name in WRITTEN:
        return WRITTEN[name]
    value = f"to_json({name})" if name in TEXTS else f"{name}::VARCHAR"
    return f"""coalesce(',"{name}":' || {value}, '')"""
