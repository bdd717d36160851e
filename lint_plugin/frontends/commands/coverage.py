"""``costmark coverage``: the share of billable calls that are attributed."""

from __future__ import annotations

from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from lint_plugin.errors import MissingExtraError, WrongUseError
from lint_plugin.frontends.choices import Choices
from lint_plugin.frontends.console import complain, emit
from lint_plugin.frontends.saving import save

if TYPE_CHECKING:
    from lint_plugin.inventory.coverage import Share

ANALYZER: Final = "libcst"
FILE: Final = click.Path(path_type=Path, dir_okay=False)
BELOW: Final = 1
GROUPS: Final = ("package", "owner", "provider", "feature")


@click.command("coverage")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--fail-under", metavar="PERCENT", type=click.FloatRange(0, 100), help="Leave with 1 where the share is smaller.")
@click.option(
    "--by", type=click.Choice(GROUPS), multiple=True, default=("package", "owner"), show_default=True, help="Group the calls; repeatable."
)
@click.option("--depth", metavar="N", type=click.IntRange(1), default=2, show_default=True, help="Folders that make a package.")
@click.option("--known-only", is_flag=True, help="Leave calls that only a run can judge out of the share.")
@click.option("--badge", metavar="FILE", type=FILE, help="Write a badge: .svg, or .json as an endpoint of shields.io.")
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "markdown"]), default="table", show_default=True, help="How shares are written."
)
@click.option("--isolated", is_flag=True, help="Default settings, whatever the repository says.")
@click.option("--no-cache", is_flag=True, help="Neither read nor write the project index.")
@click.pass_context
def command(  # noqa: PLR0913  (one parameter an option)
    ctx: click.Context,
    *,
    paths: tuple[Path, ...],
    fail_under: float | None,
    by: tuple[str, ...],
    depth: int,
    known_only: bool,
    badge: Path | None,
    form: str,
    isolated: bool,
    no_cache: bool,
) -> None:
    """Tell which share of the billable calls is attributed: sanctioned, with every required tag.

    PATHS are files or folders; without any, the working directory. What a comment, an exception or a baseline puts up with is
    not attributed. Calls where the policy allows raw clients count neither way; calls that only a run can judge are shown
    apart and do not count as attributed.

    \b
    Examples:
      costmark coverage
      costmark coverage --fail-under 95
      costmark coverage src --by provider --by feature --format markdown
      costmark coverage --badge attributed.svg

    Exit codes: 0, 1 under the threshold (or, with one, files that could not be analyzed), 2 wrong use or configuration,
    3 internal error.
    """
    if find_spec(ANALYZER) is None:
        raise MissingExtraError(f'{ANALYZER} is not installed: pip install "costmark[lint]"')
    if badge is not None and badge.suffix not in (".svg", ".json"):
        raise WrongUseError(f"--badge {badge}: name a file that ends in .svg or .json")
    from lint_plugin.frontends import stock
    from lint_plugin.inventory import coverage, formats

    found = stock.inventory(Choices(paths=paths, isolated=isolated, cache=not no_cache))
    whole = coverage.total(found.rows)
    groups = {name: coverage.shares(found.rows, name, depth=depth) for name in dict.fromkeys(by)}
    emit(formats.coverage(whole, groups, form, known_only=known_only))
    if badge is not None:
        _save_badge(badge, whole, known_only=known_only)
    if fail_under is None:
        return
    threshold = Decimal(str(fail_under))
    is_below = whole.is_below(threshold, known_only=known_only)
    if is_below:
        complain(f"the share of attributed calls is below {threshold} %; 'costmark check' names the calls, 'costmark inventory' lists all")
    ctx.exit(BELOW if is_below or found.problems else 0)


def _save_badge(file: Path, whole: Share, *, known_only: bool) -> None:
    from lint_plugin.inventory import badge

    percent = whole.percent(known_only=known_only)
    save(file, badge.as_svg(percent) if file.suffix == ".svg" else badge.as_json(percent), option="--badge")
