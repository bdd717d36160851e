"""Open the ledger and the log for reports: four views in a sandboxed DuckDB."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cost_lib.ledger import views
from cost_lib.ledger.sources import connect, files_of
from cost_lib.ledger.staging import stage

if TYPE_CHECKING:
    import duckdb

    from cost_lib.policy import Policy
    from cost_lib.reading_log import Skipped


class Opened(NamedTuple):
    """What reports are made on."""

    connection: duckdb.DuckDBPyConnection
    skipped: tuple[Skipped, ...]
    files: tuple[Path, ...]


def opened(  # noqa: PLR0913 - what a report needs
    places: Sequence[Path],
    rules: Policy,
    *,
    need: str = "days",
    since: date | None = None,
    until: date | None = None,
    scratch: Path,
) -> Opened:
    """Lay what the places hold before DuckDB as the views of the contract."""
    del since, until
    files = files_of(places)
    connection = connect()
    skipped: list[Skipped] = []
    staged = []
    for number, file in enumerate(files):
        to = scratch / f"live-{number}.parquet"
        skipped += stage(connection, file, to, scratch)
        staged.append(to)
    listed = ", ".join(views.quoted(str(one)) for one in staged)
    connection.execute(f"CREATE VIEW live AS SELECT * FROM read_parquet([{listed}])")  # noqa: S608 - names of our own making
    connection.execute("CREATE TEMP TABLE doubled AS SELECT event_id FROM live GROUP BY event_id HAVING count(*) > 1")
    source = "live"
    if connection.execute("SELECT count(*) FROM doubled").fetchone() != (0,):
        connection.execute(
            "CREATE TEMP TABLE once AS SELECT * FROM live WHERE event_id NOT IN (FROM doubled) "
            "UNION ALL SELECT * FROM live WHERE event_id IN (FROM doubled) QUALIFY row_number() OVER (PARTITION BY event_id) = 1"
        )
        source = "once"
    if need == "events":
        connection.execute(f"CREATE VIEW events AS {views.of_events(source, rules)}")
    if need in ("events", "user_days"):
        connection.execute(f"CREATE TEMP TABLE user_rollup AS {views.rolled(source, by_user=True)}")
        connection.execute(f"CREATE VIEW user_days AS {views.of_user_days('user_rollup')}")
    connection.execute(f"CREATE TEMP TABLE day_rollup AS {views.rolled(source)}")
    connection.execute(f"CREATE VIEW days AS {views.of_days('day_rollup', rules)}")
    connection.execute(f"CREATE VIEW outcomes AS {views.of_outcomes(source)}")
    lock_up(connection, [scratch])
    return Opened(connection, tuple(skipped), files)


def lock_up(connection: duckdb.DuckDBPyConnection, folders: Sequence[Path]) -> None:
    """Leave the connection nothing to read but the given folders, and nothing to configure."""
    connection.execute(f"SET threads = {os.cpu_count() or 1}")
    allowed = ", ".join(views.quoted(f"{folder.absolute()}/") for folder in folders)
    connection.execute(f"SET allowed_directories = [{allowed}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
