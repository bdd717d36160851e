"""Hold the policy that this process runs under, and judge tags by it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from cost_lib import policy
from cost_lib.stderr import say_once

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cost_lib.policy import Policy, Settings

NO_POLICY: Final = "none"
BROKEN: Final = "broken"


class InForce(NamedTuple):
    """A policy and what of it is needed at every call."""

    policy: Policy
    mark: str  # the policy's hash, for the events
    given: Mapping[str, str]  # tags that the policy itself brings
    root: str  # of the paths in events, with a separator at its end
    has_budgets: bool = False


class _Held:
    def __init__(self) -> None:
        self.in_force: InForce | None = None


HELD: Final = _Held()


def rules_in_force() -> InForce:
    """Return the policy, read once for the process."""
    if HELD.in_force is None:
        HELD.in_force = _read()
    return HELD.in_force


def forget() -> None:
    """Read the policy anew at the next call."""
    HELD.in_force = None


def _read() -> InForce:
    try:
        path = policy.find(Path.cwd(), env=os.environ)
        found = policy.load(path)
        mark = found.digest or NO_POLICY
        given = {name: tag for name, tag in found.tags.items() if tag.is_given}
    except (policy.PolicyError, OSError) as problem:
        say_once("policy", f"the policy cannot be read, so the defaults hold: {problem}")
        return InForce(policy.Policy(), BROKEN, {}, _root(policy.Policy()))
    if path is None:
        say_once("policy", "no costmark policy was found, so the defaults hold; COSTMARK_POLICY names one")
        mark = NO_POLICY
    values = {name: (os.environ.get(tag.from_env, "") if tag.from_env else "") or tag.default for name, tag in given.items()}
    return InForce(found, mark, {name: value for name, value in values.items() if value}, _root(found), _has_budgets(found))


def _has_budgets(rules: Policy) -> bool:
    terms = (*rules.features.values(), rules.total)
    return any(one is not None and (one.monthly_budget is not None or one.daily_budget is not None) for one in terms)


def _root(rules: Policy) -> str:
    return f"{rules.root.absolute()}{os.sep}"


def settings_for(file: str) -> Settings:
    """Return what holds for calls made in a file."""
    rules = rules_in_force().policy
    if not file or rules.path is None:
        return rules.settings
    root = rules_in_force().root
    return rules.for_path(file[len(root) :].replace(os.sep, "/")) if file.startswith(root) else rules.settings


def find_missing(tags: Mapping[str, str], settings: Settings) -> tuple[str, ...]:
    """Return the required tags that a call does not have, and ``feature`` when it is in no registry."""
    rules = rules_in_force().policy
    missing = [name for name in settings.required_tags if name not in tags and not rules.tags[name].ambient]
    feature = tags.get("feature")
    if feature and rules.has_registry and feature not in rules.features and "feature" not in missing:
        missing.append("feature")
    return tuple(missing)
