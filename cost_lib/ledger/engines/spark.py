"""Speak with Spark: a session of pyspark over the folder of Parquet that an export wrote."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any, Final
from urllib.parse import SplitResult, unquote

from cost_lib.errors import ReportError
from cost_lib.ledger.engines.folder import Folder
from cost_lib.ledger.engines.model import VIEWS, Rows
from cost_lib.ledger.engines.translating import SPARK

LOCAL: Final = "local[*]"
TYPES: Final = {"BIGINT": "bigint", "INTEGER": "int", "HUGEINT": "decimal(38,0)", "DOUBLE": "double", "BOOLEAN": "boolean", "DATE": "date",
                "TIMESTAMP": "timestamp_ntz", "VARCHAR": "string"}  # fmt: skip
SETTINGS: Final = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",  # sums that do not fit are errors, never other figures
    "spark.sql.shuffle.partitions": "8",
    "spark.sql.codegen.wholeStage.union.enabled": "false",  # 4.3.0 cannot send such a union within a subquery to its workers
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.parquet.inferTimestampNTZ.enabled": "true",
}


class Spark:
    """A cluster: ``spark://host:7077/shared/folder``; without a host Spark runs in this machine."""

    dialect = SPARK

    def __init__(self, address: SplitResult) -> None:
        try:
            sql = import_module("pyspark.sql")
        except ImportError:
            raise ReportError("--engine spark: needs pyspark, of the version of the cluster: pip install pyspark") from None
        self._folder = Folder(Path(unquote(address.path)))
        builder = sql.SparkSession.builder.appName("costmark").master(f"spark://{address.netloc}" if address.netloc else LOCAL)
        for name, value in SETTINGS.items():
            builder = builder.config(name, value)
        self._session = builder.getOrCreate()
        self._session.sparkContext.setLogLevel("ERROR")
        self._are_read = False

    def ask(self, sql: str, values: Mapping[str, Any]) -> Rows:
        """Run a query; values are parameters."""
        self._read_views()
        failures = (import_module("pyspark.errors").PySparkException, import_module("py4j.protocol").Py4JError)
        try:
            found = self._session.sql(sql, args=dict(values))
            columns = {field.name: kind_of(field.dataType.simpleString()) for field in found.schema.fields}
            rows = [tuple(map(_plain, row, columns.values())) for row in found.collect()]
        except failures as problem:
            text = str(problem).strip().splitlines()[0]
            hint = "; costmark export --to the same address writes what reports ask" if "UNRESOLVED_COLUMN" in text else ""
            raise ReportError(f"Spark: {text}{hint}") from None
        return Rows(columns, rows)

    def bring(self, name: str, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> None:
        """Make a view for this session."""
        schema = ", ".join(f"`{column}` {TYPES[kind]}" for column, kind in columns.items())
        wide = [kind == "HUGEINT" for kind in columns.values()]
        made = [
            tuple(Decimal(cell) if is_wide and cell is not None else cell for cell, is_wide in zip(row, wide, strict=True)) for row in rows
        ]
        self._session.createDataFrame(made, schema).createOrReplaceTempView(name)

    def prepare(self, view: str, columns: Mapping[str, str]) -> None:
        """Make a folder beside the one that is there."""
        self._folder.prepare(view, columns)

    def load(self, view: str, part: Path) -> None:
        """Add a file to it."""
        self._folder.load(view, part)

    def finish(self, views: Sequence[str]) -> None:
        """Put the new folders in the places of the old ones."""
        self._folder.finish(views)
        self._are_read = False

    def close(self) -> None:
        """End the session."""
        self._session.stop()

    def _read_views(self) -> None:
        if self._are_read:
            return
        for view in VIEWS:
            place = self._folder.place(view)
            if not place.is_dir():
                raise ReportError(f"{place}: nothing was written there; costmark export --to {self._folder.root} does it")
            self._session.read.parquet(str(place)).createOrReplaceTempView(view)
        self._are_read = True


def kind_of(told: str) -> str:
    """Return DuckDB's type for one of Spark's."""
    if told.startswith("decimal"):
        return "HUGEINT" if told.endswith(",0)") else "DOUBLE"
    if told in {"bigint", "int", "smallint", "tinyint"}:
        return "BIGINT"
    return {"double": "DOUBLE", "float": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE"}.get(
        told, "TIMESTAMP" if told.startswith("timestamp") else "VARCHAR"
    )


def _plain(value: Any, kind: str) -> Any:
    if value is None:
        return None
    return int(value) if kind == "HUGEINT" else float(value) if kind == "DOUBLE" else value
