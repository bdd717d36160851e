"""Set what things cost against how much they are used and what comes of them."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, Any, Final

from cost_lib.ledger.reports.outcomes import Came, outcomes_of
from cost_lib.ledger.reports.shapes import columns, each, order
from cost_lib.ledger.reports.spending import report

if TYPE_CHECKING:
    from cost_lib.ledger.asking.question import Question
    from cost_lib.ledger.session import Session, Table

NAMES: Final = {
    (True, True): "expensive, much used",
    (True, False): "expensive, little used",
    (False, True): "cheap, much used",
    (False, False): "cheap, little used",
}
FIGURES: Final = {
    "cost_nano_usd": "HUGEINT", "share": "DOUBLE", "requests": "BIGINT", "share_of_requests": "DOUBLE", "per_request_nano_usd": "DOUBLE",
    "outcomes": "BIGINT", "successes": "BIGINT", "success_rate": "DOUBLE", "value": "DOUBLE", "per_success_nano_usd": "DOUBLE",
    "quadrant": "VARCHAR", "unpriced": "BIGINT",
}  # fmt: skip


def quadrant(session: Session, question: Question) -> Table:
    """Name the quadrant of each line: above or below the median cost, above or below the median of requests."""
    names, rows = report(session, question).read()
    records = [dict(zip(names, row, strict=True)) for row in rows]
    keys = question.grouping.names
    lines = [record for record in records if record["line"] in ("line", "unattributed")]
    total = next((record for record in records if record["line"] == "total"), None)
    came: dict[tuple[Any, ...], list[Came]] = {}
    for (values, _, _), one in outcomes_of(session, question).items():
        came.setdefault(values, []).append(one)
    made = [
        _row(record, keys, came.get(tuple(record[key] for key in keys), []) if record["line"] == "line" else [], lines, total)
        for record in lines
    ]
    if total is not None:
        made.append(_row(total, keys, [one for several in came.values() for one in several], lines, total))
    made.sort(key=lambda row: order(row, len(keys), row[len(keys) + 1], in_time=question.grouping.is_by_time))
    return session.filled("events", columns(keys, FIGURES), made, keys)


def _row(
    record: dict[str, Any], keys: tuple[str, ...], came: list[Came], lines: list[dict[str, Any]], total: dict[str, Any] | None
) -> tuple[Any, ...]:
    cost, requests = record["cost_nano_usd"], record["requests"]
    outcomes, successes = sum(one.outcomes for one in came), sum(one.successes for one in came)
    whole = total or record
    name = NAMES[cost > median(one["cost_nano_usd"] for one in lines), requests > median(one["requests"] for one in lines)]
    return (
        *(record[key] for key in keys), record["line"],
        cost, each(cost, whole["cost_nano_usd"]), requests, each(requests, whole["requests"]),
        each(cost, requests), outcomes, successes, each(successes, outcomes), sum(one.value for one in came), each(cost, successes),
        None if record["line"] == "total" else name, record["unpriced"],
    )  # fmt: skip
