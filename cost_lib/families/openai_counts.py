"""Sort the token counts of OpenAI's shapes, as its many imitators write them, into meters that do not overlap.

Cached, written and audio tokens lie inside the input, reasoning and audio inside the output, but for hosts whose own totals
show that they lie beside it.
"""

from __future__ import annotations

from typing import Final

from cost_lib.families.fields import Body, count, first_count, some, table
from cost_lib.model import Usage

SPENT: Final = ("input_tokens_details", "prompt_tokens_details", "input_token_details", "prompt_token_details")
MADE: Final = ("output_tokens_details", "completion_tokens_details", "output_token_details", "completion_token_details")
# beside the details, by together, DeepSeek, Databricks, xAI's first version
CACHED: Final = ("cached_tokens", "prompt_cache_hit_tokens", "cache_read_input_tokens", "cached_prompt_text_tokens")
WRITTEN: Final = ("cache_write_tokens", "cache_creation_input_tokens", "cache_creation_tokens")
# most answers have none of these, and are spared the search for each
RARE: Final = frozenset(
    (*CACHED[1:], *WRITTEN, "audio_tokens", "image_tokens", "video_tokens", "prompt_audio_tokens", "completion_audio_tokens")
)
NONE: Final[Body] = {}


def usage_of(usage: Body, names: tuple[str, str], units: dict[str, int]) -> Usage:
    """Return the meters of a table of counts; ``names`` are those of its input and output."""
    spent, made = _details(usage, SPENT), _details(usage, MADE)
    if RARE.isdisjoint(usage) and RARE.isdisjoint(spent) and RARE.isdisjoint(made):
        return _plain(usage, names, units, count(spent, "cached_tokens") or count(usage, "cached_tokens"), made)
    return _full(usage, names, units, spent, made)


def _details(usage: Body, names: tuple[str, ...]) -> Body:
    for name in names:
        found = usage.get(name)
        if isinstance(found, dict):
            return found
    return NONE


def _plain(usage: Body, names: tuple[str, str], units: dict[str, int], cached: int, details: Body) -> Usage:
    """Read counts of text alone."""
    total, made = count(usage, "total_tokens"), count(usage, names[1])
    given = count(usage, names[0]) if names[0] in usage else max(total - made, 0)
    made, reasoning = _with_reasoning(usage, details, made, given, total)
    return Usage(given if cached > given else given - cached, cached, 0, 0, made, reasoning, some(**units))


def _full(usage: Body, names: tuple[str, str], units: dict[str, int], details: Body, out: Body) -> Usage:
    total, made = count(usage, "total_tokens"), count(usage, names[1])
    given = count(usage, names[0]) if names[0] in usage else max(total - made, 0)
    cached = first_count(details, "cached_tokens", "cache_read_input_tokens") or first_count(usage, *CACHED)
    written = first_count(details, *WRITTEN) or first_count(usage, *WRITTEN)
    long = min(count(details, "cache_write_tokens_details", "ttl_12h_tokens"), written)
    heard = count(details, "audio_tokens") or count(usage, "prompt_audio_tokens")
    if heard and total == given + made + heard:  # Mistral counts audio beside the text
        given += heard
    plain = given if cached > given else given - max(cached, written) if cached + written > given else given - cached - written
    kept = table(details, "cached_tokens_details")
    media = {
        "audio_cache_read": count(kept, "audio_tokens"),
        "image_cache_read": count(kept, "image_tokens"),
        "cache_write_12h": long,
    }
    fresh = {
        "audio_input": heard - media["audio_cache_read"],
        "image_input": count(details, "image_tokens") - media["image_cache_read"],
        "video_input": count(details, "video_tokens"),
    }
    for meter, number in fresh.items():  # some cached tokens are of unknown kind: what is fresh cannot be more than all that is
        media[meter] = max(min(number, plain), 0)
        plain -= media[meter]
    made, reasoning = _with_reasoning(usage, out, made, given, total)
    spoken = {
        "audio_output": count(out, "audio_tokens") or count(usage, "completion_audio_tokens"),
        "image_output": count(out, "image_tokens"),
        "video_output": count(out, "video_tokens"),
    }
    return Usage(
        input_tokens=plain,
        cache_read_tokens=cached - media["audio_cache_read"] - media["image_cache_read"],
        cache_write_5m_tokens=written - long,
        output_tokens=max(made - sum(spoken.values()), 0),
        reasoning_tokens=reasoning,
        units=some(**units, **media, **spoken),
    )


def _with_reasoning(usage: Body, details: Body, made: int, given: int, total: int) -> tuple[int, int]:
    """Return the output with its reasoning, and how much that is."""
    reasoning = count(details, "reasoning_tokens") or count(usage, "reasoning_tokens")
    if reasoning and (reasoning > made or total == given + made + reasoning):  # xAI counts it beside the output
        made += reasoning
    return made, reasoning
