"""What came of the calls: recorded outcomes, and those that a file brings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from cost_lib.errors import ReportError
from cost_lib.ledger.columns import OUTCOMES
from cost_lib.ledger.queries import rendered, source, used

if TYPE_CHECKING:
    from cost_lib.ledger.asking.question import Question
    from cost_lib.ledger.session import Session

GIVEN: Final = "given_outcomes"
RECORDED: Final = "(SELECT *, 'outcome' AS kind FROM outcomes) AS recorded"
BOTH: Final = f"(SELECT * FROM events UNION ALL SELECT * FROM {GIVEN}) AS all_outcomes"  # noqa: S608 - no input
# what an outcome can say by itself
OWN: Final = frozenset(
    "feature team project cost_center owner user_id user_segment environment priority request_type prompt_version chain_id session_id "
    "operation_id tags dt is_attributed event_id service release".split()
)
ALWAYS: Final = frozenset(("dt", "is_attributed", "event_id"))
Keys = tuple[str | None, ...]


class Came(NamedTuple):
    """What came of the calls of one line."""

    outcomes: int = 0
    successes: int = 0
    value: float = 0.0
    users: int = 0  # with a success of one name


class Wanted(NamedTuple):
    """Which outcomes count, and which side they are on."""

    side: str = "'before'"
    times: str = "dt >= $since AND dt < $until"
    values: tuple[tuple[str, object], ...] = ()
    is_given: bool = False  # a file has brought some


def outcomes_of(session: Session, question: Question, wanted: Wanted = Wanted()) -> dict[tuple[Keys, str, str], Came]:  # noqa: B008 - a constant
    """Count outcomes by keys, side and name."""
    if "meter" in question.grouping.names or "meter" in question.condition.columns:
        raise ReportError("what came of a call is not by meter; leave meter out")
    if not wanted.is_given and not _are_there(session):
        return {}
    keys = ", ".join(question.grouping.keys())
    is_own = question.condition.columns <= OWN
    query = rendered(
        "outcomes",
        by=keys,
        where=question.condition.sql,
        times=wanted.times,
        side=f"{wanted.side} AS side",
        outcomes=BOTH if wanted.is_given else _source(question, is_own=is_own),
        holds=f"{question.condition.sql if is_own else 'false'} AS holds, {_silent(question) if is_own else 'true'} AS is_silent",
        **{"from": source("events")},
    )
    values = {**question.parameters, **dict(wanted.values)}
    rows = session.opened("events").connection.execute(query, used(query, values)).fetchall()
    width = len(question.grouping.dimensions)
    return {(tuple(row[:width]), row[4], row[5] or ""): Came(int(row[6]), int(row[7]), float(row[8]), int(row[9])) for row in rows}


def _are_there(session: Session) -> bool:
    """Say whether any outcome was recorded: without, no event needs to be read."""
    row = session.opened("days").connection.execute("SELECT count(*) FROM outcomes").fetchone()
    return bool(row and row[0])


def _source(question: Question, *, is_own: bool) -> str:
    """Choose the narrowest view that holds what outcomes are asked for."""
    needed = frozenset[str]().union(*(one.columns for one in question.grouping.dimensions), question.condition.columns if is_own else ())
    return RECORDED if needed <= frozenset((*OUTCOMES, "dt")) else "events"


def _silent(question: Question) -> str:
    """Write when an outcome says nothing of what a condition is on."""
    columns = sorted(question.condition.columns - ALWAYS)
    return " AND ".join(f"coalesce({column}, '') = ''" for column in columns) or "false"
