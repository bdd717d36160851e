"""Read logs of others line by line: JSON lines, JSON documents, CSV; gzip too. A line that is none is named."""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import msgspec

from cost_lib.errors import ReportError
from cost_lib.ledger.backfilling.model import Line, Spot, Trouble

MOST_LINE: Final = 32_000_000  # bytes
ENDS: Final = (".jsonl", ".ndjson", ".json", ".log", ".csv", ".tsv", ".gz")
_decode: Final = msgspec.json.Decoder().decode


def read_lines(places: Iterable[Path]) -> Iterator[Line | Trouble]:
    """Read files, and the files of folders in the order of their names."""
    for file in files_of(places):
        name = file.name.lower().removesuffix(".gz")
        try:
            with gzip.open(file) if file.name.lower().endswith(".gz") else file.open("rb") as raw:
                if name.endswith((".csv", ".tsv")):
                    yield from _rows(raw, file, "\t" if name.endswith(".tsv") else ",")
                else:
                    yield from _documents(raw, file)
        except (gzip.BadGzipFile, EOFError, zlib.error) as problem:
            yield Trouble(Spot(file, 0), f"cannot be unpacked further: {problem}")
        except OSError as problem:
            raise ReportError(f"{file}: {problem.strerror or problem}") from None


def files_of(places: Iterable[Path]) -> list[Path]:
    """Return the files that are meant, each once."""
    found: dict[Path, None] = {}
    for place in places:
        if place.is_dir():
            inside = sorted(file for file in place.rglob("*") if file.is_file() and file.suffix.lower() in ENDS)
            if not inside:
                raise ReportError(f"{place}: no logs in this folder ({' '.join(ENDS)})")
            found.update(dict.fromkeys(inside))
        elif place.is_file():
            found[place] = None
        else:
            raise ReportError(f"{place}: no such file")
    return list(found)


def _documents(raw: Iterable[bytes], file: Path) -> Iterator[Line | Trouble]:
    """Read JSON lines; a file that is one document is a list of them, or one."""
    broken: list[Trouble] = []
    text: list[bytes] = []
    sound = 0
    for number, line in enumerate(raw, 1):
        if not sound:
            text.append(line)
        if not line.strip():
            continue
        found = _decoded(line)
        if isinstance(found, str):
            broken.append(Trouble(Spot(file, number), found))
            if sound:
                yield from broken
                broken.clear()
        else:
            sound += 1
            yield from broken
            broken.clear()
            yield from _each(found, Spot(file, number))
    if broken and not sound:
        whole = _decoded(b"".join(text))
        yield from broken if isinstance(whole, str) else _each(whole, Spot(file, 1))


def _decoded(line: bytes) -> Any:
    """Decode one line; what it is instead of a document comes as a word on it."""
    if len(line) > MOST_LINE:
        return "longer than any answer"
    try:
        found = _decode(line)
    except (ValueError, RecursionError):
        return "no JSON"
    return found if isinstance(found, (dict, list)) else "no JSON object"


def _each(found: Any, spot: Spot) -> Iterator[Line | Trouble]:
    """Yield a document, or those of a list; the pieces of a stream stay together."""
    if isinstance(found, dict):
        yield Line(spot, found)
    elif found and all(isinstance(one, dict) for one in found):
        if any("choices" in one or "candidates" in one or "delta" in one for one in found) and _are_pieces(found):
            yield Line(spot, {"response": found})
        else:
            yield from (Line(spot, one) for one in found)
    else:
        yield Trouble(spot, "no JSON object")


def _are_pieces(found: list[dict[str, Any]]) -> bool:
    """Say whether documents are the pieces of one streamed answer: they share its id, or say what they are."""
    names = {one.get("id") or one.get("responseId") for one in found}
    return len(found) > 1 and len(names) == 1 and any("chunk" in str(one.get("object", "")) or "candidates" in one for one in found)


def _rows(raw: Any, file: Path, comma: str) -> Iterator[Line | Trouble]:
    with io.TextIOWrapper(raw, encoding="utf-8-sig", errors="replace", newline="") as text:
        reader = csv.DictReader(text, delimiter=comma)
        try:
            for row in reader:
                spot = Spot(file, reader.line_num)
                if None in row or None in row.values():
                    yield Trouble(spot, f"{'more' if None in row else 'fewer'} cells than columns")
                else:
                    yield Line(spot, row)
        except csv.Error as problem:
            yield Trouble(Spot(file, reader.line_num), str(problem))
