"""Tell before anything is imported that a change introduces nothing, where another comparison would go as the last one did.

What a comparison gave is kept beside the index, under a name made of everything that it depends on: the stamp of the project, which
says what every file and folder is like, and the two commits, which never change. References are read as git writes them; whatever
else a revision may be (``HEAD~2``, a worktree, a shallow or grafted history) is left to git and the full program.
"""

# Paths are strings here: a Path object costs more than the question that is asked of it.
# ruff: noqa: PTH109, PTH110, PTH112, PTH118, PTH123, PTH208

from __future__ import annotations

import os

from lint_plugin import stamp
from lint_plugin.unchanged import CLEAN, DoubtError, Stamps, content, hold_project, is_usual, say

TYPE_CHECKING = False  # the one in typing costs two thirds of an interpreter's start
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Final

FILE: Final = "since-"
NOTHING: Final = b"0"  # begins what is kept where nothing was introduced
SOMETHING: Final = b"1"
PLACES: Final = ("refs/", "refs/tags/", "refs/heads/", "refs/remotes/")  # in the order in which git looks
CUT: Final = ("shallow", "info/grafts", "refs/replace")  # what makes a commit mean something else
POLICIES: Final = ("costmark.toml", "pyproject.toml")
HASHES: Final = (40, 64)  # letters of a commit's name


def nothing_new(arguments: Sequence[str]) -> bool:
    """Tell whether ``check --since`` would find nothing, and say so in its place; ``False`` where it has to look."""
    try:
        revision, form = _asked(arguments)
        stamps, here = Stamps(stamp.NAME), os.getcwd()
        if stamps.home(here) != here:
            return False
        _hold_alone(here, stamp.split(stamps.of(here)["folders"]))
        with open(place(here, stamps, revision, ()), "rb", buffering=0) as stream:
            if stream.read(1) != NOTHING:
                return False
        say(CLEAN[form])
    except (DoubtError, OSError, ValueError, TypeError, LookupError):  # the last ones: a stamp that is damaged
        return False
    return True


def _asked(arguments: Sequence[str]) -> tuple[str, str]:
    """Return the revision and the format; anything else that is asked for needs the program."""
    words = iter(arguments)
    if next(words, "") != "check" or not is_usual():
        raise DoubtError
    given = {"--since": "", "--format": "text"}
    for word in words:
        name, has_value, value = word.partition("=")
        if name not in given:
            raise DoubtError
        given[name] = value if has_value else next(words, "")
    if not given["--since"] or given["--format"] not in CLEAN:
        raise DoubtError
    return given["--since"], given["--format"]


def _hold_alone(root: str, folders: list[str]) -> None:
    """Make sure that no folder inside has a policy of its own."""
    for folder in folders:
        for name in POLICIES if folder else ():
            path = f"{root}/{folder}{name}"
            if os.path.exists(path) and (name == POLICIES[0] or b"costmark" in content(path)):
                raise DoubtError


def place(root: str, stamps: Stamps, revision: str, paths: Iterable[str]) -> str:
    """Return the file that holds what a change introduces, if the project is what its stamp says."""
    known = stamps.of(root)
    hold_project(root, stamps)  # files that changed and matter neither now nor to the last run change nothing of what was compared
    parts = [known[name] for name in ("about", "inputs", "input_digests", "folders", "folder_digests")]
    asked = stamp.joined((*sorted(paths), "", *commits(root, revision)))
    return os.path.join(root, stamp.CACHE, stamp.folder_name(), FILE + stamp.digest(b"\0".join([*parts, asked])).hex())


def commits(root: str, revision: str) -> tuple[str, str]:
    """Return the names of what a revision and what is checked out are; the files of the repository say it."""
    top = stamp.checkout(root)
    git = os.path.join(top, stamp.CHECKOUT)
    if not top or not stamp.ELSEWHERE.isdisjoint(os.environ) or any(_is_there(os.path.join(git, name)) for name in CUT):
        raise DoubtError
    packed = _packed(git)
    head = _line(f"{git}/HEAD")
    if head.startswith("ref: "):
        head = _named(git, head[len("ref: ") :], packed)
    if revision == "HEAD":
        return head, head
    if _is_hash(revision):
        return revision, head
    if not revision or os.path.lexists(os.path.join(git, revision)):  # FETCH_HEAD and others
        raise DoubtError
    for prefix in PLACES:
        found = _named(git, prefix + revision, packed)
        if found:
            return found, head
    raise DoubtError


def _is_there(path: str) -> bool:
    return bool(os.listdir(path)) if os.path.isdir(path) else os.path.exists(path)


def _named(git: str, name: str, packed: dict[str, str]) -> str:
    """Return what a reference points to; empty where there is none."""
    if ".." in name:
        raise DoubtError
    found = _line(f"{git}/{name}") or packed.get(name, "")
    if found and not _is_hash(found):
        raise DoubtError  # a reference to another one
    return found


def _line(path: str) -> str:
    try:
        with open(path, encoding="utf-8") as stream:
            return stream.readline().strip()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        return ""


def _packed(git: str) -> dict[str, str]:
    try:
        lines = content(f"{git}/packed-refs").decode().splitlines()
    except FileNotFoundError:
        return {}
    return {name: commit for commit, _, name in (line.partition(" ") for line in lines if line[:1] not in "#^")}


def _is_hash(name: str) -> bool:
    return len(name) in HASHES and all(letter in "0123456789abcdef" for letter in name)
