"""``costmark tiers``: what users of a segment cost, and whether that pays."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from cost_lib.ledger.commands.asked import FILE, Asked, asks

SHOWN: Final = ("users", "user_months", "cost_nano_usd", "per_user_nano_usd", "per_user_p50_nano_usd", "per_user_p90_nano_usd",
                "per_user_p95_nano_usd", "per_user_p99_nano_usd")  # fmt: skip
MARGIN: Final = ("revenue_nano_usd", "margin_nano_usd", "margin_share", "loss_making_share")


@click.command("tiers", short_help="What users of a segment cost; margin and losses.")
@asks(by="segment")
@click.option("--price", metavar="[SEGMENT=]USD", multiple=True, help="What a user pays a month: 20 for everybody, pro=20 for a segment.")
@click.option(
    "--revenue", "file", metavar="FILE", type=FILE, help="A CSV file of what each user brings in a month: user_id, revenue_usd, month."
)
def command(asked: Asked, *, price: tuple[str, ...], file: Path | None) -> None:
    """Show what users cost in a month, by segment: median, p90, p95, p99; with prices, the margin and who makes a loss.

    Percentiles are exact, over users and calendar months (UTC): a user who was active in two months counts twice. A month that is
    not over counts with what it has.

    \b
    Examples:
      costmark tiers --month 2026-10
      costmark tiers --month 2026-10 --price free=0 --price pro=20 --price enterprise=99
      costmark tiers --by segment,month --revenue revenue.csv
      costmark tiers --by feature --format csv
    """
    from cost_lib.ledger.answer import answered
    from cost_lib.ledger.reports.tiering import read_prices, read_revenue, tiers

    with asked.session() as session:
        question = asked.question(session, default="segment")
        revenue = read_prices(price)
        if file is not None:
            revenue = revenue._replace(users=read_revenue(file, session.rules))
        table = tiers(session, question, revenue)
        answer = answered("tiers", session, table, question.period)
        asked.show(answer, table, (*SHOWN, *(MARGIN if price or file is not None else ())))
