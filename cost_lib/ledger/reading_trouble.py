"""Turn what the engine cannot read or write into a sentence with a name in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from cost_lib.errors import ReportError

OF_A_FILE: Final = ("parquet", "magic bytes", "file")  # what of the engine's complaints about input is about files, and no fault of ours
WRITING: Final = "Could not write"  # in the engine's complaints about a full disk


@contextmanager
def told() -> Iterator[None]:
    """Say it of files that are broken or gone, of a full disk and of too little memory; everything else is a fault of ours."""
    try:
        import duckdb
    except ImportError:
        yield  # who asks for it is told
        return
    try:
        yield
    except (duckdb.IOException, duckdb.OutOfMemoryException, duckdb.InvalidInputException) as problem:
        text = str(problem)
        if isinstance(problem, duckdb.InvalidInputException) and not any(word in text.lower() for word in OF_A_FILE):
            raise
        done = "written" if WRITING in text else "read"
        raise ReportError(f"the log or the ledger cannot be {done}: {text.splitlines()[0]}") from None
