"""Estimate what a stream would have reported, had it come to its end."""

from __future__ import annotations

from typing import Final

from cost_lib.model import Usage

CHARACTERS_PER_TOKEN: Final = 4


class Flow:
    """Count the events of a stream and their bytes; the smallest one shows how much of each is wrapping."""

    events = 0
    bytes = 0
    least = 1 << 30  # bytes of the smallest

    def completed(self, usage: Usage) -> Usage:
        """Raise the output of a stream that was cut to what its bytes suggest; the rest was reported before."""
        written = max(self.bytes - self.events * self.least, 0)
        likely = max(self.events - 1, -(-written // CHARACTERS_PER_TOKEN))
        spoken = sum(number for name, number in usage.units.items() if name.endswith("_output"))
        return usage._replace(output_tokens=max(usage.output_tokens, likely - spoken))
