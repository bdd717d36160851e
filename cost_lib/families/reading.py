"""Read an answer as it comes: one document, or the events of a stream, of which only those with usage are parsed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import msgspec

from cost_lib.families.around import Around
from cost_lib.families.estimates import Flow
from cost_lib.families.fields import Body
from cost_lib.families.plausibility import plausible
from cost_lib.families.troubles import code_of, plain_code_of
from cost_lib.model import Pass, Unknown, Usage

if TYPE_CHECKING:
    from cost_lib.facts import Facts

USAGE: Final = re.compile(rb'"usage"\s*:\s*\{')
DONE: Final = b"[DONE]"
SSE: Final = (b"data:", b"event:")
WHOLE: Final = b"}\n\n"  # ends a piece that is one event, or several
MARKED: Final = b"\xef\xbb\xbfdata:"  # a first line behind a mark of the byte order
OPENING: Final = (b"{", b"[")
CLOSING: Final = (b"}", b"]")
ERROR: Final = b'"error"'
CUT: Final = frozenset(("broken", "closed", "abandoned"))  # how streams end early
UNTROUBLED: Final = frozenset(("ok", "closed", "abandoned"))  # an error among the events says more: SDKs close a stream when they meet one
MOST_LINE: Final = 8_000_000  # bytes of one event
FIRST: Final = 2  # events at the start of a stream that always count: they name the model
ESCAPE: Final = b"\\u"  # may spell any name otherwise
TIER: Final = b'"service_tier"'
BULK: Final = 16_384  # bytes of a document of vectors of which only the ends are read
EDGE: Final = 8192
MODEL: Final = re.compile(rb'"model"\s*:\s*"([^"\\]{1,200})"')
NESTED: Final = frozenset(("message", "response", "interaction"))  # events that wrap the document
TOTALS: Final = frozenset(("usage", "usageMetadata"))  # what is laid over part by part
_decode: Final = msgspec.json.Decoder().decode


class Reading(NamedTuple):
    """What one answer says."""

    usage: Usage | Unknown | None = None
    model: str = ""
    service_tier: str = ""
    context: str = ""  # what else changes the price
    cost: int | None = None  # nano-USD that the provider itself says
    passes: tuple[Pass, ...] = ()


def lay_over(merged: Body, body: Body) -> None:
    """Let later events replace what earlier ones said: counts in streams are totals, never to be added."""
    for name, value in body.items():
        if name in NESTED and isinstance(value, dict):
            lay_over(merged, value)
        elif name in TOTALS and isinstance(value, dict):
            merged[name] = {**merged.get(name, {}), **{key: count for key, count in value.items() if count is not None}}
        elif value is not None and name not in TOTALS:
            merged[name] = value


def never_last(body: Body) -> bool:  # noqa: ARG001 - the shape of all that judge events
    """Say that no event is known to be the last: the stream's own end tells."""
    return False


class Family(NamedTuple):
    """One shape of answers."""

    read: Callable[[Body, Around], Reading]
    is_last: Callable[[Body], bool] = never_last  # whether an event of a stream is the one after which no usage comes
    telling: tuple[re.Pattern[bytes], ...] = (USAGE,)  # events that are worth parsing
    fold: Callable[[Body, Body], None] = lay_over  # adds an event to what was said before
    totals: re.Pattern[bytes] | None = None  # events repeat their totals: those without this can wait for the last of them
    is_running: bool = False  # events before the last hold usage too, which is not yet all of it
    is_bulky: bool = False  # documents of vectors: the usage is looked for at their end
    is_sound: bool = False  # answers are no documents
    quick: Callable[[bytes, Around], Reading | None] | None = None  # reads a whole document of the usual shape, or says that it is not
    # the same for the event of a stream that says all: what comes before it adds no more than a tier, and no usage comes after it
    last: Callable[[bytes, Around], Reading | None] | None = None

    def reader(self, around: Around | None = None) -> Reader:
        """Make a reader for one answer."""
        return Reader(self, around or Around())


