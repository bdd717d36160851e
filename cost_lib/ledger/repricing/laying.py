"""Lay restated costs over what was recorded: the views of a report as if corrected prices had been in force.

What was recorded stays as it is; a report asks for restated costs by ``--prices restated`` (all restatements, the newest counts) or
``--prices restated:3`` (as they stood with version 3).
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cost_lib.errors import ReportError
from cost_lib.ledger import views
from cost_lib.ledger.buckets.address import Place
from cost_lib.ledger.columns import DAY_DIMENSIONS, DAY_MEASURES, MEASURES, SPLITS, USER_DIMENSIONS
from cost_lib.ledger.manifest import is_ledger
from cost_lib.ledger.repricing.model import Version
from cost_lib.ledger.repricing.versions import EVENTS, FOLDER, kept_versions
from cost_lib.ledger.sources import default_places

if TYPE_CHECKING:
    import duckdb

    from cost_lib.policy import Policy

RECORDED: Final = "recorded"
ASKED: Final = re.compile(r"restated(?::(\d{1,9}))?")
COLUMNS: Final = {
    "event_id": "VARCHAR",
    "dt": "DATE",
    "cost_nano_usd": "BIGINT",
    "cost_split": "VARCHAR",
    "cost_source": "VARCHAR",
    "cost_reason": "VARCHAR",
    "price_version": "VARCHAR",
    "reason": "VARCHAR",
    "restated_at": "TIMESTAMP",
}
COSTS: Final = ("cost_nano_usd", "cost_split", "cost_source", "cost_reason", "price_version")
UNPRICED: Final = "is_counted AND cost_nano_usd IS NULL AND coalesce(cost_source, '') <> 'none'"
# what the rollups make themselves, or know under another name
MADE: Final = ", ".join(("dt, request, is_counted, is_unpriced, is_attributed, latency_ms, ttft_ms", *SPLITS))


def places_with(ledger: Place | None) -> tuple[Place, ...]:
    """Return what to read where no place is named: the log, and the ledger, unless that holds restatements alone."""
    is_bare = isinstance(ledger, Path) and not is_ledger(ledger) and (ledger / FOLDER).is_dir()
    return default_places(None if is_bare else ledger)


def asked_versions(ledgers: Iterable[Path], prices: str) -> tuple[Version, ...]:
    """Return the restatements that are asked for, the oldest first; none for ``recorded``."""
    if prices == RECORDED:
        return ()
    found = ASKED.fullmatch(prices)
    if found is None:
        raise ReportError(f"--prices {prices!r}: write recorded, restated, or restated:3 for how it stood with version 3")
    kept = tuple(version for ledger in ledgers for version in kept_versions(ledger))
    if found[1] is None:
        return kept
    if int(found[1]) not in {version.number for version in kept}:
        known = ", ".join(str(version.number) for version in kept) or "none"
        raise ReportError(f"--prices {prices}: there is no such version; there are: {known}")
    return tuple(version for version in kept if version.number <= int(found[1]))


def restated_months(kept: Sequence[Version], thinned: str = "") -> tuple[str, ...]:
    """Say which months are restated, and of which days that can no longer be shown."""
    if not kept:
        return ("nothing was restated: costs are as recorded",)
    months = sorted({month for one in kept for month in one.months})
    said = [f"costs of these months are restated: {', '.join(months)} (version {kept[-1].number})"]
    if thinned and months[0] <= thinned[:7]:
        said.append(f"of days before {thinned} there are rollups alone: their costs are as recorded")
    return tuple(said)


def lay_over(connection: duckdb.DuckDBPyConnection, rules: Policy, kept: Iterable[Version], scratch: Path) -> None:
    """Put restated costs into the views; the connection has them all (``need="events"``) and may read its scratch folder."""
    files = {version.number: _brought(version, scratch) for version in kept}
    _make_restated(connection, files)
    connection.execute("ALTER VIEW events RENAME TO recorded_events")
    costs = ", ".join(f"CASE WHEN found THEN new_{name} ELSE {name} END AS {name}" for name in COSTS)
    news = ", ".join(f"restated.{name} AS new_{name}" for name in COSTS)
    columns = [name for name, *_ in connection.execute("DESCRIBE recorded_events").fetchall()]
    restated = f"""(
        SELECT * EXCLUDE ({", ".join(SPLITS)}) REPLACE ({UNPRICED} AS is_unpriced) FROM (
            SELECT * REPLACE ({costs}) FROM (
                SELECT recorded_events.*, {news}, restated.event_id IS NOT NULL AS found
                FROM recorded_events LEFT JOIN restated ON recorded_events.event_id = restated.event_id
            )
        )
    )"""  # noqa: S608 - names of our own
    connection.execute(f"CREATE VIEW events AS SELECT {', '.join(columns)} FROM {views.split(restated)}")  # noqa: S608 - names of our own
    if files:
        _move_rollups(connection, rules)


def _brought(version: Version, scratch: Path) -> Path:
    """Bring a version to where the connection may read."""
    to = scratch / f"restated-{version.number}.parquet"
    try:
        shutil.copyfile(version.folder / EVENTS, to)
    except OSError as problem:
        raise ReportError(f"{version.folder / EVENTS}: {problem.strerror or problem}") from None
    return to


def _make_restated(connection: duckdb.DuckDBPyConnection, files: Mapping[int, Path]) -> None:
    made = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
    connection.execute(f"CREATE TEMP TABLE restated ({made}, version BIGINT)")
    if files:
        names = ", ".join(COLUMNS)
        places = {number: str(file).replace("'", "''") for number, file in files.items()}
        parts = [f"SELECT {names}, {number} AS version FROM read_parquet('{file}')" for number, file in places.items()]  # noqa: S608 - ours
        newest = "QUALIFY row_number() OVER (PARTITION BY event_id ORDER BY version DESC) = 1"
        connection.execute(f"CREATE TEMP TABLE all_restated AS {' UNION ALL '.join(parts)}")
        connection.execute(f"INSERT INTO restated FROM all_restated {newest}")
        connection.execute("DROP TABLE all_restated")


def _move_rollups(connection: duckdb.DuckDBPyConnection, rules: Policy) -> None:
    """Take from the rollups what the restated events came to, and add what they come to now."""
    first, last = connection.execute("SELECT min(dt), max(dt) FROM restated").fetchone() or (None, None)
    # as literals, so that no other partition is read
    wanted = f"WHERE dt BETWEEN DATE '{first}' AND DATE '{last}' AND event_id IN (SELECT event_id FROM restated)"  # noqa: S608 - ours
    for name, view in (("before", "recorded_events"), ("after", "events")):
        columns = f"* EXCLUDE ({MADE}), round(latency_ms * 1000)::BIGINT AS latency_us"
        connection.execute(f"CREATE TEMP TABLE moved_{name} AS SELECT {columns} FROM {view} {wanted}")  # noqa: S608 - ours
    for by_user, view in ((False, "days"), (True, "user_days")):
        dimensions = ", ".join(("dt", *(USER_DIMENSIONS if by_user else DAY_DIMENSIONS)))
        less = ", ".join(f"-{name} AS {name}" for name in (MEASURES if by_user else DAY_MEASURES))
        added = f"SELECT * FROM ({views.rolled(_made('after'), by_user=by_user)})"  # noqa: S608 - ours
        taken = f"SELECT {dimensions}, {less} FROM ({views.rolled(_made('before'), by_user=by_user)})"  # noqa: S608 - ours
        connection.execute(f"CREATE TEMP TABLE moved_{view} AS {added} UNION ALL BY NAME {taken}")
        moved = views.of_user_days(f"moved_{view}") if by_user else views.of_days(f"moved_{view}", rules)
        connection.execute(f"ALTER VIEW {view} RENAME TO recorded_{view}")
        connection.execute(f"CREATE VIEW {view} AS FROM recorded_{view} UNION ALL BY NAME {moved}")


def _made(when: str) -> str:
    return f"({views.made(f'moved_{when}', ['*'])})"
