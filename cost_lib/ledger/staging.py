"""Turn files of JSON lines into Parquet of our columns.

DuckDB reads files in which everything is as it should be; at the first thing that is not, a file goes line by line through
our own reader. What DuckDB does not take even then is found by halving.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import msgspec

from cost_lib.ledger import packing
from cost_lib.ledger.bookkeeping import Piece
from cost_lib.ledger.casting import typed
from cost_lib.ledger.columns import DOCUMENTS, READ, STORED
from cost_lib.ledger.troubled import FIRST, LAST, found_in
from cost_lib.ledger.views import literal, quoted
from cost_lib.reading_log import Skipped

if TYPE_CHECKING:
    import duckdb

LONGEST: Final = 1 << 20  # bytes of a line that DuckDB is to read
# the lowest level of zstd makes ids, which are most of a file, smaller than the usual one does, in less time
PARQUET: Final = "FORMAT parquet, PARQUET_VERSION v2, COMPRESSION zstd, COMPRESSION_LEVEL 1"
PASSING: Final = "FORMAT parquet, COMPRESSION lz4"
# bytes in which the keys of a piece are looked for: at both ends of it, and at some places between
SAMPLE: Final = 1 << 16
SPOT: Final = 1 << 14
SPOTS: Final = 14
WRONG: Final = "a value of the wrong type or size"
THERE: Final = "a column that was thought empty"
SHAPED: Final = " AND ".join(f"({name} IS NULL OR starts_with({name}::VARCHAR, '{begin}'))" for name, begin in DOCUMENTS.items())
# cheap, because it is asked of every line: what is no moment, or too large, fails where it is cast
SOUND: Final = f"v = 1 AND event_id <> '' AND suffix(ts, 'Z') AND ts >= '{FIRST.year}-' AND ts < '{LAST.year}-' AND {SHAPED}"
SELECT: Final = f"""
    SELECT {", ".join(f"{made} AS {name}" for name, made in STORED.items())}
    FROM read_ndjson($files, columns = $columns, maximum_object_size = {LONGEST})
    WHERE CASE WHEN {SOUND} THEN true ELSE error('unsound') END AND CASE WHEN @lacking THEN true ELSE error('{THERE}') END
