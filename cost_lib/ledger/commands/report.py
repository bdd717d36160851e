"""``costmark report``: what was spent."""

from __future__ import annotations

from typing import Final

import click

from cost_lib.ledger.commands.asked import Asked, asks

SHOWN: Final = ("requests", "input_tokens", "output_tokens", "cost_nano_usd", "per_request_nano_usd", "share")


@click.command("report")
@asks(by="month,feature,segment")
def command(asked: Asked) -> None:
    """Report what was spent, by month, feature and segment or by whatever else the log knows.

    PATHS are files or folders of the log or of the ledger; without any, this program's own.
    Names for --by and --where: feature, team, project, cost_center, owner, user, segment, environment, provider, model,
    model_class, prompt_version, request_type, priority, session, chain, meter, call_site, status, day, week, month, and
    tags.NAME for a tag of your own.

    \b
    Examples:
      costmark report
      costmark report --month 2026-11 --by team,model
      costmark report --by month,tags.tenant --where "feature=faq_check and environment=production"
      costmark report --where "model in (gpt-4o, gpt-5*) and not segment=internal" --format csv
      costmark report --since 2026-11-01 --until 2026-11-14 --format parquet --output report.parquet /var/log/app/costmark-events
    """
    from cost_lib.ledger.answer import answered
    from cost_lib.ledger.reports import spending

    with asked.session() as session:
        question = asked.question(session, default=spending.REPORT)
        table = spending.report(session, question)
        asked.show(answered("report", session, table, question.period), table, SHOWN)
