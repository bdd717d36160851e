"""Speak with ClickHouse: over HTTP with a server, or within the process (chdb, the same engine)."""

from __future__ import annotations

import json
import os
import re
import tempfile
import urllib.error
import urllib.request
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO, Final
from urllib.parse import SplitResult, unquote, urlencode
from uuid import uuid4

from cost_lib.errors import ReportError
from cost_lib.ledger.engines.model import Rows
from cost_lib.ledger.engines.translating import CLICKHOUSE

# what makes it mean by SQL what DuckDB means
SETTINGS: Final = {
    "join_use_nulls": "1",
    "prefer_column_name_to_alias": "1",
    "aggregate_functions_null_for_empty": "1",
    "cast_keep_nullable": "1",
    "data_type_default_nullable": "1",
    "session_timezone": "UTC",
    "output_format_json_quote_64bit_integers": "1",
    "output_format_json_quote_denormals": "1",
    "enable_extended_results_for_datetime_functions": "1",
}
ABSENT: Final = re.compile("UNKNOWN_TABLE|UNKNOWN_IDENTIFIER|UNKNOWN_DATABASE")  # of another version's export, or of none
FORMAT: Final = "JSONCompactEachRowWithNamesAndTypes"
WRAPPED: Final = re.compile(r"(?:Nullable|LowCardinality)\((.*)\)")
TYPES: Final = {
    "BIGINT": "Int64",
    "INTEGER": "Int32",
    "HUGEINT": "Int128",
    "DOUBLE": "Float64",
    "BOOLEAN": "Bool",
    "DATE": "Date32",
    "TIMESTAMP": "DateTime64(6, 'UTC')",
    "VARCHAR": "String",
}
KEY: Final = "dt"
LOADING: Final = "_loading"
SECONDS: Final = 600


