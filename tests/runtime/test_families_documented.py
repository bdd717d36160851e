"""Shapes of answers that providers document: what each of them says in meters that do not overlap."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cost_lib.facts import Facts
from cost_lib.families import any_family, family_of
from cost_lib.families.around import Around
from cost_lib.model import Unknown, Usage

Body = dict[str, Any]


def read(path: str, answer: Body | bytes, provider: str = "", request: Body | bytes = b"", **headers: str) -> Facts:
    found = family_of(path)
    reader = (found[1] if found is not None else any_family()).reader()
    asked = request if isinstance(request, bytes) else json.dumps(request).encode()
    kind = "multipart/form-data; boundary=x" if asked[:2] == b"--" else "application/json"
    head = {name.replace("_", "-"): value for name, value in headers.items()}
    reader.around = Around(provider, "", path, body=lambda: asked, content_type=kind, headers=head)
    data = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
    reader.is_stream = data.startswith((b"data:", b"event:"))
    reader.feed(data)
    facts = Facts({}, provider=provider)
    reader.tell(facts)
    return facts


def stream(*events: Body) -> bytes:
    return b"".join(b"data: " + json.dumps(event).encode() + b"\n\n" for event in events)


def chat(**usage: Any) -> Body:
    return {"object": "chat.completion", "model": "m", "choices": [{"finish_reason": "stop"}], "usage": usage}


CHAT = "/v1/chat/completions"
INVOKE = "/model/anthropic.claude-v2/invoke"
MESSAGE = {"type": "message_start", "message": {"model": "claude-haiku-4-5", "usage": {"input_tokens": 10, "output_tokens": 1}}}
DELTA = {"type": "content_block_delta", "delta": {"type": "text_delta", "text": "a word or two, and more of them " * 4}}
SHAPES: tuple[tuple[str, str, Body | bytes, Usage, str], ...] = (
    (
        "xAI counts reasoning beside the output",
        CHAT,
        chat(prompt_tokens=10, completion_tokens=5, total_tokens=115, completion_tokens_details={"reasoning_tokens": 100}),
        Usage(10, output_tokens=105, reasoning_tokens=100),
        "x_ai",
    ),
    (
        "OpenAI counts reasoning inside",
        CHAT,
        chat(prompt_tokens=10, completion_tokens=105, total_tokens=115, completion_tokens_details={"reasoning_tokens": 100}),
        Usage(10, output_tokens=105, reasoning_tokens=100),
        "openai",
    ),
    (
        "DeepSeek's older field of cached tokens",
        CHAT,
        chat(prompt_tokens=10, completion_tokens=5, total_tokens=15, prompt_cache_hit_tokens=6, prompt_cache_miss_tokens=4),
        Usage(4, cache_read_tokens=6, output_tokens=5),
        "deepseek",
    ),
    (
        "Databricks' cached tokens beside the details",
        CHAT,
        chat(prompt_tokens=100, completion_tokens=5, total_tokens=105, cache_read_input_tokens=60, cache_creation_input_tokens=30),
        Usage(10, cache_read_tokens=60, cache_write_5m_tokens=30, output_tokens=5),
        "databricks",
    ),
    (
        "Together's cached tokens",
        CHAT,
        chat(prompt_tokens=10, completion_tokens=5, total_tokens=15, cached_tokens=4),
        Usage(6, cache_read_tokens=4, output_tokens=5),
        "together",
    ),
    (
        "Gemini's compatible endpoint hides its thoughts in the total",
        "/v1beta/openai/chat/completions",
        chat(prompt_tokens=10, completion_tokens=5, total_tokens=45),
        Usage(10, output_tokens=35, reasoning_tokens=30),
        "gcp.gemini",
    ),
    (
        "Groq's usage at the end of older streams",
        CHAT,
        stream(
            {"model": "m", "choices": [{"delta": {}}]},
            {"model": "m", "choices": [], "x_groq": {"usage": {"prompt_tokens": 3, "completion_tokens": 2, "total_tokens": 5}}},
        ),
        Usage(3, output_tokens=2),
        "groq",
    ),
    (
        "Moonshot's usage inside the last choice",
        CHAT,
        stream(
            {"model": "m", "choices": [{"delta": {}}]},
            {"choices": [{"finish_reason": "stop", "usage": {"prompt_tokens": 3, "completion_tokens": 2, "total_tokens": 5}}]},
        ),
        Usage(3, output_tokens=2),
        "moonshot",
    ),
    (
        "Cloudflare wraps the answer",
        "/client/v4/accounts/a/ai/run/@cf/meta/llama-3-8b",
        {"result": {"response": "x", "usage": {"prompt_tokens": 3, "completion_tokens": 2, "total_tokens": 5}}, "success": True},
        Usage(3, output_tokens=2),
        "cloudflare",
    ),
    (
        "Meta's metrics",
        CHAT,
        {
            "completion_message": {},
            "metrics": [{"metric": "num_prompt_tokens", "value": 3}, {"metric": "num_completion_tokens", "value": 2}],
        },
        Usage(3, output_tokens=2),
        "meta",
    ),
    (
        "an embedding that reports only its total",
        "/v1/embeddings",
        {"object": "list", "model": "voyage-3.5", "usage": {"total_tokens": 4}},
        Usage(4),
        "voyageai",
    ),
    (
        "a run of an assistant",
        "/v1/threads/t/runs",
        stream(
            {"object": "thread.run", "model": "gpt-4o", "usage": None},
            {"object": "thread.run.step", "usage": {"prompt_tokens": 5, "completion_tokens": 1, "total_tokens": 6}},
            {"object": "thread.run", "model": "gpt-4o", "usage": {"prompt_tokens": 9, "completion_tokens": 2, "total_tokens": 11}},
        ),
        Usage(9, output_tokens=2),
        "openai",
    ),
    (
        "images in tokens",
        "/v1/images/generations",
        {
            "data": [{}],
            "usage": {"input_tokens": 50, "output_tokens": 272, "input_tokens_details": {"text_tokens": 10, "image_tokens": 40}},
        },
        Usage(10, units={"image_input": 40, "image_output": 272}),
        "openai",
    ),
    (
        "a transcription by the second",
        "/v1/audio/transcriptions",
        {"text": "x", "usage": {"type": "duration", "seconds": 9}},
        Usage(units={"audio_ms": 9000}),
        "openai",
    ),
    (
        "a transcription that says how long it was",
        "/v1/audio/transcriptions",
        {"text": "x", "duration": 8.47},
        Usage(units={"audio_ms": 8470}),
        "openai",
    ),
    (
        "speech as events",
        "/v1/audio/speech",
        stream(
            {"type": "speech.audio.delta", "audio": "x"}, {"type": "speech.audio.done", "usage": {"input_tokens": 14, "output_tokens": 101}}
        ),
        Usage(14, units={"audio_output": 101}),
        "openai",
    ),
    (
        "Perplexity's research",
        "/chat/completions",
        {
            "model": "sonar-deep-research",
            "usage": {
                "prompt_tokens": 33,
                "completion_tokens": 7163,
                "total_tokens": 7196,
                "citation_tokens": 19841,
                "num_search_queries": 18,
                "reasoning_tokens": 73464,
            },
        },
        Usage(33, output_tokens=7163 + 73464, reasoning_tokens=73464, units={"citation": 19841, "web_searches": 18}),
        "perplexity",
    ),
    (
        "one hour's cache writes in a conversation",
        "/model/m/converse",
        {"usage": {"inputTokens": 3, "outputTokens": 5, "cacheWriteInputTokens": 30, "cacheDetails": [{"ttl": "1h", "inputTokens": 20}]}},
        Usage(3, cache_write_5m_tokens=10, cache_write_1h_tokens=20, output_tokens=5),
        "aws.bedrock",
    ),
    (
        "Titan's results",
        INVOKE,
        {"inputTextTokenCount": 5, "results": [{"tokenCount": 10, "outputText": "x"}]},
        Usage(5, output_tokens=10),
        "aws.bedrock",
    ),
    (
        "Llama's counts on Bedrock",
        INVOKE,
        {"generation": "x", "prompt_token_count": 8, "generation_token_count": 35},
        Usage(8, output_tokens=35),
        "aws.bedrock",
    ),
    (
        "the metrics at the end of a model's stream",
        "/model/m/invoke-with-response-stream",
        stream(
            {"type": "completion", "completion": "x"},
            {
                "type": "completion",
                "amazon-bedrock-invocationMetrics": {"inputTokenCount": 9, "outputTokenCount": 4, "cacheReadInputTokenCount": 2},
            },
        ),
        Usage(9, cache_read_tokens=2, output_tokens=4),
        "aws.bedrock",
    ),
    (
        "OpenAI's cache writes for half a day",
        "/v1/responses",
        {
            "usage": {
                "input_tokens": 100,
                "output_tokens": 5,
                "input_tokens_details": {
                    "cache_write_tokens": 90,
                    "cache_write_tokens_details": {"ttl_12h_tokens": 60, "ttl_30m_tokens": 30},
                },
            }
        },
        Usage(10, cache_write_5m_tokens=30, output_tokens=5, units={"cache_write_12h": 60}),
        "openai",
    ),
    (
        "an hour's cache writes without a total",
        "/v1/messages",
        {"type": "message", "usage": {"input_tokens": 1, "output_tokens": 2, "cache_creation": {"ephemeral_1h_input_tokens": 7}}},
        Usage(1, cache_write_1h_tokens=7, output_tokens=2),
        "anthropic",
    ),
    (
        "text models of Vertex",
        "/v1/projects/p/locations/global/publishers/google/models/text-bison:predict",
        {
            "metadata": {"tokenMetadata": {"inputTokenCount": {"totalTokens": 5}, "outputTokenCount": {"totalTokens": 7}}},
            "predictions": [{}],
        },
        Usage(5, output_tokens=7),
        "gcp.vertex_ai",
    ),
    (
        "images of Vertex",
        "/v1/projects/p/locations/global/publishers/google/models/imagen-4.0-generate-001:predict",
        {"predictions": [{"bytesBase64Encoded": "x"}, {"bytesBase64Encoded": "y"}]},
        Usage(units={"images": 2}),
        "gcp.vertex_ai",
    ),
    (
        "cached images of an interaction",
        "/v1beta/interactions",
        {
            "model": "gemini-2.5-flash",
            "usage": {
                "total_input_tokens": 300,
                "total_cached_tokens": 258,
                "total_output_tokens": 5,
                "total_thought_tokens": 7,
                "input_tokens_by_modality": [{"modality": "image", "tokens": 258}],
                "cached_tokens_by_modality": [{"modality": "image", "tokens": 258}],
                "grounding_tool_count": [{"type": "google_search", "count": 2}],
            },
        },
        Usage(42, output_tokens=12, reasoning_tokens=7, units={"image_cache_read": 258, "grounded_prompts": 1, "web_searches": 2}),
        "gcp.gemini",
    ),
    (
        "maps that a prompt was grounded on",
        "/v1beta/models/gemini-2.5-flash:generateContent",
        {
            "candidates": [{"groundingMetadata": {"groundingChunks": [{"maps": {"uri": "x"}}]}}],
            "usageMetadata": {"promptTokenCount": 5, "candidatesTokenCount": 2},
        },
        Usage(5, output_tokens=2, units={"maps_prompts": 1}),
        "gcp.gemini",
    ),
    (
        "ranked documents",
        "/v2/rerank",
        {"results": [], "meta": {"billed_units": {"search_units": 2}}},
        Usage(units={"rerank_searches": 2}),
        "cohere",
    ),
    (
        "embedded images of Cohere, with a point in its whole numbers",
        "/v2/embed",
        {"embeddings": {}, "meta": {"billed_units": {"input_tokens": 3.0, "image_tokens": 128.0}}},
        Usage(3, units={"image_input": 128}),
        "cohere",
    ),
    (
        "a replicated model",
        "/v1/predictions",
        {"metrics": {"input_token_count": 4, "output_token_count": 6}},
        Usage(4, output_tokens=6),
        "replicate",
    ),
)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape[0].replace(" ", "-"))
def test_a_documented_shape_is_read(shape: tuple[str, str, Body | bytes, Usage, str]) -> None:
    _, path, answer, usage, provider = shape
    found = read(path, answer, provider).usage
    assert isinstance(found, Usage), found
    assert (usage[:6], dict(usage.units)) == (found[:6], dict(found.units))


def test_counts_in_the_head_stand_for_a_body_that_has_none() -> None:
    counts: Body = {
        "x_amzn_bedrock_input_token_count": "12",
        "x_amzn_bedrock_output_token_count": "7",
        "x_amzn_bedrock_cache_read_input_token_count": "3",
    }
    found = read("/model/cohere.command-r-v1:0/invoke", {"text": "x"}, "aws.bedrock", **counts)
    assert (Usage(12, 3, output_tokens=7), "cohere.command-r-v1:0") == (found.usage, found.model)


def test_the_url_names_the_model_with_its_region_where_the_body_shortens_it() -> None:
    answer = {"type": "message", "model": "claude-haiku-4-5-20251001", "usage": {"input_tokens": 1, "output_tokens": 1}}
    assert (
        "eu.anthropic.claude-haiku-4-5-20251001-v1:0" == read("/model/eu.anthropic.claude-haiku-4-5-20251001-v1%3A0/invoke", answer).model
    )


def test_the_body_names_the_model_behind_a_profile_of_one_s_own() -> None:
    answer = {"type": "message", "model": "claude-haiku-4-5-20251001", "usage": {"input_tokens": 1, "output_tokens": 1}}
    path = "/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A1%3Aapplication-inference-profile%2Fabc/invoke"
    assert "claude-haiku-4-5-20251001" == read(path, answer).model


def test_the_path_of_a_router_names_who_answers() -> None:
    found = read("/together/v1/chat/completions", chat(prompt_tokens=1, total_tokens=1), "huggingface", {"model": "meta-llama/Llama-4"})
    assert "meta-llama/Llama-4:together" == found.model_requested


def test_a_router_s_choice_is_the_model() -> None:
    answer: Body = {"usage": {"inputTokens": 1, "outputTokens": 1}, "trace": {"promptRouter": {"invokedModelId": "amazon.nova-lite-v1:0"}}}
    assert "amazon.nova-lite-v1:0" == read("/model/router/converse", answer).model


@pytest.mark.parametrize(
    ("answer", "context"),
    [({"serviceTier": {"type": "flex"}}, "flex"), ({"performanceConfig": {"latency": "optimized"}}, "optimized"), ({}, "")],
)
def test_the_tier_of_a_conversation_is_read(answer: Body, context: str) -> None:
    assert context == read("/model/m/converse", {**answer, "usage": {"inputTokens": 1, "outputTokens": 1}}).price_context


@pytest.mark.parametrize(
    ("model", "size", "context"), [("dall-e-3", "1024x1792", "1024x1792+hd"), ("dall-e-3", "1024x1024", "hd"), ("other", "1", "")]
)
def test_size_and_quality_of_an_image_are_those_that_were_asked_for(model: str, size: str, context: str) -> None:
    found = read("/v1/images/generations", {"data": [{"url": "x"}]}, "openai", {"model": model, "size": size, "quality": "hd"})
    assert (context, {"images": 1}, model) == (
        found.price_context,
        dict(found.usage.units) if isinstance(found.usage, Usage) else 0,
        found.model,
    )


def test_the_model_of_a_long_request_is_looked_for_at_its_ends() -> None:
    asked = b'{"input":"' + b"x" * 100_000 + b'","model":"text-embedding-3-small"}'
    assert "text-embedding-3-small" == read("/v1/embeddings", {"usage": {"total_tokens": 1}}, "openai", asked).model


def test_the_model_of_a_form_is_found() -> None:
    part = b'--x\r\nContent-Disposition: form-data; name="%b"\r\n\r\n%b\r\n'
    form = part % (b"model", b"whisper-1") + part % (b"file", b"\0") + b"--x--"
    assert "whisper-1" == read("/v1/audio/transcriptions", {"duration": 1}, "openai", form).model


@pytest.mark.parametrize(
    ("request_", "headers", "count"),
    [({"input": "twelve chars"}, {}, 12), ({"text": "four"}, {}, 4), ({"text": "x"}, {"character_cost": "7"}, 7)],
)
def test_speech_is_counted_by_its_characters(request_: Body, headers: dict[str, str], count: int) -> None:
    assert Usage(units={"characters": count}) == read("/v1/audio/speech", b"\xff\xf3sound", "openai", request_, **headers).usage


@pytest.mark.parametrize(
    ("usage", "context"),
    [
        ({"iterations": [{"type": "message"}, {"type": "fallback_message", "model": "claude-opus-4-8"}]}, "fallback"),
        ({"fallback_credit": {"status": {"type": "redeemed"}}}, "fallback_credit"),
        ({"fallback_credit": {"status": {"type": "not_applied"}}}, ""),
        ({"iterations": [{"type": "message"}, {"type": "compaction"}]}, ""),
    ],
)
def test_a_bill_that_the_counts_do_not_tell_is_not_guessed(usage: Body, context: str) -> None:
    answer = {"type": "message", "model": "claude-fable-5", "usage": {"input_tokens": 1, "output_tokens": 1, **usage}}
    assert context == read("/v1/messages", answer, "anthropic").price_context


def test_the_fee_of_connectors_is_not_guessed() -> None:
    usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 5, "connector_tokens": 3, "connectors": {"web_search": 1}}
    assert "connectors" == read("/v1/conversations", {"usage": usage}, "mistral_ai").price_context


def test_a_stream_that_is_cut_is_estimated_and_never_billed_as_one_token() -> None:
    found = read("/v1/messages", stream(MESSAGE, *[DELTA] * 8), "anthropic")
    assert isinstance(found.usage, Usage)
    assert ("estimated", 10) == (found.usage_source, found.usage.input_tokens)
    assert 8 <= found.usage.output_tokens


@pytest.mark.parametrize(("status", "source"), [("closed", "estimated"), ("broken", "estimated"), ("ok", "")])
def test_totals_so_far_of_a_stream_that_was_left_are_estimates(status: str, source: str) -> None:
    found = family_of(CHAT)
    assert found is not None
    reader = found[1].reader()
    reader.is_stream = True
    for made in (1, 2, 3):
        usage = {"prompt_tokens": 9, "completion_tokens": made, "total_tokens": 9 + made}
        reader.feed(stream({"model": "sonar", "choices": [{"delta": {"content": "x"}, "finish_reason": None}], "usage": usage}))
    facts = Facts({})
    facts.status = status
    reader.tell(facts)
    assert source == facts.usage_source


def test_an_error_in_the_midst_of_a_stream_breaks_it() -> None:
    overloaded = {"type": "error", "error": {"type": "overloaded_error", "message": "secret"}}
    found = read("/v1/messages", stream(MESSAGE, DELTA, DELTA, DELTA, overloaded), "anthropic")
    assert ("broken", {"code": "overloaded_error"}, "estimated", True) == (found.status, found.error, found.usage_source, found.is_charged)


def test_a_stream_that_ends_well_is_not_estimated() -> None:
    found = read("/v1/messages", stream(MESSAGE, DELTA, {"type": "message_delta", "usage": {"output_tokens": 30}}), "anthropic")
    assert (Usage(10, output_tokens=30), "") == (found.usage, found.usage_source)


def test_the_last_of_gemini_s_running_totals_holds() -> None:
    def part(made: int, **more: Any) -> Body:
        return {"candidates": [more], "usageMetadata": {"promptTokenCount": 5, "candidatesTokenCount": made}}

    searched = {"groundingMetadata": {"webSearchQueries": ["a"]}}
    found = read(
        "/v1beta/models/gemini-2.5-flash:streamGenerateContent", stream(part(1), part(2, **searched), part(9, finishReason="STOP"))
    )
    assert Usage(5, output_tokens=9, units={"grounded_prompts": 1, "web_searches": 1}) == found.usage


@pytest.mark.parametrize(
    "data", [b"", b"null", b"[]", b"3", b'"x"', b"{", b"\xff\xfe", b"[" * 5000, b'{"usage":3}', b'{"usage":{"prompt_tokens":"x"}}']
)
def test_what_is_no_answer_leaves_the_usage_unknown_or_empty(data: bytes) -> None:
    assert isinstance(read(CHAT, data).usage, Unknown) or not any(read(CHAT, data).usage[:5])


@pytest.mark.parametrize(
    "path", [CHAT, "/v1/messages", "/v1/responses", INVOKE, "/model/m/converse", "/v1beta/models/m:generateContent", "/x"]
)
@pytest.mark.parametrize("name", ["usage", "usageMetadata", "meta", "candidates", "output", "results", "iterations", "error"])
@pytest.mark.parametrize("value", [[], [3], "x", 3, {"iterations": [3, {}], "cache_creation": 5}, [{"x": [[]]}]])
def test_no_shape_of_garbage_breaks_a_reader(path: str, name: str, value: Any) -> None:
    assert read(path, {name: value}).status in {"ok", "error"}


def test_vectors_are_not_parsed_to_find_the_usage_at_their_end() -> None:
    vectors = b'{"object":"list","data":[' + b",".join([b'{"embedding":[' + b"0.1," * 20000 + b"1]}"] * 8) + b"]"
    found = read("/v1/embeddings", vectors + b',"model":"text-embedding-3-small","usage":{"prompt_tokens":8,"total_tokens":8}}')
    assert (Usage(8), "text-embedding-3-small") == (found.usage, found.model)


@pytest.mark.parametrize("size", [700, 5000, 20_000, 10**6])
def test_vectors_that_come_in_pieces_are_read_at_their_end(size: int) -> None:
    rows = b",".join([b'{"embedding":[' + b"0.1," * 20000 + b"1]}"] * 8)
    body = b'{"model":"m","data":[' + rows + b'],"usage":{"prompt_tokens":8,"total_tokens":8}}'
    found = family_of("/v1/embeddings")
    assert found is not None
    reader = found[1].reader()
    for start in range(0, len(body), size):
        reader.feed(body[start : start + size])
    facts = Facts({})
    reader.tell(facts)
    assert (Usage(8), "m") == (facts.usage, facts.model)


def test_vectors_without_usage_are_unknown() -> None:
    assert isinstance(read("/v1/embeddings", b'{"data":[' + b"0.1," * 20000 + b"1]}").usage, Unknown)


def test_documents_line_by_line_are_read_as_one() -> None:
    assert (
        Usage(3, output_tokens=4)
        == read("/api/chat", b'{"model":"m","done":false}\n{"done":true,"prompt_eval_count":3,"eval_count":4}\n').usage
    )


def test_an_event_without_end_is_given_up() -> None:
    found = read(CHAT, b"data: " + b"x" * 8_100_000)
    assert Unknown("an event of the stream was too long") == found.usage


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        (CHAT, chat(prompt_tokens=0, completion_tokens=0, total_tokens=0)),
        ("/v1/messages", {"type": "message", "usage": {"input_tokens": 0, "output_tokens": 0}}),
        ("/v1beta/cachedContents", {"name": "cachedContents/x", "usageMetadata": {"totalTokenCount": 3512}}),
    ],
)
def test_nothing_is_not_taken_for_an_answer(path: str, answer: Body) -> None:
    assert isinstance(read(path, answer).usage, Unknown)


@pytest.mark.parametrize("answer", [{}, {"model": "m"}, {"usage": {}}])
@pytest.mark.parametrize(
    "path", ["/v2/chat", "/v1beta/interactions", "/ml/v1/text/generation", "/api/chat", "/v1/ocr", "/v1/images/generations", "/v1/listen"]
)
def test_an_answer_without_counts_is_unknown(path: str, answer: Body) -> None:
    assert isinstance(read(path, answer).usage, Unknown)


@pytest.mark.parametrize(
    ("answer", "usage"),
    [
        ({"usage": {"total_input_tokens": 3, "total_output_tokens": 2}}, Usage(3, output_tokens=2)),
        ({"meta": {"billed_units": {"input_tokens": 3}}}, Usage(3)),
        ({"usageMetadata": {"promptTokenCount": 3}}, Usage(3)),
        ({"prompt_eval_count": 3, "eval_count": 2}, Usage(3, output_tokens=2)),
        ({"results": [{"input_token_count": 3, "generated_token_count": 2}]}, Usage(3, output_tokens=2)),
        ({"usage_info": {"pages_processed": 2}}, Usage(units={"pages": 2})),
        ({"type": "message", "usage": {"input_tokens": 3, "cache_read_input_tokens": 9}}, Usage(3, 9)),
        ({"usage": {"input_tokens": 3, "input_tokens_details": {"cached_tokens": 2}}}, Usage(1, 2)),
        ({"choices": [{"usage": {"prompt_tokens": 3, "total_tokens": 3}}]}, Usage(3)),
        ({"data": [{"b64_json": "x"}, {"url": "y"}]}, Usage(units={"images": 2})),
    ],
)
def test_an_unknown_path_is_read_by_the_answer_s_own_shape(answer: Body, usage: Usage) -> None:
    found = read("/some/gateway", answer).usage
    assert isinstance(found, Usage), found
    assert (usage[:6], dict(usage.units)) == (found[:6], dict(found.units))


@pytest.mark.parametrize(
    ("usage", "nano_usd"),
    [
        ({"cost": 0.00341475}, 3_414_750),
        ({"cost": 6e-08}, 60),
        ({"cost": {"total_cost": 0.00519}}, 5_190_000),
        ({"cost_in_usd_ticks": 3_546_500}, 354_650),
        ({"cost_in_usd_ticks": 0}, None),
        ({"cost": 0.001, "is_byok": True, "cost_details": {"upstream_inference_cost": 0.02}}, 21_000_000),
        ({"cost": 0.001, "is_byok": False, "cost_details": {"upstream_inference_cost": 0.001}}, 1_000_000),
        ({}, None),
    ],
)
def test_what_a_provider_says_that_it_charges_is_read(usage: Body, nano_usd: int | None) -> None:
    assert nano_usd == read(CHAT, chat(prompt_tokens=1, completion_tokens=1, total_tokens=2, **usage), "openrouter").reported_cost


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ({"error": {"code": "invalid_api_key", "message": "secret"}}, "invalid_api_key"),
        ({"type": "error", "error": {"type": "overloaded_error", "message": "secret"}}, "overloaded_error"),
        ({"error": {"status": "NOT_FOUND", "code": 404, "message": "secret"}}, "404"),
        ({"error": "secret words of the provider"}, "error"),
        ({"error": "model_not_found"}, "model_not_found"),
    ],
)
def test_an_error_leaves_its_code_and_never_its_message(answer: Body, code: str) -> None:
    found = read(CHAT, answer)
    assert ("error", False, {"code": code}) == (found.status, found.is_charged, found.error)
