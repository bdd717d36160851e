"""What setting up hands around: plain frozen data."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class Proposal(NamedTuple):
    """A file to be written; its name is relative to the top of the repository."""

    name: str
    before: bytes | None  # None = there is no such file
    after: bytes
    about: str  # what it is for, in a few words

    @property
    def lines(self) -> tuple[list[str], list[str]]:
        """Return the lines before and after."""
        return _lines(self.before or b""), _lines(self.after)


class Kept(NamedTuple):
    """Something that is there already, or is left alone, and why."""

    sentence: str


class ByHand(NamedTuple):
    """Lines that people have to put somewhere themselves."""

    where: str
    text: str


Step = Proposal | Kept | ByHand


class Origin(NamedTuple):
    """Where this costmark can be installed from by others."""

    requirement: str  # for pip
    repository: str = ""  # URL of a git repository, "" where it came from an index
    revision: str = ""


class Gateway(NamedTuple):
    """A function of the project that others call instead of a provider."""

    names: tuple[str, ...]  # dotted; of several classes where their callers cannot tell them apart
    path: str
    line: int
    callers: int  # places that call it
    files: int
    behind: int  # raw calls that it leads to
    share: float  # of all raw calls
    tags: str  # how it is given its feature, as TOML; "" where it takes none
    is_sure: bool


class Survey(NamedTuple):
    """What was seen of a repository."""

    root: Path
    has_git: bool
    layout: tuple[str, ...]
    tests: tuple[str, ...]  # globs
    linters: tuple[str, ...]
    notes: tuple[str, ...]  # what a linter's settings need, by hand
    ci: tuple[str, ...]  # names of those that are set up; the first one is asked
    branch: str


def _lines(data: bytes) -> list[str]:
    return data.decode("utf-8", "backslashreplace").splitlines(keepends=True)
