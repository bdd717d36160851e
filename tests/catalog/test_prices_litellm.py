"""A second opinion: the rates beside LiteLLM's map, where that package lies; every difference is reviewed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from importlib import metadata, util
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from cost_lib.catalog.prices import find_price
from cost_lib.model import Cost, Unknown, Usage
from cost_lib.pricing import cost

AT = datetime(2026, 11, 20, 2, tzinfo=UTC)  # a Friday in DeepSeek's peak hours, which that map takes as the base
REVIEWED = "1.109.1"
TABLES = {
    "openai": "openai",
    "anthropic": "anthropic",
    "gemini": "google",
    "vertex_ai-language-models": "google",
    "vertex_ai-anthropic_models": "google",
    "mistral": "mistral",
    "cohere": "cohere",
    "cohere_chat": "cohere",
    "groq": "groq",
    "xai": "x-ai",
    "deepseek": "deepseek",
    "voyage": "voyageai",
    "bedrock_converse": "aws",
    "cerebras": "cerebras",
    "moonshot": "moonshotai",
    "zai": "zai",
    "together_ai": "together",
}
CONTEXTS = {"": "", "batch": "_batches", "flex": "_flex", "priority": "_priority"}
METERS = {
    "input_cost_per_token": Usage(1000),
    "output_cost_per_token": Usage(output_tokens=1000),
    "cache_read_input_token_cost": Usage(cache_read_tokens=1000),
    "cache_creation_input_token_cost": Usage(cache_write_5m_tokens=1000),
    "cache_creation_input_token_cost_above_1hr": Usage(cache_write_1h_tokens=1000),
    "input_cost_per_audio_token": Usage(units={"audio_input": 1000}),
    "output_cost_per_audio_token": Usage(units={"audio_output": 1000}),
}
# what differs, and why ours stands; matched against "provider model context field"
KNOWN = {
    r"^bedrock_converse (anthropic|openai)\.": (
        "a name without geography is an in-region endpoint, 10 % above global; the map has the global rate"
    ),
    r"^deepseek deepseek(/deepseek)?-(chat|reasoner) ": "the map kept the rates of V3.2 when V4 Flash took the names over",
    r"^deepseek deepseek/deepseek-(r1|v3|v3\.2) ": "names of hosts, not of DeepSeek's own API",
    r"^openai gpt-4o-mini-tts\S*  output_cost_per_token": "speech is audio tokens at $12; there is no text output",
    r"^openai ft:gpt-4\S+ +(batch )?cache_": (
        "the map has the cached rate under cache creation, or another one in batches than is published"
    ),
    r"^openai gpt-4o-search-preview\S*  cache_read": "no cached rate is published for search models",
    r"^cohere embed-multilingual-light-v3.0 ": "$100 is a slip for $0.10",
    r"^gemini gemini(/gemini)?-(exp-|2\.5-flash-image|2\.5-pro-preview-tts|3\.8-flash\S*-tts)": (
        "free of charge, or no cached and audio rates published"
    ),
    r"^vertex_ai-language-models \S*gemini-\S*(image|nano-banana|tts)\S* ": (
        "no cached rate is published for image and speech output models"
    ),
    r"^vertex_ai-language-models gemini-2.5-flash-lite batch input_cost_per_audio": "batch is half of the standard $0.30",
    r"^vertex_ai-language-models \S*gemini-3.5-flash-lite batch cache_read": (
        "Gemini API bills cached input in batches at the standard rate"
    ),
    r"^vertex_ai-anthropic_models \S*claude-3-5-haiku": "the map kept the launch price",
    r"^vertex_ai-anthropic_models \S*claude-opus-5-5\S* batch": "half of $4 and $20; the map has half of Opus 5",
    r"^vertex_ai-anthropic_models \S*claude-sonnet-4-\d\S* batch cache_creation": "half of $3.75; the map rounds to cents",
    r"^groq groq/openai/gpt-oss-safeguard-20b ": "half of $0.075; the map rounds",
    r"^mistral mistral/(magistral|ministral-3b|mistral-medium |open-mistral-nemo|mistral-tiny|pixtral)": (
        "aliases of retired models, which that map moves on"
    ),
    r"^mistral mistral/(codestral|devstral-small)-latest  cache_read": "no cached rate was published for the model behind the alias",
    r"^mistral mistral/mistral-large-4": "introductory price, changed in both directions in November 2026",
    r"^xai xai/grok-code-fast": "the map gives the retired name the rate of its successor",
    r"^together_ai ": "serverless prices that moved after genai-prices was checked",
}


class Difference(NamedTuple):
    name: str
    ours: int
    theirs: int


def test_every_difference_from_the_other_map_is_reviewed() -> None:
    found = list(differences(read_map()))
    assert [] == [difference for difference in found if not any(re.search(pattern, difference.name) for pattern in KNOWN)]


def test_every_reviewed_difference_still_exists() -> None:
    found = list(differences(read_map()))
    if metadata.version("litellm") != REVIEWED:
        pytest.skip(f"the differences were reviewed against litellm {REVIEWED}")
    assert [] == [pattern for pattern in KNOWN if not any(re.search(pattern, difference.name) for difference in found)]


def read_map() -> dict[str, dict[str, Any]]:
    spec = util.find_spec("litellm")
    if spec is None or not spec.submodule_search_locations:
        pytest.skip("litellm is not installed")
    path = Path(next(iter(spec.submodule_search_locations))) / "model_prices_and_context_window_backup.json"
    loaded: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def differences(models: dict[str, dict[str, Any]]) -> Iterator[Difference]:
    for key, fields in models.items():
        provider = fields.get("litellm_provider", "")
        if provider not in TABLES or "-x-" in key:
            continue
        model = key.removeprefix(f"{provider}/")
        for context, suffix in CONTEXTS.items():
            price = find_price(TABLES[provider], model, AT, context=context)
            if isinstance(price, Unknown) or "LiteLLM" in price.source:
                continue
            for field, usage in METERS.items():
                theirs = fields.get(field + suffix)
                ours = cost(usage, price)
                # 1,000 tokens cost as many nano-USD as one token costs pico-USD
                if theirs and isinstance(ours, Cost) and ours.nano_usd != round(Decimal(str(theirs)) * 10**12):
                    yield Difference(f"{provider} {key} {context} {field}", ours.nano_usd, round(Decimal(str(theirs)) * 10**12))
