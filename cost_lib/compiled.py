"""Offer the compiled versions of what every call passes; where they are missing or unwanted, what they stand for runs as Python.

``scripts/build_speedups.py`` builds them from ``speedups/``. ``COSTMARK_PURE=1`` leaves them out: to look for the cause of a
difference, of which there should be none.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from types import ModuleType

MODULE: Final = "cost_lib._speedups"
PURE: Final = "COSTMARK_PURE"
INTERFACE: Final = 8  # raised with every change of what the two sides expect of each other: a file may be left over from before


def _found() -> ModuleType | None:
    if os.environ.get(PURE) == "1":
        return None
    try:
        found = import_module(MODULE)
    except ImportError:  # no compiler was there, or another interpreter
        return None
    return found if found.INTERFACE == INTERFACE else None


SPEEDUPS: Final = _found()
