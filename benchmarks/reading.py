"""Time what the reading of answers costs: whole documents, chunks of streams, and a body of vectors.

Run ``python benchmarks/reading.py``; thread CPU, best of seven. Targets: at most 3 µs a chunk, 100 µs for 15 MB of vectors.
"""

from __future__ import annotations

import json
import sys
import time
import timeit
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from cost_lib.facts import Facts  # noqa: E402
from cost_lib.families import family_of  # noqa: E402
from cost_lib.families.reading import Reader  # noqa: E402

TEXT = "a word " * 100
CHAT = {"object": "chat.completion", "model": "gpt-4o-mini", "choices": [{"message": {"content": TEXT}, "finish_reason": "stop"}]}
DOCUMENTS: dict[str, Any] = {
    "/v1/chat/completions": {**CHAT, "usage": {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}},
    "/v1/messages": {
        "type": "message",
        "model": "claude-haiku-4-5",
        "content": [{"text": TEXT}],
        "usage": {"input_tokens": 100, "output_tokens": 20},
    },
    "/v1/responses": {"model": "gpt-5", "output": [{"content": [{"text": TEXT}]}], "usage": {"input_tokens": 100, "output_tokens": 20}},
    "/v1beta/models/m:generateContent": {
        "candidates": [{"content": {"parts": [{"text": TEXT}]}, "finishReason": "STOP"}],
        "usageMetadata": {"promptTokenCount": 100, "candidatesTokenCount": 20},
    },
    "/model/m/converse": {"output": {"message": {"content": [{"text": TEXT}]}}, "usage": {"inputTokens": 100, "outputTokens": 20}},
}
CHUNKS: dict[str, dict[str, Any]] = {
    "/v1/chat/completions": {**CHAT, "object": "chat.completion.chunk", "choices": [{"delta": {"content": "a word"}}], "usage": None},
    "/v1/messages": {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": "a word or two"}},
    "/v1/responses": {"type": "response.output_text.delta", "sequence_number": 7, "item_id": "msg_0123456789", "delta": "a word"},
    "/v1beta/models/m:streamGenerateContent": {
        "candidates": [{"content": {"parts": [{"text": "a few words more"}]}}],
        "usageMetadata": {"promptTokenCount": 100, "candidatesTokenCount": 20},
        "modelVersion": "gemini-2.5-flash",
    },
    "/model/m/converse-stream": {"contentBlockIndex": 0, "delta": {"text": "a word"}},
}


def main() -> None:
    """Print one line a shape."""
    for path, document in DOCUMENTS.items():
        data = json.dumps(document).encode()
        print(f"document {path:<45} {len(data):>9} bytes {best_us(lambda path=path, data=data: whole(path, data)):8.2f} µs")  # type: ignore[misc]
    for path, document in CHUNKS.items():
        data = b"data: " + json.dumps(document).encode() + b"\n\n"
        reader = streaming(path)
        print(f"chunk    {path:<45} {len(data):>9} bytes {best_us(lambda reader=reader, data=data: reader.feed(data)):8.2f} µs")  # type: ignore[misc]
    vector = b'{"object":"embedding","embedding":[' + b"0.0123456789," * 1535 + b"0.1]}"
    rows = b",".join([vector] * (15_000_000 // len(vector)))
    usage = b'"model":"text-embedding-3-small","usage":{"prompt_tokens":8,"total_tokens":8}'
    body = b'{"object":"list","data":[' + rows + b"]," + usage + b"}"
    print(f"vectors  {'/v1/embeddings':<45} {len(body):>9} bytes {best_us(lambda: whole('/v1/embeddings', body), 20):8.2f} µs")


def whole(path: str, data: bytes) -> None:
    """Read one document."""
    reader = reader_of(path)
    reader.feed(data)
    reader.tell(Facts({}))


def streaming(path: str) -> Reader:
    """Make a reader in the midst of a stream."""
    reader = reader_of(path)
    reader.is_stream = True
    return reader


def reader_of(path: str) -> Reader:
    """Make a reader."""
    found = family_of(path)
    if found is None:
        raise SystemExit(f"no family for {path}")
    return found[1].reader()


def best_us(call: Callable[[], object], number: int = 5000) -> float:
    """Give the best of seven runs."""
    return min(timeit.repeat(call, timer=time.thread_time, number=number, repeat=7)) / number * 1e6


if __name__ == "__main__":
    main()
