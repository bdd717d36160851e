"""Read the two shapes in which nearly all answers come in a tenth of the time, without a table of what they hold.

A shape is exact: an answer with any count that is not named here, or whose counts do not add up, goes the long way.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final, TypeVar

import msgspec

from cost_lib.families.around import Around
from cost_lib.families.contexts import context_of
from cost_lib.families.reading import Reading
from cost_lib.model import NO_UNITS, Usage

HIDES_THOUGHTS: Final = frozenset(("gcp.gemini", "gcp.vertex_ai", "google", "google-gemini", "google-vertex"))
LONG: Final = 4096  # bytes of a document that is not read whole
EDGE: Final = 4096  # bytes at its ends
BACKSLASH: Final = ord("\\")
# up to the model nothing but plain members: so it is the document's own
HEAD: Final = re.compile(
    rb'\s*\{(?:\s*"\w+"\s*:\s*(?:"[^"\\]*"|-?[0-9][0-9.eE+-]*|true|false|null)\s*,)*?\s*"model"\s*:\s*"([^"\\]{1,200})"'
)
SEARCHES: Final = ("-search-", "deep-research")  # models that bill for more than tokens


class _Spent(msgspec.Struct, forbid_unknown_fields=True):
    cached_tokens: int = 0
    audio_tokens: int | None = 0


class _Made(msgspec.Struct, forbid_unknown_fields=True):
    reasoning_tokens: int | None = 0
    audio_tokens: int | None = 0
    accepted_prediction_tokens: int | None = 0
    rejected_prediction_tokens: int | None = 0


class _ChatUsage(msgspec.Struct, forbid_unknown_fields=True):
    prompt_tokens: int
    total_tokens: int
    completion_tokens: int = 0
    prompt_tokens_details: _Spent | None = None
    completion_tokens_details: _Made | None = None


class _Chat(msgspec.Struct):
    model: str
    usage: _ChatUsage
    service_tier: str | None = None
    error: None = None  # one that has an error beside its usage goes the long way


class _Choice(msgspec.Struct):
    finish_reason: Any = None


class _LastChat(_Chat):
    choices: list[_Choice] = []


class _Written(msgspec.Struct, forbid_unknown_fields=True):
    ephemeral_5m_input_tokens: int = 0
    ephemeral_1h_input_tokens: int = 0


class _MessageUsage(msgspec.Struct, forbid_unknown_fields=True):
    input_tokens: int
    output_tokens: int
    cache_creation_input_tokens: int | None = 0
    cache_read_input_tokens: int | None = 0
    cache_creation: _Written | None = None
    server_tool_use: None = None
    service_tier: str | None = None
    inference_geo: str | None = None


class _Message(msgspec.Struct):
    model: str
    usage: _MessageUsage
    error: None = None


class _ChatEnd(msgspec.Struct):
    usage: _ChatUsage
    model: str = ""
    service_tier: str | None = None
    error: None = None


class _MessageEnd(msgspec.Struct):
    usage: _MessageUsage
    model: str = ""
    error: None = None


End = TypeVar("End", _ChatEnd, _MessageEnd)
_chat: Final = msgspec.json.Decoder(_Chat).decode
_last_chat: Final = msgspec.json.Decoder(_LastChat).decode
_message: Final = msgspec.json.Decoder(_Message).decode
_chat_end: Final = msgspec.json.Decoder(_ChatEnd).decode
_message_end: Final = msgspec.json.Decoder(_MessageEnd).decode


_new: Final = tuple.__new__
Counts = tuple[int, int, int, int, int, int, str, str, str]  # as in Usage; then model, tier and place


def _end_of(data: bytes, decode: Callable[[bytes], End]) -> End | None:
    """Read the end of a long document from its usage on, and its model at either end; None where that proves nothing.

    What stands behind ``"usage"`` is, in braces, a document of its own: so the last brace ends the table that the usage is in,
    and what the last brace of a document ends is the document.
    """
    start = data.rfind(b'"usage"', len(data) - EDGE)
    head = HEAD.match(data, 0, EDGE)
    if head is None:
        start = data.rfind(b'"model"', len(data) - EDGE, max(start, 0))
    if start < 1 or data[start - 1] == BACKSLASH:
        return None
    try:
        found = decode(b"{" + data[start:])
    except (ValueError, RecursionError):
        return None
    if head is not None and not found.model:
        found.model = head[1].decode("utf-8", "replace")
    return found if found.model else None


def count_vectors(data: bytes) -> Counts | None:
    """Count what vectors used, of which there may be megabytes."""
    found = _end_of(data, _chat_end) if len(data) > LONG else None
    return _counted(found) if found is not None else count_chat(data)


def count_chat(data: bytes) -> Counts | None:
    """Count what a chat completion or a completion used, by the answer alone; None where the long way is needed."""
    found = _end_of(data, _chat_end) if len(data) > LONG else None
    if found is not None and found.service_tier:  # without one it may stand before the usage
        return _counted(found)
    try:
        return _counted(_chat(data))
    except (ValueError, RecursionError):
        return None


def _counted(found: _Chat | _ChatEnd) -> Counts | None:
    usage, model, spent, made = found.usage, found.model, found.usage.prompt_tokens_details, found.usage.completion_tokens_details
    given, written = usage.prompt_tokens, usage.completion_tokens
    cached = spent.cached_tokens if spent is not None else 0
    reasoned = (made.reasoning_tokens or 0) if made is not None else 0
    heard = spent is not None and spent.audio_tokens
    spoken = made is not None and made.audio_tokens
    if heard or spoken or given + written != usage.total_tokens or not 0 <= cached <= given or not 0 <= reasoned <= written:
        return None
    return given - cached, cached, 0, 0, written, reasoned, model, found.service_tier or "", ""


def count_message(data: bytes) -> Counts | None:
    """Count what a message used, by the answer alone; None where the long way is needed."""
    found: _Message | _MessageEnd | None = _end_of(data, _message_end) if len(data) > LONG else None
    if found is None:
        try:
            found = _message(data)
        except (ValueError, RecursionError):
            return None
    usage = found.usage
    written, parts = usage.cache_creation_input_tokens or 0, usage.cache_creation
    hour = parts.ephemeral_1h_input_tokens if parts is not None else 0
    if parts is not None and hour + parts.ephemeral_5m_input_tokens > written:
        return None
    counts = (usage.input_tokens, usage.cache_read_input_tokens or 0, written - hour, hour, usage.output_tokens, 0)
    return *counts, found.model, usage.service_tier or "", usage.inference_geo or ""


def read_chat(data: bytes, around: Around) -> Reading | None:
    """Read a chat completion or a completion; None where the long way is needed."""
    return _read_counts(count_chat(data), around)


def read_last_chat(data: bytes, around: Around) -> Reading | None:
    """Read the event of a stream that tells its usage, if it is the last that does; None where the long way is needed."""
    try:
        found = _last_chat(data)
    except (ValueError, RecursionError):
        return None
    if found.choices and not all(one.finish_reason for one in found.choices):
        return None
    return _read_counts(_counted(found), around)


def read_vectors(data: bytes, around: Around) -> Reading | None:
    """Read vectors; None where the long way is needed."""
    return _read_counts(count_vectors(data), around)


def _read_counts(found: Counts | None, around: Around) -> Reading | None:
    if found is None:
        return None
    counts, (model, tier, _) = found[:6], found[6:]
    if around.provider in HIDES_THOUGHTS or SEARCHES[0] in model or SEARCHES[1] in model:
        return None
    if not tier and b'"service_tier"' in around.edges():
        return None
    # made by ``tuple`` itself, without a step of Python for each
    return _new(Reading, (_new(Usage, (*counts, NO_UNITS)), model, tier, _context(around.host, around.path, tier, ""), None, ()))


def read_message(data: bytes, around: Around) -> Reading | None:
    """Read a message; None where the long way is needed."""
    found = count_message(data)
    if found is None:
        return None
    counts, (model, tier, place) = found[:6], found[6:]
    asked = around.edges()
    if b'"speed"' in asked or (not tier and b'"service_tier"' in asked) or (not place and b'"inference_geo"' in asked):
        return None
    return Reading(Usage(*counts), model, tier, _context(around.host, around.path, tier, place))


COUNTS: Final = {
    read_chat: count_chat,
    read_vectors: count_vectors,
    read_message: count_message,
}  # what of the quick way needs the answer alone


@lru_cache(maxsize=1024)
def _context(host: str, path: str, tier: str, place: str) -> str:
    return context_of(Around(host=host, path=path), tier, place)
