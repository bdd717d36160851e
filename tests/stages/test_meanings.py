"""What a call can mean is gone through in one order, whatever the order in which it was found."""

from __future__ import annotations

from typing import NamedTuple, cast

from lint_plugin.events import BillableCall, Place
from lint_plugin.stages.call_sites.ledger import Ledger
from lint_plugin.stages.call_sites.sites import meanings


class Calls(NamedTuple):
    """The one part of a ledger that is asked for."""

    calls: list[BillableCall]


def call(method: str) -> BillableCall:
    place = Place("app.py", "", "", 7)
    return BillableCall(place, "call", "openai", "sdk", method, "", "tokens", "httpx", "", None, None, (), (), "direct", "client.create")


def ordered(*methods: str) -> list[str]:
    ledger = cast("Ledger", Calls([call(method) for method in methods]))
    return [event.method for events in meanings(ledger) for event in events]


def test_the_order_in_which_values_were_met_does_not_show() -> None:
    assert ordered("responses.create", "embeddings.create") == ordered("embeddings.create", "responses.create")
