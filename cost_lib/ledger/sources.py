"""Lay the files of a log before DuckDB as one table of events; what in them is no event is counted, named and left out."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from cost_lib.errors import NoLogError, ReportError
from cost_lib.ledger.manifest import is_ledger
from cost_lib.reading_log import Skipped, read_log
from cost_lib.sinks import folder
from cost_lib.sinks.files import END, START

if TYPE_CHECKING:
    import duckdb

    from cost_lib.policy import Policy

LEDGER: Final = "costmark-ledger"
LEDGER_VARIABLE: Final = "COSTMARK_LEDGER_DIR"
TEXTS: Final = (
    "ts event_id operation_id kind feature team project cost_center owner user_id user_segment environment priority request_type "
    "prompt_version chain_id session_id provider model_requested model usage_source cost_source status"
).split()
NUMBERS: Final = (
    "attempt input_tokens cache_read_tokens cache_write_5m_tokens cache_write_1h_tokens output_tokens reasoning_tokens cost_nano_usd"
).split()
COLUMNS: Final = {"v": "BIGINT", **dict.fromkeys(TEXTS, "VARCHAR"), **dict.fromkeys(NUMBERS, "BIGINT"), "tags": "JSON"}
# malformed lines come as rows of nothing, which the look for trouble finds
READ: Final = "read_ndjson(?, columns = ?, ignore_errors = true, filename = true, maximum_object_size = 16777216)"
TROUBLE: Final = f"SELECT DISTINCT filename FROM {READ} WHERE v IS NULL OR v <> 1 OR try_cast(ts AS TIMESTAMP) IS NULL"  # noqa: S608 - no input
TABLE: Final = f"""
    CREATE TEMP TABLE events AS
    SELECT
        * REPLACE (ts::TIMESTAMP AS ts, coalesce(kind, 'call') AS kind, coalesce(status, '') AS status),
        {{attributed}} AS is_attributed
    FROM {READ}
    WHERE v = 1 AND try_cast(ts AS TIMESTAMP) IS NOT NULL
"""  # noqa: S608 - what is put in comes from the policy, quoted
_encode: Final = msgspec.json.Encoder().encode


class Read(NamedTuple):
    """What was laid before DuckDB."""

    files: tuple[Path, ...]
    skipped: tuple[Skipped, ...]


def connect() -> duckdb.DuckDBPyConnection:
    """Return an empty database in memory; say in one sentence what is missing where DuckDB is."""
    try:
        import duckdb
    except ImportError:
        raise ReportError("reports need DuckDB: pip install 'costmark[report]'") from None
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    return connection


def default_ledger() -> Path:
    """Return where the environment says that the ledger is."""
    return Path(os.environ.get(LEDGER_VARIABLE) or LEDGER)


def default_places(ledger: Path | None = None) -> tuple[Path, ...]:
    """Return where this program's log and ledger are; the log alone where nothing was compacted yet."""
    held = ledger or default_ledger()
    log = folder()
    if is_ledger(held):
        return (held, log) if any(log.glob(f"{START}*")) else (held,)
    if ledger is not None:
        raise ReportError(f"{ledger}: there is no ledger; costmark compact --ledger {ledger} makes it, or leave --ledger out")
    return (log,)


def files_of(places: Iterable[Path]) -> tuple[Path, ...]:
    """Return the files of a log: those named, and the daily files of folders."""
    found: dict[Path, None] = {}
    for place in places:
        files = sorted(place.glob(f"{START}*{END}")) if place.is_dir() else [place]
        if not files or not files[0].is_file():
            raise NoLogError(str(place))
        found.update(dict.fromkeys(files))
    return tuple(found)


def load(connection: duckdb.DuckDBPyConnection, files: Sequence[Path], rules: Policy, scratch: Path) -> Read:
    """Make the table ``events`` of a log; files with anything wrong in them are first written anew into ``scratch``."""
    names = [str(file) for file in files]
    rows = connection.execute(TROUBLE, [names, COLUMNS]).fetchall()
    troubled = {name for (name,) in rows}
    skipped: list[Skipped] = []
    sound = [_cleaned(Path(name), scratch / f"{number}{END}", skipped) if name in troubled else name for number, name in enumerate(names)]
    connection.execute(TABLE.format(attributed=_attributed(rules)), [sound, COLUMNS])
    return Read(tuple(files), tuple(skipped))


def _cleaned(file: Path, to: Path, skipped: list[Skipped]) -> str:
    """Write the events of a file to another, and note what else it holds."""
    with to.open("wb") as out:
        for found in read_log(file):
            if isinstance(found, Skipped):
                skipped.append(found)
            else:
                out.write(_encode(found) + b"\n")
    return str(to)


def _attributed(rules: Policy) -> str:
    """Write, in SQL, what makes a request attributed: every required tag, and a feature that is registered where any is."""
    terms = [
        f"coalesce({_value_of(name)}, '') <> ''"
        for name in dict.fromkeys(("feature", *rules.settings.required_tags))
        if not _is_ambient(rules, name)
    ]
    if rules.has_registry:
        terms.append(f"feature IN ({', '.join(map(_quoted, rules.features))})")
    return f"coalesce({' AND '.join(terms) or 'true'}, false)"


def _is_ambient(rules: Policy, name: str) -> bool:
    return rules.tags[name].ambient


def _value_of(tag: str) -> str:
    return tag if tag in COLUMNS else f"tags->>{_quoted(tag)}"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
