"""The flake8 plugin: gives flake8 the findings of the whole project, file by file.

Standard library only until there is a file to look at: flake8 imports every plugin at start-up, and one that fails there
ends the user's whole run.
"""

from __future__ import annotations

import ast
import multiprocessing
import sys
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from typing import Any, ClassVar, Final

from lint_plugin import __version__

ANALYZER: Final = "libcst"
MISSING: Final = 'costmark: libcst is not installed, no LLM call is checked; pip install "costmark[lint]"\n'
REMEMBERING: Final = ("lint_plugin.frontends.flake8_quiet", "lint_plugin.frontends.flake8_project")

Row = tuple[int, int, str, type[Any]]  # line, column from 0, text that begins with the code, the plugin


class Plugin:
    """One file of a flake8 run."""

    name: ClassVar[str] = "costmark"
    version: ClassVar[str] = __version__
    ready: ClassVar[bool] = True

    def __init__(self, tree: ast.AST, filename: str, lines: Sequence[str]) -> None:  # noqa: ARG002  (flake8 tells plugin kinds apart by the argument)
        self._filename = filename
        self._lines = lines

    @classmethod
    def parse_options(cls, options: object) -> None:  # noqa: ARG003  (flake8 calls it with them)
        """Look once a run, before any file, whether the analyzer is installed; say so where it is not."""
        for name in REMEMBERING:  # not imported before there is a file to look at
            module = sys.modules.get(name)
            if module is not None:
                module.forget()
        cls.ready = find_spec(ANALYZER) is not None
        if not cls.ready and multiprocessing.parent_process() is None:  # workers of -j2 keep quiet
            sys.stderr.write(MISSING)

    def run(self) -> Iterator[Row]:
        """Yield what flake8 reports for this file."""
        if not self.ready:
            return
        from lint_plugin.frontends import flake8_quiet

        if flake8_quiet.is_quiet(self._filename, self._lines):
            return
        from lint_plugin.frontends import flake8_project

        for finding in flake8_project.findings(self._filename, self._lines):
            yield finding.line, finding.column - 1, f"{finding.code} {finding.message}", Plugin