class Reader:
    """Gather what one answer tells."""

    __slots__ = (
        "_early",
        "_family",
        "_flow",
        "_is_after_return",
        "_merged",
        "_part",
        "_pending",
        "_pieces",
        "_rest",
        "_said",
        "_size",
        "around",
        "is_complete",
        "is_stream",
        "trouble",
    )

    def __init__(self, family: Family, around: Around) -> None:
        self.is_stream = False
        self.is_complete = False  # the last event that matters was seen
        self.trouble = ""
        self.around = around
        self._family = family
        self._rest = b""
        self._part = b""  # of an event over several lines
        self._is_after_return = False  # the last piece ended so: a line feed that follows belongs to it
        self._pending = b""
        self._early: list[bytes] = []  # events that are parsed only if the last one does not say all by itself
        self._said: Reading | None = None  # what that one says
        self._pieces: list[bytes] = []
        self._size = 0
        self._merged: Body = {}
        self._flow: Flow | None = None  # of a stream

    def feed(self, data: bytes) -> None:
        """Take a piece of the answer."""
        if self.is_stream:
            is_within = self._rest or self._part or self._is_after_return
            if is_within or data[:5] != SSE[0] or data[-3:] != WHOLE or data.find(b"\n") != len(data) - 2 or data.find(b"\r") >= 0:
                self._lines_of(data)
            else:
                self._event(data[5:-2].strip())  # one event, as nearly always
        elif not self._family.is_sound:
            self._keep(data)

    def skimming(self) -> tuple[re.Pattern[bytes], ...] | None:
        """Return what to look for in the next whole events: without it, and without words of an error or an end, they only count.

        None while they have to be read: at the start, in the midst of an event, and where each one counts by itself.
        """
        is_within = self._rest or self._part or self._is_after_return
        if not self.is_stream or is_within or self.is_complete or self._flow is None or self._flow.events < FIRST:
            return None
        return self._family.telling if self._family.totals is None else None

    def skip(self, data: bytes) -> None:
        """Count whole events that were not read, in whatever order."""
        part = 0  # bytes of an event over several lines, which is one
        for line in data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n"):
            if line.startswith(b"data:"):
                found = line[5:].strip()
                if part:
                    part += 1 + len(found)
                elif found[:1] in OPENING and found[-1:] not in CLOSING:
                    part = len(found)
                else:
                    self.count(1, len(found), len(found))
            elif part and not line:
                self.count(1, part, part)
                part = 0

    def count(self, events: int, size: int, least: int) -> None:
        """Count events that were not read, by their bytes and those of the smallest."""
        flow = self._flow = self._flow or Flow()
        flow.events += events
        flow.bytes += size
        flow.least = min(flow.least, least)

    def tell(self, facts: Facts) -> None:
        """Write what the answer said into the facts."""
        found = self._hurried() if facts.status != "error" else None
        if found is None:
            self._end()
            found = self._read(facts.status)
            self._tell_usage(facts, found.usage)
        elif isinstance(found.usage, Usage):
            facts.usage = plausible(found.usage)
        facts.model_requested = facts.model_requested or self.around.model()
        facts.model, facts.service_tier = found.model or facts.model_requested, found.service_tier
        facts.price_context, facts.reported_cost, facts.passes = found.context, found.cost, found.passes
        if facts.status == "error" and (code := plain_code_of(self._merged)):
            facts.error = {**facts.error, "code": code}

    def _hurried(self) -> Reading | None:
        """Read a document or a last event of the usual shape; None for all that has to go the long way."""
        if self._said is not None and not self._rest and not self._part:
            return self._said
        quick = self._family.quick
        if quick is None or self.is_stream or len(self._pieces) != 1 or self._size > BULK:
            return None
        return quick(self._pieces[0], self.around)

    def _read(self, status: str) -> Reading:
        found = self._family.read(self._merged, self.around)
        if isinstance(found.usage, Usage) and self._is_cut(status):
            return found._replace(usage=(self._flow or Flow()).completed(found.usage))
        return found

    def _tell_usage(self, facts: Facts, usage: Usage | Unknown | None) -> None:
        code = code_of(self._merged) if facts.status in UNTROUBLED else ""
        has_begun = self._flow is not None and self._flow.events > 1  # what came before an error may be billed
        if isinstance(usage, Usage):
            facts.usage = plausible(usage)
            if self._is_cut(facts.status):
                facts.usage_source = "estimated"
        elif code and not has_begun:
            facts.is_charged = False
        else:
            facts.usage = usage or Unknown(self.trouble or self._why(facts))
        if code:
            facts.status, facts.error = ("broken" if facts.is_charged else "error"), {"code": code}

    def _is_cut(self, status: str) -> bool:
        """Say whether the usage is that of a stream which stopped before its end."""
        return self.is_stream and not self.is_complete and (self._family.is_running or status in CUT)

    def _why(self, facts: Facts) -> str:
        if not self.is_stream:
            return "the answer reports no usage"
        return "the stream reported no usage" if self.is_complete or facts.status == "ok" else "the stream ended before its usage"

    def _keep(self, data: bytes) -> None:
        """Keep a piece of a document; of a long one of vectors, the ends are enough."""
        self._pieces.append(data)
        self._size += len(data)
        if self._family.is_bulky and self._size > BULK and len(self._pieces) > 2 and len(self._pieces[-1]) > EDGE:
            del self._pieces[1:-1]

    def _lines_of(self, data: bytes) -> None:
        """Look through the events that a piece completes; it runs for every chunk, so what says nothing goes no further."""
        if self._is_after_return and data:
            data, self._is_after_return = data.removeprefix(b"\n"), False
        if b"\r" in data:  # any of the three ends a line
            self._is_after_return = data.endswith(b"\r")
            data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        lines = (self._rest + data if self._rest else data).split(b"\n")
        self._rest = lines.pop()
        if len(self._rest) > MOST_LINE:
            self._rest, self.trouble = b"", "an event of the stream was too long"
        for line in lines:
            if line.startswith(b"data:"):
                self._line(line[5:].strip())
            elif self._part and not line:
                self._end_part()
            elif self._flow is None and line.startswith(MARKED):
                self._line(line[len(MARKED) :].strip())

    def _line(self, data: bytes) -> None:
        """Take a line of data: nearly always a whole event, else a part of one."""
        if self._part:
            self._part += b"\n" + data
            if len(self._part) > MOST_LINE:
                self._part, self.trouble = b"", "an event of the stream was too long"
        elif data[:1] in OPENING and data[-1:] not in CLOSING:
            self._part = data
        else:
            self._event(data)

    def _end_part(self) -> None:
        """Read an event that came in several lines."""
        data, self._part = self._part, b""
        if data:
            self._event(data)

    def _event(self, data: bytes) -> None:
        if data == DONE:
            self.is_complete = True
            return
        flow = self._flow
        if flow is None:
            flow = self._flow = Flow()
        size = len(data)
        flow.events = number = flow.events + 1
        flow.bytes += size
        if size < flow.least:  # noqa: PLR1730 - a call less
            flow.least = size
        family, is_first = self._family, number <= FIRST
        for words in family.telling:
            if words.search(data):
                break
        else:
            if ERROR not in data:
                if is_first and family.last is not None and self.is_stream and ESCAPE not in data:
                    self._early.append(data)
                    return
                if not is_first:
                    return
        if family.last is not None and not self._merged and self._says_all(family.last, data):
            return
        if family.totals is not None and not is_first and not family.totals.search(data):
            self._pending = data  # a total so far: the next one replaces it
            return
        self._parse_early()
        self._parse_pending()
        self._parse(data)

    def _says_all(self, last: Callable[[bytes, Around], Reading | None], data: bytes) -> bool:
        """Read an event that may say all; say whether it does."""
        if self._said is not None or ERROR in data or not self.is_stream:
            return False
        said = last(data, self.around)
        if said is None or not (said.service_tier or TIER not in b"".join(self._early)):
            return False
        self._early.append(data)
        self._said, self.is_complete = said, True
        return True

    def _parse_early(self) -> None:
        """Parse what was put off: something else has to be laid over it."""
        early, self._early, self._said = self._early, [], None
        for data in early:
            self._parse(data)

    def _parse_pending(self) -> None:
        """Read the last of the totals that were put off."""
        data, self._pending = self._pending, b""
        if data:
            self._parse(data)

    def _end(self) -> None:
        if self.is_stream:
            if self._rest.startswith(b"data:"):
                self._line(self._rest[5:].strip())
            self._rest = b""
            self._end_part()
            self._parse_early()
            self._parse_pending()
        elif self._pieces:
            pieces, self._pieces = self._pieces, []
            if not (self._family.is_bulky and self._size > BULK and self._read_end(pieces)):
                self._parse(pieces[0] if len(pieces) == 1 else b"".join(pieces))

    def _read_end(self, pieces: list[bytes]) -> bool:
        """Read the usage at the end of a long document, and its model at either end."""
        head, tail = pieces[0][:EDGE], pieces[-1][-EDGE:]
        if len(pieces[-1]) < EDGE and len(pieces) > 1:
            tail = pieces[-2][-EDGE:] + tail
        for name in (b"usage", b"usageMetadata", b"meta"):
            place = tail.rfind(b'"%b"' % name)
            start = tail.find(b"{", place) if place >= 0 else -1
            if start >= 0:
                try:
                    found, _ = json.JSONDecoder().raw_decode(tail[start:].decode("utf-8", "replace"))
                except ValueError:
                    continue
                model = MODEL.search(tail) or MODEL.search(head)
                self._merge({name.decode(): found, "model": model[1].decode("utf-8", "replace") if model else ""})
                return True
        return False

    def _parse(self, data: bytes) -> None:
        try:
            found = _decode(data)
        except (ValueError, RecursionError):
            if self._flow is None and data.lstrip().startswith(SSE):  # a stream that its head calls a document
                self._lines_of(data + b"\n\n")
                return
            found = self._lines(data)
        if isinstance(found, list):  # a stream of Gemini without SSE, or documents line by line
            for part in found:
                self._merge(part)
        else:
            self._merge(found)

    def _lines(self, data: bytes) -> list[Any]:
        """Read what is no document as one a line."""
        found = []
        try:
            found = [_decode(line) for line in data.splitlines() if line.strip()]
        except (ValueError, RecursionError):
            self.trouble = "the answer is no valid JSON"
        return found

    def _merge(self, body: Any) -> None:
        if isinstance(body, dict):
            self._family.fold(self._merged, body)
            self.is_complete = self.is_complete or self._family.is_last(body)
