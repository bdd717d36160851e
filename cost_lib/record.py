"""Turn what is known of a request into an event and keep it; nothing in here breaks the caller's call."""

from __future__ import annotations

import os
import time
from operator import index
from typing import TYPE_CHECKING, Any, Final, Self

from cost_lib import sinks
from cost_lib.attribution import attribute, text_of
from cost_lib.billing import money_text
from cost_lib.compiled import SPEEDUPS
from cost_lib.errors import EventLost, PersonalData, UntaggedCall, named_missing
from cost_lib.event import line
from cost_lib.facts import Facts
from cost_lib.in_force import rules_in_force
from cost_lib.model import NO_UNITS, Unknown, Usage
from cost_lib.operation import SITES, find_call_site
from cost_lib.scope import CURRENT, NOTHING, Frame, clean, overlay, silenced, without
from cost_lib.sinks.files import Files
from cost_lib.stderr import say_once
from cost_lib.usual import USUAL, record_usual

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from enum import Enum

    from cost_lib.operation import CallSite
    from cost_lib.sinks.base import Sink

UNDER_TEST: Final = "PYTEST_CURRENT_TEST"
STRICT: Final = "COSTMARK_STRICT"
NANO: Final = 1_000_000_000
MANUAL: Final = "manual"  # transport of calls that are recorded by hand


class _State:
    """What the process keeps for its events."""

    def __init__(self) -> None:
        self.sink: Sink | None = None
        self.lost = 0  # events that could not be written, since the last one that could
        self.failures = 0  # of our own code
        self.moment: tuple[int, datetime | None] = (-1, None)  # the last second and its moment

    def forget(self) -> None:
        """Leave to the parent of a fork what it has lost."""
        self.lost = self.failures = 0


STATE: Final = _State()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=STATE.forget)


class _Guard:
    """Keep our own failures from the caller: counted and said once, raised only under test."""

    __slots__ = ()

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, problem: BaseException | None, _: object) -> bool:
        if not isinstance(problem, Exception) or isinstance(problem, EventLost):
            return False
        STATE.failures += 1
        if UNDER_TEST in os.environ:
            return False
        say_once("failure", f"recording failed and the call went on: {type(problem).__name__}: {problem}")
        return True


GUARD: Final = _Guard()  # one for all: a guard of its own for each chunk of a stream would cost more than what it guards


def guarded() -> _Guard:
    """Keep our own failures from the caller: counted and said once, raised only under test."""
    return GUARD


def forgive(problem: BaseException, *, is_written: bool) -> bool:
    """Say whether a call goes on after what went wrong with its event, as the guard does; an event that was written is lost."""
    if is_written:
        STATE.lost += 1
        if isinstance(problem, OSError):
            _say_lost(problem)
            return True
    return GUARD.__exit__(type(problem), problem, None)


def failures() -> int:
    """Return how often our own code failed in this process."""
    return STATE.failures


def use_sink(sink: Sink | None) -> Sink | None:
    """Send events elsewhere, None for the default; return where they went before."""
    before, STATE.sink = STATE.sink, sink
    return before


def present_sink() -> Sink:
    """Return where events go."""
    if STATE.sink is None:
        STATE.sink = sinks.default()
    return STATE.sink


def record_facts(facts: Facts) -> None:
    """Price a request and keep its event."""
    try:  # the guard's own two steps would take as long as a tenth of the rest
        record_unguarded(facts)
    except BaseException as problem:
        if not forgive(problem, is_written=False):
            raise


def record_unguarded(facts: Facts) -> None:
    """Do so for a caller that holds the guard."""
    if record_usual is not None and record_usual(facts):
        return
    try:
        at, lost = time.time_ns(), STATE.lost
        _keep(line(facts, at, who=text_of(facts.tags, facts.call_site), money=money_text(facts, _moment(at)), lost=lost), at, lost)
    finally:
        if facts.reservation is not None:
            with GUARD:
                from cost_lib.budgets import settle

                settle(facts)
        elif facts.kind == "result" and rules_in_force().has_budgets:
            with GUARD:
                from cost_lib.budgets import charge

                charge(facts)


def judge(tags: Mapping[str, str], call_site: CallSite | None) -> UntaggedCall | PersonalData | None:
    """Return the refusal of a call whose tags are missing or personal where the policy refuses; warn where it warns."""
    found = attribute(tags, call_site)
    if found.personal:
        return PersonalData(*found.personal[0], str(call_site or ""))
    missing = found.missing
    if not missing or found.settings.on_untagged == "record":
        return None
    place = str(call_site or "")
    is_unregistered = "feature" in missing and "feature" in tags
    if found.settings.on_untagged == "raise":
        return UntaggedCall(missing, place, is_unregistered=is_unregistered)
    say_once(f"untagged {place}", f"{place or 'a call'} lacks {named_missing(missing, is_unregistered=is_unregistered)}")
    return None


def _moment(at: int) -> datetime:
    """Return the second of a moment: prices change by the second at most."""
    second = at // NANO
    last, moment = STATE.moment
    if last != second or moment is None:
        from datetime import UTC, datetime

        moment = datetime.fromtimestamp(second, UTC)
        STATE.moment = (second, moment)
    return moment