class ClickHouse(ABC):
    """What a server and the engine within the process have in common."""

    dialect = CLICKHOUSE

    def ask(self, sql: str, values: Mapping[str, Any]) -> Rows:
        """Run a query; values are parameters of the engine, never text of the query."""
        try:
            answer = self.send(f"{sql}\nFORMAT {FORMAT}", {name: written(value) for name, value in values.items()})
        except ReportError as problem:
            hint = "; costmark export --to the same address writes what reports ask" if ABSENT.search(str(problem)) else ""
            raise ReportError(f"{problem}{hint}") from None
        names, types, *rows = [json.loads(line) for line in answer.decode("utf-8", "replace").splitlines() if line]
        kinds = [kind_of(one) for one in types]
        return Rows(dict(zip(names, kinds, strict=True)), [tuple(map(read, row, kinds)) for row in rows])

    def bring(self, name: str, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> None:
        """Make a table for this session."""
        made = ", ".join(f"{quoted(column)} Nullable({TYPES[kind]})" for column, kind in columns.items())
        self.send(f"CREATE OR REPLACE TEMPORARY TABLE {name} ({made}) ENGINE = Memory")
        lines = "\n".join(json.dumps(list(row), default=str) for row in rows)
        if lines:
            self.send(f"INSERT INTO {name} FORMAT JSONCompactEachRow", data=lines.encode())

    def prepare(self, view: str, columns: Mapping[str, str]) -> None:
        """Make an empty table beside the one that is there."""
        self.send(f"DROP TABLE IF EXISTS {view}{LOADING}")
        self.send(table_of(f"{view}{LOADING}", columns))

    def load(self, view: str, part: Path) -> None:
        """Send a Parquet file."""
        with part.open("rb") as file:
            self.send(f"INSERT INTO {view}{LOADING} FORMAT Parquet", data=file)

    def finish(self, views: Sequence[str]) -> None:
        """Put the new tables in the places of the old ones, each in one step."""
        for view in views:
            self.send(f"CREATE TABLE IF NOT EXISTS {view} AS {view}{LOADING}")
            self.send(f"EXCHANGE TABLES {view} AND {view}{LOADING}")
            self.send(f"DROP TABLE {view}{LOADING}")

    @abstractmethod
    def send(self, sql: str, parameters: Mapping[str, str] | None = None, *, data: bytes | BinaryIO | None = None) -> bytes:
        """Send one statement, with the rows that it inserts."""

    def close(self) -> None:  # noqa: B027 - most have nothing to give back
        """Give back what is held."""


class Server(ClickHouse):
    """A server: ``clickhouse://user:password@host:8123/database``, ``clickhouses://`` for TLS."""

    def __init__(self, address: SplitResult) -> None:
        is_safe = address.scheme == "clickhouses"
        port = address.port or (8443 if is_safe else 8123)
        host = f"[{address.hostname}]" if ":" in (address.hostname or "") else address.hostname or "localhost"
        self._place = f"{host}:{port}"
        self._url = f"{'https' if is_safe else 'http'}://{self._place}/"
        self._heads = {"X-ClickHouse-User": unquote(address.username or "default")}
        if address.password:
            self._heads["X-ClickHouse-Key"] = unquote(address.password)
        self._asked = {"database": address.path.strip("/") or "default", "session_id": f"costmark-{uuid4()}", **SETTINGS}

    def send(self, sql: str, parameters: Mapping[str, str] | None = None, *, data: bytes | BinaryIO | None = None) -> bytes:
        """Send one statement: in the body, or in the address where the body is rows."""
        asked = {**self._asked, **{f"param_{name}": value for name, value in (parameters or {}).items()}}
        body: bytes | BinaryIO = sql.encode()
        if data is not None:
            asked["query"], body = sql, data
        size = len(body) if isinstance(body, bytes) else os.fstat(body.fileno()).st_size  # a month of events is not held in memory
        heads = {**self._heads, "Content-Length": str(size)}
        request = urllib.request.Request(f"{self._url}?{urlencode(asked)}", body, heads, method="POST")  # noqa: S310 - made above
        try:
            with _opener().open(request, timeout=SECONDS) as answer:
                found: bytes = answer.read()
        except urllib.error.HTTPError as problem:
            said = problem.read(2000).decode("utf-8", "replace").strip().splitlines()
            raise ReportError(f"ClickHouse at {self._place}: {said[0] if said else problem}") from None
        except OSError as problem:
            reason = getattr(problem, "reason", None) or problem.strerror or problem
            raise ReportError(f"ClickHouse at {self._place} does not answer: {reason}") from None
        return found


def _opener() -> urllib.request.OpenerDirector:
    """Return what follows no redirects and asks no proxy for a host that was named."""
    return urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Within(ClickHouse):
    """The engine within the process: ``chdb:FOLDER``, for one person's data and for tests."""

    def __init__(self, folder: str) -> None:
        try:
            chdb = import_module("chdb.session")
        except ImportError:
            raise ReportError("--engine chdb: needs the package chdb: pip install chdb") from None
        try:
            self._session = chdb.Session(folder) if folder else chdb.Session()
        except RuntimeError as problem:  # another process has the folder, or this one another folder
            raise _said(problem) from None
        for name, value in SETTINGS.items():
            self._session.query(f"SET {name} = '{value}'")

    def send(self, sql: str, parameters: Mapping[str, str] | None = None, *, data: bytes | BinaryIO | None = None) -> bytes:
        """Run one statement."""
        if data is not None:
            return self._insert(sql, data)
        try:
            found = self._session.query(sql, params=dict(parameters or {}))
        except RuntimeError as problem:
            raise _said(problem) from None
        return bytes(found.bytes() or b"") if found is not None else b""

    def load(self, view: str, part: Path) -> None:
        """Read a Parquet file."""
        place = str(part).replace("\\", "\\\\").replace("'", "\\'")
        self.send(f"INSERT INTO {view}{LOADING} SELECT * FROM file('{place}', Parquet)")  # noqa: S608 - a name of our own making

    def _insert(self, sql: str, data: bytes | BinaryIO) -> bytes:
        with tempfile.NamedTemporaryFile(prefix="costmark-", suffix=".data") as file:
            file.write(data if isinstance(data, bytes) else data.read())
            file.flush()
            return self.send(sql.replace(" FORMAT ", f" FROM INFILE '{file.name}' FORMAT "))

    def close(self) -> None:
        """End the session."""
        self._session.close()


def _said(problem: RuntimeError) -> ReportError:
    """Say what the engine within the process says, in its first line."""
    return ReportError(f"chdb: {str(problem).strip().splitlines()[0]}")


def table_of(name: str, columns: Mapping[str, str]) -> str:
    """Write the statement that makes a table."""
    made = ", ".join(
        f"{quoted(one)} {f'{TYPES[kind]} NOT NULL' if one == KEY else f'Nullable({TYPES[kind]})'}" for one, kind in columns.items()
    )
    return f"CREATE TABLE {name} ({made}) ENGINE = MergeTree PARTITION BY toYYYYMM({KEY}) ORDER BY {KEY}"


def kind_of(told: str) -> str:
    """Return DuckDB's type for one of ClickHouse's."""
    inner = WRAPPED.fullmatch(told)
    if inner is not None:
        return kind_of(inner[1])
    if told in {"Int128", "Int256", "UInt128", "UInt256"}:
        return "HUGEINT"
    if told.startswith(("Int", "UInt")):
        return "BIGINT"
    if told.startswith("Float"):
        return "DOUBLE"
    if told.startswith("DateTime"):
        return "TIMESTAMP"
    return {"Bool": "BOOLEAN", "Date": "DATE", "Date32": "DATE"}.get(told, "VARCHAR")


def read(value: Any, kind: str) -> Any:
    """Read one value of an answer."""
    if value is None or kind in {"VARCHAR", "BOOLEAN"}:
        return value
    if kind in {"BIGINT", "HUGEINT"}:
        return int(value)
    if kind == "DOUBLE":
        return float(value)
    return date.fromisoformat(value) if kind == "DATE" else datetime.fromisoformat(value)


def written(value: Any) -> str:
    """Write the value of a parameter as ClickHouse reads it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "\\N"
    return str(value).replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r").replace("\0", "\\0")


def quoted(name: str) -> str:
    """Write a name."""
    return "`" + name.replace("\\", "\\\\").replace("`", "\\`") + "`"
