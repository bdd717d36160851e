"""``costmark chains``: what a request or run of the program costs with all its calls."""

from __future__ import annotations

from typing import Final

import click

from cost_lib.ledger.commands.asked import Asked, asks

LISTED: Final = ("place", "began", "feature", "user", "features", "models", "requests", "input_tokens", "output_tokens", "cost_nano_usd")
SPREAD: Final = (
    "chains", "requests", "cost_nano_usd", "per_chain_nano_usd", "per_chain_p50_nano_usd", "per_chain_p95_nano_usd",
    "per_chain_p99_nano_usd", "per_chain_max_nano_usd",
)  # fmt: skip


@click.command("chains", short_help="What a request or run costs with all its calls.")
@asks(by="")
@click.option("--limit", type=click.IntRange(1, 100_000), default=10, show_default=True, help="How many.")
def command(asked: Asked, *, limit: int) -> None:
    """Show what chains cost: a chain is one request or run of the program with all the calls that it makes.

    Without --by the most expensive ones; with it how the costs of chains spread. The middleware sets chains for web requests and
    tasks, tags(chain_id=...) anywhere.

    \b
    Examples:
      costmark chains
      costmark chains --by feature --month 2026-11
      costmark chains --where "feature=complex_reasoning" --limit 50 --format json
    """
    from cost_lib.ledger.answer import answered
    from cost_lib.ledger.reports.chaining import chains

    with asked.session() as session:
        question = asked.question(session)
        table = chains(session, question, limit=limit)
        asked.show(answered("chains", session, table, question.period), table, SPREAD if question.grouping.dimensions else LISTED)
