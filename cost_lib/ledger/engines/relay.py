"""Stand in for the connection of a report: what concerns the ledger runs on another engine, its answer is a table here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, cast

from cost_lib.ledger.connecting import connect
from cost_lib.ledger.engines.model import VIEWS, Engine
from cost_lib.ledger.engines.translating import DUCKDB, MARKS, library, translated

if TYPE_CHECKING:
    import duckdb

MONEY: Final = "nano_usd"  # 128 bits wide: 64 would wrap without a word where many are added up
MAKING: Final = re.compile(r"\s*CREATE\s+(?:OR\s+REPLACE\s+)?TEMP\s+TABLE\s+(\w+)\s+AS\s+(.*)", re.DOTALL | re.IGNORECASE)
ASKING: Final = re.compile(r"\s*(?:--[^\n]*\n\s*)*(?:SELECT|WITH|FROM)\b", re.IGNORECASE)


def relayed(engine: Engine) -> duckdb.DuckDBPyConnection:
    """Return what a report takes for its connection."""
    local = connect()
    local.execute("SET enable_external_access = false")
    local.execute("SET lock_configuration = true")
    return cast("duckdb.DuckDBPyConnection", Relay(local, engine))


class Relay:
    """A connection of DuckDB's that holds answers, and asks an engine for them."""

    def __init__(self, local: duckdb.DuckDBPyConnection, engine: Engine) -> None:
        self._local = local
        self._engine = engine
        self._answers = 0

    def execute(self, sql: str, values: Mapping[str, Any] | None = None) -> Any:
        """Run a statement where what it reads is."""
        making = MAKING.fullmatch(sql)
        query = making[2] if making is not None else sql
        tables = _tables_of(query) if making is not None or ASKING.match(sql) else frozenset[str]()
        if tables.isdisjoint(VIEWS):
            return self._local.execute(sql, values) if values is not None else self._local.execute(sql)
        for name in sorted(tables.difference(VIEWS)):
            self._bring(name)
        given = dict(values or {})
        told = {name: value for name, value in given.items() if value is not None}
        found = self._engine.ask(translated(query, self._engine.dialect, given), told)
        self._answers += 1
        name = making[1] if making is not None else f"relayed_{self._answers}"
        self._fill(name, found.columns, found.rows)
        return self._local.execute(f"SELECT * FROM {name}")  # noqa: S608 - a name of our own

    def _bring(self, name: str) -> None:
        """Take a table of this side over to the engine."""
        cursor = self._local.execute(f"SELECT * FROM {name}")  # noqa: S608 - a name of our own
        columns = {one[0]: "HUGEINT" if one[0].endswith(MONEY) else str(one[1]) for one in cursor.description or ()}
        self._engine.bring(name, columns, cursor.fetchall())

    def _fill(self, name: str, columns: Mapping[str, str], rows: list[tuple[Any, ...]]) -> None:
        made = ", ".join(f"{_quoted(column)} {kind}" for column, kind in columns.items())
        self._local.execute(f"CREATE OR REPLACE TEMP TABLE {name} ({made})")
        if rows:
            given = ", ".join(f"unnest($c{number}::{kind}[])" for number, kind in enumerate(columns.values()))
            cells = {f"c{number}": list(one) for number, one in enumerate(zip(*rows, strict=True))}
            self._local.execute(f"INSERT INTO {name} SELECT {given}", cells)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._local, name)


@lru_cache(maxsize=256)
def _tables_of(query: str) -> frozenset[str]:
    """Return the tables that a query reads, without those that it makes itself."""
    sqlglot = library()
    tree = sqlglot.parse_one(MARKS.sub("", query), read=DUCKDB)
    own = {one.alias_or_name for one in tree.find_all(sqlglot.exp.CTE)}
    return frozenset(one.name for one in tree.find_all(sqlglot.exp.Table) if one.name) - own


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
