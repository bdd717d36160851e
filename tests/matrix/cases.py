"""The cases of the matrix, run inside one environment: ``python tests/matrix/cases.py SDK``; prints one JSON object a case."""

from __future__ import annotations

import asyncio
import gc
import gzip
import inspect
import json
import os
import sys
import tempfile
import time
import traceback
from contextlib import contextmanager
from contextvars import copy_context
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from cost_lib import UntaggedCall, in_force, meter, tagged, tags, unmeter
from cost_lib.testing import Events, capture_events
from tests.matrix.sdks import SDKS, Sdk
from tests.runtime.server import Answer, Asked, Server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PROXIES: Final = ("HTTP_PROXY", "http_proxy", "ALL_PROXY")
RETRY: Final = {"retry-after-ms": "1", "retry-after": "0"}
# one for all cases: frameworks keep their HTTP clients, with the proxy and the event loop of the first call
SERVER: Final = Server(Answer())
RUNNER: Final = asyncio.Runner()
WHOLE: Final = 9999  # pieces of a stream that is read to its end
PATIENCE: Final = 3.0  # seconds for a framework to let go of a stream


class Failed(AssertionError):  # noqa: N818 - named as what it says of a case
    """What a case expected did not hold."""


class Case:
    """One way to use an SDK, sync or async."""

    def __init__(self, sdk: Sdk, *, is_async: bool) -> None:
        self.sdk = sdk
        self.is_async = is_async

    def run(self, answers: list[Any], *, stream: bool, wrap: bool = True, most: int = WHOLE) -> tuple[int, BaseException | None]:
        """Ask once; return how many pieces came, and the error."""
        SERVER.answers, SERVER.asked = list(answers), []
        try:
            count = (
                RUNNER.run(self._ask_async(stream, wrap, most), context=copy_context()) if self.is_async else self._ask(stream, wrap, most)
            )
            error = None
        except BaseException as problem:
            count, error = 0, problem
            traceback.clear_frames(problem.__traceback__)
        if stream or error is not None:
            gc.collect()  # what was left must go now: httpcore takes its lock to let go, and so must not be in it
        if self.is_async:
            RUNNER.run(asyncio.sleep(0.05))  # asynchronous generators that were left are closed by the loop
        return count, error

    def _ask(self, stream: bool, wrap: bool, most: int) -> int:  # noqa: FBT001
        client = self.sdk.client()
        used = tagged(client, feature="faq") if wrap else client
        if not stream:
            self.sdk.call(used)
            return 1
        count = 0
        found = self.sdk.stream(used)
        for _ in found:
            count += 1
            if count == most:
                _close(found)
                break
        return count

    async def _ask_async(self, stream: bool, wrap: bool, most: int) -> int:  # noqa: FBT001
        made = self.sdk.async_client()
        if hasattr(made, "__aenter__") and "boto" in type(made).__module__:
            async with made as client:
                return await self._read(tagged(client, feature="faq") if wrap else client, stream, most)
        return await self._read(tagged(made, feature="faq") if wrap else made, stream, most)

    async def _read(self, client: Any, stream: bool, most: int) -> int:  # noqa: FBT001
        if not stream:
            await self.sdk.acall(client)
            return 1
        count = 0
        found = await self.sdk.astream(client)
        async for _ in found:
            count += 1
            if count == most:
                closed = _close(found)
                if inspect.isawaitable(closed):
                    await closed
                break
        return count

    def answer(self, *, stream: bool, gzipped: bool = False, cut: int = 0) -> Callable[[Asked], Answer]:
        """Answer as the provider does; with usage on a stream only where that was asked."""
        wire = self.sdk.wire

        def give(asked: Asked) -> Answer:
            body = json.dumps(wire.answer).encode()
            kind = "application/json"
            if stream or b'"stream":true' in asked.body.replace(b" ", b""):
                asks = not wire.bare_stream or b'"include_usage"' in asked.body
                body, kind = (wire.stream if asks else wire.bare_stream), wire.type
            data = gzip.compress(body) if gzipped else body
            headers = {"content-encoding": "gzip"} if gzipped else {}
            size = max(len(data) // 5, 1) if cut else 64 if stream else 0
            return Answer(data, headers=headers, type=kind, is_chunked=kind != "application/json", size=size, cut=cut)

        return give


@contextmanager
def recording(policy: str = "") -> Iterator[Events]:
    """Record under a policy."""
    with tempfile.TemporaryDirectory() as folder, capture_events() as events:
        path = Path(folder) / "costmark.toml"
        path.write_text(policy)
        os.environ["COSTMARK_POLICY"] = str(path)
        in_force.forget()
        yield events
        unmeter()
        in_force.forget()


def _close(stream: Any) -> Any:
    for name in ("close", "aclose"):
        if hasattr(stream, name):
            return getattr(stream, name)()
    return None


def expect(wanted: object, found: object, what: str) -> None:
    """Fail with both values unless they are equal."""
    if wanted != found:
        raise Failed(f"{what}: expected {wanted!r}, found {found!r}")


def hold(is_so: object, what: str) -> None:
    """Fail unless something is so."""
    if not is_so:
        raise Failed(what)


def counts(event: dict[str, Any]) -> tuple[int, int]:
    read = [event.get(name, 0) for name in ("input_tokens", "cache_read_tokens", "cache_write_5m_tokens", "cache_write_1h_tokens")]
    return sum(read), event.get("output_tokens", 0)


def one(events: Events) -> dict[str, Any]:
    expect(1, len(events.all()), f"events {[(e['kind'], e['status'], e.get('error')) for e in events.all()]}")
    return events.all()[0]


def ok(case: Case, *, stream: bool, gzipped: bool = False, wrap: bool = True) -> None:
    """A call is one event with its usage and tags, and the caller sees what he sees without us."""
    answer = case.answer(stream=stream, gzipped=gzipped)
    bare, problem = case.run([answer], stream=stream, wrap=False)
    if problem is not None:
        raise Failed(f"the SDK itself fails: {problem!r}") from problem
    with recording() as events, tags(feature="stray"):
        if not wrap:
            meter()
        count, error = case.run([answer], stream=stream, wrap=wrap)
    if error is not None:
        raise Failed(f"the metered call fails: {error!r}") from error
    expect(bare, count, "pieces")
    event = one(events)
    expect("ok", event["status"], "status")
    expect(case.sdk.wire.counts, counts(event), "tokens")
    expect("faq" if wrap else "stray", event["feature"], "feature")


def retried(case: Case) -> None:
    """Every request is an attempt of one operation."""
    answers = [
        Answer({"error": {"message": "slow", "type": "rate"}, "message": "slow"}, status=429, headers=RETRY),
        case.answer(stream=False),
    ]
    with recording() as events:
        case.run(answers, stream=False)
    found = events.all()
    expect(len(SERVER.asked), len(found), "events")
    expect(list(range(1, len(found) + 1)), [event["attempt"] for event in found], "attempts")
    expect(1, len({event["operation_id"] for event in found}), "operations")
    expect(("error", "none"), (found[0]["status"], found[0]["cost_source"]), "first attempt")


def broken(case: Case) -> None:
    """A stream that breaks is an event that says so, and the caller's error is the SDK's own."""
    _, bare = case.run([case.answer(stream=True, cut=3)], stream=True, wrap=False)
    with recording() as events:
        _, error = case.run([case.answer(stream=True, cut=3)], stream=True)
    expect(type(bare), type(error), "error")
    event = one(events)
    hold(event["status"] in {"broken", "closed"}, f"status {event['status']}")
    hold(event["usage_source"] in {"unknown", "estimated"}, f"usage {event['usage_source']}")


def closed(case: Case) -> None:
    """A stream that is left early is an event that says so, with usage estimated or unknown."""
    with recording() as events:
        case.run([case.answer(stream=True)], stream=True, most=1)
        _wait(events)
    event = one(events)
    hold(event["status"] in {"closed", "abandoned", "ok"}, f"status {event['status']}")
    if event["status"] != "ok":
        hold(event["usage_source"] in {"unknown", "estimated"}, f"usage {event['usage_source']}")


def _wait(events: Events) -> None:
    """Give a framework time to let go of a stream: LiteLLM's threads hold it for a moment."""
    until = time.monotonic() + PATIENCE
    while not events.all() and time.monotonic() < until:
        time.sleep(0.1)
        gc.collect()


def refused(case: Case, *, wrap: bool) -> None:
    """A refusal reaches the caller at once, as itself where the client is tagged, and nothing is sent."""
    with recording('on-untagged = "raise"\nrequired-tags = ["feature", "team"]\n') as events:
        if not wrap:
            meter()
        _, error = case.run([case.answer(stream=False)], stream=False, wrap=wrap)
    expect([], SERVER.asked, "requests")
    hold(isinstance(error, UntaggedCall if wrap else BaseException), f"error {error!r}")
    expect({"refused"}, {event["status"] for event in events.all()}, "status")
    expect(1, len(events.all()), "events")  # a retry, and so a sleep, would be a second one


def gathered(sdk: Sdk) -> Iterator[tuple[str, Callable[[], None]]]:
    """Name every case that an SDK can be put through."""
    for is_async in (False, True):
        if not (sdk.has_async if is_async else sdk.has_sync):
            continue
        case, how = Case(sdk, is_async=is_async), "async" if is_async else "sync"
        yield f"{how} call", lambda case=case: ok(case, stream=False)  # type: ignore[misc]
        if sdk.has_gzip:
            yield f"{how} gzip", lambda case=case: ok(case, stream=False, gzipped=True)  # type: ignore[misc]
        yield f"{how} untagged", lambda case=case: ok(case, stream=False, wrap=False)  # type: ignore[misc]
        yield f"{how} retry", lambda case=case: retried(case)  # type: ignore[misc]
        yield f"{how} refused", lambda case=case: refused(case, wrap=True)  # type: ignore[misc]
        yield f"{how} refused untagged", lambda case=case: refused(case, wrap=False)  # type: ignore[misc]
        if sdk.has_stream:
            yield f"{how} stream", lambda case=case: ok(case, stream=True)  # type: ignore[misc]
            if sdk.has_gzip:
                yield f"{how} stream gzip", lambda case=case: ok(case, stream=True, gzipped=True)  # type: ignore[misc]
            yield f"{how} stream broken", lambda case=case: broken(case)  # type: ignore[misc]
            yield f"{how} stream closed", lambda case=case: closed(case)  # type: ignore[misc]


def main(name: str) -> None:
    """Run the cases of an SDK."""
    os.environ["PYTEST_CURRENT_TEST"] = "matrix"  # our own failures are raised
    with SERVER:
        os.environ.update(dict.fromkeys(PROXIES, SERVER.url))  # so that the hosts stay those of the providers
        _run_all(name)


def _run_all(name: str) -> None:
    for case, run in gathered(SDKS[name]):
        try:
            run()
            note = ""
        except Failed as problem:
            note = str(problem)
        except Exception as problem:
            note = f"{type(problem).__name__}: {problem}"
            if os.environ.get("MATRIX_DEBUG"):
                traceback.print_exc()
        sys.stdout.write(json.dumps({"sdk": name, "case": case, "note": note[:300]}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
