"""``costmark compare``: why the sum has changed."""

from __future__ import annotations

from typing import Final

import click

from cost_lib.ledger.commands.asked import Asked, asks

SHOWN: Final = (
    "before_nano_usd",
    "after_nano_usd",
    "change_nano_usd",
    "volume_nano_usd",
    "mix_nano_usd",
    "tokens_nano_usd",
    "price_nano_usd",
)
OUTCOMES: Final = ("success_rate_before", "success_rate_after", "per_success_before_nano_usd", "per_success_after_nano_usd")


@click.command("compare", short_help="Why the bill changed: volume, mix, tokens, price.")
@asks(by="feature", time=False)
@click.option(
    "--before", metavar="TIME", help="2026-10, or 2026-10-01..2026-10-14; with --across a value.  [default: the four weeks before]"
)
@click.option("--after", metavar="TIME", help="The same for the other side.  [default: the last four weeks of the log]")
@click.option("--across", metavar="NAME", help="Compare two values of this instead of two times, such as prompt_version.")
@click.option("--month", metavar="YYYY-MM", help="One month; with --across.")
@click.option("--since", metavar="YYYY-MM-DD", help="First day, in UTC; with --across.")
@click.option("--until", metavar="YYYY-MM-DD", help="Last day, included; with --across.")
def command(asked: Asked, *, before: str | None, after: str | None, across: str | None) -> None:
    """Compare two times, or two prompt versions, and say why the sum has changed.

    The change is taken apart exactly: volume (more requests), mix (other models), tokens (more or other tokens a request) and
    price (the same tokens cost more) add up to it, to the nano-dollar. What came of it stands beside it where outcomes are recorded.

    \b
    Examples:
      costmark compare
      costmark compare --before 2026-10 --after 2026-11 --by team
      costmark compare --before 2026-11-01..2026-11-07 --after 2026-11-08..2026-11-14 --where "environment=production"
      costmark compare --across prompt_version --before v2 --after v3 --where "feature=faq_answer"
    """
    from cost_lib.ledger.answer import answered
    from cost_lib.ledger.reports.comparing import compare

    _, by, where, since, until, month, *_ = asked
    with asked._replace(since=None, until=None, month=None).session() as session:
        found = compare(
            session, by=by or "feature", where=where, before=before, after=after, across=across, since=since, until=until, month=month
        )
        answer = answered("compare", session, found.table, found.period, (found.note,))
        came = any(record["outcomes_before"] or record["outcomes_after"] for record in answer.records)
        asked.show(answer, found.table, (*SHOWN, *(OUTCOMES if came else ())))
