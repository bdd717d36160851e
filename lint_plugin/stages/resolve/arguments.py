"""Arguments of a call, evaluated."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from lint_plugin import ir
from lint_plugin.values import EMPTY, Values


class Argument(NamedTuple):
    """One argument: its values, and how it is passed."""

    values: Values
    keyword: str
    star: int
    pos: int
    node: ir.Expr


def pick(arguments: Sequence[Argument], keyword: str, position: int) -> Values:
    """Return the values of an argument that can be given by keyword or position."""
    for argument in arguments:
        if argument.keyword and argument.keyword == keyword:
            return argument.values
    if position >= 0:
        plain = [argument for argument in arguments if not argument.keyword and argument.star == 0]
        starred = any(argument.star == 1 for argument in arguments[: position + 1])
        if position < len(plain) and not starred:
            return plain[position].values
    return EMPTY


def positional(arguments: Sequence[Argument]) -> list[Argument]:
    """Return the plain positional arguments."""
    return [argument for argument in arguments if not argument.keyword and argument.star == 0]
