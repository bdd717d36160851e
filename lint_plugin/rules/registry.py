"""Name all rules, one line each; adding a rule is adding its module here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final, Protocol

from lint_plugin.rules import (
    dynamic_tag,
    empty_tag,
    hand_rolled_price,
    meter_not_started,
    missing_inherited_tag,
    missing_tag,
    personal_data_tag,
    possible_raw_call,
    raw_client_escape,
    raw_framework_call,
    raw_http_call,
    raw_provider_call,
    shadowed_tag,
    suppression_without_reason,
    tags_across_yield,
    tags_lost,
    unknown_feature,
    unknown_tag,
    unpriceable_model,
    unused_suppression,
)
from lint_plugin.rules.base import Check, Context, Default, Fix, Rule


class _Documented(Protocol):
    """A module that holds a rule."""

    @property
    def RULE(self) -> Rule: ...  # noqa: N802  a constant of the module


class _Checking(_Documented, Protocol):
    """A module whose rule looks at records; the other rules are made while findings are suppressed."""

    @property
    def CONSUMES(self) -> type[Any]: ...  # noqa: N802
    @property
    def check(self) -> Callable[[Any, Context], Iterator[str]]: ...


CHECKING: Final[tuple[_Checking, ...]] = (
    raw_provider_call,
    raw_http_call,
    raw_framework_call,
    raw_client_escape,
    possible_raw_call,
    missing_tag,
    unknown_feature,
    empty_tag,
    dynamic_tag,
    personal_data_tag,
    tags_lost,
    missing_inherited_tag,
    tags_across_yield,
    shadowed_tag,
    unknown_tag,
    meter_not_started,
    unpriceable_model,
    hand_rolled_price,
)
# the findings of these are made while comments are applied
SUPPRESSING: Final[tuple[_Documented, ...]] = (
    unused_suppression,
    suppression_without_reason,
)
DOCUMENTED: Final[tuple[_Documented, ...]] = (*CHECKING, *SUPPRESSING)

RULES: Final[tuple[Rule, ...]] = tuple(module.RULE for module in DOCUMENTED)
BY_CODE: Final[Mapping[str, _Documented]] = MappingProxyType({module.RULE.code: module for module in DOCUMENTED})
DEFAULTS: Final = {Default.ON: "On by default", Default.WARNING: "On by default, as a warning", Default.OFF: "Off by default"}
FIXES: Final = {Fix.SAFE: "has a safe fix", Fix.UNSAFE: "has an unsafe fix", Fix.NONE: "has no automatic fix"}


def _checks() -> Mapping[type[Any], tuple[tuple[Rule, Check], ...]]:
    found: dict[type[Any], tuple[tuple[Rule, Check], ...]] = {}
    for module in CHECKING:
        found[module.CONSUMES] = (*found.get(module.CONSUMES, ()), (module.RULE, module.check))
    return MappingProxyType(found)


CHECKS: Final = _checks()


def codes() -> frozenset[str]:
    """Return the codes of all rules."""
    return frozenset(BY_CODE)


def find(code: str) -> Rule | None:
    """Return the rule of a code."""
    module = BY_CODE.get(code)
    return module.RULE if module is not None else None


def page(code: str) -> str:
    """Return a rule's page as Markdown."""
    module = BY_CODE[code]
    rule = module.RULE
    enable = f'; name it in the policy to turn it on: `enable = ["{rule.code}"]`' if rule.default is Default.OFF else ""
    state = f"{DEFAULTS[rule.default]}{enable}. It {FIXES[rule.fix]}."
    first, _, rest = (module.__doc__ or "").partition("\n")
    return "\n\n".join(filter(None, (f"# {rule.code} {rule.name}", first, state, rest.strip()))) + "\n"
