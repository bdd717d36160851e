"""Compare two times, or two values of a dimension such as prompt versions, and say why the sum has changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from cost_lib.errors import ReportError
from cost_lib.ledger.asking.period import BEGIN, DAY, END, Period, read_span
from cost_lib.ledger.asking.question import Question, Texts, read_question, several
from cost_lib.ledger.noticing import last_day
from cost_lib.ledger.queries import rendered, source, used
from cost_lib.ledger.reports.differences import Cell, Effects, cell_of, effects, together
from cost_lib.ledger.reports.outcomes import Came, Keys, Wanted, outcomes_of
from cost_lib.ledger.reports.shapes import columns, each, order

if TYPE_CHECKING:
    from cost_lib.ledger.asking.where import Condition
    from cost_lib.ledger.session import Session, Table

BEFORE, AFTER = "before", "after"
SPAN: Final = timedelta(days=28)  # whole weeks: what weekends do is no change
TWO_TIMES: Final = "CASE WHEN dt >= $since AND dt < $until THEN 'before' WHEN dt >= $after_since AND dt < $after_until THEN 'after' END"
EITHER_TIME: Final = "((dt >= $since AND dt < $until) OR (dt >= $after_since AND dt < $after_until))"
LAST: Final = "SELECT max(dt) FROM days WHERE is_counted AND dt <= $last"  # what a wrong clock has dated has no say
MONEY: Final = "HUGEINT"
EMPTY: Final = "there are no calls yet, so there are no last weeks; --before and --after name two times"
FIGURES: Final = {
    "before_nano_usd": MONEY, "after_nano_usd": MONEY, "change_nano_usd": MONEY,
    "volume_nano_usd": MONEY, "mix_nano_usd": MONEY, "tokens_nano_usd": MONEY, "price_nano_usd": MONEY,
    "requests_before": "BIGINT", "requests_after": "BIGINT",
    "per_request_before_nano_usd": "DOUBLE", "per_request_after_nano_usd": "DOUBLE",
    "tokens_per_request_before": "DOUBLE", "tokens_per_request_after": "DOUBLE",
    "outcomes_before": "BIGINT", "outcomes_after": "BIGINT", "successes_before": "BIGINT", "successes_after": "BIGINT",
    "success_rate_before": "DOUBLE", "success_rate_after": "DOUBLE",
    "per_success_before_nano_usd": "DOUBLE", "per_success_after_nano_usd": "DOUBLE",
    "unpriced": "BIGINT",
}  # fmt: skip
Sides = dict[str, dict[str, Cell]]  # side -> model -> cell


class Line(NamedTuple):
    """What is known of one line, before and after."""

    sides: Sides
    came: dict[str, Came]
    unpriced: int


class Compared(NamedTuple):
    """A comparison, and what its sides are."""

    table: Table
    period: Period
    note: str


def compare(  # noqa: PLR0913 - one an option
    session: Session,
    *,
    by: Texts = "feature",
    where: Texts = (),
    before: str | None = None,
    after: str | None = None,
    across: str | None = None,
    since: str | date | None = None,
    until: str | date | None = None,
    month: str | None = None,
) -> Compared:
    """Compare two times, or two values of ``across`` over one time; without any, the last four weeks with the four before."""
    if (before is None) != (after is None) or (across is not None and before is None):
        raise ReportError("--before and --after go together" if across is None else "--across needs --before VALUE and --after VALUE")
    if across is None and (since or until or month):
        raise ReportError("--before and --after say the times; --since, --until and --month go with --across")
    if across is not None and before is not None and after is not None:
        pair = ", ".join('"' + value.replace('"', '""') + '"' for value in (before, after))
        keys, conditions = (*several(by), across), several(where)
        question = read_question(
            session.rules, by=keys, where=(*conditions, f"{across} in ({pair})"), since=since, until=until, month=month
        )
        own = read_question(session.rules, where=conditions).condition
        return Compared(
            _values(session, question, own, before, after), question.period, f"before is {across} {before}, after {across} {after}"
        )
    spans = (read_span(before, "--before"), read_span(after, "--after")) if before and after else _two_spans(session)
    if spans is None:
        return Compared(_finished(session, read_question(session.rules, by=by).grouping.names, {}, {}), Period(None, None), EMPTY)
    first, second = spans
    _check(first, second)
    question = read_question(session.rules, by=by, where=where)._replace(period=first)
    whole = Period(min(first.since or BEGIN, second.since or BEGIN), max(first.until or END, second.until or END))
    return Compared(_times(session, question, second), whole, f"before is {first}, after {second}")


def _two_spans(session: Session) -> tuple[Period, Period] | None:
    """Choose the last four weeks of the log, and the four before; nothing where there are no calls."""
    row = session.opened("days").connection.execute(LAST, {"last": last_day()}).fetchone()
    last: date | None = row[0] if row is not None else None
    if last is None:
        return None
    middle, end = last + DAY - SPAN, last + DAY
    return Period(middle - SPAN, middle), Period(middle, end)


def _check(before: Period, after: Period) -> None:
    """Refuse two times that have no end, or days in common."""
    if before.since is None or before.until is None or after.since is None or after.until is None:
        raise ReportError("both times need a beginning and an end, such as 2026-10 or 2026-10-01..2026-10-14")
    if before.since < after.until and after.since < before.until:
        raise ReportError(f"the two times overlap: {before} and {after}; each day can be on one side only")


def _times(session: Session, question: Question, after: Period) -> Table:
    """Compare the time of a question with another one."""
    more = {"after_since": after.since, "after_until": after.until}
    lines = _cells(session, question, TWO_TIMES, EITHER_TIME, {**question.parameters, **more})
    return _finished(
        session, question.grouping.names, lines, outcomes_of(session, question, Wanted(TWO_TIMES, EITHER_TIME, tuple(more.items())))
    )


def _values(session: Session, question: Question, condition: Condition, before: str, after: str) -> Table:
    """Compare two values of the last key of a question, which asks for these two alone; ``condition`` is what else it asks."""
    if before == after:
        raise ReportError(f"both sides are {before!r}; --before and --after name two")
    sides = {before: BEFORE, after: AFTER}
    lines: dict[tuple[Keys, bool], Line] = {}
    for ((*keys, value), is_apart), line in _cells(
        session, question, "'before'", "dt >= $since AND dt < $until", question.parameters
    ).items():
        found = lines.setdefault((tuple(keys), is_apart), Line({BEFORE: {}, AFTER: {}}, {}, 0))
        found.sides[sides[value or ""]].update(line.sides[BEFORE])
        lines[tuple(keys), is_apart] = found._replace(unpriced=found.unpriced + line.unpriced)
    came = {
        (keys[:-1], sides[keys[-1] or ""], name): one
        for (keys, _, name), one in outcomes_of(session, question._replace(condition=condition)).items()
        if (keys[-1] or "") in sides
    }
    return _finished(session, question.grouping.names[:-1], lines, came)


def _cells(session: Session, question: Question, side: str, times: str, values: Mapping[str, Any]) -> dict[tuple[Keys, bool], Line]:
    """Read what each model took and cost, by line and side."""
    view = session.view_of(question, "price_context", "split_output")
    if view in ("meters", "day_meters"):
        raise ReportError("a comparison takes meters apart by itself; leave meter out")
    query = rendered(
        "compare",
        by=question.grouping.spliced(),
        side=f"{side} AS side",
        times=times,
        where=question.condition.sql,
        **{"from": source(view)},
    )
    cursor = session.opened(view).connection.execute(query, used(query, values))
    names = [one[0] for one in cursor.description or ()]
    width = len(question.grouping.dimensions)
    lines: dict[tuple[Keys, bool], Line] = {}
    for row in cursor.fetchall():
        record = dict(zip(names, row, strict=True))
        key = (tuple(row[:width]), bool(record["is_apart"]))
        line = lines.setdefault(key, Line({BEFORE: {}, AFTER: {}}, {}, 0))
        line.sides[record["side"]][record["model"]] = cell_of(record)
        lines[key] = line._replace(unpriced=line.unpriced + int(record["unpriced"]))
    return lines


def _finished(
    session: Session, keys: tuple[str, ...], lines: Mapping[tuple[Keys, bool], Line], came: Mapping[tuple[Keys, str, str], Came]
) -> Table:
    """Work out every line, and the total as their sum."""
    rows = []
    for (values, is_apart), line in lines.items():
        sides = {side: _came(one for (key, at, _), one in came.items() if key == values and at == side) for side in (BEFORE, AFTER)}
        told = effects(line.sides[BEFORE], line.sides[AFTER])
        rows.append((*values, "unattributed" if is_apart else "line", *_figures(line, {} if is_apart else sides, told)))
    if rows:
        whole = Line({side: {str(number): together(line.sides[side].values()) for number, line in enumerate(lines.values())}
                      for side in (BEFORE, AFTER)}, {}, sum(line.unpriced for line in lines.values()))  # fmt: skip
        start = len(keys) + 1 + list(FIGURES).index("volume_nano_usd")
        summed = Effects(*(sum(row[start + place] for row in rows) for place in range(4)))
        rows.sort(key=lambda row: order(row, len(keys), abs(row[len(keys) + 3])))
        sides = {side: _came(one for (_, at, _), one in came.items() if at == side) for side in (BEFORE, AFTER)}
        rows.append((*(None for _ in keys), "total", *_figures(whole, sides, summed)))
    return session.filled("days", columns(keys, FIGURES), rows, keys)


def _came(found: Iterable[Came]) -> Came:
    several = list(found)
    return Came(
        sum(one.outcomes for one in several),
        sum(one.successes for one in several),
        sum(one.value for one in several),
        sum(one.users for one in several),
    )


def _figures(line: Line, came: Mapping[str, Came], told: Effects) -> tuple[Any, ...]:
    """Write the figures of one line, in the order of their columns."""
    old, new = together(line.sides[BEFORE].values()), together(line.sides[AFTER].values())
    before, after = came.get(BEFORE, Came()), came.get(AFTER, Came())
    return (
        old.cost, new.cost, new.cost - old.cost, *told, old.requests, new.requests,
        each(old.cost, old.requests), each(new.cost, new.requests),
        each(_tokens(old), old.requests), each(_tokens(new), new.requests),
        before.outcomes, after.outcomes, before.successes, after.successes,
        each(before.successes, before.outcomes), each(after.successes, after.outcomes),
        each(old.cost, before.successes), each(new.cost, after.successes), line.unpriced,
    )  # fmt: skip


def _tokens(cell: Cell) -> int:
    return sum(count for meter, count in cell.tokens.items() if meter != "other")
