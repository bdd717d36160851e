"""``costmark trend``: what was spent over time."""

from __future__ import annotations

import sys

import click

from cost_lib.ledger.commands.asked import Asked, asks


@click.command("trend", short_help="How spending went, day by day, drawn.")
@asks(by="feature")
@click.option(
    "--every", type=click.Choice(["day", "week", "month"]), default="day", show_default=True, help="The steps; weeks begin on Monday."
)
@click.option("--limit", type=click.IntRange(1, 100_000), default=10, show_default=True, help="How many series; the rest is one.")
def command(asked: Asked, *, every: str, limit: int) -> None:
    """Show how spending went, day by day, one line a feature with its course drawn.

    The formats for programs (json, csv, parquet) have one line a day and series.

    \b
    Examples:
      costmark trend
      costmark trend --every week --by team --since 2026-09-01
      costmark trend --by model --where "feature=faq_check" --format csv
    """
    from cost_lib.ledger.answer import answered
    from cost_lib.ledger.output.courses import coursed
    from cost_lib.ledger.reports import spending

    with asked.session() as session:
        question = asked.question(session, by=(every, *(asked.by or (spending.TOP,))))
        table = spending.trend(session, question, limit=limit)
        encoding = "utf-8" if asked.output is not None else getattr(sys.stdout, "encoding", None) or "ascii"
        answer = answered("trend", session, table, question.period, spending.unfinished(session, every))
        asked.show(answer, table, (), grid=lambda found: coursed(found, encoding=encoding))
