"""``costmark unattributed``: what nobody answers for."""

from __future__ import annotations

from typing import Final

import click

from cost_lib.ledger.commands.asked import Asked, asks

SHOWN: Final = ("requests", "share_of_requests", "cost_nano_usd", "share")


@click.command("unattributed", short_help="What nobody answers for, and the line to tag.")
@asks(by="week,call_site")
def command(asked: Asked) -> None:
    """Show requests and dollars that nobody answers for, week by week, with the line of code to tag.

    A request is attributed when it has every tag that the policy requires and, where the policy registers features, one of
    them. Shares are of everything in the same week. `costmark fix` tags the calls.

    \b
    Examples:
      costmark unattributed
      costmark unattributed --by call_site --since 2026-11-01
      costmark unattributed --by week,feature,environment
    """
    from cost_lib.ledger.answer import answered
    from cost_lib.ledger.reports import spending

    with asked.session() as session:
        question = asked.question(session, default=spending.UNATTRIBUTED)
        table = spending.unattributed(session, question)
        asked.show(answered("unattributed", session, table, question.period), table, SHOWN)
