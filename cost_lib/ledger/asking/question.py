"""Put together what is asked for, and choose the narrowest view that can answer it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from cost_lib.ledger.asking.grouping import Grouping, read_grouping
from cost_lib.ledger.asking.period import Period, read_period
from cost_lib.ledger.asking.where import Condition, read_conditions
from cost_lib.ledger.columns import DAY_DIMENSIONS, SPLITS, USER_DIMENSIONS

if TYPE_CHECKING:
    from cost_lib.policy import Policy

DAYS: Final = frozenset((*DAY_DIMENSIONS, *SPLITS, "dt", "is_attributed"))
USER_DAYS: Final = frozenset((*USER_DIMENSIONS, "dt"))
Texts = str | Sequence[str]


class Question(NamedTuple):
    """What is asked for."""

    grouping: Grouping
    condition: Condition
    period: Period

    @property
    def parameters(self) -> dict[str, str | int | float | date]:
        """Return the values that a query is given."""
        return {**self.period.parameters, **self.grouping.parameters, **self.condition.parameters}

    @property
    def tags(self) -> frozenset[str]:
        """Return the custom tags that are asked for."""
        return self.condition.tags | {one.tag for one in self.grouping.dimensions if one.tag is not None}

    def view(self, *more: str) -> str:
        """Name the narrowest view that holds what is asked for, and ``more`` columns."""
        needed = self.grouping.columns | self.condition.columns | frozenset(more)
        if "meter" in needed:
            return "day_meters" if needed - {"meter"} <= DAYS else "meters"
        if needed <= DAYS:
            return "days"
        return "user_days" if needed <= USER_DAYS else "events"


def read_question(  # noqa: PLR0913 - what all reports can be asked
    rules: Policy,
    *,
    by: Texts = (),
    where: Texts = (),
    since: str | date | None = None,
    until: str | date | None = None,
    month: str | None = None,
    default: str = "",
) -> Question:
    """Read what was asked for; ``default`` are the keys of a report that was asked for none."""
    names = several(by)
    return Question(
        read_grouping([one for one in names if one], rules, default="" if names else default),
        read_conditions([one for one in several(where) if one], rules),
        read_period(since=since, until=until, month=month),
    )


def several(texts: Texts) -> tuple[str, ...]:
    """Take one text for a list of one."""
    return (texts,) if isinstance(texts, str) else tuple(texts)
