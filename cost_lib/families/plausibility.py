"""Take for usage only what can be counted: a log of costs must not add up what cannot be."""

from __future__ import annotations

from typing import Final

from cost_lib.model import Unknown, Usage

MOST: Final = 10**12  # tokens, milliseconds or characters of one request
IMPOSSIBLE: Final = Unknown("the answer reports counts that cannot be")
NOTHING: Final = Unknown("the answer says that nothing was used")  # a gateway's way to say that it does not know


def plausible(usage: Usage) -> Usage | Unknown:
    """Return a usage, or why it cannot be taken for one: nothing, less than nothing, or more than there is."""
    counts = (*usage[:6], *usage.units.values())
    if not any(counts):
        return NOTHING
    return usage if min(counts) >= 0 and max(counts) <= MOST else IMPOSSIBLE
