"""Find what a request can cost at most, from its own bytes, the model's limits and the model's price.

No token is shorter than a byte of the request, so the bytes bound the text that goes in; what goes in by reference (images,
files, stored conversations) is bounded by what a model takes.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import msgspec

from cost_lib.budgets.limits import Limits, limits_of
from cost_lib.catalog.places import BOUND, REGION
from cost_lib.catalog.prices import context_key, place_context

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cost_lib.catalog.prices import Price

PICO_PER_NANO: Final = 1000
ENDPOINTS: Final = frozenset(
    "chat completions complete responses messages generateContent streamGenerateContent converse invoke generate generation "
    "rawPredict".split()
)
EMBEDDINGS: Final = frozenset(("embeddings", "embedContent"))
# what brings input that is not in the request
REFERENCES: Final = frozenset(
    b"previous_response_id conversation file input_file file_id file_data document cachedContent fileData s3Location container".split()
)
IMAGES: Final = frozenset(b"image_url input_image image inlineData inline_data".split())
IMAGE_TOKENS: Final = 50_000  # of one image: 2,833 + 8 tiles of 5,667 for gpt-4o-mini is the most that is published
# tools that the provider runs: each of their rounds reads everything again, and no request bounds the rounds
HOSTED: Final = frozenset(b"web_search web_fetch google_search googleSearch code_execution code_interpreter mcp".split())
TOOLS: Final = b"tools"
TOOL_TOKENS: Final = 1_000  # what providers add to a request with tools, where they tell
ROOM: Final = 64  # what they add to every request
HOUR: Final = b"1h"
AUDIO: Final = b"audio"
STARTS: Final = (b"web_search", b"web_fetch", b"code_execution", b"google_search", b"googleSearch")  # of names that bear a date
# every short string of the request, in one pass; inside a text the closing quote has a backslash before it
WORDS: Final = re.compile(rb'"(\w{2,40})"')
MARKS: Final = REFERENCES | IMAGES | HOSTED | {TOOLS, HOUR, AUDIO, b"input_audio"}
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
VERTEX: Final = ("aiplatform.googleapis.com", ".rep.googleapis.com")  # of all places, and of several
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
    tier: Any = msgspec.field(default=None, name="serviceTier")  # of Gemini a word, of Bedrock a table
    speed: Any = None
    inference_geo: Any = None
    performance: Any = msgspec.field(default=None, name="performanceConfig")
    generation: Any = msgspec.field(default=None, name="generationConfig")
    inference: Any = msgspec.field(default=None, name="inferenceConfig")
    text_generation: Any = msgspec.field(default=None, name="textGenerationConfig")
    options: Any = None


class Prompts(msgspec.Struct):
    """The prompts of a completion, each of which is answered."""

    prompt: Any = None


class Look(NamedTuple):
    """What one reading of a request has found."""

    endpoint: str
    size: int  # bytes
    marks: Sequence[bytes] = ()
    wanted: Wanted | None = None
    prompts: int = 1

    @property
    def context(self) -> str:
        """Return what of the request changes its price."""
        wanted = self.wanted
        if wanted is None:
            return ""
        tier = wanted.tier.get("type") if isinstance(wanted.tier, dict) else wanted.tier
        latency = wanted.performance.get("latency") if isinstance(wanted.performance, dict) else None
        given = (wanted.service_tier, tier, wanted.speed, wanted.inference_geo, latency)
        return context_key(*[word for word in given if isinstance(word, str)])


@lru_cache(maxsize=1024)
def place_of(provider: str, host: str, model: str) -> str:
    """Return what of a request's address changes its price: where the provider has to work, and where that costs more."""
    if host.endswith(VERTEX):
        return context_key("regional" if host != VERTEX[0] else "", place_context(provider, model, "vertex"))
    if BOUND.match(host):
        return "regional"
    region = REGION.match(host)
    return place_context(provider, model, region[1]) if region is not None else ""


_wanted: Final = msgspec.json.Decoder(Wanted)
_prompts: Final = msgspec.json.Decoder(Prompts)


def look_at(endpoint: str, body: bytes) -> Look:
    """Read a request once; of embeddings, which may be long, only the length counts."""
    if endpoint not in ENDPOINTS:
        return Look(endpoint, len(body))
    try:
        wanted = _wanted.decode(body)
        prompts = _count(_prompts.decode(body).prompt) if endpoint == "completions" else 1
    except (msgspec.DecodeError, ValueError):
        return Look(endpoint, len(body))
    return Look(endpoint, len(body), _marks(body), wanted, prompts)


