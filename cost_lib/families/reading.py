"""Read an answer as it comes: one JSON document, or the events of a stream, of which only those with usage are parsed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import msgspec

from cost_lib.model import Unknown, Usage

if TYPE_CHECKING:
    from cost_lib.facts import Facts

Body = dict[str, Any]
TELLING: Final = (b'"usage"', b'"usageMetadata"', b'"error"', b'"model"', b'"modelVersion"')
DONE: Final = b"[DONE]"
MOST_LINE: Final = 8_000_000  # bytes of one event


class Reading(NamedTuple):
    """What one answer says; events of a stream are merged, later ones replace."""

    usage: Usage | None = None
    model: str = ""
    service_tier: str = ""
    context: str = ""  # what else changes the price


Read = Callable[[Body], Reading | None]


class Reader:
    """Gather what one answer tells."""

    def __init__(self, read: Read, is_last: Callable[[Body], bool]) -> None:
        self.is_stream = False
        self.is_complete = False
        self.trouble = ""
        self._read = read
        self._is_last = is_last
        self._rest = b""
        self._pieces: list[bytes] = []
        self._merged: Body = {}

    def feed(self, data: bytes) -> None:
        """Take a piece of the answer."""
        if not self.is_stream:
            self._pieces.append(data)
            return
        lines = (self._rest + data).split(b"\n")
        self._rest = lines.pop()
        if len(self._rest) > MOST_LINE:
            self._rest, self.trouble = b"", "an event of the stream was too long"
        for line in lines:
            self._line(line)

    def tell(self, facts: Facts) -> None:
        """Write what the answer said into the facts."""
        self._end()
        found = self._read(self._merged) if self._merged else None
        if found is None or found.usage is None:
            facts.usage = Unknown(self.trouble or self._why(facts))
        else:
            facts.usage = found.usage
        if found is not None:
            facts.model, facts.service_tier, facts.price_context = found.model, found.service_tier, found.context

    def _why(self, facts: Facts) -> str:
        if not self.is_stream:
            return "the answer reports no usage"
        return "the stream reported no usage" if self.is_complete or facts.status == "ok" else "the stream ended before its usage"

    def _end(self) -> None:
        if self.is_stream:
            self._line(self._rest)
            self._rest = b""
        elif self._pieces:
            self._parse(b"".join(self._pieces))
            self._pieces = []

    def _line(self, line: bytes) -> None:
        if not line.startswith(b"data:"):
            return
        data = line[5:].strip()
        if data == DONE:
            self.is_complete = True
        elif any(word in data for word in TELLING) or b"_stop" in data:
            self._parse(data)

    def _parse(self, data: bytes) -> None:
        try:
            found = msgspec.json.decode(data)
        except ValueError:
            self.trouble = "the answer is no valid JSON"
            return
        if isinstance(found, list):  # a stream of Gemini without SSE
            for part in found:
                self._merge(part)
        else:
            self._merge(found)

    def _merge(self, body: Any) -> None:
        if isinstance(body, dict):
            _lay_over(self._merged, body)
            self.is_complete = self.is_complete or self._is_last(body)


def _lay_over(merged: Body, body: Body) -> None:
    """Let later events replace what earlier ones said: counts in streams are totals, never to be added."""
    for name, value in body.items():
        if name in {"message", "response"} and isinstance(value, dict):
            _lay_over(merged, value)
        elif name in {"usage", "usageMetadata"} and isinstance(value, dict):
            merged[name] = {**merged.get(name, {}), **{key: count for key, count in value.items() if count is not None}}
        elif value is not None and name not in {"usage", "usageMetadata"}:
            merged[name] = value


def count(body: Any, *path: str) -> int:
    """Return a count deep in a document; 0 where there is none."""
    for name in path:
        body = body.get(name) if isinstance(body, dict) else None
    return body if isinstance(body, int) and not isinstance(body, bool) else 0


def text(body: Body, name: str) -> str:
    """Return a string of a document; empty where there is none."""
    value = body.get(name)
    return value if isinstance(value, str) else ""


def some(**units: int) -> dict[str, int]:
    """Keep the meters that counted something."""
    return {name: number for name, number in units.items() if number}
