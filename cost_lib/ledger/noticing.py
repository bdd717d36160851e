"""Say of what was taken in, or left out because it was there already, what somebody should know: with file and line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from cost_lib.ledger.bookkeeping import Piece
from cost_lib.ledger.once import AGAIN

if TYPE_CHECKING:
    import duckdb

ID: Final = re.compile(rb'"event_id"\s*:\s*"((?:[^"\\]|\\.)*)"')
LONGEST: Final = 1 << 20
MOST_NAMED: Final = 20
AHEAD: Final = timedelta(days=1)  # clocks differ, by less than this
AHEAD_OF_TIME: Final = "dated in the future, counted"
# what is said of how many, in the words for one and for many
DOUBLED: Final = ("event was there already, and counts once", "events were there already, and count once")
AHEAD_IN_ALL: Final = (
    "event is dated in the future, and counts; a clock is wrong",
    "events are dated in the future, and count; a clock is wrong",
)
FUTURE: Final = "SELECT event_id, $why AS why FROM staged WHERE ts > $last LIMIT $most"


class Noticed(NamedTuple):
    """An event about which something is to be said."""

    file: Path
    line: int
    event_id: str
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: event {self.event_id}: {self.what}"


def counted(count: int, one: str, many: str) -> list[str]:
    """Say something of how many there are, where there are any."""
    return [f"{count:,} {one if count == 1 else many}"] if count else []


def future(connection: duckdb.DuckDBPyConnection, *, now: float) -> int:
    """Count the staged events that are dated in the future."""
    found: Any = connection.execute("SELECT count(*) FROM staged WHERE ts > ?", [_last(now)]).fetchone()
    return int(found[0])


def named(connection: duckdb.DuckDBPyConnection, pieces: Sequence[Piece], *, now: float) -> list[Noticed]:
    """Name the first events that were left out or are dated in the future."""
    wanted: list[Any] = connection.execute("SELECT event_id, why FROM gone LIMIT ?", [MOST_NAMED]).fetchall()
    wanted += connection.execute(FUTURE, {"why": AHEAD_OF_TIME, "last": _last(now), "most": MOST_NAMED}).fetchall()
    if not wanted:
        return []
    left = dict(wanted)
    found = []
    for file, line, event_id in _ids(pieces):
        what = left.get(event_id)
        if what == AGAIN:
            left[event_id] = f"{AGAIN}."  # the next one is meant
        elif what is not None:
            found.append(Noticed(file, line, event_id, what.removesuffix(".")))
            del left[event_id]
        if not left or len(found) >= MOST_NAMED:
            break
    return found


def last_day() -> date:
    """Return the last day that is no future on any clock."""
    return (datetime.now(UTC) + AHEAD).date()


def _last(now: float) -> datetime:
    return (datetime.fromtimestamp(now, UTC) + AHEAD).replace(tzinfo=None)


def _ids(pieces: Sequence[Piece]) -> Iterator[tuple[Path, int, str]]:
    for piece in pieces:
        with piece.file.open("rb") as lines:
            number, at = 1, 0
            while at < piece.end and (data := lines.readline(LONGEST)):
                if at >= piece.start:
                    for found in ID.finditer(data):
                        yield piece.file, number, found[1].decode(errors="replace")
                at += len(data)
                number += data.endswith(b"\n")
