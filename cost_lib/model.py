"""What one call used and what it cost: plain frozen data, shared by families, pricing, events and reports."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

NO_UNITS: Final[Mapping[str, int]] = MappingProxyType({})


class Unknown(NamedTuple):
    """A value that is not known, and why; never to be read as zero."""

    reason: str
    suggestion: str = ""  # a close name that is known, for messages


class Usage(NamedTuple):
    """What one response used, in disjoint meters: no token is counted in two of them.

    All counts are integers. The one exception to disjointness is ``reasoning_tokens``, which says how much of
    ``output_tokens`` was reasoning. A family whose provider reports thoughts beside its output (Gemini) adds them up first.
    """

    input_tokens: int = 0  # tokens: uncached, without those of ``units`` (audio, image, video input)
    cache_read_tokens: int = 0  # tokens served from a prompt cache
    cache_write_5m_tokens: int = 0  # tokens written to a prompt cache, for the provider's default lifetime
    cache_write_1h_tokens: int = 0  # tokens written to a prompt cache for an hour
    output_tokens: int = 0  # tokens: reasoning included, without those of ``units`` (audio, image, video output)
    reasoning_tokens: int = 0  # tokens: the part of ``output_tokens`` that was reasoning
    # other meters by the name of their rate:
    #   tokens: audio_input, audio_output, audio_cache_read, image_input, image_output, image_cache_read, video_input,
    #     video_output, video_cache_read, citation, cache_write_12h
    #   milliseconds: audio_ms (transcribed or spoken), audio_input_ms, audio_output_ms
    #   counts: characters, pixels, pages, annotated_pages, messages, images, video_seconds, web_searches, storage_searches,
    #     rerank_searches, grounded_prompts, maps_prompts, maps_queries, live_searches, code_executions,
    #     classifications
    units: Mapping[str, int] = NO_UNITS


class Pass(NamedTuple):
    """What a second model, or a second pass over the context, used for a request beside the usage that its answer totals."""

    model: str
    why: str
    usage: Usage


class Cost(NamedTuple):
    """What one call cost in nano-USD (10^-9 USD), rounded once, half to even."""

    nano_usd: int
    split: Mapping[str, int] = NO_UNITS  # nano-USD by meter, largest remainder; adds up to ``nano_usd``
