"""Read answers of Gemini: cached tokens lie inside its prompt, thoughts beside its candidates."""

from __future__ import annotations

from typing import Any

from cost_lib.catalog.prices import context_key
from cost_lib.families.reading import Body, Reading, count, some, text
from cost_lib.model import Usage

TIERS = {"ON_DEMAND": "", "ON_DEMAND_PRIORITY": "priority", "ON_DEMAND_FLEX": "flex"}


def read(body: Body) -> Reading | None:
    """Read generated content, or the merged events of a stream."""
    model = text(body, "modelVersion")
    usage = body.get("usageMetadata")
    if not isinstance(usage, dict):
        return Reading(None, model)
    prompt = {name: _of(usage, "promptTokensDetails", name) for name in ("AUDIO", "IMAGE", "VIDEO")}
    # a document is a document in the prompt and images in the cache
    kept = {name: min(_of(usage, "cacheTokensDetails", name), all_of_it) for name, all_of_it in prompt.items()}
    given = {name: all_of_it - kept[name] for name, all_of_it in prompt.items()}
    made = {name: _of(usage, "candidatesTokensDetails", name) for name in kept}
    cached, thoughts = count(usage, "cachedContentTokenCount"), count(usage, "thoughtsTokenCount")
    found = Usage(
        input_tokens=count(usage, "promptTokenCount") + count(usage, "toolUsePromptTokenCount") - cached - sum(given.values()),
        cache_read_tokens=cached - sum(kept.values()),
        output_tokens=count(usage, "candidatesTokenCount") + thoughts - sum(made.values()),
        reasoning_tokens=thoughts,
        units=some(
            audio_input=given["AUDIO"],
            image_input=given["IMAGE"],
            video_input=given["VIDEO"],
            audio_cache_read=kept["AUDIO"],
            image_cache_read=kept["IMAGE"],
            video_cache_read=kept["VIDEO"],
            audio_output=made["AUDIO"],
            image_output=made["IMAGE"],
            video_output=made["VIDEO"],
        ),
    )
    traffic = text(usage, "trafficType")
    tier = TIERS.get(traffic, traffic.lower())
    return Reading(found, model, tier, context_key(tier))


def is_last(body: Body) -> bool:
    """Say whether no usage comes after an event."""
    candidates: Any = body.get("candidates")
    return isinstance(candidates, list) and any(isinstance(one, dict) and one.get("finishReason") for one in candidates)


def _of(usage: Body, name: str, modality: str) -> int:
    rows = usage.get(name)
    return (
        sum(count(row, "tokenCount") for row in rows if isinstance(row, dict) and row.get("modality") == modality)
        if isinstance(rows, list)
        else 0
    )