"""  # noqa: S608 - no input
KEYS: Final = {"ttft_us": "ttft_ms", "call_site_name": "call_site"}  # of columns that have another name
GATHERED: Final = "more"  # under which our own reader puts the keys that this version does not know
MOST_KEYS: Final = 64  # of those that DuckDB is to read; a query of very many it refuses
_encode: Final = msgspec.json.Encoder().encode


class _Line(NamedTuple):
    """An event as it is read anew, and where it stands."""

    number: int
    size: int
    data: bytes


def stage(  # noqa: PLR0913 - what is known of the files
    connection: duckdb.DuckDBPyConnection,
    files: Sequence[Path],
    to: Path,
    *,
    kept: bool,
    more: Iterable[str] = (),
    absent: Collection[str] = (),
    is_gathered: bool = False,
) -> None:
    """Write the events of files as Parquet; raises DuckDB's own error where anything is wrong with them.

    What is kept is packed, without columns that are thought absent; where one of them has a value after all, with all of them.
    Keys that this version does not know are named, or gathered.
    """
    import duckdb

    others = sorted({GATHERED} if is_gathered else set(more))
    if not _are_columns(others):
        raise duckdb.InvalidInputException("keys that are no names of columns")
    columns: dict[str, str] = {**READ, **dict.fromkeys(others, "JSON")}
    lacking = " AND ".join(f"{name} IS NULL" for name in sorted({KEYS.get(name, name) for name in absent}))
    kept_more = f"{GATHERED}::VARCHAR" if is_gathered else _more(others)
    events = SELECT.replace("@lacking", lacking or "true").replace("@more", kept_more)  # names of keys last: they may hold anything
    query = f"COPY ({packing.packed(f'({events})', absent) if kept else events}) TO {quoted(str(to))} ({PARQUET if kept else PASSING})"
    try:
        connection.execute(query, {"files": [literal(file) for file in files], "columns": columns})
    except duckdb.Error as problem:
        if not absent or THERE not in str(problem):
            raise
        stage(connection, files, to, kept=kept, more=others, is_gathered=is_gathered)


def mended(connection: duckdb.DuckDBPyConnection, piece: Piece, to: Path, *, kept: bool) -> list[Skipped]:
    """Write the events of a troubled piece as Parquet, and return what else it holds."""
    lines, skipped = _lines(piece)
    beside = to.with_suffix(".jsonl")
    bad: list[_Line] = []
    good = _accepted(connection, lines, beside, to, bad)
    beside.write_bytes(b"".join(line.data for line in good))
    stage(connection, [beside], to, kept=kept, is_gathered=True)
    beside.unlink()
    skipped += [Skipped(piece.file, line.number, line.size, WRONG) for line in bad]
    return sorted(skipped, key=lambda one: one.line)


def keys_of(piece: Piece) -> set[str]:
    """Look at both ends of a piece, and at places between, for the keys that its events have."""
    edges = [(piece.start, min(piece.end, piece.start + SAMPLE)), (max(piece.start, piece.end - SAMPLE), piece.end)]
    step = (piece.end - piece.start) // (SPOTS + 1)
    if step > SAMPLE:
        edges += [(at, min(at + SPOT, piece.end)) for at in range(piece.start + step, piece.end - SAMPLE, step)]
    with piece.file.open("rb") as lines:
        return {key for edge in edges for one in found_in(lines, *edge) for key in one.event or ()}


def unknown_keys(piece: Piece) -> set[str]:
    """Return the keys of a piece that this version does not know."""
    return keys_of(piece) - READ.keys()


def absent_from(keys: Collection[str]) -> frozenset[str]:
    """Return the columns that may be left out where these are all keys."""
    return frozenset(name for name in packing.OPTIONAL if KEYS.get(name, name) not in keys)


def _are_columns(names: Collection[str]) -> bool:
    """Say whether DuckDB can tell keys apart as columns: it knows no empty name, and no large letters from small ones."""
    folded = {name.casefold() for name in names}
    return len(names) <= MOST_KEYS and len(folded) == len(names) and folded.isdisjoint(READ) and "" not in folded


def _lines(piece: Piece) -> tuple[list[_Line], list[Skipped]]:
    lines, skipped = [], []
    with piece.file.open("rb") as source:
        for one in found_in(source, piece.start, piece.end, 1 + _lines_before(piece)):
            wrong = typed(one.event) if one.event is not None else ""
            if one.event is None or wrong:
                reason = f"{wrong} has {WRONG}" if wrong else one.reason
                skipped.append(Skipped(piece.file, one.line, one.size, reason))
            else:
                lines.append(_Line(one.line, one.size, _encode(_gathered(one.event)) + b"\n"))
    return lines, skipped


def _gathered(event: dict[str, Any]) -> dict[str, Any]:
    """Put what this version does not know under one key."""
    others = {key: value for key, value in event.items() if key not in READ and value is not None}
    known = {key: value for key, value in event.items() if key in READ}
    return {**known, GATHERED: others} if others else known


def _lines_before(piece: Piece) -> int:
    count, left = 0, piece.start
    with piece.file.open("rb") as source:
        while left > 0 and (data := source.read(min(left, 1 << 20))):
            count += data.count(b"\n")
            left -= len(data)
    return count


def _accepted(connection: duckdb.DuckDBPyConnection, lines: Sequence[_Line], beside: Path, to: Path, bad: list[_Line]) -> list[_Line]:
    """Leave out the lines that DuckDB does not take."""
    import duckdb

    beside.write_bytes(b"".join(line.data for line in lines))
    try:
        stage(connection, [beside], to, kept=False, is_gathered=True)
    except duckdb.IOException:  # it is not the lines that are at fault
        raise
    except duckdb.Error:
        if len(lines) == 1:
            bad.extend(lines)
            return []
        middle = len(lines) // 2
        halves = (lines[:middle], lines[middle:])
        return [line for half in halves for line in _accepted(connection, half, beside, to, bad)]
    return list(lines)


def _more(names: Sequence[str]) -> str:
    """Keep under one name what newer versions say."""
    if not names:
        return "NULL::VARCHAR"
    pairs = ", ".join(f"{quoted(_encode(name).decode() + ':')} || {_name(name)}::VARCHAR" for name in names)
    return f"'{{' || nullif(concat_ws(',', {pairs}), '') || '}}'"


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def first_copy(piece: Piece, to: Path) -> Path:
    """Copy what is new of a file, so that what is appended meanwhile is not read."""
    with piece.file.open("rb") as source, to.open("wb") as out:
        source.seek(piece.start)
        left = piece.end - piece.start
        while left > 0 and (data := source.read(min(left, 1 << 20))):
            out.write(data)
            left -= len(data)
    return to
