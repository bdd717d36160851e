"""Tell the shape of an answer from the answer itself, where neither host nor path do: gateways, models behind one endpoint."""

from __future__ import annotations

import re
from typing import Final

from cost_lib.families.around import Around
from cost_lib.families.fields import Body, count, first_count, table, tables, text
from cost_lib.families.gemini import GROUNDING, RESTS, grounds
from cost_lib.families.reading import USAGE, Reading, lay_over
from cost_lib.families.reported_cost import cost_of
from cost_lib.model import Usage

METRICS: Final = "amazon-bedrock-invocationMetrics"
# events of any shape that hold counts
EVERY: Final = (
    USAGE,
    re.compile(rb'"usageMetadata"\s*:\s*\{'),
    RESTS,
    re.compile(rb'"billed_units"\s*:\s*\{'),
    re.compile(rb'(?:_token_count|eval_count|TokenCount)"\s*:'),
    re.compile(rb"invocationMetrics"),
)
# one count for all: input and output under the names of houses with shapes of their own
PLAIN: Final = (
    ("prompt_token_count", "generation_token_count"),  # Llama on Bedrock
    ("num_tokens_prompt_total", "num_tokens_generated"),  # Aleph Alpha
    ("inputTokenCount", "outputTokenCount"),  # Bedrock's metrics
    ("input_token_count", "output_token_count"),  # Replicate's metrics
    ("inputTextTokenCount", "outputTextTokenCount"),  # Titan
)


def shape_of(body: Body) -> str:
    """Name the shape of an answer; empty where it has none that is known."""
    usage = table(body, "usage")
    medium = _medium_of(body, usage)
    if medium:
        return medium
    if "usageMetadata" in body:
        return "gemini"
    if "total_input_tokens" in usage:
        return "interactions"
    if "billed_units" in usage or "billed_units" in table(body, "meta"):
        return "cohere"
    if "inputTokens" in usage or "outputTokens" in usage:
        return "converse"
    if "input_tokens" in usage or "output_tokens" in usage:
        is_message = body.get("type") == "message" or "cache_creation_input_tokens" in usage or "stop_reason" in body
        return "messages" if is_message else "responses"
    wrapped = (
        "usage" in table(body, "result") or "usage" in table(body, "x_groq") or any("usage" in choice for choice in tables(body, "choices"))
    )
    if "prompt_tokens" in usage or "total_tokens" in usage or wrapped:
        return "chat"
    if "prompt_eval_count" in body or "eval_count" in body:
        return "ollama"
    if any("input_token_count" in row or "generated_token_count" in row for row in tables(body, "results")):
        return "watsonx"
    return "pages" if "usage_info" in body else ""


def _medium_of(body: Body, usage: Body) -> str:
    """Name the shape of an answer that is an image, or says what was heard."""
    drawn = tables(body, "data")
    if drawn and "prompt_tokens" not in usage and all("url" in row or "b64_json" in row for row in drawn):
        return "images"
    if usage.get("type") == "duration" or ("duration" in body and "text" in body):
        return "transcriptions"
    if "duration" in table(body, "metadata"):
        return "listening"
    return "predictions" if "predictions" in body else ""


def read_plain(body: Body, around: Around) -> Reading:  # noqa: ARG001 - the shape of all readers
    """Read counts that stand by themselves."""
    for found in (table(body, METRICS), body, table(body, "metrics")):
        for given, made in PLAIN:
            if given in found or made in found:
                return Reading(_usage(found, given, made, body), text(body, "model"))
    return Reading(None, text(body, "model"), cost=cost_of(table(body, "usage")))


def _usage(found: Body, given: str, made: str, body: Body) -> Usage:
    output = count(found, made) or sum(count(row, "tokenCount") for row in tables(body, "results"))
    return Usage(
        input_tokens=count(found, given),
        cache_read_tokens=first_count(found, "cacheReadInputTokenCount"),
        cache_write_5m_tokens=first_count(found, "cacheWriteInputTokenCount"),
        output_tokens=output or first_count(found, "totalOutputTextTokenCount"),
    )


def fold(merged: Body, body: Body) -> None:
    """Add an event of a stream, also one that wraps its document once more."""
    inner = next((value for name in ("metadata", "delta") if (value := table(body, name)) and "usage" in value), {})
    rests = merged.get(GROUNDING, []) + grounds(body)
    lay_over(merged, {**body, **inner})
    if rests:
        merged[GROUNDING] = rests


def is_last(body: Body) -> bool:
    """Say whether no usage comes after an event."""
    return METRICS in body or body.get("done") is True or text(body, "type") in {"message_stop", "message-end", "response.completed"}
