"""Load an extension of DuckDB that is installed; none is ever fetched here."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb


def is_loaded(connection: duckdb.DuckDBPyConnection, name: str) -> bool:
    """Load an extension as DuckDB or a package has installed it, and say whether that was possible."""
    import duckdb

    for place in (name, *(f"'{file}'" for file in _packaged(name, duckdb.__version__))):
        try:
            connection.execute(f"LOAD {place}")
        except duckdb.Error:
            continue
        return True
    return False


def _packaged(name: str, version: str) -> Iterator[Path]:
    """Find what a package of Python brings: the extension for the very version of DuckDB."""
    found = find_spec(f"duckdb_extension_{name}")
    for folder in (found.submodule_search_locations or ()) if found is not None else ():
        file = Path(folder) / "extensions" / f"v{version}" / f"{name}.duckdb_extension"
        if file.is_file() and "'" not in str(file):
            yield file
