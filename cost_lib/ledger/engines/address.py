"""Find the engine that an address means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import Final
from urllib.parse import urlsplit

from cost_lib.errors import ReportError
from cost_lib.ledger.engines.model import Engine

HERE: Final = "duckdb"
RECORDED: Final = "recorded"
KNOWN: Final = "duckdb, clickhouse://user:password@host:8123/database, chdb:FOLDER, spark://host:7077/shared/folder"


@contextmanager
def engine_for(address: str | None, paths: Sequence[PurePath], prices: str) -> Iterator[Engine | None]:
    """Hold the engine that a report is to be asked of; None for the one of this process, which reads the log itself."""
    if not address or address == HERE:
        yield None
        return
    if paths:
        raise ReportError(f"--engine asks what was exported there; leave {paths[0]} out, or --engine")
    if prices != RECORDED:
        raise ReportError("another engine shows the costs that were exported: costmark export --prices restated writes the restated ones")
    _demand_exported(address)
    engine = engine_at(address)
    try:
        yield engine
    finally:
        engine.close()


def _demand_exported(address: str) -> None:
    """Refuse a folder that no export has made: the engine would make it."""
    scheme, _, folder = address.partition(":")
    if scheme == "chdb" and folder and not (Path(folder) / "metadata").is_dir():
        raise ReportError(f"{folder}: nothing was exported there; costmark export --to {address} does it")


def engine_at(address: str) -> Engine:
    """Return the engine at an address, ready to be asked."""
    try:
        found = urlsplit(address)
        found.port  # noqa: B018 - what is no port is said here
    except ValueError as problem:
        raise ReportError(f"{address!r} is no address of an engine: {problem}") from None
    if found.scheme in ("clickhouse", "clickhouses") and found.hostname:
        from cost_lib.ledger.engines.clickhouse import Server

        return Server(found)
    if found.scheme == "chdb" or address == "chdb":
        from cost_lib.ledger.engines.clickhouse import Within

        return Within(found.path if found.scheme else "")
    if found.scheme == "spark" and found.path.strip("/"):
        from cost_lib.ledger.engines.spark import Spark

        return Spark(found)
    raise ReportError(f"{address!r} is no address of an engine; known are {KNOWN}")
