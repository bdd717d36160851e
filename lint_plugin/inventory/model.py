"""What an inventory holds: plain frozen data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from lint_plugin.facts import TagProof
    from lint_plugin.model import Problem

ATTRIBUTED: Final = "attributed"  # sanctioned, with every required tag
RAW: Final = "raw"  # through no sanctioned wrapper
UNTAGGED: Final = "untagged"  # sanctioned, but a required tag is missing, empty or not registered
UNKNOWN: Final = "unknown"  # only a run can tell
ALLOWED: Final = "allowed"  # raw where the policy lets it be: allow-raw, the body of a house wrapper
STATUSES: Final = (ATTRIBUTED, RAW, UNTAGGED, UNKNOWN, ALLOWED)


class Row(NamedTuple):
    """One billable call."""

    path: str
    line: int
    column: int
    cell: int  # notebooks only, else 0
    scope: str  # qualified name of the function or class around it
    call: str  # as written
    status: str
    why: str  # what is wrong with it, or not known
    feature: str  # several are joined by a bar; "" where none is known
    owner: str  # of the feature by the registry, else of the file by CODEOWNERS
    provider: str
    layer: str  # sdk, framework, http
    method: str
    models: tuple[str, ...]
    tags: tuple[TagProof, ...]


class Inventory(NamedTuple):
    """The calls of a project in the order of its files, and the files that could not be read."""

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...] = ()
    files: int = 0
