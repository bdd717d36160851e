"""ClickHouse's engine in the process, opened by its address; beside another folder of this process it cannot be, so they stand alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from cost_lib import ledger
from cost_lib.errors import ReportError
from cost_lib.ledger.engines.address import engine_at
from lint_plugin.frontends import cli
from tests.ledger.engine_cases import write_log

pytest.importorskip("duckdb")
pytest.importorskip("sqlglot")
pytest.importorskip("chdb")


def test_notebooks_ask_what_was_exported(tmp_path: Path) -> None:
    log = write_log(tmp_path / "log", 60)
    assert 0 == cli.main(["export", str(log), "--to", f"chdb:{tmp_path / 'there'}"])
    with ledger.open(log) as here_, ledger.open(engine=f"chdb:{tmp_path / 'there'}") as there_:
        assert here_.report(by="segment").fetchall() == there_.report(by="segment").fetchall()


def test_what_another_version_has_exported_is_told_to_be_exported_anew(tmp_path: Path) -> None:
    engine = engine_at(f"chdb:{tmp_path / 'older'}")
    try:
        with pytest.raises(ReportError, match="costmark export --to the same address writes what reports ask"):
            engine.ask("SELECT split_input FROM days", {})
    finally:
        engine.close()
