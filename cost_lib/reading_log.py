"""Read events back from files: every good one, and a word on every line that holds something else.

A process that is killed, or a full disk, may leave a piece of a line; the next event follows on the same line or the next.
Every event begins alike, so the reader goes on at the next beginning and says what it left out, with file and line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from cost_lib.errors import NoLogError
from cost_lib.event_model import Event
from cost_lib.sinks.files import END, START, UNREAD

BEGIN: Final = re.compile(rb'\{"v":(\d{1,6}),')
NEWEST: Final = 1
# one for each version that was ever written, made for good
DECODERS: Final = {1: msgspec.json.Decoder(Event).decode}
CUT: Final = "cut short"
FOREIGN: Final = "no event"
NO_FILE: Final = "not a file"


class Skipped(NamedTuple):
    """A piece of a file that is no event, or what stands in a file's place."""

    file: Path
    line: int  # 0 = none of it was read
    size: int  # bytes
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.size} bytes skipped: {self.reason}" if self.line else f"{self.file} skipped: {self.reason}"


def read_log(place: Path) -> Iterator[Event | Skipped]:
    """Read a file, or a folder of daily files in the order of their days."""
    gather_left(place)
    files = sorted(place.glob(f"{START}*{END}")) if place.is_dir() else [place]
    if not files or not files[0].exists():
        raise NoLogError(str(place))
    for file in files:
        if file != place and not file.is_file():  # who names a pipe himself wants it read
            yield Skipped(file, 0, 0, NO_FILE)
            continue
        with file.open("rb") as lines:
            yield from read_lines(lines, file)


def gather_left(place: Path) -> None:
    """Hand on to the daily files what killed processes have left on their way to them."""
    if any(place.glob(f"{UNREAD}*")):
        from cost_lib.sinks.sheet import gather

        gather(place)


def read_lines(lines: Iterable[bytes], file: Path = Path("<lines>")) -> Iterator[Event | Skipped]:
    """Read lines as a file gives them."""
    for number, line in enumerate(lines, 1):
        text = line.rstrip(b"\r\n")
        if text:
            found = _decoded(text)
            if isinstance(found, Event):
                yield found
            else:
                yield from _pieces(text, file, number)


def _pieces(line: bytes, file: Path, number: int) -> Iterator[Event | Skipped]:
    """Read what is glued together on one line."""
    starts = [found.start() for found in BEGIN.finditer(line)]
    edges = [*([0] if starts[:1] != [0] else []), *starts, len(line)]
    for start, end in pairwise(edges):
        piece = line[start:end]
        found = _decoded(piece)
        yield found if isinstance(found, Event) else Skipped(file, number, len(piece), found)


def _decoded(text: bytes) -> Event | str:
    """Decode one event, or say what it is instead."""
    begin = BEGIN.match(text)
    if begin is None:
        return FOREIGN
    version = int(begin[1])
    if version > NEWEST:
        return f"written by a newer costmark, in format {version}"
    try:
        return DECODERS[version](text)
    except (KeyError, RecursionError, ValueError):
        return CUT if not text.endswith(b"}") else FOREIGN
