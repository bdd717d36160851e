"""Write every line of an answer with its exact figures: JSON, CSV, Parquet."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import tempfile
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cost_lib.errors import ReportError
from cost_lib.ledger.answer import Answer, remarks
from cost_lib.ledger.asking.period import DAY
from cost_lib.ledger.output.escape import for_csv

if TYPE_CHECKING:
    from cost_lib.ledger.session import Table


def as_json(answer: Answer) -> str:
    """Write every line with its exact figures, and what was skipped."""
    since, until = answer.period
    found = {
        "report": answer.name,
        "since": since.isoformat() if since else None,
        "until": (until - DAY).isoformat() if until else None,
        "by": list(answer.keys),
        "lines": [{name: _plain(value) for name, value in record.items()} for record in answer.records],
        "remarks": remarks(answer),
        "skipped": [{"file": str(one.file), "line": one.line, "bytes": one.size, "reason": one.reason} for one in answer.skipped],
    }
    return json.dumps(found, indent=2) + "\n"


def as_csv(answer: Answer) -> str:
    """Write every line with its exact figures."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([for_csv(name) for name in answer.columns])
    writer.writerows([for_csv(_plain(value)) for value in row] for row in answer.rows)
    return out.getvalue()


def write_parquet(table: Table, file: Path) -> None:
    """Write every line with its exact figures; the file is there whole or not at all."""
    import duckdb

    columns = [(one[0], str(one[1])) for one in table.connection.execute(f"SELECT * FROM {table.name} LIMIT 0").description or ()]  # noqa: S608
    # HUGEINT would become a double; the reports' own connection may write nothing
    wide = {name: "DECIMAL(38,0)" for name, kind in columns if kind == "HUGEINT"}
    _, rows = table.read()
    from cost_lib.ledger.session import fill

    draft = file.with_name(f".{file.name}.{os.getpid()}")
    connection = duckdb.connect()
    try:
        with tempfile.TemporaryDirectory(prefix="costmark-") as folder:  # a name of ours: the engine takes no bytes that are no text
            fill(connection, "lines", {name: wide.get(name, kind) for name, kind in columns}, rows)
            escaped = f"{folder}/lines.parquet".replace("'", "''")
            connection.execute(f"COPY lines TO '{escaped}' (FORMAT parquet, PARQUET_VERSION v2, COMPRESSION zstd)")
            shutil.copyfile(f"{folder}/lines.parquet", draft)
        draft.replace(file)
    except (duckdb.IOException, OSError) as problem:
        raise ReportError(f"{file}: cannot be written: {getattr(problem, 'strerror', None) or problem}") from None
    finally:
        connection.close()
        draft.unlink(missing_ok=True)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return f"{value.isoformat(timespec='microseconds')}Z"
    return value.isoformat() if isinstance(value, date) else value
