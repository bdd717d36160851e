"""Restate what was spent: propose, and keep what was proposed as a new version."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, NamedTuple

from cost_lib.catalog.table_archive import FOLDER
from cost_lib.errors import ReportError
from cost_lib.ledger.asking.period import read_period
from cost_lib.ledger.asking.where import Condition, read_conditions
from cost_lib.ledger.buckets.address import Place
from cost_lib.ledger.opening import opened
from cost_lib.ledger.queries import MACROS
from cost_lib.ledger.repricing.correcting import corrected
from cost_lib.ledger.repricing.laying import COLUMNS as KEPT
from cost_lib.ledger.repricing.laying import asked_versions, lay_over
from cost_lib.ledger.repricing.model import Change, Closed, Proposal, Restated
from cost_lib.ledger.repricing.pricing_anew import COLUMNS, SOURCES, Row, price_anew
from cost_lib.ledger.repricing.versions import EVENTS, MONTH, close, closed_months, draft_folder, publish
from cost_lib.policy import Policy

if TYPE_CHECKING:
    import duckdb

MANY: Final = 20_000  # rows that are fetched at once
METER: Final = "meter"
NEW: Final = "new.jsonl"
IN_FORCE: Final = "restated"


class Asked(NamedTuple):
    """Which events are to be priced anew, and by what."""

    places: tuple[Place, ...]
    ledger: Path
    rules: Policy  # reports are made under it
    prices: Policy  # house prices
    tables: tuple[Path, ...] = ()
    since: str | None = None
    until: str | None = None
    month: str | None = None
    where: tuple[str, ...] = ()
    reopened: tuple[str, ...] = ()
    reason: str = ""

    def told(self) -> dict[str, str]:
        """Return what is kept of it beside a version."""
        said = {
            "since": self.since or "",
            "until": self.until or "",
            "month": self.month or "",
            "where": " and ".join(f"({one})" for one in self.where),
            "tables": ", ".join(table.name for table in self.tables),
            "policy": self.prices.digest or "",
        }
        return {name: value for name, value in said.items() if value}


class Draft(NamedTuple):
    """A proposal, and what it takes to keep it."""

    proposal: Proposal
    asked: Asked
    connection: duckdb.DuckDBPyConnection
    scratch: Path


@contextmanager
def proposed(asked: Asked) -> Iterator[Draft]:
    """Price events anew and say what that changes; nothing is kept yet."""
    for month in asked.reopened:
        checked_month(month)
    if asked.reopened and not asked.reason:
        raise ReportError("--reopen needs --reason: why the figures of a closed month move")
    with tempfile.TemporaryDirectory(prefix="costmark-") as folder:
        scratch = Path(folder)
        with _connected(asked.places, asked.ledger, asked.rules, scratch, asked) as (connection, skipped):
            with corrected(asked.prices, asked.tables, scratch), (scratch / NEW).open("w", encoding="utf-8") as out:
                found = _priced(connection, asked, out)
            yield Draft(found._replace(skipped=skipped), asked, connection, scratch)


@contextmanager
def _connected(
    places: Sequence[Place], ledger: Path, rules: Policy, scratch: Path, asked: Asked | None = None
) -> Iterator[tuple[duckdb.DuckDBPyConnection, tuple[str, ...]]]:
    """Open the log with the costs that are in force: recorded, or restated before."""
    period = read_period(since=asked.since, until=asked.until, month=asked.month) if asked is not None else read_period()
    made = opened(places, rules, need="events", since=period.since, until=period.until, scratch=scratch)
    with closing(made.connection) as connection:
        for macro in MACROS:
            connection.execute(macro)
        lay_over(connection, rules, asked_versions([ledger], IN_FORCE), scratch)
        gone = (f"of days before {made.thinned} there are rollups alone: they keep their costs",) if made.thinned else ()
        yield connection, (*(str(one) for one in made.skipped), *gone)


def _priced(connection: duckdb.DuckDBPyConnection, asked: Asked, out: IO[str]) -> Proposal:
    tally = _Tally(frozenset(closed_months(asked.ledger)))
    condition = read_conditions(asked.where, asked.rules)
    if METER in condition.columns:
        raise ReportError("events are priced whole, with all of their meters; leave meter out of --where")
    period = read_period(since=asked.since, until=asked.until, month=asked.month)
    cursor = connection.execute(_query(condition), {**period.parameters, **condition.parameters})
    while rows := cursor.fetchmany(MANY):
        for row in map(Row._make, rows):
            found = price_anew(row)
            if tally.add(row, found) and isinstance(found, Restated):
                out.write(json.dumps({**found._asdict(), "dt": str(found.dt)}) + "\n")
    return tally.proposal(asked.reopened)


def _query(condition: Condition) -> str:
    sources = ", ".join(f"'{source}'" for source in SOURCES)
    return f"""
        SELECT {", ".join(COLUMNS)} FROM events
        WHERE is_counted AND cost_source IN ({sources}) AND dt >= $since AND dt < $until AND {condition.sql}"""  # noqa: S608


class _Tally:
    """Add up what changes, by month and model."""

    def __init__(self, closed: frozenset[str]) -> None:
        self._closed = closed
        self._sums: dict[tuple[str, str, str], list[int]] = {}
        self._kept: Counter[str] = Counter()
        self._seen = 0

    def add(self, row: Row, found: Restated | str) -> bool:
        """Count an event; say whether its cost changes. What was known stays known."""
        self._seen += 1
        new = row.cost_nano_usd if isinstance(found, str) else found.cost_nano_usd
        if isinstance(found, str):
            self._kept[found] += 1
        is_changed = new != row.cost_nano_usd
        sums = self._sums.setdefault((f"{row.dt:%Y-%m}", row.provider or "", row.model or row.model_requested or ""), [0] * 6)
        told = (1, int(is_changed), row.cost_nano_usd or 0, new or 0, int(row.cost_nano_usd is None), int(new is None))
        for place, number in enumerate(told):
            sums[place] += number
        return is_changed

    def proposal(self, reopened: Sequence[str]) -> Proposal:
        """Return what was found; closed months that would move are named unless they are opened again."""
        changes = [Change._make((*key, *sums, key[0] in self._closed)) for key, sums in self._sums.items()]
        moved = {change.month for change in changes if change.changed and change.is_closed} - set(reopened)
        return Proposal(tuple(sorted(changes)), self._seen, dict(self._kept), tuple(sorted(moved)), ())


def kept(draft: Draft, *, now: datetime | None = None) -> int:
    """Keep a proposal as a new version, and return its number; 0 where nothing changes."""
    proposal, asked = draft.proposal, draft.asked
    if proposal.closed:
        raise ReportError(refusal(proposal.closed))
    if not proposal.changed:
        return 0
    at = now or datetime.now(UTC)
    to = draft_folder(asked.ledger)
    _write_events(draft, at)
    _bring(draft.scratch, to, asked.ledger)
    changed = [change for change in proposal.changes if change.changed]
    months = sorted({change.month for change in changed})
    about = {
        "at": at.isoformat(),
        "reason": asked.reason,
        "months": months,
        "reopened": [month for month in months if month in asked.reopened and month in closed_months(asked.ledger)],
        "events": proposal.changed,
        "old_nano_usd": sum(change.old_nano_usd for change in changed),
        "new_nano_usd": sum(change.new_nano_usd for change in changed),
        "asked": asked.told(),
    }
    return publish(to, about)


def _bring(scratch: Path, to: Path, ledger: Path) -> None:
    """Move what is kept out of the scratch folder: the costs, and the tables that they are from."""
    try:
        shutil.move(scratch / EVENTS, to / EVENTS)
        tables = ledger / FOLDER
        tables.mkdir(parents=True, exist_ok=True)
        for table in (scratch / FOLDER).glob("*.json"):
            if not (tables / table.name).exists():
                shutil.move(table, tables / table.name)
    except OSError as problem:
        raise ReportError(f"{ledger}: {problem.strerror or problem}") from None


def refusal(closed: Sequence[str]) -> str:
    """Say that closed months do not move, and what may be done."""
    months = ", ".join(closed)
    again = " ".join(f"--reopen {month}" for month in closed)
    is_one = len(closed) == 1
    return (
        f"{months} {'is' if is_one else 'are'} closed and would move: --since or --where can leave {'it' if is_one else 'them'} out, "
        f'{again} --reason "..." restates {"it" if is_one else "them"}'
    )


def _write_events(draft: Draft, at: datetime) -> None:
    """Write the new costs in the order of their days; a version does not know its number before it is kept."""
    read = {name: kind for name, kind in KEPT.items() if name not in ("reason", "restated_at")}
    values = {"new": str(draft.scratch / NEW), "columns": read}
    more = {"reason": draft.asked.reason, "at": at.astimezone(UTC).replace(tzinfo=None)}
    connection = draft.connection
    connection.execute("CREATE OR REPLACE TEMP TABLE fresh AS SELECT * FROM read_ndjson($new, columns = $columns)", values)
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE freshest AS SELECT *, $reason AS reason, $at AS restated_at FROM fresh ORDER BY dt, event_id", more
    )
    target = str(draft.scratch / EVENTS).replace("'", "''")
    connection.execute(f"COPY freshest TO '{target}' (FORMAT parquet, PARQUET_VERSION v2, COMPRESSION zstd)")


def close_month(asked: Asked, month: str, *, now: datetime | None = None) -> Closed:
    """Note that the figures of a month are final, and what they are."""
    checked_month(month)
    events, cost = in_force(asked).get(month, (0, 0))
    if not events:
        raise ReportError(f"{month}: there are no events of this month here, so there are no figures to close")
    closed = Closed(month, now or datetime.now(UTC), events, cost)
    close(asked.ledger, closed)
    return closed


def in_force(asked: Asked) -> Mapping[str, tuple[int, int]]:
    """Return events and nano-USD of each month, with the costs in force."""
    query = """
        SELECT left(CAST(dt AS VARCHAR), 7), CAST(sum(attempts) AS BIGINT), CAST(sum(cost_nano_usd) AS HUGEINT)
        FROM days WHERE is_counted GROUP BY ALL"""
    with (
        tempfile.TemporaryDirectory(prefix="costmark-") as folder,
        _connected(asked.places, asked.ledger, asked.rules, Path(folder)) as one,
    ):
        return {month: (events, int(cost)) for month, events, cost in one[0].execute(query).fetchall()}


def checked_month(month: str) -> str:
    """Return a month, or say that it is none."""
    if not MONTH.fullmatch(month):
        raise ReportError(f"{month!r} is no month; write it as 2026-10")
    return month
