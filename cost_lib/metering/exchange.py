"""Follow one request from sending to the end of its answer, and record it once."""

from __future__ import annotations

import json
import re
import time
from typing import TYPE_CHECKING, Final

from cost_lib.facts import Facts
from cost_lib.metering.decoding import Undecodable, decoder_for
from cost_lib.metering.framing import framing_of, is_stream
from cost_lib.metering.switch import SWITCH
from cost_lib.metering.target import Target, find_target
from cost_lib.model import Unknown
from cost_lib.operation import Operation, find_call_site
from cost_lib.record import guarded, judge, record_facts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cost_lib.families.reading import Reader
    from cost_lib.metering.asked import Asked
    from cost_lib.metering.framing import Framing
    from cost_lib.scope import Frame

RETRY_HEADER: Final = "x-stainless-retry-count"
AWS_RETRY_HEADER: Final = "amz-sdk-request"
AWS_ATTEMPT: Final = re.compile(r"attempt=(\d+)")
REQUEST_IDS: Final = ("x-request-id", "request-id", "x-amzn-requestid", "x-goog-request-id", "apim-request-id")
MODEL: Final = re.compile(rb'"model"\s*:\s*"([^"\\]{1,200})"')
EDGE: Final = 4096  # bytes at each end of a long request in which its model is looked for


class Exchange:
    """One request and its answer."""

    def __init__(self, facts: Facts, reader: Reader | None, operation: Operation, url: str, retry: int | None) -> None:
        self.facts = facts
        self.is_refused = False
        self._reader = reader
        self._decode: Callable[[bytes], bytes] | None = None
        self._framing: Framing | None = None
        self._is_finished = False
        self._interruption: BaseException | None = None
        self._attempt = operation.begin(url, retry)
        facts.operation_id, facts.attempt = self._attempt.operation_id, self._attempt.number

    def answer(self, status: int, headers: Mapping[str, str], *, is_plain: bool = False) -> None:
        """Note what the head of the answer says, its headers found in lower case; a plain one has been decoded already."""
        facts = self.facts
        facts.provider_request_id = next((headers[name] for name in REQUEST_IDS if name in headers), "")
        kind = headers.get("content-type", "")
        facts.is_stream = is_stream(kind)
        if self._reader is not None:
            self._reader.is_stream = facts.is_stream
        encoding = headers.get("content-encoding", "")
        if encoding and not is_plain:
            self._undo(encoding)
        if facts.is_stream:
            self._framing = framing_of(kind)
        if status >= 400:
            self._attempt.is_failed = True
            facts.status, facts.is_charged = "error", False
            facts.error = {"status": status}

    def feed(self, chunk: bytes) -> None:
        """Read a piece of the answer as it came over the wire."""
        self._interruption = None
        with guarded():
            self.facts.first_chunk = self.facts.first_chunk or time.perf_counter()
            if self._decode is None:
                self.decoded(chunk)
            elif self._reader is not None:
                try:
                    self.decoded(self._decode(chunk))
                except Undecodable as problem:
                    self._give_up(str(problem))

    def decoded(self, data: bytes) -> None:
        """Read a piece of the answer in plain bytes."""
        if self._reader is not None:
            try:
                self._reader.feed(data if self._framing is None else self._framing(data))
            except Undecodable as problem:
                self._give_up(str(problem))

    def _undo(self, encoding: str) -> None:
        try:
            self._decode = decoder_for(encoding)
        except Undecodable as problem:
            self._give_up(str(problem))

    def _give_up(self, trouble: str) -> None:
        """Read no further; what the answer has said so far does not count."""
        self._reader = None
        self.facts.usage = Unknown(trouble)

    def leave(self, error: BaseException | None) -> None:
        """Note that the reading of a stream stopped before its end: given up by the reader, or broken."""
        if not self._is_finished and not isinstance(error, GeneratorExit):
            self.fail(error, "broken")

    def interrupt(self, error: BaseException) -> None:
        """Note that a reading was cancelled: whoever reads on makes it good."""
        self._interruption = error

    def drop(self) -> None:
        """Record nothing: it was a redirect, and what it leads to is a request of its own."""
        self._is_finished = True

    def tried_before(self, status: int | None, error: str) -> None:
        """Record an earlier attempt, which the library made by itself and of which only the outcome is known."""
        facts = self.facts.changed(status="error", is_charged=False, error={"status": status} if status else {"class": error})
        record_facts(facts)
        self._attempt.number = self.facts.attempt = self.facts.attempt + 1

    def fail(self, error: BaseException | None, status: str = "error") -> None:
        """Note that there was no answer, or no end of it."""
        self._attempt.is_failed = True
        if not self._is_finished:
            self.facts.error = {**self.facts.error, "class": type(error).__name__}
            if status == "error":
                self.facts.is_charged = False
            self.facts.status = status
        self.finish(status)

    def finish(self, status: str) -> None:
        """Record the request, the first time that its end is seen."""
        if self._is_finished:
            return
        self._is_finished = True
        with guarded():
            reader = self._reader
            if self._interruption is not None and status in {"closed", "abandoned"}:
                status, self.facts.error = "broken", {"class": type(self._interruption).__name__}
            if reader is not None and reader.is_complete and status in {"closed", "abandoned"}:
                status = "ok"  # SDKs stop at the provider's last event, before the end of the bytes
            if self.facts.status == "ok":
                self.facts.status = status
            if reader is not None:
                reader.tell(self.facts)
            if self._framing is not None and self._framing.problem:
                self.facts.status, self.facts.error = "broken", {"code": self._framing.problem}
            record_facts(self.facts)


