"""``costmark report``: what was spent."""

from __future__ import annotations

from typing import Final

import click

from cost_lib.ledger.commands.asked import Asked, asks

SHOWN: Final = ("requests", "input_tokens", "output_tokens", "cost_nano_usd", "per_request_nano_usd", "share")

QUADRANT: Final = ("cost_nano_usd", "share", "requests", "share_of_requests", "per_request_nano_usd")
OUTCOMES: Final = ("successes", "success_rate", "value", "per_success_nano_usd")


@click.command("report", short_help="What was spent, by month, feature and segment or anything.")
@asks(by="month,feature,segment")
@click.option("--quadrant", "is_quadrant", is_flag=True, help="Set cost against usage and what came of it, by feature or --by.")
def command(asked: Asked, *, is_quadrant: bool) -> None:
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
      costmark report --quadrant --by feature --month 2026-11
      costmark report --since 2026-11-01 --until 2026-11-14 --format parquet --output report.parquet /var/log/app/costmark-events
    """
    from cost_lib.ledger.answer import answered
    from cost_lib.ledger.reports import spending
    from cost_lib.ledger.reports.quadrants import quadrant

    with asked.session() as session:
        if is_quadrant:
            question = asked.question(session, default=spending.TOP)
            table = quadrant(session, question)
            answer = answered("report", session, table, question.period)
            came = OUTCOMES if any(record["outcomes"] for record in answer.records) else ()
            asked.show(answer, table, (*QUADRANT, *came, "quadrant"))
            return
        question = asked.question(session, default=spending.REPORT)
        table = spending.report(session, question)
        asked.show(answered("report", session, table, question.period), table, SHOWN)
