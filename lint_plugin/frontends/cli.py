"""The root of the command: names the subcommands, imports the one that is called, turns errors into exit codes."""

from __future__ import annotations

import errno
import sys
from collections.abc import Callable, Sequence
from io import TextIOWrapper
from typing import Final

import click

from cost_lib.errors import CostLibError
from lint_plugin import __version__
from lint_plugin.errors import LintError, WrongUseError
from lint_plugin.frontends import crash, joined
from lint_plugin.frontends.console import complain, emit, mute

CLEAN: Final = 0
PIPE_CLOSED: Final = 1  # with this click leaves by itself, asked not to or not, where the reader of --help is gone; commands return theirs
UNWRITABLE: Final = (errno.ENOSPC, errno.EDQUOT, errno.EIO)


def _init() -> click.Command:
    from lint_plugin.frontends.commands import init

    return init.command


def _check() -> click.Command:
    from lint_plugin.frontends.commands import check

    return check.command


def _fix() -> click.Command:
    from lint_plugin.frontends.commands import fix

    return fix.command


def _rule() -> click.Command:
    from lint_plugin.frontends.commands import rule

    return rule.command


def _config() -> click.Command:
    from lint_plugin.frontends.commands import config

    return config.command


def _inventory() -> click.Command:
    from lint_plugin.frontends.commands import inventory

    return inventory.command


def _coverage() -> click.Command:
    from lint_plugin.frontends.commands import coverage

    return coverage.command


def _diff() -> click.Command:
    from lint_plugin.frontends.commands import diff

    return diff.command


COMMANDS: Final[dict[str, Callable[[], click.Command]]] = {
    "init": _init,
    "check": _check,
    "fix": _fix,
    "rule": _rule,
    "config": _config,
    "inventory": _inventory,
    "coverage": _coverage,
    "diff": _diff,
    "prices": joined.prices,
    "report": joined.report,
    "top": joined.top,
    "trend": joined.trend,
    "compare": joined.compare,
    "unit": joined.unit,
    "tiers": joined.tiers,
    "cache": joined.cache,
    "chains": joined.chains,
    "calls": joined.calls,
    "unattributed": joined.unattributed,
    "compact": joined.compact,
    "backfill": joined.backfill,
    "reprice": joined.reprice,
    "export": joined.export,
}
# how the page lists them; what is in none comes last
SECTIONS: Final = {
    "Find and fix calls": "init check fix rule config inventory coverage diff leaks",
    "What was spent": "report top trend compare unit tiers cache chains calls unattributed",
    "The log and its prices": "compact prices reprice backfill export audit",
}
OTHERS: Final = "More"


class LazyGroup(click.Group):
    """A group whose subcommands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Name the subcommands in the order in which they are used."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import one subcommand."""
        load = COMMANDS.get(cmd_name)
        return load() if load else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the subcommands by what they are for."""
        named = {name: section for section, names in SECTIONS.items() for name in names.split()}
        limit = formatter.width - 6 - max(map(len, COMMANDS))
        for section in (*SECTIONS, OTHERS):
            found = ((name, self.get_command(ctx, name)) for name in COMMANDS if named.get(name, OTHERS) == section)
            rows = [(name, command.get_short_help_str(limit)) for name, command in found if command is not None]
            if rows:
                with formatter.section(section):
                    formatter.write_dl(rows)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="costmark")
def root() -> None:
    """Keep every LLM call attributable.

    \b
    Examples:
      costmark init                                      set a repository up: policy, hook, CI job, baseline
      costmark check                                     every file of the project
      costmark check --since origin/main                 what this branch introduces
      costmark check --baseline FILE --write-baseline    accept what is there today
      costmark fix --show                                how every call would be tagged
      costmark rule CMK101                               why a rule exists and what to write instead
      costmark config                                    the settings in force
      costmark inventory --format csv                    every billable call, right or wrong
      costmark coverage --fail-under 95                  the share of calls that are attributed
      costmark diff origin/main                          calls, features, policy and baseline of this branch
      costmark prices show gpt-4o-mini                   what a model costs, and since when
      costmark report --month 2026-11                    what was spent, by feature and segment
      costmark top --by user                             the largest, and what all the others come to
      costmark compare --before 2026-10 --after 2026-11  why the bill changed

    Exit codes: 0 clean, 1 findings, 2 wrong use or configuration, 3 internal error.
    """


def main(arguments: Sequence[str]) -> int:
    """Run the command and give its exit code."""
    crash.install()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        return int(root.main(list(arguments), prog_name="costmark", standalone_mode=False) or CLEAN)
    except click.UsageError as error:
        return _answer(error)
    except click.ClickException as error:
        complain(error.format_message())
        return error.exit_code
    except (CostLibError, LintError) as error:
        complain(str(error))
        if isinstance(error, CostLibError):
            emit([f"{line}\n" for line in error.pointer], sys.stderr)
        return error.exit_code
    except click.Abort:
        return crash.INTERRUPTED
    except SystemExit as leave:
        if leave.code == PIPE_CLOSED:
            return CLEAN
        raise
    except OSError as error:
        if isinstance(error, BrokenPipeError) or error.filename is not None or error.errno not in UNWRITABLE:
            raise
        mute(sys.stdout)
        complain(f"the output cannot be written: {error.strerror}")
        return WrongUseError.exit_code


def _answer(error: click.UsageError) -> int:
    """Say what is wrong with the arguments, or show the page where click does: a command that is missing."""
    if error.ctx and error.message == error.ctx.get_help():
        emit([f"{error.message}\n"], sys.stderr)
        return error.exit_code
    complain(error.format_message())
    if error.ctx:
        emit([f"Try '{error.ctx.command_path} --help'.\n"], sys.stderr)
    return error.exit_code
