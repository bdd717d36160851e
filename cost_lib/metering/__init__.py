"""Watch the HTTP clients: patched once, and reversibly, when the first tagged object is made or ``meter()`` is called."""

from __future__ import annotations

import sys
from typing import Final

from cost_lib.metering.httpx_family import patch, restore
from cost_lib.metering.import_hook import after_import
from cost_lib.metering.switch import SWITCH

__all__ = ["ensure_ready", "meter", "unmeter"]

LIBRARIES: Final = ("httpx", "httpx2")


def meter() -> None:
    """Record every call to a known provider, tagged or not, from now on."""
    ensure_ready()
    SWITCH.is_on = True


def unmeter() -> None:
    """Take every patch back; the next ``tagged`` or ``meter()`` sets them anew."""
    SWITCH.is_on = SWITCH.is_ready = False
    after_import.stop()
    for name in LIBRARIES:
        if name in sys.modules:
            restore(sys.modules[name])


def ensure_ready() -> None:
    """Patch the HTTP libraries that are imported, and the others as soon as they are."""
    if SWITCH.is_ready:
        return
    SWITCH.is_ready = True
    after_import.watch(dict.fromkeys(LIBRARIES, patch))
