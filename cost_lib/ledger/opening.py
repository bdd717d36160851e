"""Open the ledger and the log for reports: four views in a sandboxed DuckDB, over what is compacted and what is not yet."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import combinations
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Final, NamedTuple

from cost_lib.errors import ReportError
from cost_lib.ledger import rollups, rows, views
from cost_lib.ledger.bookkeeping import files_of, in_both
from cost_lib.ledger.buckets.address import WRITTEN, Bucket, Place
from cost_lib.ledger.buckets.reaching import reach
from cost_lib.ledger.columns import STORED, TREES
from cost_lib.ledger.connecting import connect
from cost_lib.ledger.live import Live, read_live, unique
from cost_lib.ledger.manifest import Manifest, is_ledger
from cost_lib.ledger.noticing import Noticed

if TYPE_CHECKING:
    import duckdb

    from cost_lib.policy import Policy
    from cost_lib.reading_log import Skipped

MEMORY: Final = "800MB"  # what DuckDB may hold before it goes to the disk
NEEDS: Final = {"days": ("days",), "user_days": ("days", "user_days"), "events": ("days", "user_days", "events")}


class Opened(NamedTuple):
    """What reports are made on."""

    connection: duckdb.DuckDBPyConnection
    skipped: tuple[Skipped, ...]
    files: tuple[PurePath, ...]  # of lines, and of the ledger's own bookkeeping
    capped: tuple[str, ...] = ()  # tags that the view ``days`` does not tell apart, having too many values
    thinned: str = ""  # the first day of which there are events; of earlier ones there are rollups alone
    doubled: int = 0  # live events that were counted already, or stood there twice
    late: int = 0  # live events of days of which there are rollups alone: not counted
    noticed: tuple[Noticed, ...] = ()  # the first of those that were there already, or are dated in the future
    is_plain: bool = False  # some rollups of an older version do not tell the parts of costs apart


def opened(  # noqa: PLR0913 - what a report needs
    places: Sequence[Place],
    rules: Policy,
    *,
    need: str = "days",
    since: date | None = None,
    until: date | None = None,
    scratch: Path,
) -> Opened:
    """Lay what the places hold before DuckDB as the views of the contract; of the ledger, the days from since to until alone."""
    logs = [place for place in places if isinstance(place, Path) and not is_ledger(place)]
    ledgers = list({place.resolve(): place for place in places if place not in logs}.values())
    _demand_there(ledgers)
    files = files_of(logs)
    own = Path(tempfile.mkdtemp(dir=scratch))
    connection = connect()
    try:
        connection.execute(f"SET memory_limit = '{MEMORY}'")
        connection.execute(f"SET temp_directory = {views.quoted(str(own / 'spilled'))}")
        reach(connection, ledgers)
        live = read_live(connection, ledgers, files, own, now=time.time())
        _demand_apart(live.ledgers)
        times = (str(since or ""), str(until or "9999-99-99"))
        _make_views(connection, live, rules, need, times)
        lock_up(connection, [*(one for one in ledgers if isinstance(one, Path)), scratch], _objects(live.ledgers, times))
    except BaseException:
        connection.close()
        raise
    held = live.ledgers.values()
    capped = sorted({name for one in held for part in one.parts for name in part.capped})
    thinned = max((one.thinned for one in held), default="")
    named = (*files, *(ledger / "manifest.json" for ledger in ledgers))
    is_plain = any(part.rolled != len(TREES["days"]) for one in held for part in one.parts if times[0] <= part.day <= times[1])
    return Opened(connection, live.skipped, named, tuple(capped), thinned, live.doubled, live.late, live.noticed, is_plain)


def _demand_there(ledgers: Sequence[Place]) -> None:
    """Refuse a bucket without a ledger: of a folder, lines of a log are read."""
    for ledger in ledgers:
        if isinstance(ledger, Bucket) and not is_ledger(ledger):
            makes = f"; costmark compact --ledger {ledger} makes it" if ledger.scheme == WRITTEN else ""
            raise ReportError(f"{ledger}: there is no ledger{makes}")


def _demand_apart(ledgers: Mapping[Place, Manifest]) -> None:
    """Refuse ledgers of the same events: rollups know no events, so they would count twice."""
    for (one, first), (other, second) in combinations(ledgers.items(), 2):
        found = in_both(first, second)
        if found is not None:
            raise ReportError(
                f"{one} and {other} both hold the events of {found.path}, which would count twice; name one of them, "
                "or compact all logs into one ledger"
            )


def lock_up(connection: duckdb.DuckDBPyConnection, folders: Sequence[Path], objects: Iterable[PurePath] = ()) -> None:
    """Leave the connection nothing to read but the given folders and objects, and nothing to configure."""
    connection.execute(f"SET threads = {os.cpu_count() or 1}")
    # files are asked for by names without patterns, which is what is compared
    names = {name for folder in folders for name in (f"{folder.absolute()}/", f"{views.literal(folder.absolute())}/")}
    allowed = ", ".join(map(views.quoted, sorted(names)))
    connection.execute(f"SET allowed_directories = [{allowed}]")
    # one by one: within a URL, dots could lead out of any folder
    connection.execute(f"SET allowed_paths = [{', '.join(views.quoted(views.literal(one)) for one in objects)}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


def _objects(ledgers: Mapping[Place, Manifest], times: tuple[str, str]) -> list[PurePath]:
    """List what of buckets the views may read."""
    held = ((ledger, part) for ledger, found in ledgers.items() if isinstance(ledger, Bucket) for part in found.parts)
    return [part.file(ledger, tree) for ledger, part in held if times[0] <= part.day <= times[1] for tree in part.trees]


def _make_views(connection: duckdb.DuckDBPyConnection, live: Live, rules: Policy, need: str, times: tuple[str, str]) -> None:
    for tree, columns in TREES.items():
        shape = ", ".join(f"{name} {kind}" for name, kind in columns.items())
        connection.execute(f"CREATE TEMP TABLE no_{tree} ({shape})")
    connection.execute(f"CREATE TEMP VIEW live AS {views.made(unique(live) if live.staged else 'no_events')}")
    wanted = NEEDS[need]
    if "events" in wanted:
        both = _both(live.ledgers, "events", "SELECT *, ts::DATE AS dt FROM live", times)
        connection.execute(f"CREATE VIEW events AS {views.of_events(both, rules)}")
    for tree in ("days", "user_days"):
        if tree in wanted:
            connection.execute(f"CREATE TEMP TABLE live_{tree} AS {rollups.narrow('live', by_user=tree == 'user_days')}")
            both = _both(live.ledgers, tree, f"SELECT * FROM live_{tree}", times)
            made = views.of_days(both, rules) if tree == "days" else views.of_user_days(both)
            connection.execute(f"CREATE VIEW {tree} AS {made}")
    own = f"SELECT {', '.join(TREES['outcomes'])} FROM live WHERE kind = 'outcome'"
    connection.execute(f"CREATE VIEW outcomes AS {views.of_outcomes(_both(live.ledgers, 'outcomes', own, times))}")


def _both(ledgers: Mapping[Place, Manifest], tree: str, live: str, times: tuple[str, str]) -> str:
    """Write what is in ledgers and what is live as one table."""
    parts = {
        part.file(ledger.absolute(), tree): part
        for ledger, held in ledgers.items()
        for part in held.parts
        if tree in part.trees and times[0] <= part.day <= times[1]
    }
    if not parts:
        return f"({live})"
    if tree == "events":
        return f"(FROM {rows.events_of(parts, dated=True)} UNION ALL {live})"
    is_mixed = any((part.columns, part.rolled) != (len(STORED), len(TREES["days"])) for part in parts.values())
    read = rows.files(sorted(parts), mixed=is_mixed)
    columns = ", ".join(TREES[tree])
    if not is_mixed:
        return f"(SELECT {columns} FROM {read} UNION ALL {live})"
    return f"(SELECT {columns} FROM (FROM {read} UNION ALL BY NAME FROM no_{tree}) UNION ALL {live})"
