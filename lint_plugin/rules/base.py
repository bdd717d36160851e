"""The shape of a rule: facts at the top of its module, one ``check`` over the records that it looks at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from cost_lib.policy import Policy
    from lint_plugin.facts import Fact


class Default(Enum):
    """Whether a rule reports without being named in the policy, and how loudly."""

    ON = "on"
    WARNING = "warning"
    OFF = "off"


class Fix(Enum):
    """What ``costmark fix`` can do about a finding of the rule."""

    SAFE = "safe"
    UNSAFE = "unsafe"
    NONE = "none"


class Context(NamedTuple):
    """What a rule may ask besides the record itself."""

    policy: Policy
    as_of: date


class Rule(NamedTuple):
    """One rule; its page is the docstring of the module that holds it."""

    code: str
    name: str
    summary: str
    default: Default = Default.ON
    fix: Fix = Fix.NONE


Check = Callable[["Fact", Context], Iterator[str]]
