"""Find the files to look at: paths -> SourceFile.

Left out: hidden folders, virtual environments, ``site-packages``, ``node_modules``, ``__pycache__``, build output, what
``.gitignore`` ignores (those of the folders above the root count up to the top of the checkout) and what the policy excludes.
A folder called ``build`` or ``dist`` that holds an ``__init__.py`` is a package, not build output. A file that is named
explicitly is taken wherever it is, unless the policy excludes it: pre-commit names files without asking for the policy. Links
to files are followed, links to folders are not, so that no loop can arise.
"""

# Paths are strings here: a Path object for each of 8,000 files costs more than looking at them.
# ruff: noqa: PTH100, PTH113, PTH116, PTH118, PTH119, PTH120, PTH123

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

from lint_plugin.gitignore import Ignore, is_ignored
from lint_plugin.model import EMPTY, Problem
from lint_plugin.stamp import ENVIRONMENT, FOREIGN, GITIGNORE, IGNORES, IS_ENVIRONMENT, SUFFIXES, checkout, mark_of

OUTPUT: Final = frozenset({"build", "dist"})
PACKAGE: Final = frozenset({"__init__.py", "__init__.pyi"})

Chain = tuple[Ignore, ...]  # nearest first


class SourceFile(NamedTuple):
    """One file and what tells whether it has changed."""

    path: str  # with forward slashes, relative to the root
    full: str
    size: int = 0
    mtime_ns: int = 0
    ctime_ns: int = 0
    inode: int = 0


class Listing(NamedTuple):
    """What a folder holds, in so far as it matters."""

    files: list[os.DirEntry[str]]  # by name; a folder may be called so too
    folders: list[os.DirEntry[str]]
    gitignore: str  # full path, or empty
    is_environment: bool

    def marks(self) -> set[str]:
        """Say what is there, as a stamp does."""
        marks = {mark_of(entry) for entry in (*self.files, *self.folders)}
        return marks | ({IGNORES} if self.gitignore else set()) | ({IS_ENVIRONMENT} if self.is_environment else set())


class Found(NamedTuple):
    """The files in order of their paths, and the folders and files that could not be read."""

    files: list[SourceFile]
    problems: list[Problem]
    folders: Mapping[str, Listing] = MappingProxyType({})  # every folder that was looked into, by path with a slash behind it


class _Walk:
    """What one search carries along."""

    __slots__ = ("excludes", "files", "folders", "is_stated", "problems", "root", "seen")

    def __init__(self, root: str, excludes: Callable[[str], bool] | None, *, is_stated: bool) -> None:
        self.root = root
        self.is_stated = is_stated
        self.excludes = excludes
        self.files: dict[str, SourceFile] = {}
        self.folders: dict[str, Listing] = {}
        self.problems: dict[str, Problem] = {}
        self.seen: set[str] = set()  # folders, by relative path: named twice, walked once


def find(
    root: Path,
    paths: Iterable[Path] = (),
    *,
    excludes: Callable[[str], bool] | None = None,
    sources: Mapping[str, bytes | None] = EMPTY,
    is_stated: bool = True,
) -> Found:
    """Find the files below the paths (the root, where none is given); ``sources`` stand in for files on the disk.

    Not ``is_stated``, what tells whether a file has changed is left out: who keeps nothing has no use for it.
    """
    walk = _Walk(os.path.abspath(root), excludes, is_stated=is_stated)
    named = [os.path.abspath(os.path.join(walk.root, path)) for path in paths] or [walk.root]
    for full in named:
        _start(walk, full, is_given=_relative(walk, full) in sources)
    _stand_in(walk, named, sources)
    files = [walk.files[path] for path in sorted(walk.files)]
    return Found(files, [walk.problems[path] for path in sorted(walk.problems)], walk.folders)


def _relative(walk: _Walk, full: str) -> str:
    relative = os.path.relpath(full, walk.root).replace(os.sep, "/")
    return "" if relative == "." else relative


def _start(walk: _Walk, full: str, *, is_given: bool) -> None:
    """Begin at a path that was named."""
    path = _relative(walk, full)
    try:
        status = os.stat(full)
    except (OSError, ValueError) as problem:
        if not is_given:
            _report(walk, path, problem)
        return
    if walk.excludes is not None and path and walk.excludes(path):
        return
    if stat.S_ISDIR(status.st_mode):
        _folder(walk, full, f"{path}/" if path else "", _chain_above(walk, full), is_named=True)
    elif stat.S_ISREG(status.st_mode):
        _take(walk, path, full, status)
    else:
        walk.problems[path] = Problem(path, 0, "is neither a file nor a folder")


def _report(walk: _Walk, path: str, problem: OSError | ValueError) -> None:
    why = (problem.strerror if isinstance(problem, OSError) else None) or str(problem)
    walk.problems[path] = Problem(path, 0, f"cannot be read: {why[:1].lower()}{why[1:]}")


