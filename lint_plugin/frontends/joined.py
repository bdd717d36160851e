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
    """Import the report on what was spent."""
    from cost_lib.ledger.commands import report

    return report.command


def top() -> click.Command:
    """Import the report on the largest."""
    from cost_lib.ledger.commands import top

    return top.command


def trend() -> click.Command:
    """Import the report on the course of time."""
    from cost_lib.ledger.commands import trend

    return trend.command


def compare() -> click.Command:
    """Import the comparison of two times or versions."""
    from cost_lib.ledger.commands import compare

    return compare.command


def unit() -> click.Command:
    """Import the report on the cost of a user, session or success."""
    from cost_lib.ledger.commands import unit

    return unit.command


def tiers() -> click.Command:
    """Import the report on what users of a segment cost."""
    from cost_lib.ledger.commands import tiers

    return tiers.command


def cache() -> click.Command:
    """Import the report on what caching saved."""
    from cost_lib.ledger.commands import cache

    return cache.command


def chains() -> click.Command:
    """Import the report on chains of calls."""
    from cost_lib.ledger.commands import chains

    return chains.command


def calls() -> click.Command:
    """Import the report on single calls."""
    from cost_lib.ledger.commands import calls

    return calls.command


def unattributed() -> click.Command:
    """Import the report on what nobody answers for."""
    from cost_lib.ledger.commands import unattributed

    return unattributed.command


def backfill() -> click.Command:
    """Import the command that makes events of older logs."""
    from cost_lib import history_cli

    return history_cli.backfill


def reprice() -> click.Command:
    """Import the command that restates what was spent."""
    from cost_lib import history_cli

    return history_cli.reprice


def export() -> click.Command:
    """Import the command that writes the ledger elsewhere."""
    from cost_lib import history_cli

    return history_cli.export


def compact() -> click.Command:
    """Import the command that takes the log into the ledger."""
    from cost_lib.ledger.commands import compact

    return compact.command
