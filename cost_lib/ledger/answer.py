"""What a report says: rows, what they are called, and what has to be said beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from cost_lib.ledger.asking.period import Period
    from cost_lib.ledger.session import Session, Table
    from cost_lib.reading_log import Skipped

MOST_NAMED: Final = 20  # pieces that are no events; a log that is full of them is said to be so in one line more
WHOLE: Final = "total"


class Answer(NamedTuple):
    """One report, as it is laid out; money is nano-USD."""

    name: str
    keys: tuple[str, ...]
    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    period: Period
    skipped: tuple[Skipped, ...] = ()
    files: int = 0
    notes: tuple[str, ...] = ()  # what this report has to say beside its rows

    @property
    def records(self) -> list[dict[str, Any]]:
        """Return the rows by column."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def answered(name: str, session: Session, table: Table, period: Period, notes: tuple[str, ...] = ()) -> Answer:
    """Read an answer out of its table."""
    columns, rows = table.read()
    said = (*session.notes, *session.shortcomings(period), *notes)
    return Answer(name, table.keys, columns, rows, period, session.skipped, session.files, said)


def remarks(answer: Answer) -> list[str]:
    """Return what has to be said beside the figures."""
    found = [str(one) for one in answer.skipped[:MOST_NAMED]]
    if len(answer.skipped) > 1:
        found.append(f"{len(answer.skipped)} pieces of the log are no events and were left out")
    unpriced = _unpriced(answer)
    if unpriced:
        calls = "1 call is" if unpriced == 1 else f"{unpriced:,} calls is"
        found.append(f"the cost of {calls} not known and not counted; costmark prices check says why")
    if not answer.rows:
        found.append(_nothing(answer))
    return [*found, *answer.notes]


def _unpriced(answer: Answer) -> int:
    """Count what has no price: in the total, or where there is none in all lines."""
    if "unpriced" not in answer.columns:
        return 0
    records = answer.records
    totals = [record for record in records if record.get("line") == WHOLE]
    return sum(record["unpriced"] or 0 for record in totals or records)


def _nothing(answer: Answer) -> str:
    files = "1 file holds" if answer.files == 1 else f"{answer.files} files hold"
    return f"{files} no call of that time that was asked for; --since, --until, --month and --where choose others ({answer.period})"
