"""What the stages hand to each other: plain frozen data.

Paths are strings with forward slashes relative to the project root. Lines and columns are 1-based. For a notebook the line
counts inside the cell and ``cell`` is the 1-based number of the cell.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from cost_lib.policy import Policy

EMPTY: Final[Mapping[str, bytes | None]] = MappingProxyType({})


class Finding(NamedTuple):
    """One reported line."""

    path: str
    line: int  # of the leaf attribute or keyword, where ``noqa`` acts
    column: int
    end_line: int
    code: str  # CMK101
    rule: str  # raw-provider-call
    message: str
    severity: str = "error"  # error, warning
    provider: str = ""
    method: str = ""  # dotted, from the client: chat.completions.create
    model: str = ""  # when it is a literal
    resolution: str = ""  # how the receiver was resolved: direct, module-global, self-attr, parameter, factory, cross-module ...
    fingerprint: str = ""
    fix: str = "none"  # safe, unsafe, none
    cell: int = 0  # notebooks only
    scope: str = ""  # qualified scope inside the module: Class.method; "" = module level
    call: str = ""  # normalised source of the reported expression, part of the fingerprint


class Problem(NamedTuple):
    """A file that could not be analyzed, and why; never silent."""

    path: str
    line: int
    reason: str


class Request(NamedTuple):
    """What one run is asked for."""

    root: Path
    policy: Policy
    paths: tuple[Path, ...] = ()  # files or folders to report on; () = everything below root
    sources: Mapping[str, bytes | None] = EMPTY  # contents that stand in for the disk (stdin, an older revision); None = no such file
    affected: bool = True  # with files given: also report other files whose findings exist because of them
    as_of: date | None = None
    cache: Path | None = None  # folder of the project index; None = no cache
    prefilter: bool = True
    noqa: bool = True  # False: such comments are left to flake8
    fold: bool = True  # False: parameters from callers are unknown (no index at hand)
    python: tuple[int, int] | None = None  # the lowest Python that the project supports; None = what its pyproject.toml says
    progress: Callable[[str], object] | None = None  # is told which file is being parsed
    alone: bool = False  # the root is no project: the paths are looked at, and nothing around them


class Report(NamedTuple):
    """What one run found."""

    findings: tuple[Finding, ...]  # sorted by path, line, column, code; suppressed ones are gone
    problems: tuple[Problem, ...] = ()
    files: int = 0  # looked at
    relevant: int = 0  # parsed or taken from the index
    suppressed: int = 0
