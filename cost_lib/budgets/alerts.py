"""Tell that a share of a budget is spent, or that the first call was refused: once a period, whichever process sees it."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from cost_lib.stderr import say_once

if TYPE_CHECKING:
    from collections.abc import Callable

    from cost_lib.budgets.accounts import Draw
    from cost_lib.budgets.store import Settled, Store

    Hook = Callable[["Alert"], object]

H = TypeVar("H", bound="Hook")
BLOCKED: Final = "blocked"
_hooks: Final[list[Hook]] = []
_seen: Final[set[tuple[str, str, str]]] = set()  # the book decides; this saves asking it at every refusal


class Alert(NamedTuple):
    """What there is to tell; money is nano-USD."""

    budget: str  # the feature; empty for the budget of everything
    span: str  # the day or month
    share: Decimal | None  # of the limit; None when a call was refused
    limit: int
    spent: int


def on_threshold(hook: H) -> H:
    """Call a function with an Alert when a threshold is passed or a budget begins to refuse; also a decorator.

    It runs in a thread of its own, so it may take its time.
    """
    _hooks.append(hook)
    return hook


def forget_hooks() -> None:
    """Call nobody any more."""
    _hooks.clear()
    _seen.clear()


def passed(store: Store, settled: Settled) -> None:
    """Tell which thresholds one call has passed; of several the highest speaks, the others are entered too."""
    draw, before, after = settled
    shares = [share for share in draw.alert_at if before < share * draw.limit <= after]
    if shares:
        _in_background(_tell, store, draw, [str(share) for share in shares], after)


def refused(store: Store, draw: Draw, spent: int) -> None:
    """Tell that a budget refuses calls."""
    key = (draw.budget, draw.span, BLOCKED)
    if key not in _seen:
        _seen.add(key)
        _in_background(_tell, store, draw, [BLOCKED], spent)


def _tell(store: Store, draw: Draw, shares: list[str], spent: int) -> None:
    at = datetime.now(UTC).isoformat(timespec="seconds")
    try:
        new = [share for share in shares if store.enter(draw, share, spent, at)]
    except OSError as problem:
        say_once("alert", f"an alert could not be entered into the book of budgets: {problem}")
        return
    if new:
        alert = Alert(draw.budget, draw.span, None if new[-1] == BLOCKED else Decimal(new[-1]), draw.limit, spent)
        say_once(f"alert {draw.budget} {draw.span} {new[-1]}", _sentence(alert))
        for hook in tuple(_hooks):
            _in_background(hook, alert)


def _sentence(alert: Alert) -> str:
    whose = f'the budget of "{alert.budget}"' if alert.budget else "the budget of everything"
    limit = Decimal(alert.limit) / 10**9
    if alert.share is None:
        return f"{whose} for {alert.span}, {limit:f} USD, refuses calls"
    return f"{alert.share:.0%} of {whose} for {alert.span}, {limit:f} USD, is spent"


def _in_background(function: Callable[..., object], *arguments: object) -> None:
    thread = threading.Thread(target=function, args=arguments, name="costmark-alert")
    try:
        thread.start()
    except RuntimeError:  # the interpreter is shutting down, nobody waits any more
        function(*arguments)
