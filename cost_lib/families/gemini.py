"""Read answers of Gemini: cached tokens lie inside its prompt, thoughts beside its candidates."""

from __future__ import annotations

import re
from typing import Final

from cost_lib.catalog.prices import place_context
from cost_lib.families.around import Around
from cost_lib.families.contexts import context_of
from cost_lib.families.fields import Body, count, some, table, tables, text
from cost_lib.families.reading import Family, Reading, lay_over
from cost_lib.model import Unknown, Usage

TIERS: Final = {"ON_DEMAND": "", "ON_DEMAND_PRIORITY": "priority", "ON_DEMAND_FLEX": "flex", "TRAFFIC_TYPE_UNSPECIFIED": ""}
MEDIA: Final = {"AUDIO": "audio", "IMAGE": "image", "VIDEO": "video"}
COUNTS: Final = ("promptTokenCount", "candidatesTokenCount", "responseTokenCount", "thoughtsTokenCount", "cachedContentTokenCount")
GROUNDING: Final = "groundingMetadata"
VERTEX: Final = "gcp.vertex_ai"  # what costs more there than in the Gemini API has prices of that place
QUERIES: Final = ("webSearchQueries", "imageSearchQueries")
ASKED_TIERS: Final = (b"serviceTier", b"service_tier")
TIER_HEADER: Final = "x-gemini-service-tier"  # what was given, which may be less than what was asked for


def read(body: Body, around: Around) -> Reading:
    """Read generated content and embeddings, or the merged events of a stream."""
    model = text(body, "modelVersion")
    usage = table(body, "usageMetadata")
    tier = _tier(usage, around)
    place = place_context(around.provider, model or around.model(), "vertex") if around.provider == VERTEX else ""
    context = context_of(around, tier, place)
    if not any(name in usage for name in COUNTS):
        return Reading(None, model, tier, context)
    return Reading(_usage(usage, _searches(body)), model, tier, context)


def read_prediction(body: Body, around: Around) -> Reading:
    """Read Vertex AI's older answers: embeddings, which say their tokens and characters, and images."""
    rows = tables(body, "predictions")
    if any("bytesBase64Encoded" in row or "gcsUri" in row for row in rows):
        return Reading(Usage(units={"images": len(rows)}), context=context_of(around, ""))
    told = table(body, "metadata", "tokenMetadata")
    tokens = sum(count(row, "embeddings", "statistics", "token_count") for row in rows) or count(told, "inputTokenCount", "totalTokens")
    characters = count(body, "metadata", "billableCharacterCount")
    made = count(told, "outputTokenCount", "totalTokens")
    found = Usage(tokens, output_tokens=made, units=some(characters=characters)) if tokens or characters else None
    return Reading(found, context=context_of(around, ""))


def fold(merged: Body, body: Body) -> None:
    """Add an event of a stream; what the answer rests on may come in any of them."""
    rests = merged.get(GROUNDING, []) + grounds(body)
    lay_over(merged, body)
    merged[GROUNDING] = rests


def grounds(body: Body) -> list[Body]:
    """Return what the candidates of one document rest on."""
    return [found for one in tables(body, "candidates") if (found := table(one, GROUNDING))]


def is_last(body: Body) -> bool:
    """Say whether no usage comes after an event."""
    return any(one.get("finishReason") for one in tables(body, "candidates"))


def _tier(usage: Body, around: Around) -> str:
    """Return the tier that served the request, as the answer says it, else the one that the request insists on."""
    traffic = text(usage, "trafficType")  # of Vertex AI
    said = text(usage, "serviceTier") or around.headers.get(TIER_HEADER, "") or TIERS.get(traffic, traffic)
    if not said and not traffic and any(name in around.edges() for name in ASKED_TIERS):
        said = next(filter(None, (around.word(name.decode()) for name in ASKED_TIERS)), "")
    return said.lower().removeprefix("service_tier_")


def _usage(usage: Body, searches: dict[str, int]) -> Usage | Unknown:
    prompt = _by_medium(usage, "promptTokensDetails", "promptTokenDetails", "toolUsePromptTokensDetails")
    made = _by_medium(usage, "candidatesTokensDetails", "responseTokensDetails")
    # a document is a document in the prompt and images in the cache
    cache = _by_medium(usage, "cacheTokensDetails") if prompt else {}
    kept = {name: min(number, prompt[name]) for name, number in cache.items() if name in prompt}
    given = {name: number - kept.get(name, 0) for name, number in prompt.items()}
    cached, thoughts = count(usage, "cachedContentTokenCount"), count(usage, "thoughtsTokenCount")
    output = count(usage, "candidatesTokenCount") or count(usage, "responseTokenCount")
    units = {f"{name}_input": number for name, number in given.items() if number}
    units |= {f"{name}_cache_read": number for name, number in kept.items() if number}
    units |= {f"{name}_output": number for name, number in made.items()}
    return Usage(
        input_tokens=count(usage, "promptTokenCount") + count(usage, "toolUsePromptTokenCount") - cached - sum(given.values()),
        cache_read_tokens=cached - sum(kept.values()),
        output_tokens=output + thoughts - sum(made.values()),
        reasoning_tokens=thoughts,
        units=units | some(**searches),
    )


def _searches(body: Body) -> dict[str, int]:
    """Count what was looked up; up to Gemini 2.5 a grounded prompt is billed, from Gemini 3 on each query.

    How often a map was asked is not told.
    """
    rests = body.get(GROUNDING) or grounds(body)
    if not rests:
        return {}
    queries = {(name, query) for rest in rests for name in QUERIES for query in rest.get(name) or () if isinstance(query, str) and query}
    mapped = any("maps" in chunk for rest in rests for chunk in tables(rest, "groundingChunks"))
    return {"grounded_prompts": int(bool(queries)), "web_searches": len(queries), "maps_prompts": int(mapped)}


def _by_medium(usage: Body, *names: str) -> dict[str, int]:
    """Sum the tokens of the lists of details that are no text, by what they are of."""
    found: dict[str, int] = {}
    for name in names:
        if name in usage:
            for row in tables(usage, name):
                medium = MEDIA.get(text(row, "modality"))
                number = count(row, "tokenCount")
                if medium and number:
                    found[medium] = found.get(medium, 0) + number
    return found


METADATA: Final = re.compile(rb'"usageMetadata"\s*:\s*\{')
RESTS: Final = re.compile(rb'"groundingMetadata"')
URGENT: Final = re.compile(rb'"(?:groundingMetadata|finishReason)"')
CONTENT: Final = Family(read, is_last, (METADATA, RESTS), fold, totals=URGENT, is_running=True)
EMBEDDINGS: Final = Family(read, telling=(METADATA,), is_bulky=True)
PREDICTION: Final = Family(read_prediction)
