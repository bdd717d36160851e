"""Read answers of Anthropic's messages: cached tokens lie outside the input that is reported."""

from __future__ import annotations

from typing import Final

from cost_lib.families.around import Around
from cost_lib.families.contexts import context_of, tier_of
from cost_lib.families.fields import Body, count, some, table, tables, text
from cost_lib.families.plain import read_message
from cost_lib.families.reading import Family, Reading
from cost_lib.families.reported_cost import cost_of
from cost_lib.model import Pass, Usage

# passes whose tokens the totals leave out; the other kinds are parts of them
OUTSIDE: Final = frozenset(("advisor_message", "compaction"))
PASSES: Final = OUTSIDE | {"message"}  # all whose tokens are at a price that is known


def read(body: Body, around: Around) -> Reading:
    """Read a message, or the merged events of a stream."""
    usage = table(body, "usage")
    model = text(body, "model")
    if not any(name in usage for name in ("input_tokens", "output_tokens")):
        return Reading(None, model)
    tier = tier_of(around, text(usage, "service_tier"))
    place = text(usage, "inference_geo") or around.word("inference_geo")
    speed = text(usage, "speed") or around.word("speed")
    context = context_of(around, tier, place, speed, _unpriced(usage))
    return Reading(_usage(usage), model, tier, context, cost_of(usage), _passes(usage, model))


def is_last(body: Body) -> bool:
    """Say whether no usage comes after an event."""
    return text(body, "type") in {"message_delta", "message_stop"}


def _usage(usage: Body) -> Usage:
    written = count(usage, "cache_creation_input_tokens")
    parts = table(usage, "cache_creation")
    hour = count(parts, "ephemeral_1h_input_tokens")
    written = max(written, hour + count(parts, "ephemeral_5m_input_tokens"))
    return Usage(
        input_tokens=count(usage, "input_tokens"),
        cache_read_tokens=count(usage, "cache_read_input_tokens"),
        cache_write_5m_tokens=written - hour,
        cache_write_1h_tokens=hour,
        output_tokens=count(usage, "output_tokens"),
        reasoning_tokens=count(usage, "output_tokens_details", "thinking_tokens"),
        units=some(web_searches=count(usage, "server_tool_use", "web_search_requests")),
    )


def _unpriced(usage: Body) -> str:
    """Name the context of answers whose bill cannot be told from their counts."""
    if text(usage, "fallback_credit", "status", "type") == "redeemed":
        return "fallback_credit"
    return "fallback" if any(text(one, "type") not in PASSES for one in tables(usage, "iterations")) else ""


def _passes(usage: Body, model: str) -> tuple[Pass, ...]:
    """Return the passes of other models, and those that made room in the context: they are billed too."""
    passes = tables(usage, "iterations")
    return tuple(Pass(text(one, "model") or model, text(one, "type"), _usage(one)) for one in passes if text(one, "type") in OUTSIDE)


MESSAGES: Final = Family(read, is_last, is_running=True, quick=read_message)
