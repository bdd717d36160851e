"""The reports that are a query alone: what was spent, the largest, the course of time, what nobody answers for, single calls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cost_lib.errors import ReportError
from cost_lib.ledger.asking.period import DAY
from cost_lib.ledger.queries import condition_on, rendered, source

if TYPE_CHECKING:
    from cost_lib.ledger.asking.question import Question
    from cost_lib.ledger.session import Session, Table

REPORT: Final = "month,feature,segment"
TOP: Final = "feature"
UNATTRIBUTED: Final = "week,call_site"


def report(session: Session, question: Question) -> Table:
    """Add up what was spent."""
    view = session.view_of(question)
    query = rendered("report", **_rolled(question), **_asked(question, view))
    by_time = question.grouping.is_by_time
    more = {"subtotals": by_time and len(question.grouping.dimensions) > 1, "in_time_order": by_time}
    return session.answer(view, query, {**question.parameters, **more}, question.grouping.names)


def top(session: Session, question: Question, *, limit: int = 10, order: str = "cost") -> Table:
    """Find the largest, and say what the others come to."""
    view = session.view_of(question)
    query = rendered("top", **_rolled(question), **_asked(question, view))
    return session.answer(view, query, {**question.parameters, "limit": limit, "order": order}, question.grouping.names)


def trend(session: Session, question: Question, *, limit: int = 10) -> Table:
    """Follow what was spent over time; the first key is the day, week or month."""
    view = session.view_of(question)
    query = rendered("trend", **_rolled(question), **_asked(question, view))
    return session.answer(view, query, {**question.parameters, "limit": limit}, question.grouping.names)


def unfinished(session: Session, every: str) -> tuple[str, ...]:
    """Say that the last week or month of the log is not over, where it is not."""
    if every == "day":
        return ()
    row = session.opened("days").connection.execute("SELECT max(dt) FROM days WHERE is_counted").fetchone()
    last = row[0] if row is not None else None
    if last is None or (last.weekday() == 6 if every == "week" else (last + DAY).day == 1):
        return ()
    return (f"the last {every} has no calls after {last}: it may not be over",)


def unattributed(session: Session, question: Question) -> Table:
    """Find what nobody answers for."""
    view = session.view_of(question, "is_attributed")
    query = rendered("unattributed", by=question.grouping.plain(), **_asked(question, view))
    by_time = question.grouping.is_by_time
    more = {"subtotals": by_time and len(question.grouping.dimensions) > 1, "in_time_order": by_time}
    return session.answer(view, query, {**question.parameters, **more}, question.grouping.names)


def calls(session: Session, question: Question, *, limit: int = 10, order: str = "cost") -> Table:
    """Find the most expensive single requests."""
    if question.view().endswith("meters"):
        raise ReportError("a call has all its meters; leave meter out")
    query = rendered("calls", where=question.condition.sql)
    return session.answer("events", query, {**question.parameters, "limit": limit, "order": order})


def _rolled(question: Question) -> dict[str, str]:
    return {"raw": question.grouping.raw(), "by": question.grouping.made()}


def _asked(question: Question, view: str) -> dict[str, str]:
    return {"from": source(view), "where": condition_on(view, question.condition.sql)}
