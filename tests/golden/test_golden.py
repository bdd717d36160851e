"""Whole outputs, compared with files beside this one; ``UPDATE_GOLDEN=1 pytest tests/golden`` writes them anew."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from lint_plugin.frontends import cli
from lint_plugin.output import formats
from tests.output.samples import CELL, PROBLEM, RAW, WARNING, report, shown

HERE = Path(__file__).parent
REPORT = report(RAW, WARNING, CELL)._replace(problems=(PROBLEM,))
HELP = [("help", []), *((f"help-{name}", [name]) for name in sorted(cli.COMMANDS))]


def compare(name: str, text: str) -> None:
    """Hold a text against its file."""
    file = HERE / name
    if os.environ.get("UPDATE_GOLDEN"):
        file.write_text(text, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("name", formats.NAMES)
def test_format_is_as_it_was(name: str) -> None:
    compare(f"report.{name}", shown(name, REPORT))


@pytest.mark.parametrize(("name", "arguments"), HELP)
def test_help_is_as_it_was(name: str, arguments: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "110")
    assert 0 == cli.main([*arguments, "--help"])
    compare(f"{name}.txt", capsys.readouterr().out)
