"""Read answers of Gemini's interactions: cached tokens lie inside the input, thoughts beside the output."""

from __future__ import annotations

from typing import Final

from cost_lib.families.around import Around
from cost_lib.families.contexts import context_of
from cost_lib.families.fields import Body, count, some, table, tables, text
from cost_lib.families.reading import Family, Reading
from cost_lib.model import Usage

MEDIA = ("audio", "image", "video")
SEARCHED = {"google_search": "web_searches", "google_maps": "maps_queries"}


def read(body: Body, around: Around) -> Reading:
    """Read an interaction, or the events of its stream."""
    usage = table(body, "usage")
    model, tier = text(body, "model"), text(body, "service_tier")
    context = context_of(around, tier)
    if "total_input_tokens" not in usage and "total_output_tokens" not in usage:
        return Reading(None, model, tier, context)
    given = {name: _of(usage, "input_tokens_by_modality", name) + _of(usage, "tool_use_tokens_by_modality", name) for name in MEDIA}
    kept = {name: min(_of(usage, "cached_tokens_by_modality", name), number) for name, number in given.items()}
    fresh = {name: number - kept[name] for name, number in given.items()}
    made = {name: _of(usage, "output_tokens_by_modality", name) for name in MEDIA}
    cached, thoughts = count(usage, "total_cached_tokens"), count(usage, "total_thought_tokens")
    found = Usage(
        input_tokens=count(usage, "total_input_tokens") + count(usage, "total_tool_use_tokens") - cached - sum(fresh.values()),
        cache_read_tokens=cached - sum(kept.values()),
        output_tokens=count(usage, "total_output_tokens") + thoughts - sum(made.values()),
        reasoning_tokens=thoughts,
        units=some(
            **{f"{name}_input": number for name, number in fresh.items()},
            **{f"{name}_cache_read": number for name, number in kept.items()},
            **{f"{name}_output": number for name, number in made.items()},
            **_searches(usage),
        ),
    )
    return Reading(found, model, tier, context)


def is_last(body: Body) -> bool:
    """Say whether no usage comes after an event."""
    return text(body, "event_type") in {"interaction.completed", "interaction.complete"}


def _searches(usage: Body) -> dict[str, int]:
    rows = [row for row in tables(usage, "grounding_tool_count") if text(row, "type") in SEARCHED]
    found = {SEARCHED[text(row, "type")]: count(row, "count") for row in rows}
    return {**found, "grounded_prompts": int(bool(found.get("web_searches"))), "maps_prompts": int(bool(found.get("maps_queries")))}


def _of(usage: Body, name: str, modality: str) -> int:
    return sum(count(row, "tokens") for row in tables(usage, name) if text(row, "modality").lower() == modality)


INTERACTIONS: Final = Family(read, is_last)
