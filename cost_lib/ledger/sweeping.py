"""Remove what no manifest names: what a run that died has left, and what newer files have long stood for."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from cost_lib.ledger import durable
from cost_lib.ledger.buckets.address import Bucket, Place
from cost_lib.ledger.buckets.writing import objects_of
from cost_lib.ledger.columns import TREES
from cost_lib.ledger.manifest import Manifest
from cost_lib.ledger.views import quoted

if TYPE_CHECKING:
    import duckdb

GRACE: Final = 3600.0  # seconds for which who reads by an older manifest finds its files
OURS: Final = re.compile(r"\.?\d{8}-\d{4}\.parquet")
PUT: Final = re.compile(r"\d{8}-\d{4}-([0-9a-f]{11})[0-9a-f]{8}\.parquet")  # in a bucket; the middle is the millisecond
LEFT: Final = 86_400.0  # seconds after which nobody can be about to name a file of a bucket, where none holds a lock


def sweep(connection: duckdb.DuckDBPyConnection, ledger: Place, held: Manifest, *, now: float) -> Manifest:
    """Remove the files of a ledger that nobody needs."""
    over = [one for one in held.retired if not 0 <= now - one.at < GRACE]
    named = {f"{part.file(Path(), tree)}" for part in held.parts for tree in part.trees} | {one.path for one in held.retired}
    if isinstance(ledger, Bucket):
        _sweep_bucket(ledger, [*(one.path for one in over), *_left(connection, ledger, named, now)])
    else:
        for one in over:
            durable.remove(ledger / one.path)
        _sweep_folder(ledger, named)
    return msgspec.structs.replace(held, retired=tuple(one for one in held.retired if one not in over))


def _sweep_folder(ledger: Path, named: set[str]) -> None:
    for tree in TREES:
        for file in (ledger / tree).glob("dt=*/*.parquet"):
            if str(file.relative_to(ledger)) not in named and OURS.fullmatch(file.name):
                durable.remove(file)


def _sweep_bucket(ledger: Bucket, names: list[str]) -> None:
    objects = objects_of(ledger)
    for name in names:
        durable.Steps.before("remove")
        objects.remove(name)


def _left(connection: duckdb.DuckDBPyConnection, ledger: Bucket, named: set[str], now: float) -> list[str]:
    """List what was put into a bucket long ago and never counted."""
    found = []
    for tree in TREES:
        rows = connection.execute(f"SELECT file FROM glob({quoted(f'{ledger}/{tree}/*/*.parquet')})").fetchall()  # noqa: S608 - quoted
        for (file,) in rows:
            name = "/".join(file.split("/")[-3:])  # a store may write what is before it otherwise than we do
            made = PUT.fullmatch(name.rpartition("/")[2])
            if name not in named and made is not None and now - int(made[1], 16) / 1000 > LEFT:
                found.append(name)
    return found
