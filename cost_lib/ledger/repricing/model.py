"""What a restatement works with: plain frozen data; money is nano-USD."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple


class Restated(NamedTuple):
    """What one event costs under corrected prices."""

    event_id: str
    dt: date
    cost_nano_usd: int | None
    cost_split: str | None  # JSON text
    cost_source: str
    cost_reason: str | None
    price_version: str | None


class Change(NamedTuple):
    """What corrected prices make of the calls of one model in one month."""

    month: str
    provider: str
    model: str
    events: int  # that were priced anew
    changed: int
    old_nano_usd: int  # as it is in force: recorded, or restated before
    new_nano_usd: int
    unpriced_before: int
    unpriced: int
    is_closed: bool

    @property
    def difference(self) -> int:
        """Return what is added, or taken off."""
        return self.new_nano_usd - self.old_nano_usd


class Version(NamedTuple):
    """One restatement that is kept."""

    number: int
    at: datetime
    reason: str
    months: tuple[str, ...]
    reopened: tuple[str, ...]  # closed months among them
    events: int
    old_nano_usd: int
    new_nano_usd: int
    asked: Mapping[str, str]  # which events, which prices
    folder: Path


class Closed(NamedTuple):
    """A month whose figures are final."""

    month: str
    at: datetime
    events: int
    nano_usd: int  # in force when it was closed


class Proposal(NamedTuple):
    """What would be restated."""

    changes: tuple[Change, ...]
    looked_at: int
    kept: Mapping[str, int]  # events that cannot be priced anew, by reason
    closed: tuple[str, ...]  # closed months that would move
    skipped: tuple[str, ...]  # what is no event

    @property
    def changed(self) -> int:
        """Return how many events get another cost."""
        return sum(change.changed for change in self.changes)
