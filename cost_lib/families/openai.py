"""Read answers of OpenAI's chat completions, completions and embeddings, and of those that speak like it."""

from __future__ import annotations

from typing import Final

from cost_lib.families.around import Around
from cost_lib.families.contexts import context_of, tier_of
from cost_lib.families.fields import Body, count, table, tables, text
from cost_lib.families.openai_counts import usage_of
from cost_lib.families.plain import read_chat, read_last_chat, read_vectors
from cost_lib.families.reading import Family, Reading
from cost_lib.families.reported_cost import cost_of

NAMES: Final = ("prompt_tokens", "completion_tokens")
HIDES_THOUGHTS: Final = frozenset(("gcp.gemini", "gcp.vertex_ai", "google", "google-gemini", "google-vertex"))
METRICS: Final = {"num_prompt_tokens": "prompt_tokens", "num_completion_tokens": "completion_tokens", "num_total_tokens": "total_tokens"}
MS: Final = 1000


def read(body: Body, around: Around) -> Reading:
    """Read chat completions, completions and embeddings."""
    usage = _usage(body)
    model = text(body, "model") or text(body, "result", "model")
    tier = tier_of(around, text(body, "service_tier") or text(usage, "service_tier"))
    context = context_of(around, tier, _search_size(usage, around), "connectors" if table(usage, "connectors") else "")
    cost = cost_of(usage)
    if not any(name in usage for name in (*NAMES, "total_tokens")):
        return Reading(None, model, tier, context, cost)
    found = usage_of(_without_pixels(_with_hidden(usage, around)), NAMES, _units(usage, model, around))
    return Reading(found, model, tier, context, cost)


def _usage(body: Body) -> Body:
    """Return the counts, which some put elsewhere: Groq and Moonshot in streams, Cloudflare, Meta."""
    found = table(body, "usage") or table(body, "x_groq", "usage") or table(body, "result", "usage")
    if not found:
        found = next((inner for choice in tables(body, "choices") if (inner := table(choice, "usage"))), {})
    return found or {METRICS[name]: count(row, "value") for row in tables(body, "metrics") if (name := text(row, "metric")) in METRICS}


def is_last(body: Body) -> bool:
    """Say whether no usage comes after an event."""
    choices = tables(body, "choices")
    return bool(table(body, "usage")) and all(choice.get("finish_reason") for choice in choices)


def _units(usage: Body, model: str, around: Around) -> dict[str, int]:
    """Count what is billed beside tokens."""
    units = {"audio_input_ms": count(usage, "prompt_audio_seconds") * MS, "citation": count(usage, "citation_tokens")}
    if "deep-research" in model:
        units["web_searches"] = count(usage, "num_search_queries")
    elif "-search-" in model and model.startswith("gpt-"):
        units["web_searches"] = 1  # these models look something up in every request
    if around.provider != "perplexity":
        units["live_searches"] = count(usage, "num_sources_used")
    units["pixels"] = count(usage, "image_pixels") + count(usage, "video_pixels")
    return units


def _search_size(usage: Body, around: Around) -> str:
    """Name how much Perplexity looked up, which decides its fee."""
    size = text(usage, "search_context_size")
    return f"search={size}" if size and around.provider == "perplexity" else ""


def _with_hidden(usage: Body, around: Around) -> Body:
    """Add the thoughts that Gemini bills and leaves out of all but the total."""
    hidden = count(usage, "total_tokens") - count(usage, NAMES[0]) - count(usage, NAMES[1])
    if hidden <= 0 or around.provider not in HIDES_THOUGHTS or table(usage, "completion_tokens_details"):
        return usage
    return {**usage, "completion_tokens_details": {"reasoning_tokens": hidden}}


def _without_pixels(usage: Body) -> Body:
    """Leave the tokens of text: Voyage bills images and videos by their pixels, and its total counts them as tokens once more."""
    if not count(usage, "image_pixels") and not count(usage, "video_pixels"):
        return usage
    return {**usage, NAMES[0]: count(usage, "text_tokens")}


CHAT: Final = Family(read, is_last, quick=read_chat, last=read_last_chat)
EMBEDDINGS: Final = Family(read, is_bulky=True, quick=read_vectors)
