"""``costmark inventory``: every billable call of the project."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Final

import click

from lint_plugin.errors import MissingExtraError
from lint_plugin.frontends.choices import Choices
from lint_plugin.frontends.console import emit

ANALYZER: Final = "libcst"


@click.command("inventory")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv", "markdown"]),
    default="table",
    show_default=True,
    help="How the calls are written; json and csv hold every column.",
)
@click.option("--output-file", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), help="Write them to a file.")
@click.option("--isolated", is_flag=True, help="Default settings, whatever the repository says.")
@click.option("--no-cache", is_flag=True, help="Neither read nor write the project index.")
def command(paths: tuple[Path, ...], *, form: str, output_file: Path | None, isolated: bool, no_cache: bool) -> None:
    """List every billable call: whose it is, what it asks, what proves its tags.

    PATHS are files or folders; without any, the working directory. Calls that are in order are listed too, and those that a
    comment or a baseline puts up with.

    \b
    Examples:
      costmark inventory
      costmark inventory src --format csv --output-file calls.csv
      costmark inventory --format json | jq '.sites[] | select(.status == "raw") | .path'

    Exit codes: 0, or 2 wrong use or configuration, 3 internal error.
    """
    if find_spec(ANALYZER) is None:
        raise MissingExtraError(f'{ANALYZER} is not installed: pip install "costmark[lint]"')
    from lint_plugin.frontends import stock
    from lint_plugin.inventory import formats

    found = stock.inventory(Choices(paths=paths, isolated=isolated, cache=not no_cache))
    pieces = formats.inventory(found, form)
    if output_file is None:
        emit(pieces)
    else:
        from lint_plugin.frontends.saving import save

        save(output_file, "".join(pieces), option="--output-file")
