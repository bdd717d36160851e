"""Apply the rules to the records of a project: Fact -> Judged, still without lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from lint_plugin.facts import CallSite, Fact, Unmetered
from lint_plugin.rules.base import Context, Default, Rule
from lint_plugin.rules.registry import CHECKS

if TYPE_CHECKING:
    from cost_lib.policy import Policy


class Judged(NamedTuple):
    """One verdict: the rule, its message, and the record that it is about."""

    path: str
    pos: int  # offset, or the line for a record about a policy file
    rule: Rule
    message: str
    severity: str
    fact: Fact


def judge(facts: Iterable[Fact], policy: Policy, as_of: date) -> Iterator[Judged]:
    """Yield what the rules that are on have to say."""
    context = Context(policy, as_of)
    for fact in facts:
        settings = policy.for_path("" if isinstance(fact, Unmetered) else fact.path)
        if isinstance(fact, CallSite) and fact.bills not in settings.bills:
            continue
        for rule, check in CHECKS.get(type(fact), ()):
            if not is_on(rule, settings.enable, settings.disable):
                continue
            for message in check(fact, context):
                pinned = isinstance(fact, CallSite) and fact.pinned
                severity = "warning" if rule.default is Default.WARNING or pinned else "error"
                pos = fact.line if isinstance(fact, Unmetered) else fact.pos
                yield Judged(fact.path, pos, rule, message, severity, fact)


def is_on(rule: Rule, enable: frozenset[str], disable: frozenset[str]) -> bool:
    """Tell whether a rule reports: by default or because the policy enables it."""
    return rule.code not in disable and (rule.default is not Default.OFF or rule.code in enable)
