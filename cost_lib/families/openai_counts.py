"""Sort the token counts of OpenAI's shapes, as its many imitators write them, into meters that do not overlap.

Cached, written and audio tokens lie inside the input, reasoning and audio inside the output, but for hosts whose own totals
show that they lie beside it.
"""

from __future__ import annotations

from cost_lib.families.fields import Body, count, first_count, some, table
from cost_lib.model import Usage

SPENT = ("prompt_tokens_details", "input_tokens_details", "input_token_details", "prompt_token_details")
MADE = ("completion_tokens_details", "output_tokens_details", "output_token_details", "completion_token_details")
# beside the details, by together, DeepSeek, Databricks, xAI's first version
CACHED = ("cached_tokens", "prompt_cache_hit_tokens", "cache_read_input_tokens", "cached_prompt_text_tokens")
WRITTEN = ("cache_write_tokens", "cache_creation_input_tokens", "cache_creation_tokens")


def usage_of(usage: Body, names: tuple[str, str], units: dict[str, int]) -> Usage:
    """Return the meters of a table of counts; ``names`` are those of its input and output."""
    details = next((found for name in SPENT if (found := table(usage, name))), {})
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
    output, reasoning, spoken = _output(usage, names[1], given, total)
    return Usage(
        input_tokens=plain,
        cache_read_tokens=cached - media["audio_cache_read"] - media["image_cache_read"],
        cache_write_5m_tokens=written - long,
        output_tokens=output,
        reasoning_tokens=reasoning,
        units=some(**units, **media, **spoken),
    )


def _output(usage: Body, name: str, given: int, total: int) -> tuple[int, int, dict[str, int]]:
    """Return the output, how much of it was reasoning, and what of it was no text."""
    details = next((found for key in MADE if (found := table(usage, key))), {})
    made = count(usage, name)
    reasoning = count(details, "reasoning_tokens") or count(usage, "reasoning_tokens")
    if reasoning and (reasoning > made or total == given + made + reasoning):  # xAI counts it beside the output
        made += reasoning
    spoken = {
        "audio_output": count(details, "audio_tokens") or count(usage, "completion_audio_tokens"),
        "image_output": count(details, "image_tokens"),
        "video_output": count(details, "video_tokens"),
    }
    return max(made - sum(spoken.values()), 0), reasoning, spoken
