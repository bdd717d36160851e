"""Follow one request from sending to the end of its answer, and record it once."""

from __future__ import annotations

import json
import re
import time
import zlib
from typing import TYPE_CHECKING, Any, Final

from cost_lib.facts import Facts
from cost_lib.metering.switch import SWITCH
from cost_lib.metering.target import Target, find_target
from cost_lib.model import Unknown
from cost_lib.operation import Operation, find_call_site
from cost_lib.record import guarded, judge, record_facts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cost_lib.families.reading import Reader
    from cost_lib.scope import Frame

RETRY_HEADER: Final = "x-stainless-retry-count"
REQUEST_IDS: Final = ("x-request-id", "request-id", "x-goog-request-id")
MODEL: Final = re.compile(rb'"model"\s*:\s*"([^"\\]{1,200})"')
EDGE: Final = 4096  # bytes at each end of a long request in which its model is looked for
ZLIB_OR_GZIP: Final = 47  # window bits that make zlib find out which


class Exchange:
    """One request and its answer."""

    def __init__(self, facts: Facts, reader: Reader | None, operation: Operation, url: str, retry: int | None) -> None:
        self.facts = facts
        self.is_refused = False
        self._reader = reader
        self._inflate: Callable[[bytes], bytes] | None = None
        self._is_finished = False
        self._attempt = operation.begin(url, retry)
        facts.operation_id, facts.attempt = self._attempt.operation_id, self._attempt.number

    def answer(self, status: int, headers: Mapping[str, str]) -> None:
        """Note what the head of the answer says."""
        facts = self.facts
        facts.provider_request_id = next((headers[name] for name in REQUEST_IDS if name in headers), "")
        encoding = headers.get("content-encoding", "identity")
        if encoding in {"gzip", "deflate"}:
            self._inflate = zlib.decompressobj(ZLIB_OR_GZIP).decompress
        elif encoding != "identity" and self._reader is not None:
            self._reader.trouble = f"the stream was compressed with {encoding}"
        facts.is_stream = "event-stream" in headers.get("content-type", "")
        if self._reader is not None:
            self._reader.is_stream = facts.is_stream
        if status >= 400:
            self._attempt.is_failed = True
            facts.status, facts.is_charged = "error", False
            facts.error = {"status": status}

    def feed(self, chunk: bytes) -> None:
        """Read a piece of a stream as it came over the wire."""
        with guarded():
            self.facts.first_chunk = self.facts.first_chunk or time.perf_counter()
            self.decoded(chunk if self._inflate is None else self._inflate(chunk))

    def decoded(self, data: bytes) -> None:
        """Read a piece of the answer in plain bytes."""
        if self._reader is not None:
            self._reader.feed(data)

    def leave(self, error: BaseException | None) -> None:
        """Note that the reading of a stream stopped before its end: given up by the reader, or broken."""
        if not self._is_finished and not isinstance(error, GeneratorExit):
            self.fail(error, "broken")

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
            if reader is not None and reader.is_complete and status in {"closed", "abandoned"}:
                status = "ok"  # SDKs stop at the provider's last event, before the end of the bytes
            if self.facts.status == "ok":
                self.facts.status = status
            if reader is None:
                self.facts.usage = Unknown(f"no reader for answers of {self.facts.endpoint}")
            else:
                reader.tell(self.facts)
            record_facts(self.facts)


def begin(frame: Frame, request: Any) -> Exchange | None:
    """Decide whether a request is to be recorded; None for all that is not our business."""
    if frame.is_silent or (frame.operation is None and not SWITCH.is_on) or request.method != "POST":
        return None
    with guarded():
        operation = frame.operation
        target = find_target(request.url.host, request.url.path, operation.packages if operation is not None else frozenset())
        if target is not None:
            return _exchange(frame, operation or Operation(frozenset(), find_call_site(skip_libraries=True)), target, request)
    return None


def _exchange(frame: Frame, operation: Operation, target: Target, request: Any) -> Exchange:
    facts = Facts(frame.tags, call_site=operation.call_site, provider=target.provider, host=request.url.host, endpoint=target.endpoint)
    facts.model_requested = target.model or _requested_model(request)
    facts.sdk = request.headers.get("user-agent", "")[:64]
    facts.started = time.perf_counter()
    retry = request.headers.get(RETRY_HEADER, "")
    refusal = judge(frame.tags, operation.call_site)
    reader = target.family.reader() if target.family is not None else None
    exchange = Exchange(facts, reader, operation, str(request.url), int(retry) if retry.isdecimal() else None)
    if refusal is not None:
        operation.refusal, exchange.is_refused = refusal, True
        facts.is_charged, facts.status, facts.error = False, "refused", {"class": type(refusal).__name__}
        exchange.finish("refused")
    return exchange


def _requested_model(request: Any) -> str:
    """Read the model that a JSON request asks for; a long one is searched at its ends, not parsed."""
    if "json" not in request.headers.get("content-type", "") or "content-length" not in request.headers:
        return ""
    body: bytes = request.read() if hasattr(request.stream, "__iter__") else b""
    if len(body) <= 4 * EDGE:
        try:
            found = json.loads(body)
        except ValueError:
            return ""
        model = found.get("model") if isinstance(found, dict) else None
        return model if isinstance(model, str) else ""
    match = MODEL.search(body, 0, EDGE) or MODEL.search(body, len(body) - EDGE)
    return match[1].decode("utf-8", "replace") if match else ""
