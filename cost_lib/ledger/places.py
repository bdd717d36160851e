"""Know what a ledger's place is good for: a folder for everything, a bucket for what needs no locks and no renames."""

from __future__ import annotations

from pathlib import Path

from cost_lib.errors import ReportError
from cost_lib.ledger.buckets.address import Bucket, Place, place_of
from cost_lib.ledger.sources import default_ledger


def ledger_of(named: str | None) -> Place:
    """Return the place that was named, or the default; say what to do about one that is none."""
    if named is None:
        return default_ledger()
    place = place_of(named)
    if isinstance(place, Path) and place.exists() and not place.is_dir():
        raise ReportError(f"{named}: this is no folder; --ledger names one that is there or can be made")
    return place


def restating_folder(ledger: Place | None) -> Path:
    """Return the folder that restatements are kept in: the ledger, or one beside it where that is a bucket."""
    place = ledger or default_ledger()
    if isinstance(place, Bucket):
        raise ReportError(f"{place}: restatements are kept in a folder; name one with --ledger DIR, and this address before it as PATH")
    return place
