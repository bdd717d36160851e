"""Offer the compiled versions of what every call passes; where they are missing or unwanted, what they stand for runs as Python.

``COSTMARK_PURE=1`` leaves them out: to look for the cause of a difference, of which there should be none.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from types import ModuleType

PURE: Final = "COSTMARK_PURE"


def _found() -> ModuleType | None:
    if os.environ.get(PURE) == "1":
        return None
    try:
        from cost_lib import _speedups
    except ImportError:  # no compiler was there, or another interpreter
        return None
    return _speedups


SPEEDUPS: Final = _found()
