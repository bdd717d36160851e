"""Let go of what is kept long enough: lines that are in the ledger, and events of which there are rollups."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from cost_lib.ledger import bookkeeping, durable, manifest
from cost_lib.ledger.buckets.address import Place
from cost_lib.ledger.manifest import Retired

DAY: Final = 86_400


class Keep(NamedTuple):
    """For how many days things are kept; None: for ever."""

    lines: int | None = None
    events: int | None = None


def let_go(ledger: Place, files: Sequence[Path], keep: Keep, *, now: float) -> tuple[int, int]:
    """Remove what is kept no longer; return how many files of lines and how many parts' events are gone."""
    thinned = _thin(ledger, keep.events, now) if keep.events is not None else 0
    removed = _remove(ledger, files, keep.lines, now) if keep.lines is not None else 0
    return removed, thinned


def _thin(ledger: Place, days: int, now: float) -> int:
    held = manifest.read(ledger)
    first = str((datetime.fromtimestamp(now, UTC) - timedelta(days=days)).date())
    old = [part for part in held.parts if part.day < first and "events" in part.trees]
    if first <= held.thinned or not (old or held.parts):
        return 0
    lighter = {
        part: msgspec.structs.replace(part, trees=tuple(tree for tree in part.trees if tree not in ("events", "strays"))) for part in old
    }
    retired = tuple(Retired(str(part.file(Path(), tree)), now) for part in old for tree in ("events", "strays") if tree in part.trees)
    parts = tuple(lighter.get(part, part) for part in held.parts)
    manifest.commit(ledger, msgspec.structs.replace(held, parts=parts, retired=(*held.retired, *retired), thinned=first))
    return len(old)


def _remove(ledger: Place, files: Sequence[Path], days: int, now: float) -> int:
    """Remove files that are in the ledger to their last byte and have not been written to for so long."""
    removed = 0
    for piece in bookkeeping.pieces(manifest.read(ledger), files, now=now):
        is_taken = piece.size > 0 and piece.start == piece.size and not (piece.refused or piece.skipped)
        if is_taken and now - piece.modified > max(days, 1) * DAY and bookkeeping.is_untouched(piece):
            durable.remove(piece.file)
            removed += 1
    return removed
