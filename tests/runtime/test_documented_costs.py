"""What answers cost whose shapes the providers document and no recording holds: by hand, from the published rates in the comments.

Rates are USD per million tokens unless they say otherwise; ``truth`` is in millionths of a USD.
"""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, NamedTuple

import pytest

from cost_lib.answers import price_answer

Answer = dict[str, Any]
OPENAI = "https://api.openai.com/v1/"
ANTHROPIC = "https://api.anthropic.com/v1/messages"
GEMINI = "https://generativelanguage.googleapis.com/v1beta/models/m:generateContent"
VERTEX = "https://us-central1-aiplatform.googleapis.com/v1/projects/p/locations/us-central1/publishers/google/models/"
BEDROCK = "https://bedrock-runtime.us-east-1.amazonaws.com/model/"
XAI = "https://api.x.ai/v1/chat/completions"


class Case(NamedTuple):
    name: str
    url: str
    answer: Any
    truth: float
    request: Any = None
    at: str = "2026-11-22T12:00"
    context: str = ""


def chat(model: str, given: int = 1000, made: int = 500, spent: Answer | None = None, out: Answer | None = None, **more: Any) -> Answer:
    usage: Answer = {"prompt_tokens": given, "completion_tokens": made, "total_tokens": given + made}
    usage |= {"prompt_tokens_details": spent or {}, "completion_tokens_details": out or {}}
    return {"object": "chat.completion", "model": model, "choices": [], "usage": usage, **more}


def response(model: str, given: int = 1000, made: int = 500, **more: Any) -> Answer:
    return {"object": "response", "model": model, "usage": {"input_tokens": given, "output_tokens": made}, **more}


def claude(model: str, given: int = 1000, made: int = 500, **more: Any) -> Answer:
    return {"type": "message", "model": model, "usage": {"input_tokens": given, "output_tokens": made, **more}}


def gemini(model: str, given: int = 1000, made: int = 500, found: Answer | None = None, **more: Any) -> Answer:
    usage = {"promptTokenCount": given, "candidatesTokenCount": made, **more}
    return {"modelVersion": model, "candidates": [{"finishReason": "STOP", "groundingMetadata": found or {}}], "usageMetadata": usage}


def media(**counts: int) -> list[Answer]:
    return [{"modality": name, "tokenCount": number} for name, number in counts.items()]


def converse(given: int = 1000, made: int = 500, **more: Any) -> Answer:
    return {"usage": {"inputTokens": given, "outputTokens": made}, "metrics": {"latencyMs": 1}, **more}


def form(**fields: str) -> bytes:
    parts = [f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields.items()]
    return ("".join(parts) + "--x--").encode()


def searched(kind: str) -> Answer:
    return {"tools": [{"type": kind}], "output": [{"type": "web_search_call", "action": {"type": "search"}}] * 2}


