"""Write the usual event at once where the compiled part is there: a call with known counts of plain tokens, at a price of the catalog.

What it writes into the line is told here, once for a model and once for a line with its tags, by those who write every other event.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from cost_lib.attribution import attribute, is_lasting, own_text
from cost_lib.billing import ready_for
from cost_lib.compiled import SPEEDUPS
from cost_lib.event import what_text
from cost_lib.in_force import HELD, InForce
from cost_lib.model import Usage
from cost_lib.operation import IDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cost_lib.facts import Facts
    from cost_lib.operation import CallSite
    from cost_lib.policy import Settings
    from cost_lib.price_plans import Rates

__all__ = ["USUAL", "record_usual"]

RECORD: Final = "record"
NANO: Final = 1_000_000_000
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
LAST: Final = (1 << 63) - 1  # nanoseconds since the epoch that the compiled part can hold
# before and behind counts and cost, from when until when, rates, tiers, the model's class, whether it is a batch, the policy
Template = tuple[bytes, bytes, int, int, "Rates | None", tuple[tuple[int, bool, "Rates"], ...], str, bool, InForce]


def template(facts: Facts, at: int) -> Template:
    """Tell what the usual events of a model, asked for in one way, have in common."""
    ready = ready_for(facts, datetime.fromtimestamp(at // NANO, UTC))
    rates, tiers = (ready.plan.rates, ready.plan.tiers) if ready.plan is not None else (None, ())
    before, after = f',"kind":"{facts.kind}"{what_text(facts)}', ready.tail
    start, end = _nanoseconds(ready.start), _nanoseconds(ready.end)
    return _encoded(before), _encoded(after), start, end, rates, tiers, facts.model_class, facts.is_batch, ready.rules


def owner(tags: Mapping[str, str], site: CallSite | None) -> tuple[bytes, InForce, bool, Settings | None]:
    """Tell whom events of a line with tags belong to, under which policy, that such calls may go on, and how to name users and sessions."""
    found = attribute(tags, site)
    is_fine = not found.personal and (not found.missing or found.settings.on_untagged == RECORD)
    return _encoded(found.text), found.rules, is_fine, None if is_lasting(tags) else found.settings


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "replace")  # as the whole line is


def _nanoseconds(moment: datetime) -> int:
    return max(-LAST, min((moment - EPOCH) // timedelta(microseconds=1) * 1000, LAST))


USUAL: Final = SPEEDUPS.Usual(HELD, IDS, Usage, template, owner, own_text) if SPEEDUPS is not None else None
# records a request, and says whether it did: it does where the event is a usual one
record_usual: Final[Callable[[Facts], bool] | None] = USUAL.record if USUAL is not None else None
