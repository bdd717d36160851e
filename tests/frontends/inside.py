"""Run the command in this process, as a fresh one would: a tenth of the time of a real process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import pytest

from lint_plugin.frontends import cli, workspace
from tests.frontends.command import Done


class Inside(Protocol):
    """Runs the command in a folder."""

    def __call__(self, *arguments: str, cwd: Path) -> Done:
        """Run it and wait for it."""


@contextmanager
def inside(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Inside]:
    """Give what runs the command."""

    def run(*arguments: str, cwd: Path) -> Done:
        workspace.forget()
        monkeypatch.chdir(cwd)
        capsys.readouterr()
        code = cli.main(arguments)
        said = capsys.readouterr()
        return Done(code, said.out, said.err)

    yield run
