"""``costmark config``: the settings in force, and where each comes from."""

from __future__ import annotations

import os
from pathlib import Path

import click

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
    workspace = locate(path.absolute(), isolated=isolated, env=os.environ)
    policy = workspace.policy
    emit([policy.export() if export else policy.explain()])
