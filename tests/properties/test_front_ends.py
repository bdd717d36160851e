"""The command, flake8 and the hook report the same of a generated program."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml
from hypothesis import given, settings

from tests.frontends.command import costmark, flake8, run, write
from tests.properties.programs import POLICY, Program, programs

HOOKS = Path(__file__).parents[2] / ".pre-commit-hooks.yaml"
FEW = max(settings().max_examples // 8, 3)
ROW = re.compile(r"^(?:\./)?(?P<path>[^:]+):(?P<line>\d+):(?P<column>\d+):? (?P<code>CMK\d+)", re.MULTILINE)


def rows(output: str) -> list[tuple[str, ...]]:
    """Return path, line, column and code of each reported line."""
    return sorted(found.groups() for found in ROW.finditer(output))


def hook(root: Path, files: list[str]) -> str:
    """Run the entry of our own hook as pre-commit does: with the files behind it."""
    entry = next(item["entry"] for item in yaml.safe_load(HOOKS.read_text(encoding="utf-8")) if item["id"] == "costmark")
    program, *arguments = str(entry).split()
    assert "costmark" == program
    return run(str(Path(sys.executable).parent / program), *arguments, "--format", "concise", *files, cwd=root).out


@settings(max_examples=FEW)
@given(programs())
def test_command_flake8_and_hook_agree(program: Program) -> None:
    with TemporaryDirectory() as folder:
        sources = program.sources()
        root = write(Path(folder) / "project", {"costmark.toml": POLICY, **sources})
        expected = rows(costmark("check", "--format", "concise", cwd=root).out)
        assert expected == rows(flake8("-j1", cwd=root).out)
        assert expected == rows(hook(root, sorted(sources)))
