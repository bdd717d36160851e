"""Write the views as one file of SQL: tables and rows, in the words of any dialect that sqlglot knows."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any, Final

from cost_lib.errors import ReportError
from cost_lib.ledger.connecting import connect
from cost_lib.ledger.engines.clickhouse import table_of
from cost_lib.ledger.engines.translating import CLICKHOUSE, DUCKDB, library

MANY: Final = 500  # rows of one statement


class SqlFile:
    """A file that appears once it is whole."""

    def __init__(self, path: Path, dialect: str) -> None:
        self._path = path
        self._draft = path.with_name(f".{path.name}.{os.getpid()}")
        self._dialect = dialect
        self._glot = library()
        try:
            self._glot.Dialect.get_or_raise(dialect)
        except ValueError as problem:
            raise ReportError(f"--dialect {dialect!r}: {problem}") from None
        self._out: IO[str] | None = None
        self._columns: dict[str, Mapping[str, str]] = {}

    def prepare(self, view: str, columns: Mapping[str, str]) -> None:
        """Write the table of a view."""
        self._columns[view] = columns
        if self._dialect == CLICKHOUSE:
            self._write(table_of(view, columns))
        else:
            made = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
            self._write(self._glot.transpile(f"CREATE TABLE {view} ({made})", read=DUCKDB, write=self._dialect)[0])

    def load(self, view: str, part: Path) -> None:
        """Write the rows of a file."""
        connection = connect()
        try:
            cursor = connection.execute("SELECT * FROM read_parquet($part)", {"part": str(part)})
            while rows := cursor.fetchmany(MANY):
                self._write(self._insert(view, rows))
        finally:
            connection.close()

    def _insert(self, view: str, rows: Sequence[tuple[Any, ...]]) -> str:
        exp = self._glot.exp
        kinds = list(self._columns[view].values())
        cast = self._dialect != CLICKHOUSE  # which reads texts as what the column is
        values = [exp.Tuple(expressions=[_literal(exp, *cell, cast=cast) for cell in zip(row, kinds, strict=True)]) for row in rows]
        columns = [exp.to_identifier(name, quoted=True) for name in self._columns[view]]
        table = exp.Schema(this=exp.to_table(view), expressions=columns)
        return str(exp.Insert(this=table, expression=exp.Values(expressions=values)).sql(dialect=self._dialect))

    def _write(self, statement: str) -> None:
        try:
            if self._out is None:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                self._out = self._draft.open("w", encoding="utf-8")
            self._out.write(f"{statement};\n")
        except OSError as problem:
            raise ReportError(f"{self._path}: {problem.strerror or problem}") from None

    def finish(self, views: Sequence[str]) -> None:  # noqa: ARG002 - all of them are in the file
        """Put the file in its place."""
        if self._out is not None:
            self._out.close()
            self._draft.replace(self._path)

    def close(self) -> None:
        """Leave no draft behind."""
        if self._out is not None:
            self._out.close()
        self._draft.unlink(missing_ok=True)


def _literal(exp: Any, value: Any, kind: str, *, cast: bool) -> Any:
    """Write one value; what is no number or text is said to be what it is."""
    if value is None:
        return exp.Null()
    if isinstance(value, bool):
        return exp.Boolean(this=value)
    if kind in {"DATE", "TIMESTAMP"}:
        text = exp.Literal.string(str(value))
        return exp.cast(text, kind) if cast else text
    return exp.Literal.string(value) if isinstance(value, str) else exp.Literal.number(value)
