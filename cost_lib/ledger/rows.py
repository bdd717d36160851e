"""Read the events of parts as they were written, whatever version has laid them out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePath

from cost_lib.ledger import packing, views
from cost_lib.ledger.buckets.address import Place
from cost_lib.ledger.columns import STORED, TYPES
from cost_lib.ledger.manifest import Part
from cost_lib.ledger.views import literal, quoted


def files(names: Iterable[PurePath], *, numbered: bool = False, mixed: bool = False, hive: bool = False) -> str:
    """Write the files of Parquet as a table."""
    options = ", filename = true, file_row_number = true" if numbered else ""
    options += ", union_by_name = true" if mixed else ""
    options += ", hive_types = {'dt': 'DATE'}" if hive else ""
    return f"read_parquet([{', '.join(quoted(literal(name)) for name in names)}], hive_partitioning = {str(hive).lower()}{options})"


def events_of(parts: Mapping[Place, Part], *, dated: bool = False) -> str:
    """Select the events of parts, by their files, with what is made of each; ``dated`` with the days of their folders as ``dt``."""
    plain = {file: part for file, part in parts.items() if part.layout == packing.PLAIN}
    packed = {file: part for file, part in parts.items() if part.layout != packing.PLAIN}
    day = ("dt",) if dated else ()
    found = []
    if plain:
        is_mixed = any(part.columns != len(STORED) for part in plain.values())
        found.append(views.made(_read(plain, TYPES, is_mixed=is_mixed, dated=dated), more=day))
    if packed:
        shapes = {(part.columns, part.absent) for part in packed.values()}
        absent = {part.absent for part in packed.values()}.pop()
        is_mixed = shapes != {(len(STORED), absent)}
        found.append(packing.unpacked(_read(packed, packing.PACKED, is_mixed=is_mixed, dated=dated), () if is_mixed else absent, day))
    return f"({' UNION ALL '.join(found)})"


def ids_of(parts: Mapping[Place, Part]) -> str:
    """Select the ids of the events of parts."""
    return f"SELECT event_id FROM {events_of(parts)}"  # noqa: S608 - names of our own


def _read(parts: Mapping[Place, Part], types: Mapping[str, str], *, is_mixed: bool, dated: bool) -> str:
    read = files(sorted(parts), hive=dated, mixed=is_mixed)
    if not is_mixed:
        return read
    columns = ", ".join(f"NULL::{kind} AS {name}" for name, kind in types.items())
    return f"(FROM {read} UNION ALL BY NAME SELECT {columns} WHERE false)"
