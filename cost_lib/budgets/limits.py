"""Know how long answers and inputs of models can get, for requests that do not say it themselves.

Figures are the providers' own, from their model pages as of November 2026; no script checks them, so where one was in doubt the
larger stands. The longest prefix that fits decides. What is not listed gets the largest figure that any listed model has, so
that a bound stays a bound.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple


class Limits(NamedTuple):
    """The most tokens of one request."""

    input: int
    output: int


LARGEST: Final = Limits(10_485_760, 1_048_576)  # open models are served with answers as long as their windows
# developers.openai.com/api/docs/models, docs.claude.com/en/docs/about-claude/models, ai.google.dev/gemini-api/docs/models,
# docs.mistral.ai/getting-started/models, docs.cohere.com/docs/models, docs.aws.amazon.com/nova/latest/userguide
BY_PREFIX: Final = {
    "gpt-3.5-turbo": Limits(16_385, 4_097),
    "gpt-35-turbo": Limits(16_385, 4_097),
    "gpt-4": Limits(128_000, 8_192),
    "gpt-4-32k": Limits(32_768, 32_768),
    "gpt-4-turbo": Limits(128_000, 4_096),
    "gpt-4o": Limits(131_072, 16_384),
    "gpt-4.1": Limits(1_047_576, 32_768),
    "gpt-4.5": Limits(128_000, 16_384),
    "gpt-5": Limits(1_050_000, 128_000),
    "gpt-5-pro": Limits(400_000, 272_000),
    "gpt-6": Limits(1_050_000, 131_072),
    "gpt-audio": Limits(128_000, 16_384),
    "gpt-oss": Limits(131_072, 131_072),
    "chatgpt-4o": Limits(128_000, 16_384),
    "codex": Limits(200_000, 100_000),
    "o1": Limits(200_000, 100_000),
    "o3": Limits(200_000, 100_000),
    "o4-mini": Limits(200_000, 100_000),
    "claude-": Limits(1_000_000, 128_000),
    "claude-3-": Limits(200_000, 8_192),
    "claude-3-7": Limits(200_000, 128_000),
    "claude-haiku-4": Limits(200_000, 64_000),
    "gemini-1.5": Limits(2_097_152, 8_192),
    "gemini-2.0": Limits(1_048_576, 8_192),
    "gemini-2.5": Limits(1_048_576, 65_536),
    "gemini-3": Limits(1_048_576, 65_536),
    "codestral": Limits(256_000, 256_000),
    "command": Limits(256_000, 64_000),
    "mistral-small": Limits(262_144, 262_144),
    "nova-": Limits(1_000_000, 10_240),
    "nova-2": Limits(1_000_000, 65_536),
    "sonar": Limits(200_000, 128_000),
    "text-embedding": Limits(300_000, 0),
}
BEFORE: Final = re.compile(r"(?:ft:)?(?:[a-z-]+\.)*")  # what stands before a name on Bedrock, and of one that was tuned


@lru_cache(maxsize=1024)
def limits_of(model: str) -> Limits:
    """Return what holds for a model; a name may stand behind a router's or a region's prefix."""
    name = model.rpartition("/")[2].lower()
    name = BEFORE.sub("", name, count=1)
    found = max((prefix for prefix in BY_PREFIX if name.startswith(prefix)), key=len, default="")
    return BY_PREFIX[found] if found else LARGEST
