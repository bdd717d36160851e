"""Run the command in this process: starting one for each test would take most of the time."""

from __future__ import annotations

from contextlib import chdir, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

from lint_plugin.frontends import cli, workspace
from tests.frontends.command import Done


def costmark(*arguments: str, cwd: Path) -> Done:
    """Run the command as if it were started in a folder."""
    workspace._load.cache_clear()  # the files of a test change between runs
    out, err = StringIO(), StringIO()
    with chdir(cwd), redirect_stdout(out), redirect_stderr(err):
        code = cli.main(arguments)
    return Done(code, out.getvalue(), err.getvalue())
