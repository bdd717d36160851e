"""Write an event as one line of JSON: a fixed first key, no more than a page.

A line that is too long is cut, in this order, and says under ``cut`` what was: strings of more than 96 characters are shortened;
then ``cost_split``, ``units``, ``tags`` and ``call_site`` are left out, one after the other, until the line fits; then strings
are shortened to 24 characters, and at last the largest values go.
"""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any, Final

from cost_lib.json_text import quoted, written, written_fields
from cost_lib.operation import IDS

if TYPE_CHECKING:
    from cost_lib.facts import Facts

VERSION: Final = 1
START: Final = b'{"v":1,'  # of every line: the reader finds the next event by it
MOST_BYTES: Final = 4096
SHORT: Final = 96  # characters that are kept of a string that makes a line too long
SHORTEST: Final = 24
FIRST_CUT: Final = ("cost_split", "units", "tags", "call_site")  # what is left out first, in this order
KEPT: Final = frozenset(("v", "ts", "event_id", "operation_id"))
NANO: Final = 1_000_000_000


def line(facts: Facts, at: int, *, who: str, money: str, lost: int = 0) -> bytes:
    """Write the event of a request with its line end."""
    rare = f',"provider_request_id":{quoted(facts.provider_request_id)}' if facts.provider_request_id else ""
    if facts.error or lost:
        rare += written_fields({"error": facts.error, "lost": lost or None})
    if facts.others:
        rare += written_fields(facts.others)
    digits = str(at) if at >= NANO else f"{at:010d}"
    second, moment, event, operation = IDS.now
    if second != digits[:-9]:
        second, moment, event, operation = IDS.begin(digits[:-9])
    number = IDS.next()
    text = (
        f'{{"v":1,"ts":"{moment}{digits[-9:-3]}Z","event_id":"{facts.event_id or f"{event}{number}"}",'
        f'"operation_id":"{facts.operation_id or f"{operation}{number}"}","attempt":{facts.attempt},"kind":"{facts.kind}"'
        f'{what_text(facts)}{money}{_timing(facts)},"status":"{facts.status}"{rare}{who}}}\n'
    )
    data = text.encode("utf-8", "replace")  # half a surrogate pair is no text that could be written
    return data if len(data) <= MOST_BYTES else shortened(data)


_written: Final[dict[tuple[Any, ...], str]] = {}
MOST: Final = 1024


def what_text(facts: Facts) -> str:
    """Write what was called; the same few models and endpoints come again and again."""
    key = (
        facts.provider,
        facts.host,
        facts.endpoint,
        facts.transport,
        facts.model_requested,
        facts.model,
        facts.model_class,
        facts.service_tier,
        facts.sdk,
        facts.is_batch,
        facts.is_stream,
    )
    found = _written.get(key)
    if found is None:
        if len(_written) >= MOST:
            _written.clear()
        names = ("provider", "host", "endpoint", "transport", "model_requested", "model", "model_class", "service_tier", "sdk")
        found = _written[key] = written_fields(
            {**dict(zip(names, key, strict=False)), "batch": facts.is_batch or None, "stream": facts.is_stream}
        )
    return found


def _timing(facts: Facts) -> str:
    if not facts.started:
        return ""
    text = f',"latency_ms":{(time.perf_counter() - facts.started) * 1000:.3f}'
    return f'{text},"ttft_ms":{(facts.first_chunk - facts.started) * 1000:.3f}' if facts.first_chunk else text


def shortened(data: bytes) -> bytes:
    """Cut a line that is longer than a page."""
    event: dict[str, Any] = json.loads(data)
    cut: list[str] = []
    event["cut"] = cut
    _shorten(event, SHORT)
    for name in FIRST_CUT:
        if len(_encoded(event)) <= MOST_BYTES:
            break
        if event.pop(name, None) is not None:
            cut.append(name)
    if len(_encoded(event)) > MOST_BYTES:
        _shorten(event, SHORTEST)
    while len(_encoded(event)) > MOST_BYTES:  # a key of which nobody thought
        largest = max(event.keys() - KEPT - {"cut"}, key=lambda name: len(written(event[name])))
        del event[largest]
        cut.append(largest)
    return _encoded(event)


def _shorten(event: dict[str, Any], most: int) -> None:
    for name, value in event.items():
        if isinstance(value, str) and len(value) > most and name not in KEPT:
            event[name] = value[:most]
            if name not in event["cut"]:
                event["cut"].append(name)


def _encoded(event: dict[str, Any]) -> bytes:
    return written(event).encode() + b"\n"
