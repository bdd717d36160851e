"""Join the two halves: the one module of the analyzer that may import the run time."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import click


def prices() -> click.Command:
    """Import the command about prices."""
    from cost_lib import cli

    return cli.prices


def report() -> click.Command:
    """Import the first report."""
    from cost_lib import cli

    return cli.report


def backfill() -> click.Command:
    """Import the command that makes events of older logs."""
    from cost_lib import history_cli

    return history_cli.backfill
