"""The commands that make, restate and move history: parse options, call, print; what they call is imported when they run."""

from __future__ import annotations

from pathlib import Path

import click

FILE = click.Path(path_type=Path)
FORMAT = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How the outcome is written."
)


@click.command("backfill", short_help="Make events of logs from before costmark was there.")
@click.option("--responses", multiple=True, required=True, type=FILE, help="Answers of providers: JSON lines, or a folder of such.")
@click.option("--app-logs", multiple=True, type=FILE, help="The application's own lines about calls: JSON lines or CSV, or a folder.")
@click.option("--infer", "rules_file", type=FILE, help="Rules: names of fields, and patterns that mean a feature.")
@click.option("--out", required=True, type=FILE, help="The log that gets the events: a folder, or a .jsonl file.")
@click.option("--dry-run", "is_dry", is_flag=True, help="Write nothing, say what would be written.")
@FORMAT
def backfill(  # noqa: PLR0913 - one an option
    responses: tuple[Path, ...], *, app_logs: tuple[Path, ...], rules_file: Path | None, out: Path, is_dry: bool, form: str
) -> None:
    """Make events of what providers answered and the application logged; a second run adds nothing.

    \b
    Examples:
      costmark backfill --responses answers/ --app-logs app.jsonl --out costmark-events --dry-run
      costmark backfill --responses answers/ --app-logs app.csv --infer rules.toml --out costmark-events
    """
    from cost_lib.ledger.backfilling import told
    from cost_lib.ledger.backfilling.rules import read_rules
    from cost_lib.ledger.backfilling.run import backfill as run

    found = run(responses, app_logs, out, read_rules(rules_file), is_dry=is_dry)
    click.echo(told.as_json(found, is_dry=is_dry) if form == "json" else told.as_text(found, out, is_dry=is_dry), nl=False)
    for remark in told.remarks(found):
        click.echo(f"costmark: {remark}", err=True)
