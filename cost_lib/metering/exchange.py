"""Follow one request from sending to the end of its answer, and record it once."""

from __future__ import annotations

import os
import re
import threading
import time
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final

from cost_lib.families.reading import ERROR, USAGE
from cost_lib.metering.decoding import Undecodable, decoder_for
from cost_lib.metering.framing import framing_of, sniffed, way_of
from cost_lib.metering.stalled import look_after
from cost_lib.model import Unknown
from cost_lib.record import GUARD, forgive, record_facts, record_unguarded

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cost_lib.facts import Facts
    from cost_lib.families.reading import Reader
    from cost_lib.metering.asking import Filter
    from cost_lib.metering.framing import Framing
    from cost_lib.metering.target import Target
    from cost_lib.operation import Operation

REQUEST_IDS: Final = ("x-request-id", "request-id", "x-amzn-requestid", "x-goog-request-id", "apim-request-id")
# errors that come before anything of a request has reached the provider, whatever the library calls them
UNSENT: Final = frozenset(
    "ConnectError ConnectTimeout PoolTimeout ProxyError UnsupportedProtocol LocalProtocolError InvalidURL NewConnectionError "
    "ConnectTimeoutError NameResolutionError LocationParseError EmptyPoolError ClosedPoolError ClientConnectorError "
    "ClientProxyConnectionError ConnectionTimeoutError ConnectionRefusedError gaierror TypeError".split()
)
UNREADABLE: Final = "the answer could not be read"
LONG: Final = 5.0  # seconds after which a stream leaves word that it is under way
JSON: Final = "application/json"
BRACKETS: Final = frozenset(b"{[")
LEAVING: Final = threading.Lock()
EAGER: Final = frozenset(("streamGenerateContent",))  # says several times that it has ended: one candidate after the other


def was_sent(error: BaseException | None) -> bool:
    """Say whether a request may have reached the provider before it failed."""
    for _ in range(5):
        if error is None:
            break
        if not UNSENT.isdisjoint(cls.__name__ for cls in type(error).__mro__):
            return False
        reason = getattr(error, "reason", None)
        error = reason if isinstance(reason, BaseException) else error.__cause__
    return True


@lru_cache(maxsize=64)
def _finder(telling: tuple[re.Pattern[bytes], ...]) -> Callable[[bytes], object]:
    if len(telling) == 1:
        return telling[0].search
    return re.compile(b"|".join([b"(?:%b)" % pattern.pattern for pattern in telling])).search


@cache
def _filter_class() -> type[Filter]:
    """Load what few programs need; an import in the midst of a function takes its time at every call."""
    from cost_lib.metering.asking import Filter

    return Filter


USUAL: Final = _finder((USAGE,))  # what of most families' streams must be read


class _Forks:
    def __init__(self) -> None:
        self.generation = 0

    def count(self) -> None:
        """Know that this process is a child: it holds copies of what its parent is reading."""
        self.generation += 1


_forks: Final = _Forks()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forks.count)


