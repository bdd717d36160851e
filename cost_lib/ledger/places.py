"""Know where a ledger may be: a folder of this machine, or a bucket where DuckDB can reach one."""

from __future__ import annotations

from pathlib import Path

from cost_lib.errors import ReportError
from cost_lib.ledger.sources import default_ledger


def ledger_of(named: str | None) -> Path:
    """Return the folder that was named, or the default; say what to do about one that is none."""
    if named is None:
        return default_ledger()
    if "://" in named:
        raise ReportError(f"{named}: a ledger is a folder; compact into one, and copy it to the bucket")
    folder = Path(named)
    if folder.exists() and not folder.is_dir():
        raise ReportError(f"{named}: this is no folder; --ledger names one that is there or can be made")
    return folder
