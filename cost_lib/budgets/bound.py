"""Find what a request can cost at most, from its own bytes, the model's limits and the model's price.

No token is shorter than a byte of the request, so the bytes bound the text that goes in; what goes in by reference (images,
files, stored conversations) is bounded by what a model takes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec

from cost_lib.budgets.limits import Limits, limits_of
from cost_lib.catalog.prices import context_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cost_lib.catalog.prices import Price

PICO_PER_NANO: Final = 1000
ENDPOINTS: Final = frozenset(
    "chat completions complete responses messages generateContent streamGenerateContent converse invoke generate generation "
    "rawPredict".split()
)
EMBEDDINGS: Final = frozenset(("embeddings", "embedContent"))
# what brings input that is not in the request
REFERENCES: Final = (
    b'"previous_response_id"',
    b'"conversation"',
    b'"file',
    b'"input_file"',
    b'"document"',
    b'"cachedContent"',
    b'"fileData"',
    b'"s3Location"',
    b'"container"',
)
IMAGES: Final = (b'"image_url"', b'"input_image"', b'"image"', b'"inlineData"', b'"inline_data"')
IMAGE_TOKENS: Final = 50_000  # of one image: 2,833 + 8 tiles of 5,667 for gpt-4o-mini is the most that is published
# tools that the provider runs: each of their rounds reads everything again, and no request bounds the rounds
HOSTED: Final = (b'"web_search', b'"web_fetch', b'"google_search', b'"googleSearch', b'"code_execution', b'"code_interpreter"', b'"mcp"')
TOOLS: Final = b'"tools"'
TOOL_TOKENS: Final = 1_000  # what providers add to a request with tools, where they tell
ROOM: Final = 64  # what they add to every request
LENGTHS: Final = (
    "max_tokens",
    "max_completion_tokens",
    "max_output_tokens",
    "max_tokens_to_sample",
    "max_gen_len",
    "maximum_tokens",
    "maxTokens",
    "maxOutputTokens",
    "maxTokenCount",
    "num_predict",
)
COPIES: Final = ("n", "best_of", "candidateCount", "num_generations")
OUTPUT_RATES: Final = ("output", "output_if_reasoning", "reasoning", "audio_output", "image_output", "video_output")


class Wanted(msgspec.Struct):
    """The parts of a request that bound its answer; the rest is stepped over."""

    max_tokens: Any = None
    max_completion_tokens: Any = None
    max_output_tokens: Any = None
    max_tokens_to_sample: Any = None
    max_gen_len: Any = None
    maximum_tokens: Any = None
    n: Any = None
    best_of: Any = None
    num_generations: Any = None
    service_tier: Any = None
    generation: Any = msgspec.field(default=None, name="generationConfig")
    inference: Any = msgspec.field(default=None, name="inferenceConfig")
    text_generation: Any = msgspec.field(default=None, name="textGenerationConfig")
    options: Any = None


_wanted: Final = msgspec.json.Decoder(Wanted)
_prompts: Final = msgspec.json.Decoder(msgspec.defstruct("Prompts", [("prompt", Any, None)]))


def context_of(body: bytes) -> str:
    """Return what of a request changes its price."""
    wanted = _read(body) if b'"service_tier"' in body else None
    return context_key(wanted.service_tier) if wanted is not None and isinstance(wanted.service_tier, str) else ""


def bound(price: Price, endpoint: str, model: str, body: bytes) -> int | None:
    """Return the most that a request can cost in nano-USD; None where nothing bounds it."""
    rates = price.rates
    if not any(rates.values()):
        return 0
    if endpoint in EMBEDDINGS:
        return _nano(price, len(body), 0, body)
    wanted = _read(body) if endpoint in ENDPOINTS and not any(word in body for word in HOSTED) else None
    if wanted is None:
        return None
    limits = limits_of(model)
    return _nano(price, _input(body, limits), _output(wanted, limits, endpoint, body), body)


def _read(body: bytes) -> Wanted | None:
    try:
        return _wanted.decode(body)
    except (msgspec.DecodeError, ValueError):
        return None


def _input(body: bytes, limits: Limits) -> int:
    if any(word in body for word in REFERENCES):
        return max(limits.input, len(body))
    images = sum(body.count(word) for word in IMAGES)
    return len(body) + ROOM + images * IMAGE_TOKENS + (TOOL_TOKENS if TOOLS in body else 0)


def _output(wanted: Wanted, limits: Limits, endpoint: str, body: bytes) -> int:
    tables = [msgspec.structs.asdict(wanted)]
    tables += [table for table in (wanted.generation, wanted.inference, wanted.text_generation, wanted.options) if table]
    longest = max(_counts(tables, LENGTHS), default=limits.output)
    copies = max(_counts(tables, COPIES), default=1)
    if endpoint == "completions":
        prompt = _prompts.decode(body).prompt  # type: ignore[attr-defined]
        copies *= len(prompt) if isinstance(prompt, list) and not any(isinstance(item, int) for item in prompt) else 1
    return longest * copies


def _counts(tables: Iterable[Any], names: tuple[str, ...]) -> list[int]:
    found = (table.get(name) for table in tables if isinstance(table, dict) for name in names)
    return [value for value in found if type(value) is int and value > 0]


def _nano(price: Price, tokens_in: int, tokens_out: int, body: bytes) -> int:
    """Price both lengths at the highest rate that can apply, rounded up."""
    tables = [price.rates, *(tier.rates for tier in price.tiers if tokens_in > tier.tokens)]
    names = ["input", "cache_write_5m"]
    names += ["cache_write_1h"] if b'"1h"' in body else []
    names += ["audio_input"] if b"audio" in body else []
    names += ["image_input", "video_input"] if any(word in body for word in IMAGES) else []
    pico = tokens_in * _highest(tables, names) + tokens_out * _highest(tables, OUTPUT_RATES) + _highest(tables, ("requests",))
    return -(-pico // PICO_PER_NANO)


def _highest(tables: Iterable[Mapping[str, int]], names: Iterable[str]) -> int:
    return max((rates[name] for rates in tables for name in names if name in rates), default=0)
