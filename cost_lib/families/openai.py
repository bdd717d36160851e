"""Read answers of OpenAI's shapes: chat, completions, embeddings, responses.

Cached and audio tokens lie inside the input that OpenAI reports, reasoning and audio inside the output; compatible hosts follow.
"""

from __future__ import annotations

from cost_lib.catalog.prices import context_key
from cost_lib.families.reading import Body, Reading, count, some, text
from cost_lib.model import Usage


def read_chat(body: Body) -> Reading | None:
    """Read chat completions, completions and embeddings."""
    return _reading(body, ("prompt_tokens", "completion_tokens"), {})


def read_responses(body: Body) -> Reading | None:
    """Read responses, with the searches among their output."""
    output = body.get("output")
    items = [item for item in output if isinstance(item, dict)] if isinstance(output, list) else []
    searches = sum(item.get("type") == "web_search_call" and _is_search(item) for item in items)
    return _reading(body, ("input_tokens", "output_tokens"), some(web_searches=searches))


def is_last(body: Body) -> bool:
    """Say whether no usage comes after an event."""
    return body.get("type") in {"response.completed", "response.failed", "response.incomplete"}


def _is_search(item: Body) -> bool:
    action = item.get("action")
    return not isinstance(action, dict) or action.get("type", "search") == "search"  # opening a page costs nothing


def _reading(body: Body, names: tuple[str, str], units: dict[str, int]) -> Reading:
    tier = text(body, "service_tier")
    usage = body.get("usage")
    if not isinstance(usage, dict) or not (names[0] in usage or names[1] in usage):
        return Reading(None, text(body, "model"), tier, context_key(tier))
    spent, made = (f"{name}_details" for name in names)
    cached = count(usage, spent, "cached_tokens") or count(usage, "cached_tokens")
    written, heard = count(usage, spent, "cache_write_tokens"), count(usage, spent, "audio_tokens")
    spoken = count(usage, made, "audio_tokens")
    found = Usage(
        input_tokens=count(usage, names[0]) - cached - written - heard,
        cache_read_tokens=cached,
        cache_write_5m_tokens=written,
        output_tokens=count(usage, names[1]) - spoken,
        reasoning_tokens=count(usage, made, "reasoning_tokens"),
        units={**units, **some(audio_input=heard, audio_output=spoken)},
    )
    return Reading(found, text(body, "model"), tier, context_key(tier))