def is_idle(frame: Frame) -> bool:
    """Say whether nothing is to be recorded, which is most of the time; every request of a program asks."""
    return frame.is_silent or (frame.operation is None and not SWITCH.is_on)


def begin(frame: Frame, asked: Asked) -> Exchange | None:
    """Decide whether a request is to be recorded; None for all that is not our business."""
    if asked.method != "POST":
        return None
    with guarded():
        operation = frame.operation
        packages = operation.packages if operation is not None else frozenset()
        target = find_target(asked, packages)
        if target is not None:
            return _exchange(frame, operation or Operation(frozenset(), find_call_site(skip_libraries=True)), target, asked)
    return None


def _exchange(frame: Frame, operation: Operation, target: Target, asked: Asked) -> Exchange:
    facts = Facts(frame.tags, call_site=operation.call_site, provider=target.provider, host=asked.host, endpoint=target.endpoint)
    facts.model_requested = target.model or _requested_model(asked)
    facts.sdk = asked.headers.get("user-agent", "")[:64]
    facts.started = time.perf_counter()
    refusal = judge(frame.tags, operation.call_site)
    reader = target.family.reader() if target.family is not None else None
    if reader is None:
        facts.usage = Unknown(f"no reader for answers of {target.endpoint}")
    exchange = Exchange(facts, reader, operation, asked.url, _retry(asked.headers))
    if refusal is not None:
        operation.refusal, exchange.is_refused = refusal, True
        facts.is_charged, facts.status, facts.error = False, "refused", {"class": type(refusal).__name__}
        exchange.finish("refused")
    return exchange


def _retry(headers: Mapping[str, str]) -> int | None:
    """Return how often a request was tried before, where its SDK says so."""
    count = headers.get(RETRY_HEADER)
    if count is not None:
        return int(count) if count.isdecimal() else None
    found = AWS_ATTEMPT.search(headers.get(AWS_RETRY_HEADER, ""))
    return max(int(found[1]) - 1, 0) if found is not None else None


def _requested_model(asked: Asked) -> str:
    """Read the model that a JSON request asks for; a long one is searched at its ends, not parsed."""
    if "json" not in asked.headers.get("content-type", ""):
        return ""
    body = asked.body()
    if len(body) <= 4 * EDGE:
        try:
            found = json.loads(body)
        except ValueError:
            return ""
        model = found.get("model") if isinstance(found, dict) else None
        return model if isinstance(model, str) else ""
    match = MODEL.search(body, 0, EDGE) or MODEL.search(body, len(body) - EDGE)
    return match[1].decode("utf-8", "replace") if match else ""
