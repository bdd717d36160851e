"""``costmark config``: the settings in force, and where each comes from."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from cost_lib.policy import Explained
from lint_plugin.frontends.console import emit
from lint_plugin.frontends.workspace import locate


@click.command("config")
@click.argument("path", default=".", type=click.Path(path_type=Path, exists=True))
@click.option("--export", is_flag=True, help="Write one self-contained policy file, as production reads it.")
@click.option("--isolated", is_flag=True, help="Default settings, whatever the repository says.")
def command(path: Path, *, export: bool, isolated: bool) -> None:
    """Show the settings that hold for PATH, each with file and line.

    \b
    Examples:
      costmark config
      costmark config services/billing/app.py
      costmark config --export > costmark.production.toml
    """
    workspace = locate(path.absolute(), env=os.environ, isolated=isolated)
    if export:
        emit([workspace.policy.export()])
        return
    inside = Path(os.path.relpath(path.absolute(), workspace.root)).as_posix()
    emit(_table(workspace.policy.explain("" if inside == "." else inside)))


def _table(rows: Sequence[Explained]) -> Iterator[str]:
    """Show one setting a line, its origin behind it."""
    for row in rows:
        yield f"{row.key} = {row.value}  # {_origin(row)}\n"


def _origin(row: Explained) -> str:
    if row.file is None:
        return "default"
    name = os.path.relpath(row.file)
    return f"{row.file if name.startswith('..') else name}:{row.line}"