HEARD = {"text_tokens": 17, "audio_tokens": 100}
SPOKEN = {"text_tokens": 20, "audio_tokens": 80}
PREDICTED = {"accepted_prediction_tokens": 20, "rejected_prediction_tokens": 30}
DRAWN = {"input_tokens": 448, "output_tokens": 1056, "input_tokens_details": {"text_tokens": 60, "image_tokens": 388}}
PIECES = {"text_tokens": 150, "audio_tokens": 50, "cached_tokens": 80, "cached_tokens_details": {"text_tokens": 50, "audio_tokens": 30}}
TALK = {"input_tokens": 200, "output_tokens": 50, "total_tokens": 250, "input_token_details": PIECES}
WRITTEN = {"model": "gpt-6-sol", "input_tokens": 50, "output_tokens": 200, "reasoning_tokens": 20, "total_tokens": 250}
NARROW: Answer = {"imageGenerationConfig": {"width": 512, "height": 512, "quality": "premium"}}
WIDE: Answer = {"imageGenerationConfig": {"width": 2048, "height": 1024}}
CASES = (
    # gpt-4o 2.50 and 10; what a prediction had wrong is output like any other
    Case("predicted-output", OPENAI + "chat/completions", chat("gpt-4o-2024-08-06", 1000, 60, out=PREDICTED), 1000 * 2.5 + 60 * 10),
    # gpt-audio: text 2.50 and 10, audio 32 and 64
    Case("audio", OPENAI + "chat/completions", chat("gpt-audio", 117, 100, HEARD, SPOKEN), 17 * 2.5 + 100 * 32 + 20 * 10 + 80 * 64),
    # gpt-5: priority twice 1.25, 0.125 and 10
    Case(
        "priority-cached",
        OPENAI + "chat/completions",
        chat("gpt-5", 1000, 100, {"cached_tokens": 500}, service_tier="priority"),
        500 * 2.5 + 500 * 0.25 + 100 * 20,
    ),
    Case("fine-tuned", OPENAI + "chat/completions", chat("ft:gpt-4o-mini-2024-07-18:org::id"), 1000 * 0.3 + 500 * 1.2),
    # a search preview model looks something up in every request: $25 per 1,000
    Case("search-model", OPENAI + "chat/completions", chat("gpt-4o-search-preview"), 1000 * 2.5 + 500 * 10 + 25_000),
    # web_search: $10 per 1,000 for all; web_search_preview: $25 where the model does not reason, else $10
    Case("search", OPENAI + "responses", response("gpt-4o", **searched("web_search")), 1000 * 2.5 + 500 * 10 + 20_000),
    Case("older-search", OPENAI + "responses", response("gpt-4o", **searched("web_search_preview")), 1000 * 2.5 + 500 * 10 + 50_000),
    Case(
        "older-search-reasoned", OPENAI + "responses", response("gpt-5", **searched("web_search_preview")), 1000 * 1.25 + 500 * 10 + 20_000
    ),
    # searches of files: $2.50 per 1,000; gpt-4.1 2 and 8
    Case("file-search", OPENAI + "responses", response("gpt-4.1", output=[{"type": "file_search_call"}]), 1000 * 2 + 500 * 8 + 2_500),
    # gpt-5.4: 2.50 and 15, over 272k of input 5 and 22.50
    Case("at-the-limit", OPENAI + "responses", response("gpt-5.4", 272_000, 1000), 272_000 * 2.5 + 1000 * 15),
    Case("over-the-limit", OPENAI + "responses", response("gpt-5.4", 272_001, 1000), 272_001 * 5 + 1000 * 22.5),
    # gpt-realtime: text 4, 0.40, 16; audio 32, 0.40, 64
    Case(
        "realtime",
        OPENAI + "realtime",
        {"type": "response.done", "response": {"model": "gpt-realtime", "usage": {**TALK, "output_token_details": {"audio_tokens": 40}}}},
        100 * 4 + 50 * 0.4 + 20 * 32 + 30 * 0.4 + 10 * 16 + 40 * 64,
    ),
    # gpt-image-1: text 5, images 10 in and 40 out
    Case("image-edited", OPENAI + "images/edits", {"data": [{}], "usage": DRAWN}, 60 * 5 + 388 * 10 + 1056 * 40, {"model": "gpt-image-1"}),
    # gpt-image-1.5: images 8 in and 32 out; what gpt-6-sol wrote as text beside it at 2 and 10
    Case(
        "image-written",
        OPENAI + "images/generations",
        {"data": [{}], "usage": {**DRAWN, "input_tokens_details": {"image_tokens": 448}}, "svg_usage": WRITTEN},
        448 * 8 + 1056 * 32 + 50 * 2 + 200 * 10,
        {"model": "gpt-image-1.5"},
    ),
    # DALL-E 3 in HD and wide: $0.12; DALL-E 2 at 512: $0.018
    Case(
        "dall-e-3",
        OPENAI + "images/generations",
        {"data": [{}]},
        120_000,
        {"model": "dall-e-3", "quality": "hd", "size": "1792x1024"},
        "2026-01-01",
    ),
    Case("dall-e-2", OPENAI + "images/generations", {"data": [{}] * 3}, 54_000, {"model": "dall-e-2", "size": "512x512"}, "2026-01-01"),
    # whisper $0.006 a minute; gpt-4o-transcribe: audio 6, text out 10; tts-1 $15 per million characters
    Case(
        "whisper",
        OPENAI + "audio/transcriptions",
        {"duration": 9.36, "usage": {"type": "duration", "seconds": 10}},
        1000,
        form(model="whisper-1"),
    ),
    Case(
        "transcribe",
        OPENAI + "audio/transcriptions",
        {"usage": {"type": "tokens", "input_tokens": 14, "input_token_details": {"audio_tokens": 14}, "output_tokens": 45}},
        14 * 2.5 + 45 * 10,
        form(model="gpt-4o-transcribe"),
    ),
    Case("speech", OPENAI + "audio/speech", b"ID3", 11 * 15, {"model": "tts-1", "input": "hello world"}),
    # Sonnet 4: 3 and 15; searches $10 per 1,000, fetched pages nothing
    Case(
        "searched-and-fetched",
        ANTHROPIC,
        claude("claude-sonnet-4-20250514", server_tool_use={"web_search_requests": 2, "web_fetch_requests": 3}),
        1000 * 3 + 500 * 15 + 20_000,
    ),
    # Opus 4.6: 5 and 25; in a batch half, in the US 1.1 times; fast six times, until 2026-03-13 twelve and nine times over 200k
    Case(
        "batch-in-a-place",
        ANTHROPIC,
        claude("claude-opus-4-6", inference_geo="us", service_tier="batch"),
        (1000 * 5 + 500 * 25) * 1.1 / 2,
    ),
    Case("fast", ANTHROPIC, claude("claude-opus-4-6", 250_000, speed="fast"), 250_000 * 30 + 500 * 150, at="2026-03-20"),
    Case("fast-and-long", ANTHROPIC, claude("claude-opus-4-6", 250_000, speed="fast"), 250_000 * 60 + 500 * 225, at="2026-03-01"),
    # Gemini 2.5 Flash: 0.30 and 2.50, audio 1, priority 1.8 times; Pro flex half, also over 200k
    Case(
        "tools-and-thoughts",
        GEMINI,
        gemini("gemini-2.5-flash", toolUsePromptTokenCount=400, thoughtsTokenCount=300),
        1400 * 0.3 + 800 * 2.5,
    ),
    Case(
        "priority-cached-audio",
        GEMINI,
        gemini(
            "gemini-2.5-flash",
            5000,
            cachedContentTokenCount=3000,
            serviceTier="priority",
            promptTokensDetails=media(TEXT=1000, AUDIO=4000),
            cacheTokensDetails=media(AUDIO=3000),
        ),
        1000 * 0.54 + 1000 * 1.8 + 3000 * 0.18 + 500 * 4.5,
    ),
    Case("flex", GEMINI, gemini("gemini-2.5-pro", serviceTier="flex"), (1000 * 1.25 + 500 * 10) / 2),
    Case("flex-and-long", GEMINI, gemini("gemini-2.5-pro", 250_000, serviceTier="flex"), (250_000 * 2.5 + 500 * 15) / 2),
    # drawn in a batch: half of 30
    Case(
        "drawn-in-a-batch",
        GEMINI,
        gemini("gemini-2.5-flash-image", 10, 1290, candidatesTokensDetails=media(IMAGE=1290)),
        10 * 0.15 + 1290 * 15,
        context="batch",
    ),
    # Google Maps: $25 per 1,000 prompts; queries for images are queries: $14 per 1,000
    Case("maps", GEMINI, gemini("gemini-2.5-flash", found={"groundingChunks": [{"maps": {"uri": "x"}}]}), 1000 * 0.3 + 500 * 2.5 + 25_000),
    Case(
        "image-search",
        GEMINI,
        gemini("gemini-3-flash-preview", found={"webSearchQueries": ["a"], "imageSearchQueries": ["a"]}),
        1000 * 0.5 + 500 * 3 + 28_000,
    ),
    # Gemini 2.0 Flash cost 0.15 and 0.60 on Vertex AI, 0.10 and 0.40 in the Gemini API
    Case("vertex", VERTEX + "gemini-2.0-flash-001:generateContent", gemini("gemini-2.0-flash-001"), 1000 * 0.15 + 500 * 0.6),
    Case("not-vertex", GEMINI, gemini("gemini-2.0-flash-001"), 1000 * 0.1 + 500 * 0.4),
    Case(
        "partner-on-vertex",
        VERTEX.partition("/publishers")[0] + "/endpoints/openapi/chat/completions",
        chat("meta/llama-4-maverick-17b-128e-instruct-maas"),
        1000 * 0.35 + 500 * 1.15,
    ),
    # Bedrock: Sonnet 4.5 over 200k 6 and 22.50, 1.1 times in a geography; Haiku 3.5 optimized 1 and 5
    Case("bedrock-long", BEDROCK + "us.anthropic.claude-sonnet-4-5-20250929-v1:0/converse", converse(250_000), 250_000 * 6.6 + 500 * 24.75),
    Case(
        "bedrock-optimized",
        BEDROCK + "us.anthropic.claude-3-5-haiku-20241022-v1:0/converse",
        converse(performanceConfig={"latency": "optimized"}),
        1000 * 1 + 500 * 5,
    ),
    # Llama 3 70B: 2.65 and 3.50, in London 3.45 and 4.55; Nova Pro in Virginia as everywhere but in GovCloud, 1.2 times
    Case(
        "bedrock-place",
        BEDROCK.replace("us-east-1", "eu-west-2") + "meta.llama3-70b-instruct-v1:0/converse",
        converse(),
        1000 * 3.45 + 500 * 4.55,
    ),
    Case("bedrock-usual-place", BEDROCK + "meta.llama3-70b-instruct-v1:0/converse", converse(), 1000 * 2.65 + 500 * 3.5),
    Case(
        "bedrock-government",
        BEDROCK.replace("us-east-1", "us-gov-west-1") + "amazon.nova-pro-v1:0/converse",
        converse(),
        1000 * 0.96 + 500 * 3.84,
    ),
    # Nova Canvas: $0.04, larger $0.06; Titan: $0.008 up to 512, premium $0.01
    Case(
        "bedrock-image", BEDROCK + "amazon.nova-canvas-v1:0/invoke", {"images": ["A"]}, 40_000, {"imageGenerationConfig": {"width": 1024}}
    ),
    Case("bedrock-large-image", BEDROCK + "amazon.nova-canvas-v1:0/invoke", {"images": ["A"]}, 60_000, WIDE),
    Case("bedrock-premium-image", BEDROCK + "amazon.titan-image-generator-v2:0/invoke", {"images": ["A"]}, 10_000, NARROW),
    # Embed 4: text 0.12, images 0.47
    Case(
        "cohere-image",
        "https://api.cohere.com/v2/embed",
        {"embeddings": {}, "meta": {"billed_units": {"images": 1, "image_tokens": 1000}}},
        470,
        {"model": "embed-v4.0"},
    ),
    # Mistral Medium 3: 0.40 and 2, whatever agent asks
    Case("mistral-agent", "https://api.mistral.ai/v1/agents/completions", chat("mistral-medium-2505"), 1000 * 0.4 + 500 * 2),
    # Grok 4: 3 and 15, over 128k 6 and 30
    Case("grok-long", XAI, chat("grok-4-0709", 150_000), 150_000 * 6 + 500 * 30),
    # Nova-2 of Deepgram $0.0043 a minute; its name stands in the query
    Case(
        "deepgram", "https://api.deepgram.com/v1/listen?model=nova-2&punctuate=true", {"metadata": {"duration": 60.0, "channels": 1}}, 4300
    ),
    # tools that xAI runs: searches and code $5 per 1,000, collections $2.50; grok-4 3 and 15
    Case(
        "xai-tools",
        "https://api.x.ai/v1/responses",
        {
            **response("grok-4"),
            "usage": {
                "input_tokens": 1000,
                "output_tokens": 500,
                "server_side_tool_usage_details": {"x_search_calls": 2, "code_interpreter_calls": 1, "file_search_calls": 1},
            },
        },
        1000 * 3 + 500 * 15 + 15_000 + 2_500,
    ),
    # at least ten seconds of whisper-large-v3, $0.111 an hour
    Case(
        "groq-minimum",
        "https://api.groq.com/openai/v1/audio/transcriptions",
        {"duration": 3.0},
        10 * 111_000 / 3600,
        form(model="whisper-large-v3"),
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_documented_answer_costs_what_its_price_says(case: Case) -> None:
    at = datetime.fromisoformat(case.at).replace(tzinfo=UTC)
    found = price_answer(case.answer, url=case.url, request=case.request, at=at, context=case.context)
    assert round(Decimal(str(case.truth)) * 1000) == found.get("cost_nano_usd"), found


@pytest.mark.parametrize(
    ("head", "request_", "rate"),
    [
        ({"X-Gemini-Service-Tier": "priority"}, {"service_tier": "priority"}, 2.25),
        ({"X-Gemini-Service-Tier": "standard"}, {"service_tier": "priority"}, 1.25),  # downgraded
        ({}, {"serviceTier": "flex"}, 0.625),
        ({}, {"service_tier": "SERVICE_TIER_FLEX"}, 0.625),
        ({}, {}, 1.25),
    ],
)
def test_gemini_says_in_the_head_which_tier_served_a_request(head: dict[str, str], request_: Answer, rate: float) -> None:
    answer = gemini("gemini-2.5-pro", 1000, 0)
    found = price_answer(answer, url=GEMINI, request=request_, headers=head, at=datetime(2026, 11, 22, tzinfo=UTC))
    assert rate * 10**6 == found["cost_nano_usd"]


@pytest.mark.parametrize(
    ("url", "answer", "reason"),
    [
        (ANTHROPIC, claude("claude-sonnet-4-5", service_tier="priority"), "no priority rates"),  # bought by the minute, in advance
        (GEMINI, gemini("gemini-3.5-flash", found={"groundingChunks": [{"maps": {}}]}), "no rate for maps_prompts"),  # by queries untold
        ("https://api.cohere.com/v2/embed", {"model": "embed-english-v3.0", "meta": {"billed_units": {"images": 1}}}, "images"),
        (OPENAI + "images/generations", {"data": [{}]}, "no model"),
    ],
)
def test_what_the_counts_do_not_tell_is_refused(url: str, answer: Answer, reason: str) -> None:
    found = price_answer(answer, url=url)
    assert "unknown" == found["cost_source"]
    assert reason in found["cost_reason"]


def test_a_free_request_has_no_cost_and_no_usage() -> None:
    found = price_answer({"model": "omni-moderation-latest", "results": []}, url=OPENAI + "moderations")
    assert ("ok", "none", "none") == (found["status"], found["usage_source"], found["cost_source"])
