"""What a fix is asked for and what it gives: plain data."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from lint_plugin.model import Finding, Problem

NOTHING: Final[Mapping[str, str]] = MappingProxyType({})
SAFE, UNSAFE = "safe", "unsafe"


class Options(NamedTuple):
    """How findings are fixed."""

    select: tuple[str, ...] = ()
    unsafe: bool = False
    style: str = "call"  # call, scope
    registered_only: bool = False  # only names that the registry has


class Left(NamedTuple):
    """A finding that stays, and why."""

    finding: Finding
    why: str
    place: tuple[int, int] | None = None  # line and column after the changes, where they are others


class Name(NamedTuple):
    """A feature that was chosen for a call."""

    feature: str
    origin: str = "module"  # route, task, class, function, module, registry, plan
    owner: str = ""
    is_new: bool = False  # not in the registry


class Change(NamedTuple):
    """One file before and after."""

    path: str  # relative to the root
    before: bytes
    after: bytes


class Result(NamedTuple):
    """What a run of the fixer gives, before anything is written."""

    changes: tuple[Change, ...] = ()
    fixed: tuple[Finding, ...] = ()
    left: tuple[Left, ...] = ()
    names: Mapping[str, Name] = MappingProxyType({})  # new features by name
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()  # what people should know besides
    policy: Change | None = None  # the policy file with the new features
