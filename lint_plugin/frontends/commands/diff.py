"""``costmark diff``: what a change does to the calls that bill, to the policy and to the baseline."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Final

import click

from lint_plugin.errors import MissingExtraError
from lint_plugin.frontends.commands.revision import named
from lint_plugin.frontends.console import emit

ANALYZER: Final = "libcst"
FILE: Final = click.Path(path_type=Path, dir_okay=False)
FOUND: Final = 1


@click.command("diff")
@click.argument("revision", metavar="REV", callback=named)
@click.option("--policy-from", metavar="REV", callback=named, help="Judge by the policy of this revision: a change cannot loosen its own.")
@click.option("--baseline", metavar="FILE", type=FILE, help="Compare this baseline; without it costmark-baseline.json, where there is one.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
    help="How it is written; markdown is a comment for the pull request.",
)
@click.option("--output-file", metavar="FILE", type=FILE, help="Write it to a file instead of standard output.")
@click.option("--no-cache", is_flag=True, help="Neither read nor write the project index.")
@click.pass_context
def command(  # noqa: PLR0913  (one parameter an option)
    ctx: click.Context,
    *,
    revision: str,
    policy_from: str,
    baseline: Path | None,
    form: str,
    output_file: Path | None,
    no_cache: bool,
) -> None:
    """Show what changed since REV: calls, features, attribution, policy, baseline.

    Compared are the files as they lie there and the commit at which the branch left the history of REV. Nothing is checked
    out. Of the policy and the baseline it is said what became looser.

    \b
    Examples:
      costmark diff origin/main
      costmark diff origin/main --policy-from origin/main --format markdown --output-file comment.md
      costmark diff HEAD --format json

    Exit codes: 0 nothing to look at, 1 calls without attribution, features that are not registered, loosened settings or more
    accepted findings, 2 wrong use or configuration, 3 internal error.
    """
    if find_spec(ANALYZER) is None:
        raise MissingExtraError(f'{ANALYZER} is not installed: pip install "costmark[lint]"')
    from lint_plugin.changes import as_json, as_markdown, as_text
    from lint_plugin.changes.verdict import concerns
    from lint_plugin.frontends import differing

    found = differing.run(differing.DiffChoices(revision, policy_from, baseline, cache=not no_cache))
    pieces = {"text": as_text, "json": as_json, "markdown": as_markdown}[form].render(found)
    if output_file is None:
        emit(pieces)
    else:
        from lint_plugin.frontends.saving import save

        save(output_file, "".join(pieces), option="--output-file")
    ctx.exit(FOUND if concerns(found) else 0)
