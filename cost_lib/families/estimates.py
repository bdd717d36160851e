"""Estimate what a stream would have reported, had it come to its end."""

from __future__ import annotations

from typing import Final

from cost_lib.model import Usage

CHARACTERS_PER_TOKEN: Final = 4


class Flow:
    """Count the events of a stream and their bytes; the smallest one shows how much of each is wrapping."""

    __slots__ = ("_bytes", "_events", "_least")

    def __init__(self) -> None:
        self._events = 0
        self._bytes = 0
        self._least = 1 << 30

    def add(self, size: int) -> int:
        """Count an event; return how many there were."""
        self._events += 1
        self._bytes += size
        self._least = min(self._least, size)
        return self._events

    def completed(self, usage: Usage) -> Usage:
        """Raise the output of a stream that was cut to what its bytes suggest; the rest was reported before."""
        written = max(self._bytes - self._events * self._least, 0)
        likely = max(self._events - 1, -(-written // CHARACTERS_PER_TOKEN))
        spoken = sum(number for name, number in usage.units.items() if name.endswith("_output"))
        return usage._replace(output_tokens=max(usage.output_tokens, likely - spoken))
