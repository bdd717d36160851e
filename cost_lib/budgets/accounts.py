"""Tell which accounts a call draws on: its feature's and everybody's, for the day and for the month."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Final, NamedTuple

from cost_lib.in_force import InForce, rules_in_force
from cost_lib.stderr import say_once

if TYPE_CHECKING:
    from decimal import Decimal

    from cost_lib.policy import Feature, Total

MOST_FEATURES: Final = 4096  # tags come from outside
NOTHING: Final = ()


class Draw(NamedTuple):
    """One budget over one period; money is nano-USD."""

    budget: str  # the feature; empty for everything
    span: str  # 2026-11-22 or 2026-11
    limit: int
    is_blocking: bool
    alert_at: tuple[Decimal, ...] = ()


class _Plan:
    """What features draw on, for one policy and one day of its zone."""

    def __init__(self, rules: InForce, start: float, end: float, day: str) -> None:
        self.rules = rules
        self.start = start
        self.end = end
        self.day = day
        self.draws: dict[str, tuple[Draw, ...]] = {}


class _Held:
    def __init__(self) -> None:
        self.plan: _Plan | None = None


_held: Final = _Held()


def draws_of(feature: str, now: float) -> tuple[Draw, ...]:
    """Return the budgets that a feature draws on at a moment (seconds since 1970)."""
    plan = _held.plan
    rules = rules_in_force()
    if plan is None or plan.rules is not rules or not plan.start <= now < plan.end:
        plan = _held.plan = _plan_for(rules, now)
    found = plan.draws.get(feature)
    if found is None:
        if len(plan.draws) >= MOST_FEATURES:
            plan.draws.clear()
        found = plan.draws[feature] = _draws(rules, feature, plan.day)
    return found


def day_before(now: float, days: int) -> str:
    """Return a day in the past."""
    return (datetime.fromtimestamp(now, UTC) - timedelta(days=days)).strftime("%Y-%m-%d")


def _plan_for(rules: InForce, now: float) -> _Plan:
    zone = _zone(rules.policy.settings.budget_zone)
    moment = datetime.fromtimestamp(now, zone)
    start = moment.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    end = (start.replace(tzinfo=None) + timedelta(days=1)).replace(tzinfo=zone)  # a day of 23 or 25 hours now and then
    return _Plan(rules, start.timestamp(), end.timestamp(), moment.strftime("%Y-%m-%d"))


def _zone(name: str) -> tzinfo:
    if name == "UTC":
        return UTC
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (KeyError, OSError, ValueError):
        say_once("budget-zone", f"this machine does not know the time zone {name}, so days and months of budgets begin in UTC")
        return UTC


def _draws(rules: InForce, feature: str, day: str) -> tuple[Draw, ...]:
    found: list[Draw] = []
    own = rules.policy.features.get(feature)
    if own is not None:
        found += _of(feature, own, day)
    if rules.policy.total is not None:
        found += _of("", rules.policy.total, day)
    return tuple(found)


def _of(name: str, terms: Feature | Total, day: str) -> list[Draw]:
    """Return the budgets of one table of the policy; without ``alert-at`` it speaks when all is spent."""
    from decimal import Decimal

    shares = (Decimal(1),) if terms.alert_at is None else terms.alert_at
    limits = ((day, terms.daily_budget), (day[:7], terms.monthly_budget))
    return [Draw(name, span, limit, terms.on_exceeded == "block", shares) for span, limit in limits if limit is not None]
