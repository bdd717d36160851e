"""Follow work whose result comes later: its submission is an event without cost, its result is counted once, under its tags."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

import msgspec

from cost_lib.catalog.prices import context_key, find_price
from cost_lib.facts import Facts
from cost_lib.families import any_family, family_of
from cost_lib.families.around import Around
from cost_lib.in_force import settings_for
from cost_lib.metering import deferral
from cost_lib.metering.deferred_store import Store, Submission
from cost_lib.metering.exchange import Exchange
from cost_lib.model import Unknown, Usage
from cost_lib.operation import CallSite
from cost_lib.privacy import storable
from cost_lib.record import guarded, present_sink, record_facts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cost_lib.families.reading import Reader
    from cost_lib.metering.asked import Asked
    from cost_lib.operation import Operation
    from cost_lib.sinks.base import Sink

LONGEST: Final = 64 * 1024 * 1024  # bytes of an object, or of a line of a file


class _Held:
    """The store of this process, beside its log."""

    def __init__(self) -> None:
        self.sink: Sink | None = None
        self.store: Store | None = None


_held: Final = _Held()


def store() -> Store:
    """Return what remembers submissions: beside the files of the log, or in memory."""
    sink = present_sink()
    if _held.store is None or _held.sink is not sink:
        _held.sink, _held.store = sink, Store(getattr(sink, "folder", None))
    return _held.store


class Submitted(Exchange):
    """A request that submits work, until its answer names it."""

    def __init__(self, facts: Facts, reader: Reader, operation: Operation, asked: Asked, retry: int | None) -> None:
        super().__init__(facts, reader, operation, asked.url, retry)
        self._path = asked.path
        self._wanted = reader.around.asked().get("parameters")
        self._pieces: list[bytes] = []
        self._first = b""

    def decoded(self, data: bytes) -> None:
        """Read a piece of the answer, and keep it: it names the work."""
        if self.facts.is_stream:
            self._first = (self._first + data)[:65536]
        else:
            self._pieces.append(data)
        super().decoded(data)

    def finish(self, status: str) -> None:
        """Record the submission, and remember it."""
        if not self.is_finished and self.facts.status == "ok" and status in {"ok", "closed", "abandoned", "broken"}:
            with guarded():
                self._submit()
        super().finish(status)

    def _submit(self) -> None:
        document = _document(b"".join(self._pieces)) if not self.facts.is_stream else _first_of(self._first)
        name = deferral.name_of(self._path, document)
        is_over = self.is_complete if self.facts.is_stream else deferral.outcome_of(name, document, 0).is_final
        if not name:
            return
        facts = self.facts
        site = facts.call_site
        settings = settings_for(site.file if site is not None else "")
        submission = Submission(
            storable(facts.tags, user_id=settings.user_id, personal_data=settings.personal_data),
            (site.file, site.name, site.line) if site is not None else None,
            facts.model_requested,
            _seconds(self._wanted),
            is_named=True,
        )
        facts.operation_id = deferral.derived_id(facts.provider, name)
        store().remember(f"{facts.provider}:{name}", submission, is_settled=is_over)
        if not is_over:
            facts.kind, facts.is_charged = "deferred", False


class Retrieval(Exchange):
    """A request that fetches what was submitted; it is an event only where it brings a result that nobody has counted."""

    is_spending = False

    def __init__(self, name: str, facts: Facts, operation: Operation, asked: Asked) -> None:
        super().__init__(facts, None, operation, asked.url, None)
        self._name = name
        self._rest = b""
        self._is_given_up = False

    def answer(self, status: int, headers: Mapping[str, str], *, is_plain: bool = False) -> None:
        """Note whether there is something to read."""
        super().answer(status, headers, is_plain=is_plain)
        self._framing = None  # lines are lines here, whatever they are called
        if status >= 300:
            self.drop()

    def decoded(self, data: bytes) -> None:
        """Keep a piece of the answer."""
        if not self._is_given_up and not self.is_finished:
            self._rest += data
            self._is_given_up = len(self._rest) > LONGEST
            if self._is_given_up:
                self._rest = b""

    def finish(self, status: str) -> None:
        """Count the result, the first time that it is seen."""
        if not self.is_finished:
            self.drop()
            if not self._is_given_up:
                with guarded():
                    self._end(status)

    def _end(self, status: str) -> None:  # noqa: ARG002 - what was cut is no document, so nothing is read of it
        document = _last_of(self._rest) if self.facts.is_stream else _document(self._rest)
        kept, key = store(), self._key(self._name)
        submission = kept.find(key)
        outcome = deferral.outcome_of(self._name, document, submission.seconds)
        is_counted = any(kept.counted(self._key(file)) for file in outcome.files)
        for file in outcome.files:
            kept.remember(self._key(file), submission._replace(object=self._name))
            if outcome.is_final:
                kept.claim(self._key(file))
        if outcome.is_final and kept.claim(key) and not is_counted:
            for part in outcome.parts:
                self._record(part, submission, self._name)

    def _record(self, part: deferral.Part, submission: Submission, name: str) -> None:
        before = self.facts
        facts = Facts(
            submission.tags if submission.tags is not None else before.tags,
            operation_id=deferral.derived_id(before.provider, name),
            call_site=CallSite(*submission.site) if submission.site is not None else before.call_site,
            provider=before.provider,
            host=before.host,
            endpoint=before.endpoint,
            model_requested=submission.model,
        )
        facts.kind, facts.sdk = "result", before.sdk
        facts.event_id = deferral.derived_id(before.provider, name, part.suffix)
        if part.error:
            facts.status, facts.is_charged, facts.error = "error", False, {"code": part.error}
        elif part.path:
            _read(part, facts)
        else:
            _read_video(part, facts)
        if name.startswith("batch"):
            facts.is_batch, facts.price_context = True, context_key(facts.price_context, "batch")
        record_facts(facts)

    def _key(self, name: str) -> str:
        return f"{self.facts.provider}:{name}"


class Results(Retrieval):
    """A request that fetches a file of results, one a line; each is counted as it comes."""

    def __init__(self, name: str, facts: Facts, operation: Operation, asked: Asked) -> None:
        super().__init__(name, facts, operation, asked)
        self._submission = Submission()
        self._lines = 0
        self._before = 0  # lines that were counted when the file was read before

    def answer(self, status: int, headers: Mapping[str, str], *, is_plain: bool = False) -> None:
        """Note whether there is something to read."""
        super().answer(status, headers, is_plain=is_plain)
        if not self.is_finished:
            self._submission = store().find(self._key(self._name))
            self._before = store().counted(self._key(self._name))
            # any file may be fetched by its name: only what a batch has named is known to be its results
            self._is_given_up = self._before < 0 or (self._name.startswith("files/") and not self._submission.object)

    def decoded(self, data: bytes) -> None:
        """Count the lines that a piece completes."""
        super().decoded(data)
        *lines, self._rest = self._rest.split(b"\n")
        for line in lines:
            self._line(line)

    def _line(self, line: bytes) -> None:
        if line.strip():
            self._lines += 1
            part = deferral.part_of(_document(line), self._lines) if self._lines > self._before else None
            if part is not None:
                self._record(part, self._submission, self._submission.object or self._name)

    def _end(self, status: str) -> None:
        if status == "ok":
            self._line(self._rest)
        if self._lines > self._before:
            store().count(self._key(self._name), self._lines)
        if status == "ok" and self._lines:
            store().claim(self._key(self._name))


def _read(part: deferral.Part, facts: Facts) -> None:
    found = family_of(part.path)
    reader = (found[1] if found is not None else any_family()).reader()
    reader.around = Around(facts.provider, facts.host, part.path)
    reader.feed(msgspec.json.encode(part.document))
    reader.tell(facts)


def _read_video(part: deferral.Part, facts: Facts) -> None:
    from datetime import UTC, datetime

    model, seconds, size = (part.document.get(name) for name in ("model", "seconds", "size"))
    facts.model = model if isinstance(model, str) else facts.model_requested
    facts.usage = Usage(units={"video_seconds": seconds}) if isinstance(seconds, int) and seconds else Unknown("the video has no length")
    # only sizes with a price of their own change it
    if isinstance(size, str) and not isinstance(find_price(facts.provider, facts.model, datetime.now(UTC), context=size), Unknown):
        facts.price_context = size


def retrieval(tags: Mapping[str, str], operation: Operation, provider: str, asked: Asked) -> Retrieval | None:
    """Return what follows a request that may fetch a result; None for all others."""
    file, name = deferral.file_at(asked.path), deferral.object_at(asked.path)
    if not file and not name:
        return None
    facts = Facts(tags, call_site=operation.call_site, provider=provider, host=asked.host, endpoint=(file or name).partition("/")[0])
    facts.sdk, facts.started = asked.headers.get("user-agent", "")[:64], time.perf_counter()
    return Results(file, facts, operation, asked) if file else Retrieval(name, facts, operation, asked)


def _document(data: bytes) -> deferral.Document:
    try:
        found: Any = msgspec.json.decode(data)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _first_of(stream: bytes) -> deferral.Document:
    """Return the response that the first event of a stream holds."""
    for line in stream.split(b"\n"):
        found = _document(line[5:].strip()) if line.startswith(b"data:") else {}
        if isinstance(found.get("response"), dict):
            response: deferral.Document = found["response"]
            return response
    return {}


def _last_of(stream: bytes) -> deferral.Document:
    """Return the response that the last event of a stream holds."""
    lines = [line for line in stream.split(b"\n") if line.startswith(b"data:") and b'"response"' in line]
    return _first_of(lines[-1]) if lines else {}


def _seconds(wanted: Any) -> int:
    """Return the seconds of video that a request asks for."""
    found = wanted.get("durationSeconds") if isinstance(wanted, dict) else None
    return int(found) if isinstance(found, (int, float)) else deferral.SECONDS
