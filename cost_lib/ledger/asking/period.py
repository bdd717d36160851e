"""Read times: days and months in UTC."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final, NamedTuple

from cost_lib.errors import ReportError

BEGIN: Final = date(1970, 1, 1)
END: Final = date(9999, 12, 30)
DAY: Final = timedelta(days=1)


class Period(NamedTuple):
    """Days from ``since`` to ``until``, the second one excluded; None has no end."""

    since: date | None = None
    until: date | None = None

    @property
    def parameters(self) -> dict[str, date]:
        """Return the two parameters that every query has."""
        return {"since": self.since or BEGIN, "until": self.until or END}

    def __str__(self) -> str:
        last = self.until - DAY if self.until is not None else None
        if self.since is None:
            return f"until {last}" if last is not None else "all days"
        if last is None:
            return f"since {self.since}"
        if self.since.day == 1 and self.until == next_month(self.since):
            return f"{self.since:%Y-%m}"
        return f"{self.since}" if self.since == last else f"{self.since} to {last}"


def next_month(day: date) -> date:
    """Return the first day of the month after a day's."""
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)


def read_period(*, since: str | date | None = None, until: str | date | None = None, month: str | None = None) -> Period:
    """Read the times of a question: ``until`` is included where it is said, excluded in what is returned."""
    if month:
        if since or until:
            raise ReportError("--month says it all; leave out --since and --until, or --month")
        first = _month(month, "--month")
        return Period(first, next_month(first))
    begin, end = _day(since, "--since"), _day(until, "--until")
    if begin is not None and end is not None and end < begin:
        raise ReportError(f"--until {end} lies before --since {begin}; exchange them")
    return Period(begin, min(end, END) + DAY if end is not None else None)


def read_span(text: str, option: str) -> Period:
    """Read one side of a comparison: a month, a day, or two days with two dots between."""
    first, dots, last = text.partition("..")
    if dots:
        return read_period(since=_day(first, option), until=_day(last, option))
    if re.fullmatch(r"\d{4}-\d{2}", text):
        begin = _month(text, option)
        return Period(begin, next_month(begin))
    day = _day(text, option)
    return read_period(since=day, until=day)


def _day(text: str | date | None, option: str) -> date | None:
    if text is None or isinstance(text, date):
        return text
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise ReportError(f"{option} {text!r} is no day; write it as 2026-11-22")


def _month(text: str, option: str) -> date:
    try:
        if re.fullmatch(r"\d{4}-\d{2}", text, re.ASCII):
            found = date.fromisoformat(f"{text}-01")
            if found < END.replace(day=1):
                return found
    except ValueError:
        pass
    raise ReportError(f"{option} {text!r} is no month; write it as 2026-11")
