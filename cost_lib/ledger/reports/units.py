"""What a unit costs: an active user, a session, a success, a user who was converted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from cost_lib.ledger.queries import rendered, source, used
from cost_lib.ledger.reports.outcomes import Came, Keys, Wanted, outcomes_of
from cost_lib.ledger.reports.shapes import columns, each, order

if TYPE_CHECKING:
    from cost_lib.ledger.asking.question import Question
    from cost_lib.ledger.session import Session, Table

UNITS: Final = ("user", "session", "success", "conversion")
CONVERTED: Final = "converted"
MONEY: Final = "HUGEINT"
FIGURES: Final = {
    "requests": "BIGINT", "cost_nano_usd": MONEY,
    "users": "BIGINT", "per_user_nano_usd": "DOUBLE", "share_with_user": "DOUBLE",
    "sessions": "BIGINT", "per_session_nano_usd": "DOUBLE", "share_with_session": "DOUBLE",
    "outcomes": "BIGINT", "successes": "BIGINT", "success_rate": "DOUBLE", "per_success_nano_usd": "DOUBLE", "value": "DOUBLE",
    "converted_users": "BIGINT", "per_converted_user_nano_usd": "DOUBLE", "unpriced": "BIGINT",
}  # fmt: skip


def unit(
    session: Session, question: Question, *, units: tuple[str, ...] = UNITS, converted: str = CONVERTED, is_given: bool = False
) -> Table:
    """Divide what was spent by what it was spent for."""
    needed = ("user_id", *(("session_id",) if "session" in units else ()))
    view = question.view(*needed)
    parts = {"by": question.grouping.spliced(), "from": source(view), "where": question.condition.sql}
    if "session" not in units:
        parts["session"] = "CAST(NULL AS VARCHAR)"
    query = rendered("unit", **parts)
    cursor = session.opened(view).connection.execute(query, used(query, question.parameters))
    names = [one[0] for one in cursor.description or ()]
    records = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    came = outcomes_of(session, question, Wanted(is_given=is_given)) if {"success", "conversion"} & set(units) else {}
    width = len(question.grouping.dimensions)
    rows = [_row(record, width, came, converted) for record in records]
    rows.sort(key=lambda row: order(row, width, row[width + 2], in_time=question.grouping.is_by_time))
    return session.filled(view, columns(question.grouping.names, FIGURES), rows, question.grouping.names)


def _row(record: dict[str, Any], width: int, came: dict[tuple[Keys, str, str], Came], converted: str) -> tuple[Any, ...]:
    """Work one line out: its own outcomes, or all of them for the total."""
    keys = tuple(record[f"key{number}"] for number in range(1, width + 1))
    line = record["line"]
    mine = [(name, one) for (at, _, name), one in came.items() if line == "total" or (line == "line" and at == keys)]
    tasks = [one for name, one in mine if name != converted]
    outcomes, successes = sum(one.outcomes for one in tasks), sum(one.successes for one in tasks)
    won = sum(one.users for name, one in mine if name == converted)
    cost = record["cost_nano_usd"]
    return (
        *keys, line, record["requests"], cost,
        record["users"], each(record["of_users_nano_usd"], record["users"]), each(record["of_users_nano_usd"], cost),
        record["sessions"], each(record["of_sessions_nano_usd"], record["sessions"]), each(record["of_sessions_nano_usd"], cost),
        outcomes, successes, each(successes, outcomes), each(cost, successes), sum(one.value for _, one in mine),
        won, each(cost, won), record["unpriced"],
    )  # fmt: skip
