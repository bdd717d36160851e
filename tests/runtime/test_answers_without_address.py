"""Answers of which nobody says where they came from: their own shape tells what was used, fees and media too."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cost_lib.answers import price_answer

Answer = dict[str, Any]
GROUNDED: Answer = {
    "candidates": [{"finishReason": "STOP", "groundingMetadata": {"webSearchQueries": ["a", "b"]}}],
    "usageMetadata": {"promptTokenCount": 100, "candidatesTokenCount": 100},
}


@pytest.mark.parametrize(
    ("provider", "model", "answer", "request_", "truth"),
    [
        # Gemini 2.5 Flash 0.30 and 2.50, $35 per 1,000 grounded prompts; 3.1 Pro 2 and 12, $14 per 1,000 queries
        ("google", "gemini-2.5-flash", GROUNDED, None, 100 * 300 + 100 * 2500 + 35_000_000),
        ("google", "gemini-3.1-pro-preview", GROUNDED, None, 100 * 2000 + 100 * 12_000 + 28_000_000),
        # DALL-E 3 in HD and wide $0.12
        ("openai", "dall-e-3", {"data": [{"url": "u"}]}, {"model": "dall-e-3", "size": "1792x1024", "quality": "hd"}, 120_000_000),
        # Whisper $0.006 a minute; at Groq $0.04 an hour; Nova-3 $0.0043 a minute
        ("openai", "whisper-1", {"text": "x", "usage": {"type": "duration", "seconds": 60}}, None, 6_000_000),
        ("groq", "whisper-large-v3-turbo", {"text": "x", "duration": 90.0, "x_groq": {"id": "r"}}, None, 1_000_000),
        ("deepgram", "nova-3", {"metadata": {"duration": 60.0, "channels": 1}, "results": {}}, None, 4_300_000),
        # Imagen 4 $0.04 an image
        ("google", "imagen-4.0-generate-001", {"predictions": [{"bytesBase64Encoded": "x"}] * 2}, None, 80_000_000),
    ],
)
def test_an_answer_without_an_address_costs_the_same(
    provider: str, model: str, answer: Answer, request_: Answer | None, truth: int
) -> None:
    found = price_answer(answer, provider=provider, model=model, request=request_)
    assert truth == found.get("cost_nano_usd"), found


def test_images_with_counts_of_a_chat_are_read_as_a_chat() -> None:
    answer = {"data": [{"b64_json": "x"}], "usage": {"prompt_tokens": 10, "completion_tokens": 20, "total_tokens": 30, "cost": 0.001}}
    found = price_answer(answer, provider="openrouter", model="google/gemini-3.1-flash-lite-image")
    assert (10, 20, 1_000_000) == (found["input_tokens"], found["output_tokens"], found["cost_nano_usd"])


def test_what_a_stream_without_an_address_rests_on_may_come_in_any_event() -> None:
    plain = {"candidates": [{"finishReason": "STOP"}], "usageMetadata": GROUNDED["usageMetadata"]}
    events = "".join(f"data: {json.dumps(event)}\n\n" for event in (plain, plain, GROUNDED, plain))
    found = price_answer(events, provider="google", model="gemini-2.5-flash")
    assert 100 * 300 + 100 * 2500 + 35_000_000 == found["cost_nano_usd"]
