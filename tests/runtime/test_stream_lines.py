"""Streams in every way that their standard allows them to be written and cut: the usage is the same."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cost_lib.answers import price_answer
from cost_lib.facts import Facts
from cost_lib.families import family_of
from cost_lib.families.around import Around
from cost_lib.metering.asking import Filter
from cost_lib.model import Usage
from tests.runtime.frames import frame

FIRST: dict[str, Any] = {"model": "gpt-4o-mini", "choices": [{"delta": {"content": "Grüße, 世界"}}], "usage": None}
LAST: dict[str, Any] = {
    "model": "gpt-4o-mini",
    "choices": [],
    "usage": {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120},
}
PLAIN = f": a comment\n\nevent: chunk\ndata: {json.dumps(FIRST, ensure_ascii=False)}\n\nid: 2\ndata: {json.dumps(LAST)}\n\ndata: [DONE]\n\n"
SPREAD = "".join(f"data: {line}\n" for line in json.dumps(LAST, indent=1).splitlines())
WRITTEN = {
    "lines-end-in-line-feeds": PLAIN,
    "lines-end-in-both": PLAIN.replace("\n", "\r\n"),
    "lines-end-in-carriage-returns": PLAIN.replace("\n", "\r"),
    "mark-of-the-byte-order": "\ufeff" + PLAIN.removeprefix(": a comment\n\nevent: chunk\n"),
    "no-space-after-the-colon": PLAIN.replace("data: ", "data:"),
    "an-event-over-several-lines": f"data: {json.dumps(FIRST)}\n\n{SPREAD}\ndata: [DONE]\n\n",
    "several-lines-and-both-ends": f"data: {json.dumps(FIRST)}\n\n{SPREAD}\n".replace("\n", "\r\n"),
    "no-end-after-the-last-event": PLAIN.removesuffix("\n\ndata: [DONE]\n\n"),
    "several-lines-and-no-end": f"data: {json.dumps(FIRST)}\n\n{SPREAD}".rstrip("\n"),
    "an-event-that-is-no-document": "data: hello\n\n" + PLAIN,
    "half-a-document-before": 'data: {"model":\n\n' + PLAIN,
}


def read(data: bytes, size: int) -> Usage | object:
    found = family_of("/v1/chat/completions")
    assert found is not None
    reader = found[1].reader(Around("openai", "api.openai.com", "/v1/chat/completions"))
    reader.is_stream = True
    for start in range(0, len(data), size):
        reader.feed(data[start : start + size])
    facts = Facts({}, provider="openai")
    reader.tell(facts)
    return facts.usage


@pytest.mark.parametrize("size", [1, 2, 7, 10_000])
@pytest.mark.parametrize("name", WRITTEN)
def test_a_stream_says_the_same_however_it_is_written_and_cut(name: str, size: int) -> None:
    assert Usage(100, output_tokens=20) == read(WRITTEN[name].encode(), size)


@pytest.mark.parametrize("data", [PLAIN.removeprefix(": a comment\n\n"), PLAIN.removeprefix(": a comment\n\nevent: chunk\n")])
def test_a_stream_that_its_head_calls_a_document_is_read(data: str) -> None:
    head = {"content-type": "application/json"}
    found = price_answer(data, url="https://api.openai.com/v1/chat/completions", headers=head)
    assert ("ok", 100, 20) == (found["status"], found["input_tokens"], found["output_tokens"])


def test_frames_that_their_head_calls_a_document_are_read() -> None:
    data = frame("metadata", {"usage": {"inputTokens": 30, "outputTokens": 40}, "metrics": {}})
    url = "https://bedrock-runtime.us-east-1.amazonaws.com/model/amazon.nova-lite-v1%3A0/converse-stream"
    found = price_answer(data, url=url, headers={"content-type": "application/json"})
    assert (30, 40) == (found["input_tokens"], found["output_tokens"])


@pytest.mark.parametrize("size", [1, 2, 7, 10_000])
@pytest.mark.parametrize("name", WRITTEN)
def test_only_the_added_event_is_hidden_however_it_is_written_and_cut(name: str, size: int) -> None:
    data, keep = WRITTEN[name].encode(), Filter()
    seen = b"".join(keep(data[start : start + size]) for start in range(0, len(data), size)) + keep.rest()
    assert (True, False) == (b"delta" in seen, b"prompt_tokens" in seen)
    assert (b"[DONE]" in data) == (b"[DONE]" in seen)


def test_a_whole_recorded_stream_may_begin_with_the_mark() -> None:
    found = price_answer(WRITTEN["mark-of-the-byte-order"].encode(), url="https://api.openai.com/v1/chat/completions")
    assert 100 * 150 + 20 * 600 == found["cost_nano_usd"]
