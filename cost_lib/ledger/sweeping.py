"""Remove what no manifest names: what a run that died has left, and what newer files have long stood for."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import msgspec

from cost_lib.ledger import durable
from cost_lib.ledger.columns import TREES
from cost_lib.ledger.manifest import Manifest

GRACE: Final = 3600.0  # seconds for which who reads by an older manifest finds its files
OURS: Final = re.compile(r"\.?\d{8}-\d{4}\.parquet")


def sweep(ledger: Path, held: Manifest, *, now: float) -> Manifest:
    """Remove the files of a ledger that nobody needs."""
    over = [one for one in held.retired if not 0 <= now - one.at < GRACE]
    for one in over:
        durable.remove(ledger / one.path)
    named = {part.file(ledger, tree) for part in held.parts for tree in part.trees}
    named |= {ledger / one.path for one in held.retired}
    for tree in TREES:
        for file in (ledger / tree).glob("dt=*/*.parquet"):
            if file not in named and OURS.fullmatch(file.name):
                durable.remove(file)
    return msgspec.structs.replace(held, retired=tuple(one for one in held.retired if one not in over))
