"""The ledger for notebooks: each report as a method that returns DuckDB's relation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, Self

from cost_lib.ledger.asking.question import Question, Texts, read_question, several
from cost_lib.ledger.engines.address import engine_for
from cost_lib.ledger.reports import comparing, quadrants, spending, tiering, units
from cost_lib.ledger.reports.caching import cache
from cost_lib.ledger.reports.chaining import chains
from cost_lib.ledger.reports.outcome_file import read_outcomes
from cost_lib.ledger.repricing.laying import RECORDED
from cost_lib.ledger.repricing.versions import FOLDER
from cost_lib.ledger.session import Session

if TYPE_CHECKING:
    from types import TracebackType

    import duckdb

    from cost_lib.ledger.buckets.address import Place
    from cost_lib.policy import Policy
    from cost_lib.reading_log import Skipped

Day = str | date
ALL: Final = ()


class Ledger:
    """A log, open for questions; make it with ``cost_lib.ledger.open`` and close it, or use it in a ``with``.

    Every report returns a relation of DuckDB: ``.fetchall()``, ``.df()``, ``.arrow()``, ``.pl()`` and further SQL work on it. Its
    columns are those of the command's JSON: the keys that ``by`` names (VARCHAR, NULL where there is nothing), ``line`` (what the
    line is: line, unattributed, others, subtotal, total), counts (BIGINT), ``*_nano_usd`` (BIGINT, 10**-9 USD, exact; averages and
    percentiles are DOUBLE), shares (DOUBLE from 0 to 1). ``where`` is the grammar of ``--where``; several must all hold.
    ``since`` and ``until`` are days in UTC, both included, ``month`` is "2026-11".
    """

    def __init__(self, places: Iterable[Place], rules: Policy, *, prices: str = RECORDED, engine: str | None = None) -> None:
        self._held = ExitStack()
        found = tuple(places)
        folder = next((place for place in found if isinstance(place, Path) and (place / FOLDER).is_dir()), None)
        with self._held as held:
            asked = held.enter_context(engine_for(engine, found, prices))
            self._session = Session(found, rules, prices=prices, ledger=folder, engine=asked)
            held.callback(self._session.close)
            self._held = held.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Give back what is held; relations are of no use afterwards."""
        self._held.close()

    @property
    def events(self) -> duckdb.DuckDBPyRelation:
        """Return all events, one row an attempt, with the keys of docs/event.schema.json as columns."""
        return self._session.opened("events").connection.view("events")

    @property
    def days(self) -> duckdb.DuckDBPyRelation:
        """Return the rollup by day and every dimension but users, chains and sessions."""
        return self._session.opened("days").connection.view("days")

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """Return what in the log is no event, with file, line and reason."""
        return self._session.skipped

    def report(
        self, *, by: Texts = ALL, where: Texts = ALL, since: Day | None = None, until: Day | None = None, month: str | None = None
    ) -> duckdb.DuckDBPyRelation:
        """Return what was spent, by month, feature and segment or ``by``: requests, tokens, cost_nano_usd, share, one line ``total``."""
        question = self._question(by, where, since, until, month, spending.REPORT)
        return spending.report(self._session, question).relation()

    def quadrant(
        self, *, by: Texts = ALL, where: Texts = ALL, since: Day | None = None, until: Day | None = None, month: str | None = None
    ) -> duckdb.DuckDBPyRelation:
        """Return cost beside requests and outcomes, with the ``quadrant`` of each line."""
        question = self._question(by, where, since, until, month, spending.TOP)
        return quadrants.quadrant(self._session, question).relation()

    def top(  # noqa: PLR0913 - one an option
        self,
        *,
        by: Texts = ALL,
        where: Texts = ALL,
        since: Day | None = None,
        until: Day | None = None,
        month: str | None = None,
        limit: int = 10,
        order: Literal["cost", "requests", "tokens"] = "cost",
    ) -> duckdb.DuckDBPyRelation:
        """Return the ``limit`` largest, a line ``others`` for the rest (``members`` of them), ``unattributed`` and ``total``."""
        question = self._question(by, where, since, until, month, spending.TOP)
        return spending.top(self._session, question, limit=limit, order=order).relation()

    def trend(  # noqa: PLR0913 - one an option
        self,
        *,
        every: Literal["day", "week", "month"] = "day",
        by: Texts = ALL,
        where: Texts = ALL,
        since: Day | None = None,
        until: Day | None = None,
        month: str | None = None,
        limit: int = 10,
    ) -> duckdb.DuckDBPyRelation:
        """Return one line a step and series; the first column is the step, the ``limit`` largest series stand for themselves."""
        question = self._question((every, *(several(by) or (spending.TOP,))), where, since, until, month, "")
        return spending.trend(self._session, question, limit=limit).relation()

    def compare(  # noqa: PLR0913 - one an option
        self,
        *,
        before: str | None = None,
        after: str | None = None,
        across: str | None = None,
        by: Texts = spending.TOP,
        where: Texts = ALL,
        since: Day | None = None,
        until: Day | None = None,
        month: str | None = None,
    ) -> duckdb.DuckDBPyRelation:
        """Return the change between two times (or two values of ``across``) as volume, mix, tokens and price, which add up to it."""
        found = comparing.compare(
            self._session, by=by, where=where, before=before, after=after, across=across, since=since, until=until, month=month
        )
        return found.table.relation()

    def unit(  # noqa: PLR0913 - one an option
        self,
        *,
        by: Texts = spending.TOP,
        where: Texts = ALL,
        since: Day | None = None,
        until: Day | None = None,
        month: str | None = None,
        per: Sequence[str] = units.UNITS,
        outcomes: str | Path | None = None,
        converted: str = units.CONVERTED,
    ) -> duckdb.DuckDBPyRelation:
        """Return cost per active user, session, success (failed attempts included) and converted user."""
        question = self._question(by, where, since, until, month, "")
        if outcomes is not None:
            read_outcomes(self._session, Path(outcomes))
        return units.unit(self._session, question, units=tuple(per), converted=converted, is_given=outcomes is not None).relation()

    def tiers(  # noqa: PLR0913 - one an option
        self,
        *,
        by: Texts = "segment",
        where: Texts = ALL,
        since: Day | None = None,
        until: Day | None = None,
        month: str | None = None,
        price: float | str | Mapping[str, float | str] | None = None,
        revenue: str | Path | None = None,
    ) -> duckdb.DuckDBPyRelation:
        """Return the exact percentiles of what users cost in a month; with ``price`` (USD, or by segment), margin and losses."""
        question = self._question(by, where, since, until, month, "")
        prices = (
            [f"{name}={amount}" for name, amount in price.items()] if isinstance(price, Mapping) else [] if price is None else [str(price)]
        )
        asked = tiering.read_prices(prices)
        if revenue is not None:
            asked = asked._replace(users=tiering.read_revenue(Path(revenue), self._session.rules))
        return tiering.tiers(self._session, question, asked).relation()

    def cache(
        self, *, by: Texts = spending.TOP, where: Texts = ALL, since: Day | None = None, until: Day | None = None, month: str | None = None
    ) -> duckdb.DuckDBPyRelation:
        """Return what prompt caching saved at the prices of each event's own table, and the cost per request cached and fresh."""
        return cache(self._session, self._question(by, where, since, until, month, "")).relation()

    def unattributed(
        self, *, by: Texts = ALL, where: Texts = ALL, since: Day | None = None, until: Day | None = None, month: str | None = None
    ) -> duckdb.DuckDBPyRelation:
        """Return requests and dollars that nobody answers for, by week and call site, with their shares of all."""
        question = self._question(by, where, since, until, month, spending.UNATTRIBUTED)
        return spending.unattributed(self._session, question).relation()

    def chains(  # noqa: PLR0913 - one an option
        self,
        *,
        by: Texts = ALL,
        where: Texts = ALL,
        since: Day | None = None,
        until: Day | None = None,
        month: str | None = None,
        limit: int = 10,
    ) -> duckdb.DuckDBPyRelation:
        """Return the most expensive chains; ``by`` anything, how the costs of its chains spread."""
        return chains(self._session, self._question(by, where, since, until, month, ""), limit=limit).relation()

    def calls(  # noqa: PLR0913 - one an option
        self,
        *,
        where: Texts = ALL,
        since: Day | None = None,
        until: Day | None = None,
        month: str | None = None,
        limit: int = 10,
        order: Literal["cost", "tokens", "latency"] = "cost",
    ) -> duckdb.DuckDBPyRelation:
        """Return the most expensive single requests, or the longest, or the slowest."""
        question = self._question(ALL, where, since, until, month, "")
        return spending.calls(self._session, question, limit=limit, order=order).relation()

    def _question(  # noqa: PLR0913, PLR0917 - one an option
        self, by: Texts, where: Texts, since: Day | None, until: Day | None, month: str | None, default: str
    ) -> Question:
        return read_question(self._session.rules, by=by, where=where, since=since, until=until, month=month, default=default)
