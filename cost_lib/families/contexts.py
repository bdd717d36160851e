"""Find in a request and its answer what changes the price: tier, batch, place."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from cost_lib.catalog.places import BOUND
from cost_lib.catalog.prices import context_key
from cost_lib.families.around import Around

HOSTED: Final = "ollama.com"  # what is free at home is not in its cloud
EVERYWHERE: Final = frozenset(("", "global"))
REDACTED: Final = "<"  # stands where a recorder has taken a word out; no place is called so


def context_of(around: Around, tier: str, *others: str) -> str:
    """Join what the answer says with what only the request's address tells."""
    return _joined(around.host, around.location(), (tier, *others))


@lru_cache(maxsize=1024)
def _joined(host: str, location: str, words: tuple[str, ...]) -> str:
    is_bound = BOUND.match(host) or not (location in EVERYWHERE or REDACTED in location)
    hosted = "cloud" if host.endswith(HOSTED) else ""
    return context_key("regional" if is_bound else "", hosted, *(word for word in words if REDACTED not in word))


def tier_of(around: Around, said: str) -> str:
    """Return the service tier: the answer's word, else the one that the request insists on."""
    if said:
        return said
    asked = around.word("service_tier")
    return asked if asked in {"flex", "priority", "batch"} else ""
