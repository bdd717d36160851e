"""What every report can be asked: where the log is, which time, which part, by what, and how it is written."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import click

from cost_lib.ledger.commands.place import PlaceType

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from contextlib import AbstractContextManager

    from cost_lib.ledger.answer import Answer
    from cost_lib.ledger.asking.question import Question
    from cost_lib.ledger.buckets.address import Place
    from cost_lib.ledger.output.grid import Grid
    from cost_lib.ledger.session import Session, Table

FORMATS: Final = ("table", "json", "csv", "markdown", "parquet")
FILE: Final = click.Path(path_type=Path, dir_okay=False)


class Asked(NamedTuple):
    """What was asked for on the command line."""

    paths: tuple[Place, ...]
    by: tuple[str, ...]
    where: tuple[str, ...]
    since: str | None
    until: str | None
    month: str | None
    form: str
    output: Path | None
    prices: str | None = None
    ledger: Place | None = None
    engine: str | None = None

    def question(self, session: Session, *, default: str = "", by: Sequence[str] | None = None) -> Question:
        """Read it; ``default`` are the keys where none were named."""
        from cost_lib.ledger.asking.question import read_question

        times = {"since": self.since, "until": self.until, "month": self.month}
        return read_question(session.rules, by=self.by if by is None else by, where=self.where, default=default, **times)

    def session(self) -> AbstractContextManager[Session]:
        """Open the log."""
        from contextlib import contextmanager

        from cost_lib.ledger.asking.period import read_period
        from cost_lib.ledger.engines.address import engine_for
        from cost_lib.ledger.reading_trouble import told
        from cost_lib.ledger.repricing.laying import places_with
        from cost_lib.ledger.session import Session
        from cost_lib.policy import find, load

        if self.form == "parquet" and self.output is None:
            raise click.UsageError("--format parquet needs --output FILE")
        since, until = read_period(since=self.since, until=self.until, month=self.month)
        rules = load(find(Path.cwd(), env=os.environ))

        @contextmanager
        def held() -> Iterator[Session]:
            places, prices = self.paths or places_with(self.ledger), self.prices or "recorded"
            with told(), engine_for(self.engine, self.paths, prices) as engine:
                made = Session(places, rules, since=since, until=until, prices=prices, ledger=self.ledger, engine=engine)
                try:
                    yield made
                finally:
                    made.close()

        return held()

    def show(self, answer: Answer, table: Table, shown: Sequence[str], *, grid: Callable[[Answer], Grid] | None = None) -> None:
        """Write an answer as it was asked for, and on stderr what has to be said beside it."""
        from cost_lib.ledger.answer import remarks
        from cost_lib.ledger.output.escape import for_terminal

        if self.form == "parquet" and self.output is not None:
            from cost_lib.ledger.output.records import write_parquet

            write_parquet(table, self.output)
        else:
            self._write(self._text(answer, shown, grid))
        for remark in remarks(answer):
            click.echo(f"costmark: {for_terminal(remark)}", err=True)

    def _text(self, answer: Answer, shown: Sequence[str], grid: Callable[[Answer], Grid] | None) -> str:
        from cost_lib.ledger.output import tables
        from cost_lib.ledger.output.grid import gridded
        from cost_lib.ledger.output.records import as_csv, as_json

        if self.form == "json":
            return as_json(answer)
        if self.form == "csv":
            return as_csv(answer)
        made = grid(answer) if grid is not None else gridded(answer, shown)
        if self.form == "markdown":
            return tables.as_markdown(made)
        colourful = self.output is None and tables.is_colourful(sys.stdout, os.environ) and find_spec("rich") is not None
        return tables.as_rich(made) if colourful else tables.as_plain(made)

    def _write(self, text: str) -> None:
        if self.output is None:
            click.echo(text, nl=False)
            return
        try:
            self.output.write_text(text, encoding="utf-8")
        except OSError as problem:
            raise click.UsageError(f"{self.output} cannot be written: {problem.strerror}") from None


def asks(*, by: str | None = "", time: bool = True) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the options of all reports; ``by`` says what it is broken down by without ``--by``, None that it is not."""
    return lambda function: _with_options(function, by, time=time)


def _with_options(function: Callable[..., None], by: str | None, *, time: bool) -> Callable[..., None]:
    from functools import wraps

    @wraps(function)
    def called(**options: Any) -> None:
        given = {name: options.pop(name, None) for name in Asked._fields}
        given["by"], given["where"] = given["by"] or (), given["where"] or ()
        function(Asked(**given), **options)

    default = f"  [default: {by}]" if by else ""
    options = [click.argument("paths", nargs=-1, type=PlaceType())]
    if by is not None:
        options.append(
            click.option("--by", multiple=True, metavar="NAMES", help=f"Break down by these, up to four, comma separated.{default}")
        )
    options.append(
        click.option(
            "--where", multiple=True, metavar="CONDITION", help="Only what this holds for, such as 'feature=faq and model=gpt-4o*'."
        )
    )
    if time:
        options += [
            click.option("--month", metavar="YYYY-MM", help="One month."),
            click.option("--since", metavar="YYYY-MM-DD", help="First day, in UTC."),
            click.option("--until", metavar="YYYY-MM-DD", help="Last day, included."),
        ]
    options += [
        click.option(
            "--prices", metavar="WHICH", help="recorded, restated, or restated:VERSION (see costmark reprice).  [default: recorded]"
        ),
        click.option(
            "--ledger",
            type=PlaceType(),
            help="Where the ledger is: a folder, or s3://BUCKET/FOLDER.  [default: COSTMARK_LEDGER_DIR, else costmark-ledger]",
        ),
        click.option(
            "--engine",
            metavar="ADDRESS",
            help="Ask what costmark export wrote: clickhouse://HOST/DB, chdb:FOLDER, spark://HOST:PORT/FOLDER.",
        ),
        click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="How it is written."),
        click.option("--output", metavar="FILE", type=FILE, help="Write to a file instead of standard output."),
    ]
    for option in reversed(options):
        called = option(called)
    return called