def bound_of(look: Look, price: Price, model: str) -> int | None:
    """Return the most that a request can cost in nano-USD; None where nothing bounds it."""
    if not any(price.rates.values()):
        return 0
    if look.endpoint in EMBEDDINGS:
        return _nano(price, look.size, 0, ())
    if look.wanted is None or (look.marks and any(mark in HOSTED or mark.startswith(STARTS) for mark in look.marks)):
        return None
    limits = limits_of(model)
    return _nano(price, _input(look, limits), _output(look.wanted, limits) * look.prompts, look.marks)


def _marks(body: bytes) -> list[bytes]:
    """Find the words that matter, as often as they stand there."""
    words = WORDS.findall(body)
    return [word for word in words if word in MARKS or word.startswith(STARTS)] if _may_matter(frozenset(words)) else []


@lru_cache(maxsize=256)
def _may_matter(words: frozenset[bytes]) -> bool:
    return not MARKS.isdisjoint(words) or any(word.startswith(STARTS) for word in words)


def _count(prompt: object) -> int:
    """Count prompts: a list of texts or of lists of tokens, but not of tokens."""
    return len(prompt) if isinstance(prompt, list) and not any(isinstance(item, int) for item in prompt) else 1


def _input(look: Look, limits: Limits) -> int:
    if not REFERENCES.isdisjoint(look.marks):
        return max(limits.input, look.size)
    images = sum(mark in IMAGES for mark in look.marks)
    return look.size + ROOM + images * IMAGE_TOKENS + (TOOL_TOKENS if TOOLS in look.marks else 0)


def _output(wanted: Wanted, limits: Limits) -> int:
    lengths = [wanted.max_tokens, wanted.max_completion_tokens, wanted.max_output_tokens, wanted.max_tokens_to_sample]
    lengths += [wanted.max_gen_len, wanted.maximum_tokens]
    copies = [wanted.n, wanted.best_of, wanted.num_generations]
    for table in (wanted.generation, wanted.inference, wanted.text_generation, wanted.options):
        if isinstance(table, dict):
            lengths += [table.get(name) for name in LENGTHS]
            copies += [table.get(name) for name in COPIES]
    return _largest(lengths, limits.output) * _largest(copies, 1)


def _largest(values: list[Any], default: int) -> int:
    return max([value for value in values if type(value) is int and value > 0], default=default)


class Rates(NamedTuple):
    """The highest rates that can apply, from one table of a price."""

    text: int
    hour: int  # where a cache is written for an hour
    audio: int
    image: int
    output: int
    fee: int


def _nano(price: Price, tokens_in: int, tokens_out: int, marks: Sequence[bytes]) -> int:
    """Price both lengths at the highest rate that can apply, rounded up."""
    tables = [_rates(price, price.rates), *(_rates(price, tier.rates) for tier in price.tiers if tokens_in > tier.tokens)]
    pico = max([tokens_in * _input_rate(rates, marks) + tokens_out * rates.output + rates.fee for rates in tables])
    return -(-pico // PICO_PER_NANO)


def _input_rate(rates: Rates, marks: Sequence[bytes]) -> int:
    if not marks:
        return rates.text
    hour = rates.hour if HOUR in marks else 0
    audio = rates.audio if AUDIO in marks or b"input_audio" in marks else 0
    image = rates.image if not IMAGES.isdisjoint(marks) else 0
    return max(rates.text, hour, audio, image)


_known: Final[dict[int, tuple[Mapping[str, int], Rates]]] = {}  # by the identity of the table, which is kept here too
MOST: Final = 256


def _rates(price: Price, table: Mapping[str, int]) -> Rates:
    found = _known.get(id(table))
    if found is not None and found[0] is table:
        return found[1]
    if len(_known) >= MOST:
        _known.clear()
    both = {**price.rates, **table}
    rates = Rates(
        _highest(both, ("input", "cache_write_5m")),
        _highest(both, ("cache_write_1h",)),
        _highest(both, ("audio_input",)),
        _highest(both, ("image_input", "video_input")),
        _highest(both, OUTPUT_RATES),
        _highest(both, ("requests",)),
    )
    _known[id(table)] = table, rates
    return rates


def _highest(table: Mapping[str, int], names: Iterable[str]) -> int:
    return max([table[name] for name in names if name in table], default=0)
