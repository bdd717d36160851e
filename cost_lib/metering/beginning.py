"""Decide about a request that is about to be sent: whether it is recorded, refused, or asks for usage."""

from __future__ import annotations

import re
import time
from contextvars import ContextVar
from functools import cache
from typing import TYPE_CHECKING, Final

from cost_lib.facts import Facts
from cost_lib.families.around import Around
from cost_lib.families.reading import Reader
from cost_lib.in_force import rules_in_force
from cost_lib.metering.deferral import is_submission
from cost_lib.metering.exchange import Exchange, Free
from cost_lib.metering.switch import SWITCH
from cost_lib.metering.target import Target, find_provider, find_target
from cost_lib.operation import Operation, find_call_site
from cost_lib.record import GUARD, judge

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import ModuleType

    from cost_lib.metering.asked import Asked
    from cost_lib.scope import Frame

RETRY_HEADER: Final = "x-stainless-retry-count"
AWS_RETRY_HEADER: Final = "amz-sdk-request"
METHODS: Final = frozenset(("POST", "GET"))
# what a path holds that may fetch the result of deferred work
FETCHES: Final = re.compile(r"/(?:batches|jobs|responses|videos|files|operations)/")
AWS_ATTEMPT: Final = re.compile(r"attempt=(\d+)")


_last: Final[ContextVar[Operation | None]] = ContextVar("costmark-last", default=None)


def is_idle(frame: Frame) -> bool:
    """Say whether nothing is to be recorded, which is most of the time; every request of a program asks."""
    return frame.is_silent or (frame.operation is None and not SWITCH.is_on)


def begin(frame: Frame, asked: Asked) -> Exchange | None:
    """Decide whether a request is to be recorded, and whether it may be sent; None for all that is not our business."""
    exchange = _begin(frame, asked)
    if exchange is not None and exchange.is_spending and rules_in_force().has_budgets and not exchange.is_refused:
        with GUARD:
            from cost_lib.budgets import reserve

            exchange.refuse(frame.operation, reserve(exchange.facts, asked.body))
    return exchange


async def begin_async(frame: Frame, asked: Asked) -> Exchange | None:
    """Do as ``begin`` without holding up the event loop."""
    exchange = _begin(frame, asked)
    if exchange is not None and exchange.is_spending and rules_in_force().has_budgets and not exchange.is_refused:
        with GUARD:
            from cost_lib.budgets import reserve_async

            exchange.refuse(frame.operation, await reserve_async(exchange.facts, asked.body))
    return exchange


def _begin(frame: Frame, asked: Asked) -> Exchange | None:
    if asked.method not in METHODS:
        return None
    with GUARD:
        operation = frame.operation
        packages = operation.packages if operation is not None else frozenset()
        target = find_target(asked, packages) if asked.method == "POST" else None
        if target is not None and not target.is_free:
            retry = _retry(asked.headers)
            return _exchange(frame, operation or _stray(asked.url, retry), target, asked, retry)
        if target is not None:
            return _free(frame, target, asked)
        if FETCHES.search(asked.path) is not None:
            return _fetch(frame, asked, packages)
    return None


def _free(frame: Frame, target: Target, asked: Asked) -> Exchange:
    """Follow a request that costs nothing: it leaves an event without cost, and needs neither tags nor a budget."""
    operation = frame.operation or Operation(frozenset(), find_call_site(skip_libraries=True))
    facts = Facts(frame.tags, call_site=operation.call_site, provider=target.provider, host=asked.host, endpoint=target.endpoint)
    around = Around(target.provider, asked.host, asked.path, body=asked.body, content_type=asked.headers.get("content-type", ""))
    facts.model_requested = around.model()
    facts.sdk = asked.headers.get("user-agent", "")[:64]
    facts.started = time.perf_counter()
    facts.is_charged = False
    return Free(facts, None, operation, asked.url, _retry(asked.headers))


def _fetch(frame: Frame, asked: Asked, packages: frozenset[str]) -> Exchange | None:
    """Follow a request that may bring the result of deferred work."""
    provider = find_provider(asked, packages)
    if not provider:
        return None
    from cost_lib.metering.deferred import retrieval

    operation = frame.operation or Operation(frozenset(), find_call_site(skip_libraries=True))
    return retrieval(frame.tags, operation, provider, asked)


def _stray(url: str, retry: int | None) -> Operation:
    """Return the operation of a call that nobody has tagged: a retry belongs to the one before it in the same task or thread."""
    if retry:
        before = _last.get()
        if before is not None and before.attempts and url in before.attempts:
            return before
    operation = Operation(frozenset(), find_call_site(skip_libraries=True))
    if retry is not None:
        _last.set(operation)
    return operation


def _exchange(frame: Frame, operation: Operation, target: Target, asked: Asked, retry: int | None) -> Exchange:
    facts = Facts(frame.tags, call_site=operation.call_site, provider=target.provider, host=asked.host, endpoint=target.endpoint)
    kind, query = asked.headers.get("content-type", ""), asked.url.partition("?")[2]
    around = Around(target.provider, asked.host, asked.path, body=asked.body, content_type=kind, query=query)
    facts.model_requested = around.model()
    facts.sdk = asked.headers.get("user-agent", "")[:64]
    facts.started = time.perf_counter()
    refusal = judge(frame.tags, operation.call_site)
    reader = Reader(target.family, around)
    exchange = _made(facts, reader, operation, asked, retry)
    exchange.target = target
    if target.asks:
        exchange.body = _asking(asked, around)
    if refusal is not None:
        exchange.refuse(operation, refusal)
    return exchange


def _made(facts: Facts, reader: Reader, operation: Operation, asked: Asked, retry: int | None) -> Exchange:
    """Make what follows a request; one that submits work is followed in its own way."""
    if is_submission(asked.path) or (asked.path.endswith("/responses") and reader.around.asked().get("background") is True):
        from cost_lib.metering.deferred import Submitted

        return Submitted(facts, reader, operation, asked, retry)
    return Exchange(facts, reader, operation, asked.url, retry)


def _asking(asked: Asked, around: Around) -> bytes | None:
    """Return a body that asks for usage, where one is needed and allowed."""
    edges = around.edges()
    if b'"stream"' not in edges:
        return None
    body, asking = asked.body(), _asking_module()
    is_asked = body is edges or asking.asks_for_stream(body)
    return asking.with_usage(body) if is_asked and asking.may_rewrite(asked.headers) else None


@cache
def _asking_module() -> ModuleType:
    """Load what few programs need; an import in the midst of a function takes its time at every call."""
    from cost_lib.metering import asking

    return asking


def _retry(headers: Mapping[str, str]) -> int | None:
    """Return how often a request was tried before, where its SDK says so."""
    count = headers.get(RETRY_HEADER)
    if count is not None:
        return int(count) if count.isdecimal() else None
    found = AWS_ATTEMPT.search(headers.get(AWS_RETRY_HEADER, ""))
    return max(int(found[1]) - 1, 0) if found is not None else None
