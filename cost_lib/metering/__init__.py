"""Watch the HTTP clients: patched once, and reversibly, when the first tagged object is made or ``meter()`` is called."""

from __future__ import annotations

import os
import sys
import threading
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Final

from cost_lib.metering.import_hook import after_import
from cost_lib.metering.switch import SWITCH

if TYPE_CHECKING:
    from types import ModuleType

    from cost_lib.sinks import Choice

__all__ = ["ensure_ready", "meter", "unmeter"]

# the module that holds the class to patch -> the adapter, imported only with it
ADAPTERS: Final = {
    "httpx": "httpx_family",
    "httpx2": "httpx_family",
    "aiohttp.client": "aiohttp_session",
    "urllib3.connectionpool": "urllib3_pool",
    "urllib.request": "urllib_opener",
}


class _Turn:
    """Let one thread at a time patch or take back: who comes meanwhile must not call before it is done."""

    def __init__(self) -> None:
        self.renew()

    def renew(self) -> None:
        """Forget who held the turn: after a fork that thread is not there to give it back."""
        self.lock = threading.RLock()


_turn: Final = _Turn()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_turn.renew)


def meter(*, sink: Choice | None = None) -> None:
    """Record every call to a known provider, tagged or not, from now on; on request, send all events elsewhere."""
    if sink is not None:
        from cost_lib.record import use_sink
        from cost_lib.sinks import choose

        use_sink(choose(sink))
    ensure_ready()
    SWITCH.is_on = True


def unmeter() -> None:
    """Take every patch back; the next ``tagged`` or ``meter()`` sets them anew."""
    with _turn.lock:
        SWITCH.is_on = SWITCH.is_ready = False
        after_import.stop()
        for name, adapter in ADAPTERS.items():
            if name in sys.modules and f"{__name__}.{adapter}" in sys.modules:
                import_module(f"{__name__}.{adapter}").restore(sys.modules[name])


def ensure_ready() -> None:
    """Patch the HTTP libraries that are imported, and the others as soon as they are."""
    with _turn.lock:
        if SWITCH.is_ready:
            after_import.catch_up()
            return
        after_import.watch({name: partial(_patch, adapter) for name, adapter in ADAPTERS.items()})
        SWITCH.is_ready = True


def _patch(adapter: str, module: ModuleType) -> None:
    import_module(f"{__name__}.{adapter}").patch(module)
