"""What came of the work is an event under the tags in force."""

from __future__ import annotations

import math
from enum import Enum
from typing import TYPE_CHECKING, Any

import pytest

from cost_lib import record_outcome, tags
from cost_lib.record import use_sink

if TYPE_CHECKING:
    from cost_lib.testing import Events


class Name(Enum):
    RESOLVED = "resolved"


class Full:
    """A disk without room."""

    def write(self, line: bytes, at: int) -> None:  # noqa: ARG002 - as sinks are
        raise OSError(28, "No space left on device")


def test_an_outcome_has_the_tags_in_force_and_its_own(events: Events) -> None:
    with tags(feature="faq", chain_id="c1"):
        record_outcome("resolved", value=2.5, team="support")
    found = events.one()
    assert ("outcome", "resolved", True, 2.5) == tuple(found[key] for key in ("kind", "outcome", "success", "value"))
    assert ("faq", "c1", "support") == tuple(found[key] for key in ("feature", "chain_id", "team"))
    assert "test_outcomes.py" in found["call_site"]["file"]


def test_a_failure_is_said(events: Events) -> None:
    record_outcome(Name.RESOLVED, success=False)
    assert ("resolved", False) == tuple(events.one()[key] for key in ("outcome", "success"))


def test_an_outcome_costs_nothing_and_says_nothing_of_usage(events: Events) -> None:
    record_outcome("resolved")
    assert not {"cost_nano_usd", "cost_source", "usage_source", "provider", "model", "value"} & set(events.one())


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_left_out(value: float, events: Events) -> None:
    record_outcome("resolved", value=value)
    assert "value" not in events.one()


def test_a_full_disk_breaks_nothing() -> None:
    before: Any = use_sink(Full())
    try:
        assert record_outcome("resolved") is None  # type: ignore[func-returns-value]
    finally:
        use_sink(before)
