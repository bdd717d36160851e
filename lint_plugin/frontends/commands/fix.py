"""``costmark fix``: its options and help."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import click

from lint_plugin.errors import MissingExtraError
from lint_plugin.frontends.choices import split_codes
from lint_plugin.frontends.console import complain, emit

ANALYZER: Final = "libcst"
FILE: Final = click.Path(path_type=Path, dir_okay=False)


@click.command("fix")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--show", is_flag=True, help="Print the difference and write nothing.")
@click.option("--check", is_flag=True, help="Write nothing; exit code 1 if something would change.")
@click.option("--plan", metavar="FILE", type=FILE, help="Write one row a call, with the feature proposed for it, to this CSV file.")
@click.option("--apply", metavar="FILE", type=FILE, help="Take the features, and other tags, from this CSV file.")
@click.option("--unsafe-fixes", is_flag=True, help="Also make changes that may mean something else than was meant.")
@click.option("--select", metavar="CODES", multiple=True, help="Only findings of these rules (codes or prefixes, comma separated).")
@click.option(
    "--style",
    type=click.Choice(["call", "scope"]),
    default="call",
    show_default=True,
    help="Tag each call, or wrap a client that several calls share where it is built and tag the functions that call it.",
)
@click.option("--registered", is_flag=True, help="Only feature names that the registry has, and nothing said of what is left; for hooks.")
@click.option("--isolated", is_flag=True, help="Default settings, whatever the repository says.")
@click.option("--no-cache", is_flag=True, help="Neither read nor write the project index.")
@click.pass_context
def command(  # noqa: PLR0913  (one parameter an option)
    ctx: click.Context,
    *,
    paths: tuple[Path, ...],
    show: bool,
    check: bool,
    plan: Path | None,
    apply: Path | None,
    unsafe_fixes: bool,
    select: tuple[str, ...],
    style: str,
    registered: bool,
    isolated: bool,
    no_cache: bool,
) -> None:
    """Tag raw and untagged LLM calls.

    PATHS are files or folders; without any, the working directory. Only the receiver of a call changes, every edit is
    checked before it is written, and what is left is named with the reason. Features are named after their module
    unless a plan says better; names that the registry lacks are added to it for review.

    \b
    Examples:
      costmark fix --show                 what would change
      costmark fix                        change it
      costmark fix --plan plan.csv        propose a feature for each call, for people to edit
      costmark fix --apply plan.csv       use the names of the plan

    Exit codes: 0 nothing is left, 1 findings are left or (with --show, --check) something would change,
    2 wrong use or configuration, 3 internal error.
    """
    if find_spec(ANALYZER) is None:
        raise MissingExtraError(f'{ANALYZER} is not installed: pip install "costmark[lint]"')
    from lint_plugin.fixing.model import Options
    from lint_plugin.frontends import mended, mending
    from lint_plugin.rules.registry import RULES

    options = Options(
        select=split_codes("--select", select, [rule.code for rule in RULES]),
        unsafe=unsafe_fixes,
        style=style,
        registered_only=registered,
    )
    choices = mending.FixChoices(paths, show, check, plan, apply, options, isolated, cache=not no_cache)
    if plan is not None:
        complain(mending.write_plan(choices, plan))
        return
    fixed = mending.run(choices)
    written = not (show or check)
    if show:
        emit(piece for one in fixed for piece in mended.difference(one))
    emit(mended.summary(fixed, written=written, quiet=registered), sys.stderr if show else None)
    ctx.exit(mended.exit_code(fixed, written=written, quiet=registered))
