"""``costmark calls``: single requests."""

from __future__ import annotations

from typing import Final

import click

from cost_lib.ledger.commands.asked import Asked, asks

SHOWN: Final = ("ts", "feature", "segment", "user", "model", "call_site", "status", "input_tokens", "cache_read_tokens", "output_tokens",
                "latency_ms", "cost_nano_usd")  # fmt: skip


@click.command("calls", short_help="The most expensive single requests.")
@asks(by=None)
@click.option("--limit", type=click.IntRange(1, 100_000), default=10, show_default=True, help="How many.")
@click.option("--order", type=click.Choice(["cost", "tokens", "latency"]), default="cost", show_default=True, help="The largest by what.")
def command(asked: Asked, *, limit: int, order: str) -> None:
    """Show the most expensive single requests, or the longest, or the slowest.

    Each attempt stands for itself; JSON and CSV have the ids to find it by.

    \b
    Examples:
      costmark calls
      costmark calls --where "cost > 0.50 and feature=search" --limit 50
      costmark calls --order latency --month 2026-11
    """
    from cost_lib.ledger.answer import answered
    from cost_lib.ledger.reports import spending

    with asked.session() as session:
        question = asked.question(session)
        table = spending.calls(session, question, limit=limit, order=order)
        asked.show(answered("calls", session, table, question.period), table, SHOWN)
