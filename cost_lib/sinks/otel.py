"""Make an OpenTelemetry span of each event, with the names of its conventions for generative AI and, beside them, ours."""

from __future__ import annotations

import json
from typing import Any, Final

from opentelemetry.trace import SpanKind, StatusCode, get_tracer

# names of the conventions, https://opentelemetry.io/docs/specs/semconv/gen-ai/ (read 2026-11-22); all else is costmark.<key>
NAMES: Final = {
    "provider": "gen_ai.provider.name",
    "endpoint": "gen_ai.operation.name",
    "model_requested": "gen_ai.request.model",
    "model": "gen_ai.response.model",
    "session_id": "gen_ai.conversation.id",
    "host": "server.address",
    "user_id": "user.id",
    "service_tier": "openai.response.service_tier",
}
INPUT: Final = ("input_tokens", "cache_read_tokens", "cache_write_5m_tokens", "cache_write_1h_tokens")
MILLI: Final = 1_000_000


class Otel:
    """A sink of spans below the span that is current; sampling and export are the program's, so nothing is promised of its log."""

    def __init__(self) -> None:
        self.tracer: Final = get_tracer("costmark")

    def write(self, line: bytes, at: int) -> None:
        """Make one span, from the sending of the request to its event."""
        event: dict[str, Any] = json.loads(line)
        name = f"{event.get('endpoint') or 'call'} {event.get('model_requested', '')}".strip()
        start = at - int(event.get("latency_ms", 0) * MILLI)
        span = self.tracer.start_span(name, kind=SpanKind.CLIENT, start_time=start, attributes=attributes(event))
        if event["status"] == "error":
            span.set_status(StatusCode.ERROR, str(event.get("error", {}).get("class", "")))
        span.end(at)


def attributes(event: dict[str, Any]) -> dict[str, Any]:
    """Name what an event says as the conventions do; nested values become dotted names."""
    found: dict[str, Any] = {}
    for key, value in event.items():
        if isinstance(value, dict):
            found |= {f"costmark.{key}.{name}": inner for name, inner in value.items()}
        elif not isinstance(value, list):
            found[NAMES.get(key, f"costmark.{key}")] = value
    if "output_tokens" in event:
        found["gen_ai.usage.input_tokens"] = sum(event.get(name, 0) for name in INPUT)  # theirs includes what is cached
        found["gen_ai.usage.output_tokens"] = event["output_tokens"]
    return found
