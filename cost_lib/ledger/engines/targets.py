"""Find where an export goes: an engine, a folder of Parquet, a file of SQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from cost_lib.errors import ReportError
from cost_lib.ledger.engines.address import KNOWN, engine_at
from cost_lib.ledger.engines.exporting import Target
from cost_lib.ledger.engines.folder import Folder
from cost_lib.ledger.engines.sql_file import SqlFile

SQL: Final = ".sql"
CLUSTER: Final = "spark"


@contextmanager
def target_at(place: str, dialect: str) -> Iterator[Target]:
    """Hold what takes an export."""
    if not place.strip():
        raise ReportError(f"--to names no place; write a folder, FILE.sql or an engine: {KNOWN.partition(', ')[2]}")
    scheme = urlsplit(place).scheme if "://" in place or place.startswith("chdb:") else ""
    if place.endswith(SQL) and not scheme:
        file = SqlFile(Path(place), dialect)
        try:
            yield file
        finally:
            file.close()
    elif scheme == CLUSTER:  # the cluster reads the folder when it is asked; writing it needs none of it
        folder = unquote(urlsplit(place).path)
        if not folder.strip("/"):
            raise ReportError(f"{place!r} names no folder that the cluster reads; write {KNOWN.rpartition(', ')[2]}")
        yield Folder(Path(folder))
    elif scheme:
        engine = engine_at(place)
        try:
            yield engine
        finally:
            engine.close()
    else:
        yield Folder(Path(place))
