"""Read answers of Bedrock's converse and agents: cached tokens lie outside the input that is reported."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

from cost_lib.catalog.places import REGION
from cost_lib.catalog.prices import place_context
from cost_lib.families.around import Around
from cost_lib.families.contexts import context_of
from cost_lib.families.fields import Body, count, first_count, table, tables, text
from cost_lib.families.reading import Family, Reading, lay_over
from cost_lib.model import Usage

NAMES: Final = ("inputTokens", "outputTokens")
HOUR: Final = "1h"
TIER_HEADER: Final = "x-amzn-bedrock-service-tier"
LATENCY_HEADER: Final = "x-amzn-bedrock-performanceconfig-latency"
TIERS: Final = frozenset(("flex", "priority", "reserved"))
OPTIMIZED: Final = "optimized"
CALLS: Final = "modelInvocationOutput"
ASKS: Final = "modelInvocationInput"
DEEPEST: Final = 12


def read(body: Body, around: Around) -> Reading:
    """Read a conversation, or the merged events of its stream."""
    usage = table(body, "usage")
    tier, context = surroundings(body, around)
    model = text(body, "trace", "promptRouter", "invokedModelId") or around.model()
    if not any(name in usage for name in NAMES):
        return Reading(None, model, tier, context)
    return Reading(usage_of(usage), model, tier, context)


def usage_of(usage: Body) -> Usage:
    """Return the meters of a table of counts as Amazon writes them."""
    written = first_count(usage, "cacheWriteInputTokens", "cacheWriteInputTokenCount")
    hour = sum(count(row, "inputTokens") for row in tables(usage, "cacheDetails") if row.get("ttl") == HOUR)
    return Usage(
        input_tokens=count(usage, "inputTokens"),
        cache_read_tokens=first_count(usage, "cacheReadInputTokens", "cacheReadInputTokenCount"),
        cache_write_5m_tokens=max(written - hour, 0),
        cache_write_1h_tokens=hour,
        output_tokens=count(usage, "outputTokens"),
    )


def surroundings(body: Body, around: Around) -> tuple[str, str]:
    """Return the service tier and the context of a request's price."""
    tier = text(body, "serviceTier", "type") or around.headers.get(TIER_HEADER, "") or text(around.asked(), "serviceTier", "type")
    region = _region_of(around.host)
    place = place_context(around.provider, around.model(), region) if region else ""
    latency = text(body, "performanceConfig", "latency") or around.headers.get(LATENCY_HEADER, "")
    return tier, context_of(around, tier if tier in TIERS else "", OPTIMIZED if latency == OPTIMIZED else "", place)


@lru_cache(maxsize=256)
def _region_of(host: str) -> str:
    found = REGION.match(host)
    return found[1] if found is not None else ""


def is_last(body: Body) -> bool:
    """Say whether no usage comes after an event."""
    return "usage" in body and "metrics" in body


def read_agent(body: Body, around: Around) -> Reading:  # noqa: ARG001 - the shape of all readers
    """Read what an agent's traces say of the models that it called; without traces nothing is known."""
    found = body.get(CALLS, [])
    if not found:
        return Reading()
    given, kept, written, hour, made = (sum(counts) for counts in zip(*(usage_of(one)[:5] for one in found), strict=True))
    models = set(body.get(ASKS, ()))
    return Reading(Usage(given, kept, written, hour, made), models.pop() if len(models) == 1 else "")


def fold_agent(merged: Body, body: Body) -> None:
    """Add the models' calls of one trace to those before."""
    merged.setdefault(CALLS, []).extend(usage for made in _within(body, CALLS, 0) if (usage := table(made, "metadata", "usage")))
    merged.setdefault(ASKS, []).extend(model for asked in _within(body, ASKS, 0) if (model := text(asked, "foundationModel")))
    lay_over(merged, {name: value for name, value in body.items() if name != "trace"})


def _within(body: Any, name: str, depth: int) -> Iterator[Body]:
    """Yield every table of a name, however deep."""
    if not isinstance(body, dict) or depth > DEEPEST:
        return
    for key, value in body.items():
        if key == name and isinstance(value, dict):
            yield value
        else:
            yield from _within(value, name, depth + 1)


CONVERSE: Final = Family(read, is_last)
AGENT: Final = Family(read_agent, telling=(re.compile(rb'"modelInvocation(?:Input|Output)"'),), fold=fold_agent)
