"""Hold calls to their budgets: reserve the most that a call can cost before it is sent, settle what it has cost after."""

from __future__ import annotations

from cost_lib.budgets.alerts import Alert, on_threshold
from cost_lib.budgets.gate import charge, reserve, reserve_async, settle
from cost_lib.budgets.status import Budget, Period, budget
from cost_lib.budgets.store import use_folder

__all__ = ["Alert", "Budget", "Period", "budget", "charge", "on_threshold", "reserve", "reserve_async", "settle", "use_folder"]
