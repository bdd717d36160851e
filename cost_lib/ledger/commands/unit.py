"""``costmark unit``: what a user, a session, a success costs."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from cost_lib.ledger.commands.asked import FILE, Asked, asks

SHOWN: Final = {
    "user": ("users", "per_user_nano_usd"),
    "session": ("sessions", "per_session_nano_usd"),
    "success": ("outcomes", "success_rate", "per_success_nano_usd"),
    "conversion": ("converted_users", "per_converted_user_nano_usd"),
}


@click.command("unit", short_help="What a user, a session, a success, a conversion costs.")
@asks(by="feature")
@click.option(
    "--per",
    "units",
    multiple=True,
    type=click.Choice(tuple(SHOWN)),
    help="What to divide by; fewer are faster.  [default: all that the log knows]",
)
@click.option(
    "--outcomes", "file", metavar="FILE", type=FILE, help="A CSV file with more outcomes: date, outcome, success, and whose they are."
)
@click.option("--converted", metavar="NAME", default="converted", show_default=True, help="The outcome that makes a user a converted one.")
def command(asked: Asked, *, units: tuple[str, ...], file: Path | None, converted: str) -> None:
    """Show what it costs per active user, session, successful task and converted user.

    Outcomes are what cost_lib.record_outcome("resolved", success=True) recorded, and what a CSV file brings. A success pays for
    the attempts that failed: all of the cost is divided by the successes alone.

    \b
    Examples:
      costmark unit
      costmark unit --month 2026-11 --by segment --per user
      costmark unit --by feature --outcomes tickets.csv
      costmark unit --by "" --converted subscribed
    """
    from cost_lib.ledger.answer import answered
    from cost_lib.ledger.reports.outcome_file import read_outcomes
    from cost_lib.ledger.reports.units import UNITS, unit

    with asked.session() as session:
        question = asked.question(session, default="feature")
        if file is not None:
            read_outcomes(session, file)
        table = unit(session, question, units=units or UNITS, converted=converted, is_given=file is not None)
        answer = answered("unit", session, table, question.period)
        known = {name: any(record[shown[0]] for record in answer.records) for name, shown in SHOWN.items()}
        wanted = units or tuple(name for name, is_known in known.items() if is_known)
        notes = tuple(f"the log knows no {name}; {HINTS[name]}" for name in units if not known[name])
        columns = [column for name in SHOWN if name in wanted for column in SHOWN[name]]
        asked.show(answer._replace(notes=(*answer.notes, *notes)), table, ("requests", "cost_nano_usd", *columns))


HINTS: Final = {
    "user": "tags(user_id=...) names users",
    "session": "tags(session_id=...) names sessions",
    "success": 'cost_lib.record_outcome("resolved", success=True) or --outcomes FILE tells what came of the calls',
    "conversion": "--converted NAME says which outcome it is",
}
