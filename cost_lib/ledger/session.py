"""Keep the log open for reports: views as narrow as they suffice, answers as tables of the connection."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from cost_lib.ledger.buckets.address import Place
from cost_lib.ledger.columns import SPLITS
from cost_lib.ledger.engines.relay import relayed
from cost_lib.ledger.noticing import AHEAD_IN_ALL, DOUBLED, counted, last_day
from cost_lib.ledger.opening import Opened, opened
from cost_lib.ledger.places import restating_folder
from cost_lib.ledger.queries import MACROS, used
from cost_lib.ledger.repricing.laying import RECORDED, asked_versions, lay_over, restated_months

if TYPE_CHECKING:
    import duckdb

    from cost_lib.ledger.asking.period import Period
    from cost_lib.ledger.asking.question import Question
    from cost_lib.ledger.engines.model import Engine
    from cost_lib.policy import Policy
    from cost_lib.reading_log import Skipped

WIDTH: Final = {"days": 0, "day_meters": 0, "user_days": 1, "events": 2, "meters": 2}
NEWER: Final = frozenset(("price_context", *SPLITS))  # what rollups of older versions do not tell apart
EVENTS: Final = {"days": "events", "day_meters": "meters"}
NEEDS: Final = ("days", "user_days", "events")
SMALL: Final = "BIGINT"  # which every reader of Arrow and pandas takes as integers; 9.2 billion USD


class Table(NamedTuple):
    """An answer, as a table of a connection."""

    connection: duckdb.DuckDBPyConnection
    name: str
    keys: tuple[str, ...] = ()

    def relation(self) -> duckdb.DuckDBPyRelation:
        """Return it as DuckDB's relation."""
        return self.connection.table(self.name)

    def read(self) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """Return its columns and rows."""
        cursor = self.connection.execute(f"SELECT * FROM {self.name}")  # noqa: S608 - a name of our own
        return tuple(one[0] for one in cursor.description or ()), cursor.fetchall()


