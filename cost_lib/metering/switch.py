"""Hold whether metering is on."""

from __future__ import annotations

from typing import Final


class Switch:
    """What ``meter`` and ``unmeter`` turn."""

    __slots__ = ("is_on", "is_ready")

    def __init__(self) -> None:
        self.is_on = False  # calls outside tagged operations are recorded too
        self.is_ready = False  # the libraries are patched


SWITCH: Final = Switch()
