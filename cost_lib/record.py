"""Turn what is known of a request into an event and keep it; nothing in here breaks the caller's call."""

from __future__ import annotations

import os
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, Self

from cost_lib import sinks
from cost_lib.errors import UntaggedCall
from cost_lib.facts import Facts
from cost_lib.in_force import find_missing, rules_in_force, settings_for
from cost_lib.model import NO_UNITS, Usage
from cost_lib.operation import find_call_site, new_id
from cost_lib.scope import CURRENT, clean, overlay, without
from cost_lib.stderr import say_once

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from enum import Enum

    from cost_lib.operation import CallSite
    from cost_lib.sinks.base import Sink

UNDER_TEST: Final = "PYTEST_CURRENT_TEST"
HASH_KEY: Final = "COSTMARK_HASH_KEY"


class _State:
    """What the process keeps for its events."""

    def __init__(self) -> None:
        self.sink: Sink | None = None
        self.lost = 0  # events that could not be written, since the last one that could
        self.failures = 0  # of our own code


_state: Final = _State()


@contextmanager
def guarded() -> Iterator[None]:
    """Keep our own failures from the caller: counted and said once, raised only under test."""
    try:
        yield
    except Exception as problem:
        _state.failures += 1
        if UNDER_TEST in os.environ:
            raise
        say_once("failure", f"recording failed and the call went on: {type(problem).__name__}: {problem}")


def failures() -> int:
    """Return how often our own code failed in this process."""
    return _state.failures


def use_sink(sink: Sink | None) -> Sink | None:
    """Send events elsewhere, None for the default; return where they went before."""
    before, _state.sink = _state.sink, sink
    return before


def record_facts(facts: Facts) -> None:
    """Price a request and keep its event."""
    with guarded():
        now = datetime.now(UTC)
        _keep(_build(facts, now), now)


def judge(tags: Mapping[str, str], call_site: CallSite | None) -> UntaggedCall | None:
    """Return the refusal of a call that lacks required tags where the policy refuses; warn where it warns."""
    full = {**rules_in_force().given, **tags}
    settings = settings_for(call_site.file if call_site is not None else "")
    missing = find_missing(full, settings)
    if not missing or settings.on_untagged == "record":
        return None
    place = str(call_site or "")
    if settings.on_untagged == "raise":
        return UntaggedCall(missing, place)
    say_once(f"untagged {place}", f"{place or 'a call'} lacks {', '.join(missing)}")
    return None


def _build(facts: Facts, now: datetime) -> dict[str, Any]:
    from cost_lib.billing import money
    from cost_lib.event import VERSION, split_tags, timestamp

    rules = rules_in_force()
    event: dict[str, Any] = {"v": VERSION, "ts": timestamp(now), "event_id": new_id(), "operation_id": facts.operation_id or new_id()}
    event |= {"attempt": facts.attempt, "kind": "call", "provider_request_id": facts.provider_request_id}
    event |= split_tags(_with_given(facts))
    event |= {"provider": facts.provider, "host": facts.host, "endpoint": facts.endpoint, "transport": facts.transport}
    event |= {"model_requested": facts.model_requested, "model": facts.model, "service_tier": facts.service_tier}
    event |= {"stream": facts.is_stream}
    event |= money(facts, now)
    event |= _timing(facts)
    event |= {
        "status": facts.status,
        "error": dict(facts.error),
        "call_site": _shown(facts.call_site),
        "sdk": facts.sdk,
        "policy": rules.mark,
    }
    event["lost"] = _state.lost
    return {name: value for name, value in event.items() if value not in ("", {}, None) and (name != "lost" or value)}


def _with_given(facts: Facts) -> dict[str, str]:
    """Add what the policy knows: given tags, the feature's owner, how users may be named."""
    rules = rules_in_force()
    tags = {**rules.given, **facts.tags}
    feature = rules.policy.features.get(tags.get("feature", ""))
    if feature is not None and feature.owner:
        tags.setdefault("owner", feature.owner)
    user = tags.pop("user_id", "")
    if user:
        user = _named(user, settings_for(facts.call_site.file if facts.call_site is not None else "").user_id)
    return {**tags, "user_id": user} if user else tags


def _named(user: str, how: str) -> str:
    """Name a user as the policy says; a hash without a key could be undone by trying names."""
    if how == "plain":
        return user
    key = os.environ.get(HASH_KEY, "")
    if how == "hash" and key:
        import hashlib
        import hmac

        return hmac.new(key.encode(), user.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()[:32]
    if how == "hash":
        say_once("user-id", f"user_id is left out: hashing it needs a key in {HASH_KEY}")
    return ""


def _timing(facts: Facts) -> dict[str, Any]:
    if not facts.started:
        return {}
    found = {"latency_ms": round((time.perf_counter() - facts.started) * 1000, 3)}
    return found | {"ttft_ms": round((facts.first_chunk - facts.started) * 1000, 3)} if facts.first_chunk else found


def _shown(site: CallSite | None) -> dict[str, Any]:
    if site is None:
        return {}
    return {"file": site.file.removeprefix(rules_in_force().root), "name": site.name, "line": site.line}


def _keep(event: Mapping[str, Any], now: datetime) -> None:
    """Write an event; a place that fails loses it, counted and said once."""
    from cost_lib.event import line

    if _state.sink is None:
        _state.sink = sinks.default()
    lost = _state.lost
    try:
        _state.sink.write(line(event), now)
    except OSError as problem:
        _state.lost += 1
        say_once("sink", f"events are being lost: {problem.strerror or problem}")
        return
    _state.lost -= lost


class Recorded:
    """A call that is recorded by hand."""

    __slots__ = ("_facts", "_own")

    def __init__(self, facts: Facts, own: Mapping[str, str]) -> None:
        self._facts = facts
        self._own = own

    def usage(  # noqa: PLR0913 - one keyword a meter
        self,
        *,
        input_tokens: int = 0,
        cache_read_tokens: int = 0,
        cache_write_5m_tokens: int = 0,
        cache_write_1h_tokens: int = 0,
        output_tokens: int = 0,
        reasoning_tokens: int = 0,
        units: Mapping[str, int] = NO_UNITS,
    ) -> None:
        """Say what the call used, in meters that do not overlap; the last word counts."""
        tokens = (input_tokens, cache_read_tokens, cache_write_5m_tokens, cache_write_1h_tokens, output_tokens, reasoning_tokens)
        self._facts.usage = Usage(*tokens, units)

    def __enter__(self) -> Self:
        frame = overlay(CURRENT.get(), self._own, owner=self)
        site = find_call_site()
        refusal = judge(frame.tags, site)
        if refusal is not None:
            raise refusal
        self._facts.tags, self._facts.call_site, self._facts.started = frame.tags, site, time.perf_counter()
        CURRENT.set(frame._replace(is_silent=True))  # one call, one event
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


def record_call(*, provider: str, model: str, endpoint: str = "", **tags: str | Enum | None) -> Recorded:
    """Record a call that cannot be metered: ``with record_call(...) as call: call.usage(...)``."""
    return Recorded(Facts({}, provider=provider, model_requested=model, endpoint=endpoint, transport="manual"), clean(tags))