def _keep(line: bytes, at: int, lost: int) -> None:
    """Write an event, which tells how many were lost before it; a place that fails loses it, counted and said once."""
    if STATE.sink is None:
        STATE.sink = sinks.default()
    is_kept = False
    try:
        STATE.sink.write(line, at)
        is_kept = True
    except OSError as problem:
        _say_lost(problem)
    finally:
        if not is_kept:
            STATE.lost += 1
        elif lost:
            STATE.lost -= lost


def _say_lost(problem: OSError) -> None:
    place = f"{problem.filename}: " if problem.filename else ""
    reason = f"events are being lost: {place}{problem.strerror or problem}; calls go on, the next event that is kept tells how many"
    say_once("sink", reason)
    if os.environ.get(STRICT) == "1":
        _complain(EventLost(reason))


def _complain(error: EventLost) -> None:
    """Raise where it cannot be taken for a failed request; an SDK would send that again."""
    operation = CURRENT.get().operation
    if operation is None:
        raise error from None
    operation.refusal = error


class Recorded:
    """A call that is recorded by hand."""

    __slots__ = ("_facts", "_own")

    def __init__(self, facts: Facts, own: Mapping[str, Any]) -> None:
        self._facts = facts
        self._own = clean(own)

    def usage(  # noqa: PLR0913 - one keyword a meter
        self,
        *,
        input_tokens: int | None = 0,
        cache_read_tokens: int | None = 0,
        cache_write_5m_tokens: int | None = 0,
        cache_write_1h_tokens: int | None = 0,
        output_tokens: int | None = 0,
        reasoning_tokens: int | None = 0,
        units: Mapping[str, int] = NO_UNITS,
    ) -> None:
        """Say what the call used, in meters that do not overlap; the last word counts."""
        tokens = (input_tokens, cache_read_tokens, cache_write_5m_tokens, cache_write_1h_tokens, output_tokens, reasoning_tokens)
        self._facts.usage = _counted(tokens, units)

    def __enter__(self) -> Self:
        frame = overlay(CURRENT.get(), self._own, owner=self)
        site = find_call_site()
        refusal = judge(frame.tags, site)
        if refusal is not None:
            raise refusal
        self._facts.tags, self._facts.call_site, self._facts.started = frame.tags, site, time.perf_counter()
        if rules_in_force().has_budgets:
            from cost_lib.budgets import reserve

            exceeded = reserve(self._facts, None)
            if exceeded is not None:
                raise exceeded
        CURRENT.set(silenced(frame))  # one call, one event
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        CURRENT.set(without(CURRENT.get(), self))
        if kind is not None:
            self._facts.status, self._facts.error = "error", {"class": kind.__name__}
        record_facts(self._facts)

    async def __aenter__(self) -> Self:
        return self.__enter__()

    async def __aexit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self.__exit__(kind)


def _counted(tokens: tuple[int | None, ...], units: Mapping[str, int]) -> Usage | Unknown:
    """Take what SDKs offer as counts: None where there is nothing to say, integers of other libraries, stand-ins of tests."""
    plain = [count for count in tokens if type(count) is int and count >= 0]
    if not units and len(plain) == len(tokens):  # as they mostly come
        return Usage._make((*plain, NO_UNITS))
    try:
        spent, read, written, hour, made, reasoned = [index(count or 0) for count in tokens]
        others = {name: index(count or 0) for name, count in units.items()}
    except TypeError:
        return Unknown("what was said of the usage are no counts")
    if min(spent, read, written, hour, made, reasoned, *others.values()) < 0:
        return Unknown("what was said of the usage is below zero")
    return Usage(spent, read, written, hour, made, reasoned, others)


def record_call(*, provider: str, model: str, endpoint: str = "", **tags: str | Enum | None) -> Recorded:
    """Record a call that cannot be metered: ``with record_call(...) as call: call.usage(...)``."""
    return Recorded(Facts({}, provider=provider or "", model_requested=model or "", endpoint=endpoint, transport=MANUAL), tags)


if not TYPE_CHECKING and SPEEDUPS is not None:  # what is left to the class above: budgets, odd counts, asynchronous blocks
    SPEEDUPS.use_sinks(STATE, present_sink, lambda problem, is_written: forgive(problem, is_written=is_written), Files)
    Recorded = SPEEDUPS.take_recorded(
        Recorded,
        usual=USUAL,
        current=CURRENT,
        frame=Frame,
        nothing=NOTHING,
        sites=SITES,
        find_call_site=find_call_site,
        judge=judge,
        clean=clean,
        without=without,
        record_facts=record_facts,
        no_units=NO_UNITS,
        zero=0,
        manual=MANUAL,
        python_record_call=record_call,
    )
    record_call = SPEEDUPS.record_call


def record_outcome(name: str | Enum, /, *, success: bool = True, value: float | None = None, **tags: str | Enum | None) -> None:
    """Say what came of the work, under the tags in force: reports set it against what the calls of its chain, user or feature cost."""
    with GUARD:
        at, lost = time.time_ns(), STATE.lost
        facts = Facts({**CURRENT.get().tags, **clean(tags)}, call_site=find_call_site(), transport="")
        facts.kind = "outcome"
        facts.others = {"outcome": clean({"name": name}).get("name", ""), "success": bool(success), "value": _finite(value)}
        _keep(line(facts, at, who=text_of(facts.tags, facts.call_site), money="", lost=lost), at, lost)


def _finite(value: float | None) -> float | None:
    """Keep a number that JSON can write."""
    number = None if value is None else float(value)
    return number if number is not None and abs(number) < float("inf") else None
