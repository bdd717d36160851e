"""Answer as providers do, in memory."""

from __future__ import annotations

import gzip
import json
from typing import Any

CHAT: dict[str, Any] = {
    "id": "chatcmpl-1",
    "object": "chat.completion",
    "created": 1,
    "model": "gpt-4o-mini-2024-07-18",
    "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": "hi"}}],
    "usage": {
        "prompt_tokens": 100,
        "completion_tokens": 20,
        "total_tokens": 120,
        "prompt_tokens_details": {"cached_tokens": 64},
        "completion_tokens_details": {"reasoning_tokens": 5},
    },
}
CHAT_COST = 36 * 150 + 64 * 75 + 20 * 600
MESSAGE: dict[str, Any] = {
    "id": "msg_1",
    "type": "message",
    "role": "assistant",
    "model": "claude-haiku-4-5-20251001",
    "content": [{"type": "text", "text": "hi"}],
    "stop_reason": "end_turn",
    "stop_sequence": None,
    "usage": {"input_tokens": 10, "output_tokens": 20, "cache_read_input_tokens": 30, "cache_creation_input_tokens": 40},
}


def sse(*events: dict[str, Any] | str, end: str = "\n\n") -> bytes:
    parts = []
    for event in events:
        name = f"event: {event['type']}\n" if isinstance(event, dict) and "type" in event else ""
        parts.append(f"{name}data: {event if isinstance(event, str) else json.dumps(event)}{end}")
    return "".join(parts).encode()


def chunk(*, usage: dict[str, Any] | None = None) -> dict[str, Any]:
    choices = [] if usage else [{"index": 0, "delta": {"content": "hi"}}]
    found = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": CHAT["model"], "choices": choices}
    return {**found, "usage": usage} if usage else found


CHAT_STREAM = sse(chunk(), chunk(), chunk(usage=CHAT["usage"]), "[DONE]")
BARE_STREAM = sse(chunk(), chunk(), "[DONE]")
MESSAGE_STREAM = sse(
    {"type": "message_start", "message": {**MESSAGE, "content": [], "usage": {**MESSAGE["usage"], "output_tokens": 1}}},
    {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}},
    {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": "hi"}},
    {"type": "content_block_stop", "index": 0},
    {"type": "message_delta", "delta": {"stop_reason": "end_turn", "stop_sequence": None}, "usage": {"output_tokens": 20}},
    {"type": "message_stop"},
)


class Replay:
    """A handler for mock transports that counts what it is asked."""

    def __init__(self, library: Any, *answers: tuple[int, Any], compress: bool = False) -> None:
        self.library = library
        self.answers = list(answers)
        self.compress = compress
        self.requests: list[bytes] = []

    def __call__(self, request: Any) -> Any:
        self.requests.append(request.content)
        status, body = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        headers = {"content-type": "text/event-stream" if isinstance(body, bytes) else "application/json", "x-request-id": "req_1"}
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        if self.compress:
            headers["content-encoding"] = "gzip"
            data = gzip.compress(data)
        return self.library.Response(status, headers=headers, stream=Pieces(self.library, data))

    async def answer(self, request: Any) -> Any:
        return self(request)

    def transport(self) -> Any:
        return self.library.MockTransport(self)


def Pieces(library: Any, data: bytes, size: int = 7) -> Any:  # noqa: N802 - a class of the library at hand
    """Make a stream that comes in small pieces, for either kind of client."""

    class Stream(library.SyncByteStream, library.AsyncByteStream):  # type: ignore[misc]
        def __iter__(self) -> Any:
            yield from (data[start : start + size] for start in range(0, len(data), size))

        async def __aiter__(self) -> Any:
            for start in range(0, len(data), size):
                yield data[start : start + size]

    return Stream()
