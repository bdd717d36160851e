"""The commands of the run time: parse options, call, print; what they call is imported when they run."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

FORMATS = click.Choice(["text", "json"])


@click.group("prices")
def prices() -> None:
    """Show what models cost, and what of a log could not be priced.

    \b
    Examples:
      costmark prices show gpt-4o-mini
      costmark prices show anthropic/claude-sonnet-4-6 --at 2026-03-01
      costmark prices check
    """


@prices.command("show")
@click.argument("model")
@click.option("--at", type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]), help="The moment, in UTC.  [default: now]")
@click.option("--format", "form", type=FORMATS, default="text", show_default=True, help="How prices are written.")
def show(model: str, *, at: datetime | None, form: str) -> None:
    """Show the dated prices of a model, with their sources.

    \b
    Examples:
      costmark prices show gpt-4o-mini
      costmark prices show azure/gpt-5-nano --at 2026-06-30
      costmark prices show gemini-2.5-pro --format json
    """
    from cost_lib.price_list import as_json, as_text, find

    moment = at.replace(tzinfo=UTC) if at is not None else datetime.now(UTC)
    found = find(model, moment)
    click.echo(as_json(found) if form == "json" else as_text(found), nl=False)


@prices.command("check", short_help="Say what in a log has no price or an old one.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "form", type=FORMATS, default="text", show_default=True, help="How findings are written.")
def check(paths: tuple[Path, ...], *, form: str) -> int:
    """Say what in a log has no price, or one from an older table than the one in force; exit code 1 when there is any.

    Calls whose usage is not known are told too, with the reason: no price would help them.

    \b
    Examples:
      costmark prices check
      costmark prices check costmark-events/events-2026-11-22.jsonl
    """
    from cost_lib.price_check import as_json, as_text, look

    found = look(paths)
    click.echo(as_json(found) if form == "json" else as_text(found), nl=False)
    return 1 if found.mispriced else 0
