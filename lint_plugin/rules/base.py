"""The shape of a rule: facts at the top of its module, one ``check`` over the sites that it looks at."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


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


class Rule(NamedTuple):
    """One rule; its page is the docstring of the module that holds it."""

    code: str
    name: str
    summary: str
    default: Default = Default.ON
    fix: Fix = Fix.NONE
