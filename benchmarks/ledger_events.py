"""Generate days of events for the benchmarks of the ledger: decided by hashes, skewed as real traffic is.

An event has every key that cost_lib writes for a metered call: ids of 48 processes as `new_id` makes them, 40 features of 8 teams,
80,000 users of whom a few make most of the calls, 12 models, lognormal tokens, retries, streams, chains, cached prompts.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import duckdb

DRAWN: Final = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
# what of it is left out: the short event has about as many keys as the one that the project's estimates were measured with
LEFT_OUT: Final = {
    "full": (),
    "plain": ("provider_request_id", "chain_id", "session_id"),
    "short": (
        *("provider_request_id", "chain_id", "session_id", "project", "owner", "priority", "request_type", "tags", "host", "endpoint"),
        *("transport", "model_requested", "model_class", "cost_split", "price_version", "ttft_us", "call_site", "call_site_name"),
        *("service", "release", "sdk", "policy", "error_class", "error_status", "error_code"),
    ),
}
NUMBERS: Final = ("ttft_us", "error_status")
HASHED: Final = "full"  # has users as keyed hashes, the others by their plain names


def select(day: date, events: int, *, keys: str) -> str:
    """Write the query of a day's events, in the columns in which the ledger stores them."""
    number = (day - date(1970, 1, 1)).days
    drawn = DRAWN.replace("$day", str(number)).replace("$events", str(events))
    drawn = drawn.replace("chance(", f"chance({number}, ").replace("bell(", f"bell({number}, ")
    changed = [f"NULL::{'BIGINT' if name in NUMBERS else 'VARCHAR'} AS {name}" for name in LEFT_OUT[keys]]
    changed += ["'user-' || person AS user_id"] if keys != HASHED else []
    return f"SELECT * REPLACE ({', '.join(changed)}) FROM ({drawn})" if changed else drawn


def prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Give a connection the functions that the query draws with."""
    for macro in (
        "chance(day, n, k) AS ((hash((day::BIGINT * 134217728 + n) * 32 + k) & 9007199254740991)::BIGINT / 9007199254740992.0)",
        "bell(day, n, k) AS (sqrt(-2 * ln(1 - chance(day, n, k))) * cos(6.283185307179586 * chance(day, n, k + 1)))",
        "bent(x) AS (x - 0.1 * sin(6.283185307179586 * x))",  # few calls at night
        """identified(ms, process, turn) AS (printf('%08x-%04x-7%03x-%04x-%012x', (ms // 65536)::BIGINT, (ms % 65536)::BIGINT,
            (hash(process) & 4095)::BIGINT, 32768 + (hash(process, 1) & 16383)::BIGINT,
            (hash(process, 2) & 70368744177663)::BIGINT + turn))""",
        """split(i, c, o) AS ('{"input":' || i || CASE WHEN c > 0 THEN ',"cache_read":' || c ELSE '' END
            || CASE WHEN o > 0 THEN ',"output":' || o ELSE '' END || '}')""",
    ):
        connection.execute(f"CREATE OR REPLACE TEMP MACRO {macro}")
