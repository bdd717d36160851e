"""Sort models into classes: frontier, workhorse, fast. Names decide where houses name their classes, else the price does."""

from __future__ import annotations

import re
from typing import Final

from cost_lib.catalog.rate_tables import Price
from cost_lib.model import Unknown

FRONTIER: Final = "frontier"
WORKHORSE: Final = "workhorse"
FAST: Final = "fast"
# the first that fits; whole words of the name
NAMES: Final = (
    (
        FAST,
        r"haiku|instant|mini|nano|lite|luna|small|tiny|micro|ministral|gpt-3\.5|grok-[\w.-]*fast|r7b|(?:[1-9]|1[0-9]|2[0-9])b|embed\w*|whisper|rerank\w*",
    ),
    (WORKHORSE, r"sonnet|flash|gpt-4o|gpt-4\.1|terra|medium|large|deepseek-chat|command-r"),
    (FRONTIER, r"opus|fable|mythos|gpt-[4-9]|o[1-9]|sol|astra|argon|gemini-[\w.]+-pro|grok-[3-9]|command-a|deepseek-reasoner|405b|premier"),
)
# pico-USD per output token at the list price
DEAR: Final = 20_000_000
CHEAP: Final = 2_000_000
MOST: Final = 1024

_found: Final[dict[str, str]] = {}


def class_of(model: str, price: Price | Unknown) -> str:
    """Return the class of a model; empty where neither its name nor its price tells."""
    found = _found.get(model)
    if found is None:
        if len(_found) >= MOST:
            _found.clear()
        found = _found[model] = _by_name(model.lower()) or _by_price(price)
    return found


def _by_name(name: str) -> str:
    return next((kind for kind, words in NAMES if re.search(rf"(?<![a-z0-9])(?:{words})(?![a-z])", name)), "")


def _by_price(price: Price | Unknown) -> str:
    rate = price.rates.get("output") if isinstance(price, Price) else None
    if rate is None:
        return ""
    return FRONTIER if rate >= DEAR else FAST if rate < CHEAP else WORKHORSE
