"""What users of a segment cost, beside what they bring in."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from cost_lib.errors import ReportError
from cost_lib.ledger.asking.tokens import HALF
from cost_lib.ledger.queries import condition_on, rendered, source
from cost_lib.ledger.reports.outcome_file import HASHED
from cost_lib.ledger.session import fill
from cost_lib.privacy import named

if TYPE_CHECKING:
    from cost_lib.ledger.asking.question import Question
    from cost_lib.ledger.session import Session, Table
    from cost_lib.policy import Policy

NANO: Final = 10**9
MOST: Final = 10**9  # USD a user and month
GROUPS: Final = {"key1": "VARCHAR", "revenue_nano_usd": "BIGINT"}
USERS: Final = {"user_id": "VARCHAR", "month": "VARCHAR", "revenue_nano_usd": "BIGINT"}
MONTHS: Final = "SELECT DISTINCT left(CAST(dt AS VARCHAR), 7) FROM user_days WHERE dt >= $since AND dt < $until"


class Revenue(NamedTuple):
    """What users bring in, in nano-USD per user and month."""

    everybody: int | None = None
    groups: Mapping[str, int] = {}  # by the first key
    users: tuple[tuple[str, str, int], ...] = ()  # user, month or "" for each, revenue


def tiers(session: Session, question: Question, revenue: Revenue = Revenue()) -> Table:  # noqa: B008 - a constant
    """Spread what users cost in a month, by segment or what else is asked for."""
    view = question.view("user_id")
    connection = session.opened(view).connection
    months = [row[0] for row in connection.execute(MONTHS, question.period.parameters).fetchall()] if revenue.users else []
    by_user = {(user, at): one for user, month, one in revenue.users for at in ([month] if month else months)}
    fill(connection, "revenue_of_groups", GROUPS, list(revenue.groups.items()))
    fill(connection, "revenue_of_users", USERS, [(*key, one) for key, one in by_user.items()])
    query = rendered("tiers", by=question.grouping.spliced(), where=condition_on(view, question.condition.sql), **{"from": source(view)})
    return session.answer(view, query, {**question.parameters, "revenue": revenue.everybody}, question.grouping.names)


def read_prices(texts: Iterable[str]) -> Revenue:
    """Read prices as they are typed: ``20`` for everybody, ``pro=20`` for a segment."""
    everybody, groups = None, {}
    for text in texts:
        name, equals, amount = text.rpartition("=")
        price = _nano(amount, f"--price {text}")
        if equals:
            if HALF.search(name):
                raise ReportError(f"--price: {name!r} is no text that a segment could be called by")
            groups[name] = price
        else:
            everybody = price
    return Revenue(everybody, groups)


def read_revenue(file: Path, rules: Policy) -> tuple[tuple[str, str, int], ...]:
    """Read what each user brings in: columns user_id, revenue_usd and, where it differs, month."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as text:
            return tuple(_users(csv.DictReader(text), file, rules))
    except (OSError, UnicodeDecodeError, csv.Error) as problem:
        raise ReportError(f"{file}: cannot be read as CSV: {getattr(problem, 'strerror', None) or problem}") from None


def _users(reader: csv.DictReader[str], file: Path, rules: Policy) -> Iterator[tuple[str, str, int]]:
    missing = {"user_id", "revenue_usd"} - set(reader.fieldnames or ())
    if missing:
        raise ReportError(
            f"{file}: has no column {' and no '.join(sorted(missing))}; needed are user_id and revenue_usd, month may be there"
        )
    for record in reader:
        place = f"{file}:{reader.line_num}"
        month: Any = record.get("month") or ""
        if month and not re.fullmatch(r"\d{4}-\d{2}", month, re.ASCII):
            raise ReportError(f"{place}: {month!r} is no month; write it as 2026-11")
        user = record["user_id"] or ""
        yield user if HASHED.fullmatch(user) else named(user, rules.settings.user_id), month, _nano(record["revenue_usd"] or "", place)


def _nano(text: str, place: str) -> int:
    try:
        found = Decimal(text.strip().removeprefix("$"))
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or not 0 <= found <= MOST:
        raise ReportError(f"{place}: {text!r} is no sum of USD, such as 20 or 9.99")
    return round(found * NANO)
