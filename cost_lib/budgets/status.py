"""Let product code see how much of a budget is spent."""

from __future__ import annotations

import time
from typing import NamedTuple

from cost_lib.budgets.accounts import draws_of
from cost_lib.budgets.gate import current_store
from cost_lib.in_force import rules_in_force
from cost_lib.stderr import say_once


class Period(NamedTuple):
    """One budget over one day or month; money is nano-USD."""

    span: str  # 2026-11-22 or 2026-11
    limit: int
    spent: int
    reserved: int  # set aside for calls under way

    @property
    def fraction(self) -> float:
        """Say how much is spent, 1.0 for all of it; a budget of nothing is spent."""
        return self.spent / self.limit if self.limit else 1.0

    @property
    def left(self) -> int:
        """Return what is neither spent nor set aside."""
        return max(self.limit - self.spent - self.reserved, 0)


class Budget(NamedTuple):
    """What a feature may spend."""

    name: str
    periods: tuple[Period, ...]  # the day's before the month's; empty where there is no budget

    @property
    def fraction(self) -> float:
        """Say how much is spent of the period that is nearest to its end; 0.0 without a budget."""
        return max((period.fraction for period in self.periods), default=0.0)

    @property
    def left(self) -> int | None:
        """Return what the tightest period has left in nano-USD; None without a budget."""
        return min((period.left for period in self.periods), default=None)


def budget(feature: str = "") -> Budget:
    """Return the budget of a feature as it stands now, over all processes; without a name, that of everything."""
    draws = [draw for draw in draws_of(feature, time.time()) if draw.budget == feature]
    kept = current_store() if draws else None
    if kept is None:
        return Budget(feature, ())
    try:
        counts = [kept.look(draw) for draw in draws]
    except OSError as problem:
        say_once("budgets", f"budgets cannot be kept: {problem}")
        is_full = rules_in_force().policy.settings.on_budget_error == "block"
        return Budget(feature, tuple(Period(draw.span, draw.limit, draw.limit if is_full else 0, 0) for draw in draws))
    return Budget(
        feature, tuple(Period(draw.span, draw.limit, count.settled, count.reserved) for draw, count in zip(draws, counts, strict=True))
    )
