"""``costmark rule``: explain one rule, or list them all."""

from __future__ import annotations

import json
from collections.abc import Iterator

import click

from lint_plugin.errors import WrongUseError
from lint_plugin.frontends.choices import suggestion
from lint_plugin.frontends.console import emit
from lint_plugin.rules.base import Rule
from lint_plugin.rules.registry import RULES, page


@click.command("rule")
@click.argument("code", required=False)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How rules are written.")
def command(code: str | None, *, form: str) -> None:
    """Explain a rule, or list all rules.

    \b
    Examples:
      costmark rule
      costmark rule CMK101
      costmark rule --format json
    """
    chosen = RULES if code is None else (_find(code),)
    if form == "json":
        rules = [_record(rule) for rule in chosen]
        emit([json.dumps(rules if code is None else rules[0], indent=2), "\n"])
    elif code is None:
        emit(_table())
    else:
        emit([page(chosen[0].code).rstrip(), "\n"])


def _find(code: str) -> Rule:
    """Find a rule by its code or name."""
    for rule in RULES:
        if code.upper() == rule.code or code == rule.name:
            return rule
    known = [name for rule in RULES for name in (rule.code, rule.name)]
    raise WrongUseError(f"{code}: no such rule{suggestion(code, known) or suggestion(code.upper(), known)}; 'costmark rule' lists them")


def _table() -> Iterator[str]:
    width = max(len(rule.name) for rule in RULES)
    for rule in RULES:
        yield f"{rule.code}  {rule.name:{width}}  {rule.default.value:7}  {rule.summary}\n"


def _record(rule: Rule) -> dict[str, str]:
    return {
        "code": rule.code,
        "name": rule.name,
        "summary": rule.summary,
        "default": rule.default.value,
        "fix": rule.fix.value,
        "page": page(rule.code),
    }
