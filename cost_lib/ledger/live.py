"""Read what of a log is not in a ledger yet: the same events that a compaction would take in, and no others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from cost_lib.ledger import bookkeeping, noticing, once, rows
from cost_lib.ledger.buckets.address import Place
from cost_lib.ledger.intake import take_in
from cost_lib.ledger.manifest import Manifest, read
from cost_lib.ledger.noticing import Noticed
from cost_lib.reading_log import Skipped

if TYPE_CHECKING:
    import duckdb

OFTEN: Final = 5  # times that a reader begins anew because compactions end meanwhile


class Live(NamedTuple):
    """Ledgers as they were at one moment, and what was not in them then."""

    ledgers: Mapping[Place, Manifest]
    staged: tuple[Path, ...]
    skipped: tuple[Skipped, ...]
    doubled: int
    late: int
    noticed: tuple[Noticed, ...] = ()


def read_live(connection: duckdb.DuckDBPyConnection, ledgers: Sequence[Place], files: Sequence[Path], scratch: Path, *, now: float) -> Live:
    """Bring the rest of a log before DuckDB, beside the state of the ledgers that it is the rest of."""
    for _ in range(OFTEN):
        before = {ledger: read(ledger) for ledger in ledgers}
        found = _read(connection, before, files, scratch, now)
        # a compaction that ends meanwhile may have taken lines away that were not read yet
        if all(read(ledger).generation == held.generation for ledger, held in before.items()):
            break
    return found


def _read(
    connection: duckdb.DuckDBPyConnection, ledgers: Mapping[Place, Manifest], files: Sequence[Path], scratch: Path, now: float
) -> Live:
    known = Manifest(sources=tuple(source for held in ledgers.values() for source in held.sources))
    pieces = bookkeeping.pieces(known, [file for file in files if file.is_file()], now=now)
    rest = [piece._replace(end=piece.size) for piece in pieces if piece.size > piece.start]
    if not rest:
        return Live(ledgers, (), (), 0, 0)
    taken = take_in(connection, rest, scratch, now=now, kept=False)
    gone = once.find_gone(connection, taken.staged, ledgers)
    noticed = noticing.named(connection, rest, now=now)
    return Live(ledgers, taken.staged, taken.skipped, gone.total - gone.late, gone.late, tuple(noticed))


def unique(live: Live) -> str:
    """Write the live events, each once, as a table."""
    source = rows.files(live.staged)
    if not live.doubled + live.late:
        return source
    return f"(FROM {rows.files(live.staged, numbered=True)} ANTI JOIN gone USING (filename, file_row_number))"
