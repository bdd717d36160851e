"""What the comparison of two states of a repository gives: plain frozen data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from lint_plugin.inventory.coverage import Share
    from lint_plugin.inventory.model import Row

ADDED: Final = "added"
REMOVED: Final = "removed"
CHANGED: Final = "changed"
VERSION: Final = 1  # of the JSON


class CallChange(NamedTuple):
    """One billable call that is new, gone, or no longer what it was."""

    kind: str  # added, removed, changed
    now: Row | None  # None where it is gone
    before: Row | None  # None where it is new
    what: tuple[str, ...] = ()  # of a changed one: which of its fields


class NewFeature(NamedTuple):
    """A feature that no call had before."""

    name: str
    owner: str
    is_registered: bool | None  # None: there is no registry


class SettingChange(NamedTuple):
    """One key of a policy that says something else."""

    file: str  # where it stands, or stood; relative to the folder of the comparison
    line: int  # 0 where it is gone
    table: str
    key: str
    before: str  # as TOML; empty where it was not there
    now: str
    is_looser: bool  # something is asked for that was forbidden before, or is no longer demanded


class BaselineChange(NamedTuple):
    """What a change does to the accepted findings."""

    file: str
    added: tuple[str, ...] = ()  # path, rule and call of each
    removed: tuple[str, ...] = ()
    problem: str = ""  # why the file of the change cannot be read


class Diff(NamedTuple):
    """Everything that is said of a change."""

    revision: str
    calls: tuple[CallChange, ...]
    features: tuple[NewFeature, ...]
    settings: tuple[SettingChange, ...]
    baseline: BaselineChange | None  # None where there is none, then or now
    before: Share
    now: Share
    problems: tuple[str, ...] = ()  # what could not be read, as sentences
    notes: tuple[str, ...] = ()  # by whose rules it was judged
