"""The stamp: what the index leaves beside itself so that the next start can tell that there is nothing to find.

Read before anything else is imported, so this module takes nothing but what every interpreter has loaded already. The file is a line
of lengths and then the sections; lists of names are joined with NUL, which no path holds.
"""

# Paths are strings here: a Path object costs more than the question that is asked of it.
# ruff: noqa: PTH105, PTH118, PTH120, PTH123

from __future__ import annotations

import os
import sys

from lint_plugin import __version__

TYPE_CHECKING = False  # the one in typing costs two thirds of an interpreter's start
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Final

FORMAT: Final = 29  # raise when anything on disk changes shape or the analysis changes its answers
CACHE: Final = ".costmark_cache"
NAME: Final = "stamp"
FLAKE8: Final = "stamp-flake8"  # of runs that leave `noqa` to flake8
BASELINE: Final = "baseline"
MAGIC: Final = b"costmark"
ELSEWHERE: Final = frozenset(  # variables that make git look at another repository
    "GIT_DIR GIT_WORK_TREE GIT_COMMON_DIR GIT_OBJECT_DIRECTORY GIT_NAMESPACE GIT_CEILING_DIRECTORIES GIT_REPLACE_REF_BASE".split()
)
SUFFIXES: Final = (".py", ".pyi", ".ipynb")
FOREIGN: Final = frozenset({"__pycache__", "node_modules", "site-packages"})
ENVIRONMENT: Final = "pyvenv.cfg"
GITIGNORE: Final = ".gitignore"
CHECKOUT: Final = ".git"
IGNORES: Final = f"g{GITIGNORE}"
IS_ENVIRONMENT: Final = f"e{ENVIRONMENT}"
BROKEN: Final = "o"  # first letter for what has the name of a source and is no file, perhaps not yet
READ: Final = 1  # the content mattered to the last run
LOUD: Final = 2  # the last run found something in the file
NEAR: Final = 4  # the last run found something in files that this one has to do with
SECTIONS: Final = (
    "about",  # key of the report, root, policy file (or ISOLATED), day, top of the checkout, what tells the policy from others
    "paths",
    "states",  # four numbers a path
    "digests",  # WIDTH bytes a path
    "flags",  # one byte a path
    "folders",
    "folder_states",
    "folder_digests",
    "inputs",  # files that decide what is looked at and how: policies, .gitignore files; absent ones too
    "input_states",
    "input_digests",
    "imports",  # beginnings of imports that make a file matter
    "words",  # byte strings that do so wherever they stand
    "groups",  # byte strings that do so together
    "segments",  # a word of an import, then the names that must stand in the file too
    "forms",  # a folder, then spellings of attributes that are read without an import below it
    "fixtures",  # a folder, then names of fixtures that count in the tests below
)
ISOLATED: Final = "--isolated"  # there is a policy, but the run did not ask for it
WIDTH: Final = 16
ABSENT: Final = (0, 0, 0, -1)
UNSURE: Final = (0, 0, 0, 0)  # equal to no state: the content decides

State = tuple[int, int, int, int]


def folder_name() -> str:
    """Name the folder of the index that this tool and this interpreter understand."""
    return f"{__version__}-{FORMAT}-{sys.version_info[0]}{sys.version_info[1]}"


def place(root: str, name: str = NAME) -> str:
    """Return the path of a project's stamp."""
    return os.path.join(root, CACHE, folder_name(), name)


def encode(sections: dict[str, bytes]) -> bytes:
    """Turn sections into the bytes of a file."""
    parts = [sections[name] for name in SECTIONS]
    return b" ".join([MAGIC, *(b"%d" % len(part) for part in parts)]) + b"\n" + b"".join(parts)


def decode(data: bytes) -> dict[str, bytes] | None:
    """Read the sections back; ``None`` for anything but a whole stamp."""
    start = data.find(b"\n") + 1
    magic, *numbers = data[: max(0, start - 1)].split(b" ")
    if magic != MAGIC or len(numbers) != len(SECTIONS) or not all(number.isdigit() for number in numbers):
        return None
    sections: dict[str, bytes] = {}
    for name, number in zip(SECTIONS, numbers, strict=True):
        sections[name] = data[start : start + int(number)]
        start += int(number)
    return sections if start == len(data) else None


def read(root: str, name: str = NAME) -> dict[str, bytes] | None:
    """Read the stamp of a project, if it has one."""
    try:
        with open(place(root, name), "rb", buffering=0) as stream:
            return decode(stream.read())
    except OSError:
        return None


