"""Hand events to a function of the program."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final


class Function:
    """A sink that calls a function with each event; what the function raises is counted, and not the caller's trouble."""

    def __init__(self, function: Callable[[dict[str, Any]], object]) -> None:
        self.function: Final = function

    def write(self, line: bytes, at: int) -> None:  # noqa: ARG002 - the protocol's
        """Hand one event over."""
        self.function(json.loads(line))
