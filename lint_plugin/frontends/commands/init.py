"""``costmark init``: set a repository up."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Final

import click

from lint_plugin.errors import MissingExtraError

ANALYZER: Final = "libcst"


@click.command("init")
@click.argument("folder", default=".", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Write without asking.")
@click.option("--dry-run", is_flag=True, help="Only show what would be written.")
@click.option("--policy-file", metavar="NAME", default="", help="costmark.toml or pyproject.toml; the latter where there is one.")
@click.option("--hook-repo", metavar="URL", default="", help="Where you host costmark: hook and CI job take it from there.")
@click.option(
    "--without",
    type=click.Choice(["hook", "ci", "baseline", "gitignore"]),
    multiple=True,
    help="Do not propose this; repeatable.",
)
@click.pass_context
def command(  # noqa: PLR0913  (one parameter an option)
    ctx: click.Context, folder: Path, *, yes: bool, dry_run: bool, policy_file: str, hook_repo: str, without: tuple[str, ...]
) -> None:
    """Propose policy, pre-commit hook, CI job, baseline and .gitignore line for this repository.

    Shows every change first. On a terminal it asks; elsewhere nothing is written without --yes. What is there already is kept,
    and a second run proposes nothing. Findings of today go into the baseline, so that the repository is green right away and
    only new calls fail.

    \b
    Examples:
      costmark init
      costmark init --dry-run
      costmark init --yes --policy-file costmark.toml --without ci
      costmark init --yes --hook-repo https://git.example.com/tools/costmark

    Exit codes: 0, 2 wrong use, a file that cannot be extended or written, 3 internal error.
    """
    if find_spec(ANALYZER) is None:
        raise MissingExtraError(f'{ANALYZER} is not installed: pip install "costmark[lint]"')
    from lint_plugin.frontends import setting_up

    choices = setting_up.InitChoices(folder, yes, dry_run, policy_file, without, hook_repo)
    ctx.exit(setting_up.run(choices, click.confirm))
