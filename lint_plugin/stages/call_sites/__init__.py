"""Turn what the interpreter wrote down into the records that rules look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_plugin.events import BillableCall, Escape, LeakyYield, Recorded, Resolution, Started
from lint_plugin.facts import EscapedClient, Fact, LeakyScope, Stocked, Unmetered
from lint_plugin.names import relative
from lint_plugin.stages.call_sites.arithmetic import find_arithmetic
from lint_plugin.stages.call_sites.duties import follow, follow_written
from lint_plugin.stages.call_sites.ledger import Ledger
from lint_plugin.stages.call_sites.sites import make_recorded, make_sites
from lint_plugin.stages.call_sites.tag_values import make_values

if TYPE_CHECKING:
    from cost_lib.policy import Policy

__all__ = ["collect", "take_stock"]

ARITHMETIC = "CMK302"


def collect(resolution: Resolution, policy: Policy, *, python: tuple[int, int] | None = None) -> list[Fact]:
    """Return every record of a project, in no particular order; ``python`` is the lowest version that it supports."""
    return list(_filled(resolution, policy, python).facts)


def take_stock(resolution: Resolution, policy: Policy, *, python: tuple[int, int] | None = None) -> list[Stocked]:
    """Return every call that bills, right or wrong, with the tags that it has and what proves them."""
    from lint_plugin.stages.call_sites.stock import stocked  # a check asks for none of it

    return stocked(_filled(resolution, policy, python))


def _filled(resolution: Resolution, policy: Policy, python: tuple[int, int] | None) -> Ledger:
    """Return the ledger of a project with every record made."""
    ledger = Ledger(resolution, policy, python)
    for event in resolution.events:
        if isinstance(event, Recorded):
            make_recorded(ledger, event)
        elif isinstance(event, LeakyYield):
            ledger.add(LeakyScope(event.place.path, event.place.pos, event.place.qualname))
        elif isinstance(event, Escape):
            _escaped(ledger, event)
    make_sites(ledger)
    follow(ledger)
    follow_written(ledger)
    make_values(ledger)
    _meter(ledger)
    if policy.enables(ARITHMETIC):
        for path, module in resolution.modules.items():
            for fact in find_arithmetic(path, module):
                ledger.add(fact)
    return ledger


def _escaped(ledger: Ledger, event: Escape) -> None:
    place = event.place
    if not ledger.policy.allows_raw(place.path):
        ledger.add(EscapedClient(place.path, place.pos, place.qualname, event.provider, event.cls, event.callee))


def _meter(ledger: Ledger) -> None:
    """Tell where ``metering = "process"`` is relied on and nothing starts it; once."""
    policy = ledger.policy
    if any(isinstance(event, Started) for event in ledger.resolution.events):
        return
    for event in ledger.resolution.events:
        if isinstance(event, BillableCall) and event.kind in ("call", "reference", "stored") and event.tags is None:
            place = policy.place("metering", event.place.path) or policy.place("metering")
            if policy.for_path(event.place.path).metering == "process" and place is not None:
                ledger.add(Unmetered(relative(place.file, policy.root), place.line))
                return
