"""Stand between a call and its budgets: refuse it, or set aside what it may cost; count in the end what it has cost."""

from __future__ import annotations

import os
import sys
import threading
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from cost_lib.budgets.accounts import draws_of
from cost_lib.budgets.cells import Busy
from cost_lib.budgets.store import Reservation, Store, store_in_use, use_folder
from cost_lib.errors import BudgetExceeded
from cost_lib.in_force import rules_in_force
from cost_lib.model import Cost, Unknown
from cost_lib.sinks import OFF_VARIABLE, folder
from cost_lib.stderr import say_once

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from cost_lib.budgets.accounts import Draw
    from cost_lib.facts import Facts

BLOCK: Final = "block"


def reserve(facts: Facts, body: Callable[[], bytes] | None, *, wait: bool = True) -> BudgetExceeded | None:
    """Set aside the most that a call can cost; return the refusal where a blocking budget has no room for it.

    ``body`` is None for a call that cannot be bounded. Without ``wait``, Busy is raised where it would take more than a moment.
    """
    draws = draws_of(feature_of(facts.tags), time.time())
    return _reserve(facts, draws, body, wait=wait) if draws else None


async def reserve_async(facts: Facts, body: Callable[[], bytes] | None) -> BudgetExceeded | None:
    """Do as ``reserve`` without ever holding up the event loop."""
    try:
        return reserve(facts, body, wait=False)
    except Busy:
        return await _in_thread(lambda: reserve(facts, body))


def settle(facts: Facts) -> None:
    """Count what a call has cost and give back what was set aside; what it cost counts in full where that is not known."""
    reservation = facts.reservation
    facts.reservation = None
    if reservation is None or reservation.store is not store_in_use():  # nothing reserved, or by the parent of this process
        return
    cost = facts.cost.nano_usd if isinstance(facts.cost, Cost) else _cost_of_unknown(facts, reservation)
    try:
        _settle(reservation, cost, wait=False)
    except Busy:
        if _runs_in_a_loop():
            threading.Thread(target=_settle_guarded, args=(reservation, cost), name="costmark-settle").start()
        else:
            _settle_guarded(reservation, cost)
    except OSError as problem:
        _say(problem)


def charge(facts: Facts) -> None:
    """Count a cost that nothing was set aside for: the result of a job that was handed in before."""
    draws = draws_of(feature_of(facts.tags), time.time())
    kept = current_store() if draws else None
    if kept is not None:
        try:
            facts.reservation = kept.reserve(draws, 0)
        except OSError as problem:
            _say(problem)
        else:
            settle(facts)


def feature_of(tags: Mapping[str, str]) -> str:
    """Return the feature that a call is for."""
    return tags.get("feature") or rules_in_force().given.get("feature", "")


def current_store() -> Store | None:
    """Return where budgets are kept; None under pytest and where costmark is switched off, unless a folder was chosen."""
    if (
        store_in_use() is None
        and os.environ.get(OFF_VARIABLE) != "1"
        and "PYTEST_VERSION" not in os.environ
        and "pytest" not in sys.modules
    ):
        use_folder(folder().absolute())
    return store_in_use()


def _reserve(facts: Facts, draws: Sequence[Draw], body: Callable[[], bytes] | None, *, wait: bool) -> BudgetExceeded | None:
    kept = current_store()
    if kept is None:
        return None
    must_bound = rules_in_force().policy.settings.on_budget_error == BLOCK and body is not None
    is_blocking = any(draw.is_blocking for draw in draws)
    try:
        amount = _bound(facts, body) if is_blocking else 0
        facts.reservation = kept.reserve(draws, amount, wait=wait, must_bound=must_bound)
    except BudgetExceeded as refusal:
        _tell(kept, draws, refusal)
        return refusal
    except OSError as problem:
        _say(problem)
        blocking = next((draw for draw in draws if draw.is_blocking), None)
        return _unavailable(blocking, problem) if blocking is not None and must_bound else None
    if amount is None:
        say_once(f"unbounded {facts.endpoint} {facts.model_requested}", f"{_named(facts)} has no upper bound, so its budget cannot stop it")
    return None


def _bound(facts: Facts, body: Callable[[], bytes] | None) -> int | None:
    from cost_lib.billing import price_of
    from cost_lib.budgets.bounds import bound_of, look_at, place_of
    from cost_lib.catalog.prices import context_key

    if body is None:
        return None
    look = look_at(facts.endpoint, body())
    place = place_of(facts.provider, facts.host, facts.model_requested)
    price, _ = price_of(facts, datetime.now(UTC), context_key(facts.price_context or look.context, place))
    return None if isinstance(price, Unknown) else bound_of(look, price, facts.model_requested)


def _cost_of_unknown(facts: Facts, reservation: Reservation) -> int:
    if not facts.is_charged:
        return 0
    if not reservation.amount:
        say_once(
            f"uncounted {facts.endpoint} {facts.model_requested}", f"what {_named(facts)} costs is not known, so budgets do not count it"
        )
    return reservation.amount


def _settle(reservation: Reservation, cost: int, *, wait: bool) -> None:
    from cost_lib.budgets.alerts import passed

    for settled in reservation.store.settle(reservation, cost, wait=wait):
        if settled.after > settled.before:
            passed(reservation.store, settled)


def _settle_guarded(reservation: Reservation, cost: int) -> None:
    try:
        _settle(reservation, cost, wait=True)
    except OSError as problem:
        _say(problem)


def _tell(kept: Store, draws: Sequence[Draw], refusal: BudgetExceeded) -> None:
    from cost_lib.budgets.alerts import refused

    draw = next(draw for draw in draws if (draw.budget, draw.span) == (refusal.budget, refusal.span))
    refused(kept, draw, refusal.spent)


def _unavailable(draw: Draw, problem: OSError) -> BudgetExceeded:
    return BudgetExceeded(draw.budget, draw.span, limit=draw.limit, spent=0, reserved=0, needed=None, trouble=str(problem))


def _say(problem: OSError) -> None:
    say_once("budgets", f"budgets cannot be kept: {problem}")


def _named(facts: Facts) -> str:
    return f"a call of {facts.endpoint or 'unknown kind'} with {facts.model_requested or 'an unnamed model'}"


def _runs_in_a_loop() -> bool:
    running = sys.modules.get("asyncio")
    if running is None:
        return False
    try:
        running.get_running_loop()
    except RuntimeError:
        return False
    return True


async def _in_thread(function: Callable[[], BudgetExceeded | None]) -> BudgetExceeded | None:
    if _runs_in_a_loop():
        import asyncio

        return await asyncio.to_thread(function)
    return function()  # another kind of loop, which we cannot ask for a thread
