"""Say what a restatement changes, which there are, and which months are closed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from cost_lib.ledger.repricing.model import Change, Closed, Proposal, Version

NANO: Final = 10**9
HEAD: Final = ("month", "model", "events", "changed", "old USD", "new USD", "difference")
WORDS: Final = 2  # columns of words; the others are figures
MOST_NAMED: Final = 20


def as_text(found: Proposal) -> str:
    """Write what changes, by month and model."""
    changed = [change for change in found.changes if change.changed]
    if not changed:
        if not found.looked_at:
            return "no event was asked for; --since, --until, --month and --where choose others\n"
        return f"{_events(found.looked_at)} {'was' if found.looked_at == 1 else 'were'} priced anew: none costs anything else\n"
    rows = [_row(change) for change in changed]
    sums = [sum(row) for row in zip(*((one.events, one.changed, one.old_nano_usd, one.new_nano_usd) for one in changed), strict=True)]
    rows.append(("total", "", f"{sums[0]:,}", f"{sums[1]:,}", _usd(sums[2]), _usd(sums[3]), _signed(sums[3] - sums[2])))
    widths = [max(map(len, column)) for column in zip(HEAD, *rows, strict=True)]
    lines = [_laid(HEAD, widths), "  ".join("-" * width for width in widths), *(_laid(row, widths) for row in rows)]
    return "\n".join(lines) + "\n"


def remarks(found: Proposal) -> list[str]:
    """Return what has to be said beside the figures."""
    said = list(found.skipped[:MOST_NAMED])
    for reason, events in sorted(found.kept.items(), key=lambda one: -one[1])[:MOST_NAMED]:
        said.append(f"{_events(events)} {'keeps its' if events == 1 else 'keep their'} cost: {reason}")
    newly = sum(change.unpriced_before - change.unpriced for change in found.changes)
    if newly:
        said.append(f"{_events(newly)} had no price and {'has' if newly == 1 else 'have'} one now")
    return said


def as_json(found: Proposal, version: int) -> str:
    """Write what changes, exactly."""
    changes = [{**change._asdict(), "difference_nano_usd": change.difference} for change in found.changes]
    rest = {"looked_at": found.looked_at, "changed": found.changed, "kept": dict(found.kept), "closed": list(found.closed)}
    return json.dumps({"version": version or None, **rest, "changes": changes}, indent=2) + "\n"


def listed(kept: Iterable[Version], closed: Mapping[str, Closed], now: Mapping[str, tuple[int, int]] | None) -> str:
    """Write which restatements there are, and which months are closed; one that has moved since is said to have."""
    lines = [
        f"version {one.number}  {one.at:%Y-%m-%d %H:%M}  {', '.join(one.months)}  {_events(one.events)}  "
        f"{_signed(one.new_nano_usd - one.old_nano_usd)} USD{_reopened(one)}{f'  {one.reason}' if one.reason else ''}"
        for one in kept
    ]
    for month, one in sorted(closed.items()):
        events, cost = now.get(month, (0, 0)) if now is not None else (one.events, one.nano_usd)
        moved = "" if (events, cost) == (one.events, one.nano_usd) else f"; now {_events(events)}, {_usd(cost)} USD"
        lines.append(f"closed {month}  {one.at:%Y-%m-%d %H:%M}  {_events(one.events)}, {_usd(one.nano_usd)} USD{moved}")
    return "\n".join(lines) + "\n" if lines else "nothing was restated here, and no month is closed\n"


def listed_as_json(kept: Iterable[Version], closed: Mapping[str, Closed], now: Mapping[str, tuple[int, int]] | None) -> str:
    """Write the same exactly."""
    versions: list[dict[str, Any]] = [
        {name: value for name, value in one._asdict().items() if name != "folder"} | {"at": one.at.isoformat()} for one in kept
    ]
    months = [
        {"month": month, "at": one.at.isoformat(), "events": one.events, "nano_usd": one.nano_usd,
         "events_now": now.get(month, (0, 0))[0] if now is not None else None,
         "nano_usd_now": now.get(month, (0, 0))[1] if now is not None else None}
        for month, one in sorted(closed.items())
    ]  # fmt: skip
    return json.dumps({"versions": versions, "closed": months}, indent=2) + "\n"


def _reopened(one: Version) -> str:
    return f"  reopened {', '.join(one.reopened)}" if one.reopened else ""


def _row(change: Change) -> tuple[str, ...]:
    name = f"{change.provider}/{change.model}" if change.provider else change.model
    month = f"{change.month} (closed)" if change.is_closed else change.month
    counts = (f"{change.events:,}", f"{change.changed:,}")
    return (month, name, *counts, _usd(change.old_nano_usd), _usd(change.new_nano_usd), _signed(change.difference))


def _laid(cells: Sequence[str], widths: Sequence[int]) -> str:
    laid = [
        cell.ljust(width) if place < WORDS else cell.rjust(width) for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return "  ".join(laid).rstrip()


def _usd(nano: int) -> str:
    """Write nano-USD exactly, with as many decimals as it takes, but two at least."""
    whole, rest = divmod(abs(nano), NANO)
    digits = f"{rest:09d}".rstrip("0").ljust(2, "0")
    return f"{'-' if nano < 0 else ''}{whole:,}.{digits}"


def _signed(nano: int) -> str:
    return f"+{_usd(nano)}" if nano > 0 else _usd(nano)


def _events(number: int) -> str:
    return "1 event" if number == 1 else f"{number:,} events"
