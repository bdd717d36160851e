"""Know where a program's log and ledger are."""

from __future__ import annotations

import os
from typing import Final

from cost_lib.errors import ReportError
from cost_lib.ledger.buckets.address import Place, place_of
from cost_lib.ledger.manifest import is_ledger
from cost_lib.sinks import folder
from cost_lib.sinks.files import START

LEDGER: Final = "costmark-ledger"
LEDGER_VARIABLE: Final = "COSTMARK_LEDGER_DIR"


def default_ledger() -> Place:
    """Return where the environment says that the ledger is."""
    return place_of(os.environ.get(LEDGER_VARIABLE) or LEDGER)


def default_places(ledger: Place | None = None) -> tuple[Place, ...]:
    """Return where this program's log and ledger are; the log alone where nothing was compacted yet."""
    held = ledger or default_ledger()
    log = folder()
    if is_ledger(held):
        return (held, log) if any(log.glob(f"{START}*")) else (held,)
    if ledger is not None:
        raise ReportError(f"{ledger}: there is no ledger; costmark compact --ledger {ledger} makes it, or leave --ledger out")
    return (log,)
