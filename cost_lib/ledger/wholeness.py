"""Notice that files of a ledger are gone, before anything is taken in beside what is missing."""

from __future__ import annotations

from pathlib import Path

from cost_lib.errors import ReportError
from cost_lib.ledger.manifest import Manifest


def demand_whole(ledger: Path, held: Manifest) -> None:
    """Refuse a ledger that has not every file that its manifest names."""
    named = [part.file(ledger, tree) for part in held.parts for tree in part.trees]
    gone = [file for file in named if not file.is_file()]
    if gone:
        more = f" and {len(gone) - 1:,} more are gone" if len(gone) > 1 else " is gone"
        raise ReportError(
            f"{gone[0]}{more}: the ledger counts what was in there, and reports cannot read it; put it back from a copy of the "
            "ledger, or compact the lines, where they are still kept, into a new folder"
        )
