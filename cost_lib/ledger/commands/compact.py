"""``costmark compact``: take the log into the ledger."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from cost_lib.ledger.buckets.address import Place
    from cost_lib.ledger.compaction import Summary

MOST_NAMED: Final = 20
MOST_DAYS: Final = 36_500  # a hundred years, which is for ever
MEGABYTE: Final = 1e6


@click.command("compact", short_help="Take the log into the ledger.")
@click.argument("events", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--ledger",
    metavar="PLACE",
    help="Where the ledger is: a folder, or s3://BUCKET/FOLDER.  [default: COSTMARK_LEDGER_DIR, else costmark-ledger]",
)
@click.option(
    "--keep-events",
    type=click.IntRange(1, MOST_DAYS),
    metavar="DAYS",
    help="Remove files of lines that are in the ledger and older.  [default: keep]",
)
@click.option(
    "--keep", type=click.IntRange(1, MOST_DAYS), metavar="DAYS", help="Keep rollups alone of older days.  [default: keep all events]"
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How it is written.")
def command(events: tuple[Path, ...], *, ledger: str | None, keep_events: int | None, keep: int | None, form: str) -> None:
    """Take what is new in the log into the ledger: Parquet by day, with rollups. Run it as often as you like.

    EVENTS are files or folders of the log, of one host or of many; without any, the folder that COSTMARK_EVENTS_DIR names, or
    costmark-events. Every event counts once, by its id. Reports read the ledger and what is not in it yet.

    \b
    Examples:
      costmark compact
      costmark compact logs/web-1 logs/web-2 --ledger /var/lib/costmark
      costmark compact --keep-events 30 --keep 400
      costmark compact --ledger s3://finance/costmark
    """
    from cost_lib.ledger.asking.tokens import plain
    from cost_lib.ledger.compaction import compact
    from cost_lib.ledger.output.escape import for_terminal
    from cost_lib.ledger.places import ledger_of
    from cost_lib.ledger.reading_trouble import told
    from cost_lib.ledger.retention import Keep
    from cost_lib.sinks import folder

    to = ledger_of(ledger)
    with told():
        found = compact(events or (folder(),), to, now=time.time(), keep=Keep(keep_events, keep))
    click.echo(_as_json(found) if form == "json" else plain(_as_text(found, to)))
    for remark in _remarks(found):
        click.echo(f"costmark: {for_terminal(remark)}", err=True)


def _as_text(found: Summary, ledger: Place) -> str:
    if not (found.files or found.removed or found.thinned or found.merged):
        return f"nothing new; {ledger} is as it was"
    files = f"{found.files} file" + ("s" if found.files != 1 else "")
    events = f"{found.events:,} event" + ("s" if found.events != 1 else "")
    parts = [f"{events} new in {ledger}, from {files} ({found.size / MEGABYTE:,.1f} MB)"]
    parts += [f"{found.merged} small parts merged"] if found.merged else []
    parts += [f"removed of the lines that are in it: {found.removed}"] if found.removed else []
    parts += [f"older parts of which the rollups are left: {found.thinned}"] if found.thinned else []
    return "; ".join(parts)


def _as_json(found: Summary) -> str:
    import json

    rows = found._asdict()
    rows["skipped"] = [{"file": str(one.file), "line": one.line, "bytes": one.size, "reason": one.reason} for one in found.skipped]
    rows["noticed"] = [{"file": str(one.file), "line": one.line, "event_id": one.event_id, "what": one.what} for one in found.noticed]
    return json.dumps(rows, indent=2)


def _remarks(found: Summary) -> list[str]:
    from cost_lib.ledger.noticing import counted

    named = [*found.skipped, *found.noticed]
    remarks = [str(one) for one in named[:MOST_NAMED]]
    return remarks + [said for count, one, many in _counts(found) for said in counted(count, one, many)]


def _counts(found: Summary) -> tuple[tuple[int, str, str], ...]:
    """Count what is to be told, with the words for one and for many."""
    from cost_lib.ledger.noticing import AHEAD_IN_ALL, DOUBLED

    kept = "of days of which --keep has left the rollups alone: not counted, and the file is kept"
    return (
        (len(found.skipped), "piece of the log is no event and was left out", "pieces of the log are no events and were left out"),
        (found.doubled, *DOUBLED),
        (found.future, *AHEAD_IN_ALL),
        (found.late, f"event is {kept}", f"events are {kept}"),
    )