def key_of(root: str, name: str) -> str:
    """Return the key of the report that the stamp of a project is about; empty where there is no stamp."""
    try:
        with open(place(root, name), "rb", buffering=0) as stream:
            head = stream.read(1024)
    except OSError:
        return ""
    return os.fsdecode(head[head.find(b"\n") + 1 :].partition(b"\0")[0])


def checkout(folder: str) -> str:
    """Return the top of the checkout that a folder lies in, or nothing."""
    while not os.path.lexists(os.path.join(folder, CHECKOUT)):
        above = os.path.dirname(folder)
        if above == folder:
            return ""
        folder = above
    return folder


def note_baseline(root: str, content: bytes, paths: Iterable[str]) -> None:
    """Remember that a baseline could be read, and the paths that it accepts something in."""
    draft = os.path.join(root, CACHE, folder_name(), f".{BASELINE}.{os.getpid()}")
    try:
        with open(draft, "wb") as stream:
            stream.write(digest(content) + joined(sorted({*paths})))
        os.replace(draft, os.path.join(root, CACHE, folder_name(), BASELINE))
    except OSError:  # without an index, or where nothing can be written, there is nothing to remember it for
        return


def read_baseline(root: str) -> tuple[bytes, frozenset[str]]:
    """Return the digest of the baseline that was read last in a project, and the paths that it accepts something in."""
    with open(os.path.join(root, CACHE, folder_name(), BASELINE), "rb", buffering=0) as stream:
        data = stream.read()
    return data[:WIDTH], frozenset(split(data[WIDTH:]))


def quiet_place(root: str, key: str, head: str, paths: Iterable[str]) -> str:
    """Return the file that is there where a change to some files since a commit has made nothing wrong elsewhere."""
    asked = digest(joined((key, head, *sorted(paths)))).hex()
    return os.path.join(root, CACHE, folder_name(), f"elsewhere-{asked}")


def head_of(root: str) -> str:
    """Return the commit that is checked out, as far as that can be told without asking git; empty where it cannot."""
    top = checkout(root)
    if not ELSEWHERE.isdisjoint(os.environ):
        return ""
    if not top:
        return "none"  # no file has a version that was committed
    git = os.path.join(top, CHECKOUT)
    try:
        with open(os.path.join(git, "HEAD"), encoding="utf-8") as stream:
            head = stream.read().strip()
        name = head.removeprefix("ref: ")
        if name == head:
            return head
        with open(os.path.join(git, name), encoding="utf-8") as stream:
            return stream.read().strip()
    except OSError:  # a branch without a file of its own, a worktree: git knows
        return ""


def joined(names: Iterable[str]) -> bytes:
    """Write a list of names."""
    return os.fsencode("\0".join(names))


def split(section: bytes) -> list[str]:
    """Read a list of names."""
    return os.fsdecode(section).split("\0") if section else []


def tabled(rows: Iterable[Sequence[bytes]]) -> bytes:
    """Write rows of byte strings; the words of a source that are kept in them hold no NUL and no control character one."""
    return b"\0".join(b"\1".join(row) for row in rows)


def rows(section: bytes) -> list[list[bytes]]:
    """Read rows of byte strings."""
    return [row.split(b"\1") for row in section.split(b"\0")] if section else []


def numbers(section: bytes) -> list[int]:
    """Read a list of whole numbers."""
    return memoryview(section).cast("q").tolist()


def state_of(status: os.stat_result) -> State:
    """Return what changes when a file does."""
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def digest(data: bytes) -> bytes:
    """Return the digest of a content."""
    try:
        from _blake2 import blake2b  # hashlib loads OpenSSL too
    except ImportError:
        from hashlib import blake2b
    return blake2b(data, digest_size=WIDTH).digest()


def mark_of(entry: os.DirEntry[str]) -> str:
    """Say in a letter and a name what an entry of a folder is to the search for files; empty where it is nothing."""
    name = entry.name
    if name.endswith(SUFFIXES):
        return f"{'d' if entry.is_dir(follow_symlinks=False) else 'f' if entry.is_file() else BROKEN}{name}"
    if name == GITIGNORE:
        return IGNORES
    if name[0] != "." and name not in FOREIGN and entry.is_dir(follow_symlinks=False):
        return f"d{name}"
    return IS_ENVIRONMENT if name == ENVIRONMENT else ""


def outline(marks: Iterable[str]) -> bytes:
    """Return the digest of what matters in a folder."""
    return digest(joined(sorted({*marks} - {""})))
