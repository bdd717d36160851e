"""Read answers of Anthropic's messages: cached tokens lie outside the input that is reported."""

from __future__ import annotations

from cost_lib.catalog.prices import context_key
from cost_lib.families.reading import Body, Reading, count, some, text
from cost_lib.model import Usage


def read(body: Body) -> Reading | None:
    """Read a message, or the merged events of a stream."""
    usage = body.get("usage")
    if not isinstance(usage, dict):
        return Reading(None, text(body, "model"))
    hour = count(usage, "cache_creation", "ephemeral_1h_input_tokens")
    found = Usage(
        input_tokens=count(usage, "input_tokens"),
        cache_read_tokens=count(usage, "cache_read_input_tokens"),
        cache_write_5m_tokens=count(usage, "cache_creation_input_tokens") - hour,
        cache_write_1h_tokens=hour,
        output_tokens=count(usage, "output_tokens"),
        reasoning_tokens=count(usage, "output_tokens_details", "thinking_tokens"),
        units=some(web_searches=count(usage, "server_tool_use", "web_search_requests")),
    )
    tier = text(usage, "service_tier")
    model = text(body, "model")
    context = context_key(tier, text(usage, "inference_geo"), text(usage, "speed"), _advice(usage, model))
    return Reading(found, model, tier, context)


def _advice(usage: Body, model: str) -> str:
    """Name the context of answers in which a second model took part: its tokens lie outside the counts, at its own price."""
    turns = usage.get("iterations")
    others = isinstance(turns, list) and any(isinstance(turn, dict) and turn.get("model", model) != model for turn in turns)
    return "advisor" if others else ""


def is_last(body: Body) -> bool:
    """Say whether no usage comes after an event."""
    return body.get("type") in {"message_delta", "message_stop"}
