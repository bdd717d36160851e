"""The commands that make, restate and move history: parse options, call, print; what they call is imported when they run."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cost_lib.ledger.commands.place import PlaceType
from cost_lib.ledger.reading_trouble import told as in_a_sentence

if TYPE_CHECKING:
    from cost_lib.ledger.buckets.address import Place
    from cost_lib.ledger.repricing.run import Asked

FILE = click.Path(path_type=Path)
PLACE = PlaceType()
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


@click.command("reprice", short_help="Restate what was spent under corrected prices.")
@click.argument("paths", nargs=-1, type=PLACE)
@click.option("--ledger", type=PLACE, help="The ledger, where it is kept.  [default: COSTMARK_LEDGER_DIR, else costmark-ledger]")
@click.option("--since", help="First day, in UTC.")
@click.option("--until", help="Last day, included.")
@click.option("--month", help="One month, such as 2026-10.")
@click.option("--feature", "features", multiple=True, help="Only this feature; may be given again.")
@click.option("--where", multiple=True, help="Only events with this, such as provider=openai and model=gpt-4o*.")
@click.option("--policy", type=FILE, help="House prices of this policy.  [default: those of the one in force]")
@click.option("--table", "tables", multiple=True, type=FILE, help="A price table in place of the one that is shipped.")
@click.option("--reason", default="", help="Why; kept with the restatement.")
@click.option("--reopen", multiple=True, help="Let this closed month move; needs --reason.")
@click.option("--close", help="Close this month: its figures are final.")
@click.option("--list", "is_list", is_flag=True, help="Show the restatements and closed months there are.")
@click.option("--dry-run", "is_dry", is_flag=True, help="Show what would change, and keep nothing.")
@click.option("--yes", is_flag=True, help="Do not ask on a terminal.")
@FORMAT
@in_a_sentence()
def reprice(  # noqa: PLR0913 - one an option
    paths: tuple[Place, ...], *, close: str | None, is_list: bool, is_dry: bool, yes: bool, form: str, **given: Any
) -> None:
    """Restate history under today's prices, a corrected table or house prices, as a new version beside what was recorded.

    \b
    Examples:
      costmark reprice --since 2026-10-01 --dry-run
      costmark reprice --month 2026-11 --policy costmark.toml --reason "contract of October"
      costmark reprice --close 2026-10
      costmark report --prices restated
    """
    from cost_lib.ledger.repricing import run, told

    asked = _asked(paths, **given)
    if close is not None:
        closed = run.close_month(asked, close)
        events = f"{closed.events:,} event{'s' * (closed.events != 1)}"
        click.echo(f"closed {close}: {events}, ${closed.nano_usd / 10**9:,.6f}; it does not move unless --reopen says so")
    elif is_list:
        click.echo(_listed(asked, form), nl=False)
    else:
        with run.proposed(asked) as draft:
            if form == "text":
                click.echo(told.as_text(draft.proposal), nl=False)
            for remark in told.remarks(draft.proposal):
                click.echo(f"costmark: {remark}", err=True)
            version = 0 if is_dry or not _is_wanted(draft.proposal.changed, yes=yes) else run.kept(draft)
            if form == "json":
                click.echo(told.as_json(draft.proposal, version), nl=False)
            elif is_dry and draft.proposal.closed:
                click.echo(f"costmark: {run.refusal(draft.proposal.closed)}", err=True)
            elif version:
                click.echo(f"kept as version {version}; reports show it with --prices restated")


def _is_wanted(changed: int, *, yes: bool) -> bool:
    if not changed or yes or not sys.stdin.isatty():
        return True
    return click.confirm("Keep this as a new version?", err=True)


def _listed(asked: Asked, form: str) -> str:
    from cost_lib.errors import NoLogError
    from cost_lib.ledger.repricing import run, told
    from cost_lib.ledger.repricing.versions import closed_months, kept_versions

    closed = closed_months(asked.ledger)
    now = None
    if closed:
        try:
            now = run.in_force(asked)
        except NoLogError as problem:
            click.echo(f"costmark: closed months are not held against a log: {problem}", err=True)
    return (told.listed_as_json if form == "json" else told.listed)(kept_versions(asked.ledger), closed, now)


def _asked(  # noqa: PLR0913 - one an option
    paths: tuple[Place, ...],
    *,
    ledger: Place | None,
    policy: Path | None,
    tables: tuple[Path, ...],
    features: tuple[str, ...],
    where: tuple[str, ...],
    reopen: tuple[str, ...],
    **times: Any,
) -> Asked:
    from cost_lib.ledger.manifest import is_ledger
    from cost_lib.ledger.places import restating_folder
    from cost_lib.ledger.repricing.run import Asked
    from cost_lib.ledger.sources import default_places
    from cost_lib.policy import find, load

    rules = load(find(Path.cwd(), env=os.environ))
    quoted = ", ".join("'" + feature.replace("'", "''") + "'" for feature in features)
    conditions = (*where, *((f"feature in ({quoted})",) if features else ()))
    house = load(policy) if policy is not None else rules
    held = ledger if isinstance(ledger, Path) and is_ledger(ledger) else None  # one that is not there yet can be restated into
    places = paths or default_places(held)
    return Asked(places, restating_folder(ledger), rules, house, tables, where=conditions, reopened=reopen, **times)


@click.command("export", short_help="Write the ledger to ClickHouse, to Parquet for Spark, or as SQL.")
@click.argument("paths", nargs=-1, type=PLACE)
@click.option("--to", required=True, help="clickhouse://HOST/DB, chdb:FOLDER, spark://HOST:PORT/FOLDER, a folder, or FILE.sql.")
@click.option("--since", help="First day, in UTC.")
@click.option("--until", help="Last day, included.")
@click.option("--month", help="One month, such as 2026-10.")
@click.option("--prices", default="recorded", show_default=True, help="Costs: recorded, restated, or restated:VERSION.")
@click.option("--ledger", type=PLACE, help="Where the ledger is.  [default: COSTMARK_LEDGER_DIR, else costmark-ledger]")
@click.option("--dialect", default="duckdb", show_default=True, help="Of FILE.sql: duckdb, clickhouse, spark, postgres ...")
@in_a_sentence()
def export(paths: tuple[Place, ...], *, to: str, prices: str, ledger: Place | None, dialect: str, **times: Any) -> None:
    """Write the views that reports are made on where reports can be asked with --engine; what was there is replaced.

    \b
    Examples:
      costmark export --to clickhouse://default@localhost:8123/costmark
      costmark export --to /shared/costmark
      costmark export --month 2026-10 --to october.sql --dialect clickhouse
      costmark report --engine clickhouse://default@localhost:8123/costmark
      costmark report --engine spark://master:7077/shared/costmark
    """
    from cost_lib.ledger.asking.period import read_period
    from cost_lib.ledger.engines.exporting import export as write
    from cost_lib.ledger.engines.targets import target_at
    from cost_lib.ledger.repricing.laying import places_with
    from cost_lib.ledger.session import Session
    from cost_lib.policy import find, load

    since, until = read_period(**times)
    rules = load(find(Path.cwd(), env=os.environ))
    session = Session(paths or places_with(ledger), rules, since=since, until=until, prices=prices, ledger=ledger)
    try:
        with target_at(to, dialect) as target:
            connection = session.opened("events").connection
            for written in write(connection, session.scratch, target, since=since, until=until):
                click.echo(f"{written.view}: {written.rows:,} row{'s' * (written.rows != 1)}")
        for one in session.skipped:
            click.echo(f"costmark: {one}", err=True)
    finally:
        session.close()
