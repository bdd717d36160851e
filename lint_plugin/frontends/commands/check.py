"""``costmark check``: its options and help."""

from __future__ import annotations

from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import click

from lint_plugin.errors import MissingExtraError
from lint_plugin.frontends import showing
from lint_plugin.frontends.choices import Choices, split_codes
from lint_plugin.frontends.commands.revision import named
from lint_plugin.output import formats

ANALYZER: Final = "libcst"
FILE: Final = click.Path(path_type=Path, dir_okay=False)


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--since", metavar="REV", callback=named, help="Only what the change since this revision introduces.")
@click.option("--baseline", metavar="FILE", type=FILE, help="Leave out the findings that this file accepts.")
@click.option(
    "--write-baseline",
    is_flag=True,
    help="Accept everything that is found now: write it to the baseline (without --baseline: costmark-baseline.json).",
)
@click.option(
    "--policy-from",
    metavar="REV",
    callback=named,
    help="Read policy and baseline from this revision: a change can neither loosen the rules nor accept its findings for itself.",
)
@click.option("--select", metavar="CODES", multiple=True, help="Only these rules (codes or prefixes, comma separated).")
@click.option("--ignore", metavar="CODES", multiple=True, help="Not these rules.")
@click.option("--isolated", is_flag=True, help="Default settings, whatever the repository says.")
@click.option("--format", "form", type=click.Choice(formats.NAMES), default="text", show_default=True, help="How findings are written.")
@click.option("--output-file", metavar="FILE", type=FILE, help="Write them to a file instead of standard output.")
@click.option("--statistics", is_flag=True, help="Also count findings by rule and by provider.")
@click.option("--as-of", metavar="DATE", type=click.DateTime(["%Y-%m-%d"]), help="Judge models and exceptions by this day (YYYY-MM-DD).")
@click.option("--stdin-filename", metavar="FILE", type=FILE, help="Check standard input as if it stood in this file.")
@click.option("--no-cache", is_flag=True, help="Neither read nor write the project index.")
@click.pass_context
def command(  # noqa: PLR0913  (one parameter an option)
    ctx: click.Context,
    *,
    paths: tuple[Path, ...],
    since: str,
    baseline: Path | None,
    write_baseline: bool,
    policy_from: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    isolated: bool,
    form: str,
    output_file: Path | None,
    statistics: bool,
    as_of: datetime | None,
    stdin_filename: Path | None,
    no_cache: bool,
) -> None:
    """Find raw and untagged LLM calls.

    PATHS are files or folders; without any, the working directory. A list of files also reports unchanged files whose
    findings exist because of them.

    \b
    Examples:
      costmark check
      costmark check src --format concise
      costmark check --since origin/main --policy-from origin/main --format github
      costmark check --baseline costmark-baseline.json --write-baseline
      git show :app.py | costmark check --stdin-filename app.py

    Exit codes: 0 clean (warnings allowed), 1 findings or files that could not be analyzed, 2 wrong use or
    configuration, 3 internal error.
    """
    if find_spec(ANALYZER) is None:
        raise MissingExtraError(f'{ANALYZER} is not installed: pip install "costmark[lint]"')
    from lint_plugin.frontends import checking
    from lint_plugin.rules.registry import RULES

    codes = [rule.code for rule in RULES]
    choices = Choices(
        paths=paths,
        since=since,
        baseline=baseline,
        write_baseline=write_baseline,
        policy_from=policy_from,
        select=split_codes("--select", select, codes),
        ignore=split_codes("--ignore", ignore, codes),
        isolated=isolated,
        format=form,
        cache=not no_cache,
        statistics=statistics,
        as_of=as_of.date() if as_of else None,
        stdin_filename=stdin_filename,
        output_file=output_file,
    )
    outcome = checking.run(choices)
    showing.show(outcome, choices)
    ctx.exit(showing.exit_code(outcome.report))
