"""``costmark top``: the largest."""

from __future__ import annotations

from typing import Final

import click

from cost_lib.ledger.commands.asked import Asked, asks

SHOWN: Final = ("place", "requests", "input_tokens", "output_tokens", "cost_nano_usd", "per_request_nano_usd", "share")


@click.command("top", short_help="The largest features, users, models, and all the others.")
@asks(by="feature")
@click.option("--limit", type=click.IntRange(1, 100_000), default=10, show_default=True, help="How many.")
@click.option("--order", type=click.Choice(["cost", "requests", "tokens"]), default="cost", show_default=True, help="The largest by what.")
def command(asked: Asked, *, limit: int, order: str) -> None:
    """Show the largest features, users, models ... and what all the others come to.

    The most expensive single requests are `costmark calls`.

    \b
    Examples:
      costmark top
      costmark top --by user --month 2026-11 --limit 20
      costmark top --by feature,model --order tokens
      costmark top --by call_site --where "environment=production"
    """
    from cost_lib.ledger.answer import answered
    from cost_lib.ledger.reports import spending

    with asked.session() as session:
        question = asked.question(session, default=spending.TOP)
        table = spending.top(session, question, limit=limit, order=order)
        asked.show(answered("top", session, table, question.period), table, SHOWN)