class Session:
    """A log and a ledger, open for reports; leave it with ``close``."""

    def __init__(  # noqa: PLR0913 - one an option
        self,
        places: Sequence[Place],
        rules: Policy,
        *,
        since: date | None = None,
        until: date | None = None,
        prices: str = RECORDED,
        ledger: Place | None = None,
        engine: Engine | None = None,
    ) -> None:
        self.places = tuple(places)
        self.restatements = asked_versions([restating_folder(ledger)], prices) if prices != RECORDED else ()
        self._is_restated = prices != RECORDED
        self._engine = engine
        self.rules = rules
        self._times = {"since": since, "until": until}
        self._scratch = tempfile.TemporaryDirectory(prefix="costmark-")
        self._opened: dict[int, Opened] = {}
        self._answers = 0

    def close(self) -> None:
        """Give back what is held."""
        for one in self._opened.values():
            one.connection.close()
        self._opened.clear()
        self._scratch.cleanup()

    @property
    def scratch(self) -> Path:
        """Return the folder that the widest connection may write to; it goes with the session."""
        return Path(self._scratch.name) / NEEDS[-1]

    @property
    def notes(self) -> tuple[str, ...]:
        """Return what every answer has to say beside its rows: which months are restated."""
        return restated_months(self.restatements, self.opened("events").thinned) if self._is_restated else ()

    def shortcomings(self, period: Period) -> tuple[str, ...]:
        """Return what is odd about the figures of a time: events that are gone, came too late, stand there twice, or in the future."""
        said = [str(one) for one in self.opened("days").noticed]
        said += counted(self.opened("days").doubled, *DOUBLED)
        said += counted(self._ahead() if self._engine is None else 0, *AHEAD_IN_ALL)
        events = self._opened.get(WIDTH["events"])
        first = events.thinned if events is not None else ""
        if first and (period.since is None or period.since.isoformat() < first):
            said.append(f"of days before {first} the ledger keeps rollups alone, and this report needs single events: it begins there")
        late = max((one.late for one in self._opened.values()), default=0)
        if late:
            said.append(f"{late:,} events are of days of which the ledger keeps rollups alone; they came too late to be counted")
        return tuple(said)

    def _ahead(self) -> int:
        """Count what is dated in the future."""
        row = self.opened("days").connection.execute("SELECT sum(attempts) FROM days WHERE dt > $last", {"last": last_day()}).fetchone()
        return int(row[0] or 0) if row is not None else 0

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """Return what in the log is no event."""
        return self.opened("days").skipped

    @property
    def files(self) -> int:
        """Return how many files were read."""
        return len(self.opened("days").files)

    def view_of(self, question: Question, *more: str) -> str:
        """Name the narrowest view that holds what is asked for; what some rollups lump together is told apart in events alone."""
        view = question.view(*more)
        if view not in ("days", "day_meters"):
            return view
        days = self.opened("days")
        needed = question.grouping.columns | question.condition.columns | set(more)
        is_old = days.is_plain and (view == "day_meters" or not needed.isdisjoint(NEWER))
        return EVENTS[view] if is_old or question.tags & set(days.capped) else view

    def opened(self, view: str) -> Opened:
        """Open what a view needs, or what is open already and holds it."""
        width = WIDTH["events" if self._is_restated else view]
        found = next((self._opened[one] for one in sorted(self._opened) if one >= width), None)
        if found is not None:
            return found
        scratch = Path(self._scratch.name) / NEEDS[width]
        scratch.mkdir()
        made = self._connected(NEEDS[width], scratch)
        for macro in MACROS:
            made.connection.execute(macro)
        if self._is_restated:
            lay_over(made.connection, self.rules, self.restatements, scratch)
        self._opened[width] = made
        return made

    def _connected(self, need: str, scratch: Path) -> Opened:
        if self._engine is None:
            return opened(self.places, self.rules, need=need, **self._times, scratch=scratch)
        return Opened(relayed(self._engine), (), ())

    def answer(self, view: str, query: str, values: Mapping[str, Any], keys: Sequence[str] = ()) -> Table:
        """Make an answer of a query: its keys get their names, its sums the smallest type that holds them."""
        connection = self.opened(view).connection
        name = self._name()
        connection.execute(f"CREATE TEMP TABLE {name} AS {query}", used(query, values))
        return self._finished(Table(connection, name, tuple(keys)))

    def filled(self, view: str, columns: Mapping[str, str], rows: Iterable[Sequence[Any]], keys: Sequence[str] = ()) -> Table:
        """Make an answer of rows that were worked out here."""
        connection = self.opened(view).connection
        name = self._name()
        fill(connection, name, columns, rows)
        return self._finished(Table(connection, name, tuple(keys)))

    def _name(self) -> str:
        self._answers += 1
        return f"answer_{self._answers}"

    def _finished(self, table: Table) -> Table:
        cursor = table.connection.execute(f"SELECT * FROM {table.name} LIMIT 0")  # noqa: S608 - a name of our own
        columns = {one[0]: str(one[1]) for one in cursor.description or ()}
        for number in range(1, 5):
            column = f"key{number}"
            if column in columns and number <= len(table.keys):
                table.connection.execute(f"ALTER TABLE {table.name} RENAME COLUMN {column} TO {quoted(table.keys[number - 1])}")
            elif column in columns:
                table.connection.execute(f"ALTER TABLE {table.name} DROP COLUMN {column}")
        wide = [column for column, kind in columns.items() if kind == "HUGEINT"]
        if wide:
            self._narrow(table, wide)
        return table

    def _narrow(self, table: Table, columns: Sequence[str]) -> None:
        largest = ", ".join(f"coalesce(max(abs({quoted(column)})), 0)" for column in columns)
        found = table.connection.execute(f"SELECT {largest} FROM {table.name}").fetchone() or ()  # noqa: S608 - names of our own
        for column, value in zip(columns, found, strict=True):
            if value < 2**63:
                table.connection.execute(f"ALTER TABLE {table.name} ALTER COLUMN {quoted(column)} TYPE {SMALL}")


def fill(connection: duckdb.DuckDBPyConnection, name: str, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> None:
    """Make a table of rows, all at once: one row after the other takes a thousand times as long."""
    made = ", ".join(f"{quoted(column)} {kind}" for column, kind in columns.items())
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} ({made})")
    values = list(zip(*rows, strict=True))
    if values:
        given = ", ".join(f"unnest($c{number}::{kind}[])" for number, kind in enumerate(columns.values()))
        connection.execute(f"INSERT INTO {name} SELECT {given}", {f"c{number}": list(one) for number, one in enumerate(values)})


def quoted(name: str) -> str:
    """Write a name as SQL does."""
    return '"' + name.replace('"', '""') + '"'