def _take(walk: _Walk, path: str, full: str, status: os.stat_result) -> None:
    walk.files[path] = SourceFile(path, full, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def _folder(walk: _Walk, full: str, prefix: str, chain: Chain, *, is_named: bool = False) -> None:
    """Take the files of a folder and go down; ``prefix`` is its path with a slash behind it."""
    if prefix in walk.seen:
        return
    try:
        listing = _list(full)
    except OSError as problem:
        _report(walk, prefix.rstrip("/"), problem)
        return
    walk.folders[prefix] = listing
    if not is_named and (listing.is_environment or _is_output(prefix, listing)):
        return
    walk.seen.add(prefix)
    if listing.gitignore:
        chain = (*_read_ignore(listing.gitignore, prefix), *chain)
    for entry in listing.files:
        if entry.is_dir(follow_symlinks=False):
            listing.folders.append(entry)
        else:
            _file(walk, entry, prefix, chain)
    for entry in listing.folders:
        _inner(walk, entry, prefix, chain)


def _is_output(prefix: str, listing: Listing) -> bool:
    return prefix.rstrip("/").rpartition("/")[2] in OUTPUT and PACKAGE.isdisjoint(entry.name for entry in listing.files)


def _list(full: str) -> Listing:
    files: list[os.DirEntry[str]] = []
    folders: list[os.DirEntry[str]] = []
    gitignore = ""
    is_environment = False
    with os.scandir(full) as entries:
        for entry in entries:
            name = entry.name
            if name.endswith(SUFFIXES):
                files.append(entry)
            elif name == GITIGNORE:
                gitignore = entry.path
            elif name[0] != "." and name not in FOREIGN and entry.is_dir(follow_symlinks=False):
                folders.append(entry)
            elif name == ENVIRONMENT:
                is_environment = True
    return Listing(files, folders, gitignore, is_environment)


def _file(walk: _Walk, entry: os.DirEntry[str], prefix: str, chain: Chain) -> None:
    """Take a file that was met on the way."""
    path = prefix + entry.name
    if (chain and is_ignored(chain, path, entry.name, is_folder=False)) or (walk.excludes is not None and walk.excludes(path)):
        return
    if not walk.is_stated and entry.is_file(follow_symlinks=False):
        walk.files[path] = SourceFile(path, entry.path)
        return
    try:
        status = entry.stat()
    except OSError as problem:
        if not entry.is_symlink():  # a link that leads nowhere is no file
            _report(walk, path, problem)
        return
    if stat.S_ISREG(status.st_mode):
        _take(walk, path, entry.path, status)


def _inner(walk: _Walk, entry: os.DirEntry[str], prefix: str, chain: Chain) -> None:
    """Go into a folder that was met on the way."""
    path = prefix + entry.name
    if (chain and is_ignored(chain, path, entry.name, is_folder=True)) or (walk.excludes is not None and walk.excludes(path)):
        return
    _folder(walk, entry.path, f"{path}/", chain)


def _read_ignore(full: str, base: str, above: str = "") -> Chain:
    """Read a ``.gitignore``; one that cannot be read ignores nothing."""
    if not os.path.isfile(full):  # reading from a pipe would wait
        return ()
    try:
        with open(full, encoding="utf-8", errors="surrogateescape", newline="") as file:
            return (Ignore(file.read(), base, above=above),)
    except OSError:
        return ()


def _chain_above(walk: _Walk, full: str) -> Chain:
    """Read the ``.gitignore`` files of the folders above a named folder, up to the top of the checkout."""
    chain: Chain = ()
    folder = full
    top = checkout(walk.root) or walk.root
    if os.path.commonpath((full, top)) != top:
        return chain
    while folder != top:
        folder = os.path.dirname(folder)
        path = _relative(walk, folder)
        if path.startswith(".."):
            above = f"{os.path.relpath(walk.root, folder).replace(os.sep, '/')}/"
            chain += _read_ignore(os.path.join(folder, GITIGNORE), "", above)
        else:
            chain += _read_ignore(os.path.join(folder, GITIGNORE), f"{path}/" if path else "")
    return chain


def _stand_in(walk: _Walk, named: list[str], sources: Mapping[str, bytes | None]) -> None:
    """Put what is given in the place of what is on the disk."""
    for path, data in sources.items():
        full = os.path.normpath(os.path.join(walk.root, path))
        if data is None:
            walk.files.pop(path, None)
            walk.problems.pop(path, None)
        elif walk.excludes is not None and walk.excludes(path):
            continue
        elif path in walk.files or full in named or _belongs(walk, path, named, sources):
            walk.files[path] = SourceFile(path, full, len(data))


def _belongs(walk: _Walk, path: str, named: list[str], sources: Mapping[str, bytes | None]) -> bool:
    """Tell whether the walk would have met a file that is not on the disk."""
    full = os.path.join(walk.root, path)
    if not path.endswith(SUFFIXES) or os.path.lexists(full):
        return False
    folder = os.path.dirname(full)
    while folder not in named:
        name = os.path.basename(folder)
        at = _relative(walk, folder)
        if not name or name[0] == "." or name in FOREIGN or (walk.excludes is not None and walk.excludes(at)):
            return False
        if name in OUTPUT and not any(f"{at}/{init}" in sources or os.path.lexists(os.path.join(folder, init)) for init in PACKAGE):
            return False
        folder = os.path.dirname(folder)
    return True
