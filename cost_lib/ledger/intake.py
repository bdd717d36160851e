"""Bring what is new of some files before DuckDB as Parquet, sound or not."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from cost_lib.ledger.bookkeeping import Piece, is_untouched
from cost_lib.ledger.columns import READ
from cost_lib.ledger.staging import absent_from, first_copy, keys_of, mended, stage, unknown_keys
from cost_lib.reading_log import Skipped

if TYPE_CHECKING:
    import duckdb

SHARE: Final = 64 << 20  # bytes of a troubled file that are held at a time
STEP: Final = 1 << 16
QUIET: Final = 300  # seconds after which a file is not expected to grow


class Taken(NamedTuple):
    """What was brought."""

    pieces: tuple[Piece, ...]
    staged: tuple[Path, ...]  # files of Parquet, in the order of the pieces
    skipped: tuple[Skipped, ...]


def take_in(  # noqa: PLR0913 - what is known of the pieces
    connection: duckdb.DuckDBPyConnection,
    pieces: Sequence[Piece],
    staging: Path,
    *,
    now: float,
    kept: bool = True,
    lacking: Collection[str] = (),
) -> Taken:
    """Write the events of pieces as Parquet into a folder; all in one file where all are sound.

    Columns that were ``lacking`` before are left out where they seem to be lacking still.
    """
    import duckdb

    keys = {key for piece in pieces for key in keys_of(piece)}
    lines = [_lines_of(piece, staging / f"{number}.jsonl", now) for number, piece in enumerate(pieces)]
    to = staging / "all.parquet"
    try:
        stage(connection, lines, to, kept=kept, more=keys - READ.keys(), absent=absent_from(keys).intersection(lacking))
    except duckdb.IOException:  # a full disk says nothing of the lines
        raise
    except duckdb.Error:
        to.unlink(missing_ok=True)
        staged, skipped = _one_by_one(connection, pieces, staging, kept=kept)
    else:
        staged, skipped = [to], []
    for copy in staging.glob("*.jsonl"):
        copy.unlink()
    return Taken(tuple(pieces), tuple(staged), tuple(skipped))


def shares(piece: Piece) -> Iterator[Piece]:
    """Cut a piece at ends of lines into shares that can be held."""
    start = piece.start
    with piece.file.open("rb") as lines:
        while piece.end - start > SHARE:
            lines.seek(start + SHARE)
            end = start + SHARE
            while end < piece.end and (data := lines.read(STEP)):
                found = data.find(b"\n")
                end += found + 1 if found >= 0 else len(data)
                if found >= 0:
                    break
            yield piece._replace(start=start, end=min(end, piece.end))
            start = min(end, piece.end)
    if start < piece.end:
        yield piece._replace(start=start)


def _one_by_one(
    connection: duckdb.DuckDBPyConnection, pieces: Sequence[Piece], staging: Path, *, kept: bool
) -> tuple[list[Path], list[Skipped]]:
    import duckdb

    staged: list[Path] = []
    skipped: list[Skipped] = []
    for share in (share for piece in pieces for share in shares(piece)):
        to = staging / f"part-{len(staged)}.parquet"
        copy = first_copy(share, staging / "share.jsonl")
        try:
            stage(connection, [copy], to, kept=kept, more=unknown_keys(share))
        except duckdb.IOException:
            raise
        except duckdb.Error:
            skipped += mended(connection, share, to, kept=kept)
        copy.unlink()
        staged.append(to)
    return staged, skipped


def _lines_of(piece: Piece, to: Path, now: float) -> Path:
    """Return a file that holds a piece and nothing else: itself where it will not grow, else a copy."""
    is_whole = piece.start == 0 and piece.end == piece.size and now - piece.modified > QUIET and is_untouched(piece)
    return piece.file if is_whole else first_copy(piece, to)