class Exchange:
    """One request and its answer."""

    is_spending = True  # what it asks for costs something

    def __init__(self, facts: Facts, reader: Reader | None, operation: Operation, url: str, retry: int | None) -> None:
        self.facts = facts
        self.target: Target | None = None  # whom the request pays
        self.is_refused = False
        self.body: bytes | None = None  # what is sent in place of the caller's body: it asks for usage too
        self.filter: Filter | None = None  # what keeps the answer to that from the caller
        self._reader = reader
        self._decode: Callable[[bytes], bytes] | None = None
        self._framing: Framing | None = None
        self._is_finished = False
        self._interruption: BaseException | None = None
        self.open_at = 0.0
        self.unread: list[bytes] = []  # pieces of a stream that say nothing, and only count should it be cut
        self.quiet: Any = None  # the compiled part that counts them at once, where there is one
        self._is_told = False  # that it is under way
        self._is_doubted = False  # the head says nothing of the kind of the answer, or what a server says that was told nothing
        self._generation = _forks.generation
        self._attempt = operation.begin(url, retry)
        facts.operation_id, facts.attempt = self._attempt.operation_id, self._attempt.number

    @property
    def is_finished(self) -> bool:
        """Say whether the end was seen."""
        return self._is_finished

    @property
    def is_complete(self) -> bool:
        """Say whether the answer has said all that counts."""
        return self._reader is not None and self._reader.is_complete

    def refuse(self, operation: Operation | None, refusal: Exception | None) -> None:
        """Record that a request is not sent, and let the caller have the reason; None refuses nothing."""
        if refusal is not None:
            self.is_refused = True
            if operation is not None:
                operation.refusal = refusal
            self.facts.is_charged, self.facts.status, self.facts.error = False, "refused", {"class": type(refusal).__name__}
            self.finish("refused")

    def answer(self, status: int, headers: Mapping[str, str], *, is_plain: bool = False) -> None:
        """Note what the head of the answer says, its headers found in lower case; a plain one has been decoded already."""
        facts = self.facts
        for name in REQUEST_IDS:
            given = headers.get(name)
            if given is not None:
                facts.provider_request_id = given
                break
        kind = headers.get("content-type", "")
        is_streaming, make_framing = way_of(kind)
        facts.is_stream = is_streaming
        self._is_doubted = status < 400 and (not kind or kind.startswith(JSON))
        reader = self._reader
        if reader is not None:
            reader.is_stream = is_streaming
            reader.around.headers = headers
        encoding = headers.get("content-encoding", "")
        if encoding and not is_plain:
            self._undo(encoding)
        if is_streaming:
            if self.is_spending and status < 400:
                look_after(self, facts.started + LONG)
            self._framing = make_framing() if make_framing is not None else None
            if self.body is not None and self._reader is not None and status < 400:
                self.filter = _filter_class()()
        if status >= 400:
            self._attempt.is_failed = True
            facts.status, facts.is_charged = "error", False
            facts.error = {"status": status}

    def feed(self, chunk: bytes) -> None:
        """Read a piece of the answer as it came over the wire."""
        self._interruption = None
        is_read = False
        with GUARD:
            if time.perf_counter() > self.open_at:
                self._arrive()
            if self._decode is None:
                self.decoded(chunk)
            elif self._reader is not None:
                try:
                    self.decoded(self._decode(chunk))
                except Undecodable as problem:
                    self._give_up(str(problem))
            is_read = True
        if not is_read:
            self._give_up(UNREADABLE)

    def _arrive(self) -> None:
        """Note when something came; a stream that takes long leaves word that it is under way."""
        now = time.perf_counter()
        facts = self.facts
        if not facts.first_chunk:
            facts.first_chunk = now
            # what was reserved for a stream that is lost must be found again
            self.open_at = 0.0 if facts.reservation is not None else facts.started + LONG
        if now > self.open_at:
            self.open_at = float("inf")
            self.leave_word()

    def leave_word(self) -> None:
        """Record, once, that a stream is under way; its reader and who looks after it may do so at the same time."""
        with LEAVING:
            is_told, self._is_told = self._is_told, True
        facts = self.facts
        if not is_told and facts.is_stream and self.is_spending and not self._is_finished:
            record_facts(facts.changed(kind="open", is_charged=False, reservation=None))

    def decoded(self, data: bytes) -> None:
        """Read a piece of the answer in plain bytes."""
        reader = self._reader
        if reader is not None and not self._is_finished:
            if self._is_doubted and data:
                self._is_doubted = False
                if data[0] not in BRACKETS:
                    self._look(reader, data)
            try:
                reader.feed(data if self._framing is None else self._framing(data))
            except Undecodable as problem:
                self._give_up(str(problem))
            if self._framing is not None and self._framing.problem:
                self.finish("broken")
            elif reader.is_complete and reader.is_stream and self.facts.endpoint not in EAGER:
                self.finish("ok")  # now: who has seen the last event may neither read on nor close

    def skimming(self) -> Callable[[bytes], object] | None:
        """Return what finds in a piece of whole events what must be read now, beside the end; None where every piece must."""
        reader, keep = self._reader, self.filter
        if self._is_finished or reader is None or (keep is not None and keep.held):
            return None
        if self._decode is not None or self._framing is not None or type(self) is not Exchange:
            return None
        telling = reader.skimming()
        return _finder(telling) if telling is not None else None

    def count_unread(self) -> None:
        """Count the pieces that were put aside, and read what of them tells of an error."""
        with GUARD:
            pieces, reader = b"".join(self.unread), self._reader
            self.unread.clear()
            if reader is not None and ERROR in pieces:
                reader.feed(pieces)
            elif reader is not None and not reader.is_complete:
                reader.skip(pieces)
            if not self._is_finished and time.perf_counter() > self.open_at:
                self._arrive()

    def _look(self, reader: Reader, data: bytes) -> None:
        """Take an answer for a stream that begins like one."""
        kind = sniffed(data)
        if kind:
            self.facts.is_stream = reader.is_stream = True
            self._framing = framing_of(kind)
            if self.is_spending:
                look_after(self, self.facts.started + LONG)

    def filtered(self, chunk: bytes) -> bytes:
        """Read a piece of a stream and return what of it the caller sees, in plain bytes; raise when they cannot be had."""
        keep = self.filter
        if keep is None:
            raise RuntimeError("this stream is not filtered")
        if time.perf_counter() > self.open_at:
            self._arrive()
        data = chunk if self._decode is None else self._decode(chunk)
        try:
            self.decoded(data)
        except BaseException as problem:  # as the guard does, which is two calls more
            if forgive(problem, is_written=False):
                return keep(data)
            raise
        return keep(data)

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
        problem = {"status": status} if status else {"class": error}
        facts = self.facts.changed(status="error", is_charged=False, error=problem, reservation=None)  # what is set aside is the last one's
        record_facts(facts)
        self._attempt.number = self.facts.attempt = self.facts.attempt + 1

    def fail(self, error: BaseException | None, status: str = "error") -> None:
        """Note that there was no answer, or no end of it."""
        self._attempt.is_failed = True
        if not self._is_finished:
            self.facts.error = {**self.facts.error, "class": type(error).__name__}
            if status == "error":
                self.facts.is_charged = was_sent(error)
                self._give_up("no answer came, and whether the provider charges is not known")
            self.facts.status = status
        self.finish(status)

    def finish(self, status: str) -> None:
        """Record the request, the first time that its end is seen."""
        if self._is_finished:
            return
        self._is_finished = True
        if self._generation != _forks.generation and status in {"closed", "abandoned"}:
            return  # the copy that a fork has left in its child; the parent goes on reading
        with GUARD:
            reader = self._reader
            if self.unread:
                self.count_unread()
            if self.quiet is not None and self.quiet.events and reader is not None and not reader.is_complete:
                reader.count(*self.quiet.take())
            if self._interruption is not None and status in {"closed", "abandoned"}:
                status, self.facts.error = "broken", {"class": type(self._interruption).__name__}
            if reader is not None and reader.is_complete and status in {"closed", "abandoned"}:
                status = "ok"  # SDKs stop at the provider's last event, before the end of the bytes
            if self.facts.status == "ok":
                self.facts.status = status
            if reader is not None:
                is_told = False
                with GUARD:
                    reader.tell(self.facts)
                    is_told = True
                if not is_told:  # an answer that trips our own code leaves an event all the same
                    self.facts.usage = Unknown(UNREADABLE)
            if self._framing is not None and self._framing.problem:
                self.facts.status, self.facts.error = "broken", {"code": self._framing.problem}
            record_unguarded(self.facts)


class Free(Exchange):
    """A request that costs nothing, and its answer, which is not read."""

    is_spending = False
