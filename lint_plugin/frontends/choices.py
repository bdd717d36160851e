"""What a person asked ``costmark check`` for, as plain data."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

from lint_plugin.errors import WrongUseError

NEAR: Final = 0.6  # likeness from which a word may have been meant


class Choices(NamedTuple):
    """The options of one call."""

    paths: tuple[Path, ...] = ()
    since: str = ""
    baseline: Path | None = None
    write_baseline: bool = False
    policy_from: str = ""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    isolated: bool = False
    format: str = "text"
    cache: bool = True
    statistics: bool = False
    as_of: date | None = None
    stdin_filename: Path | None = None
    output_file: Path | None = None


def contradiction(choices: Choices) -> str:
    """Name the first pair of options that cannot both be meant; empty where there is none."""
    pairs = (
        (choices.isolated and choices.policy_from, "--isolated ignores every policy, --policy-from names one: give one of them"),
        (
            choices.write_baseline and choices.since,
            "--write-baseline accepts the whole project, --since looks at a change: give one of them",
        ),
        (choices.write_baseline and choices.stdin_filename, "--write-baseline needs the files on disk, not standard input"),
        (
            choices.write_baseline and (choices.select or choices.ignore),
            "--write-baseline accepts what the policy finds: leave out --select and --ignore",
        ),
        (choices.since and choices.stdin_filename, "--since compares files on disk, not standard input"),
        (choices.stdin_filename and choices.paths, "--stdin-filename checks standard input alone: leave out the paths"),
    )
    return next((sentence for both, sentence in pairs if both), "")


def split_codes(option: str, values: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    """Read codes and prefixes of codes, separated by commas; refuse what fits no rule."""
    codes = [code for value in values for code in value.replace(",", " ").split()]
    for code in codes:
        if not any(rule.startswith(code) for rule in known):
            raise WrongUseError(f"{option} {code}: no such rule{suggestion(code.upper(), known)}; 'costmark rule' lists them")
    return tuple(codes)


def suggestion(word: str, known: Sequence[str]) -> str:
    """Ask whether the nearest known word was meant; empty where nothing is near."""

    def likeness(name: str) -> float:
        return difflib.SequenceMatcher(a=word, b=name).ratio()

    near = max(known, key=likeness)
    return f" (did you mean {near}?)" if likeness(near) > NEAR else ""
