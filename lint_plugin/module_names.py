"""Tell under which dotted names a file may be imported; pure work on strings.

A file has several: ``services/api/app/db.py`` is ``app.db`` where ``services/api`` is a root of the project, and
``services.api.app.db`` where the top is. Which root is in force cannot be read from the files, so every name that some root gives
is a candidate, in this order:

1. the name below the topmost folder of the unbroken chain of packages (folders with an ``__init__``) that holds the file;
2. the names of roots further up (the chain as a part of a namespace package), the nearest root first;
3. the names of roots inside the chain (a stray ``__init__`` at the top, a folder put on the path), the longest name first; the
   last one is the bare name, by which a script imports its siblings.

Where two files share a name, the one nearer to the importing file is meant, and a bare name that is also a library's need not be
ours: that is the resolver's business.
"""

from __future__ import annotations

import keyword
from collections.abc import Collection, Iterable
from functools import cached_property
from typing import Final

_INIT: Final = frozenset({"__init__.py", "__init__.pyi"})
_SUFFIXES: Final = (".py", ".pyi")


def candidates(path: str, packages: Collection[str], root_name: str = "") -> tuple[str, ...]:
    """Return the names under which one file may be imported; ``packages`` are the folders that hold an ``__init__``."""
    folder, _, name = path.rpartition("/")
    return _named(_prefixes(folder, packages, root_name), name)


class ModuleNames:
    """The files of a project and the names under which they may be imported; a name is worked out when it is asked for."""

    def __init__(self, paths: Iterable[str], root_name: str = "") -> None:
        """Know the files; ``root_name`` is the name of the root folder, which counts where the root is itself a package."""
        self.files: Final = list(dict.fromkeys(paths))
        self.packages: Final = packages_of(self.files)  # folders with an ``__init__``
        self._root_name: Final = root_name
        self._known: Final = frozenset(self.files)
        self._prefixes: Final[dict[str, tuple[str, ...]]] = {}
        self._names: Final[dict[str, tuple[str, ...]]] = {}
        self._by_name: Final[dict[str, list[str]]] = {}

    def __contains__(self, path: str) -> bool:
        return path in self._known

    def of(self, path: str) -> tuple[str, ...]:
        """Return the names of a file, the likeliest first."""
        names = self._names.get(path)
        if names is None:
            folder, _, name = path.rpartition("/")
            names = self._names[path] = _named(self._before(folder), name)
        return names

    def paths(self, dotted: str) -> list[str]:
        """Return the files that may be imported under a name."""
        for path in self._by_leaf.pop(dotted.rpartition(".")[2], ()):
            for name in self.of(path):
                self._by_name.setdefault(name, []).append(path)
        return self._by_name.get(dotted, [])

    def is_above(self, dotted: str) -> bool:
        """Tell whether some file can be imported by a name that begins with this one."""
        return dotted in self._above

    def _before(self, folder: str) -> tuple[str, ...]:
        known = self._prefixes.get(folder)
        if known is None:
            known = self._prefixes[folder] = _prefixes(folder, self.packages, self._root_name)
        return known

    @cached_property
    def _by_leaf(self) -> dict[str, list[str]]:
        """Return the files by the last segment of their names."""
        found: dict[str, list[str]] = {}
        for path in self.files:
            folder, _, name = path.rpartition("/")
            leaf = (folder.rpartition("/")[2] or self._root_name) if name in _INIT else name.rpartition(".")[0]
            found.setdefault(leaf, []).append(path)
        return found

    @cached_property
    def _above(self) -> frozenset[str]:
        """Return every name that others begin with."""
        found: set[str] = set()
        holding = {folder for folder, _, name in (path.rpartition("/") for path in self.files) if name not in _INIT and _is_module(name)}
        for folder in holding | self.packages:
            for prefix in self._before(folder):
                above = prefix[:-1] if folder in holding else prefix[:-1].rpartition(".")[0]
                while above and above not in found:
                    found.add(above)
                    above = above.rpartition(".")[0]
        return frozenset(found)


def names_of(paths: Iterable[str], root_name: str = "") -> dict[str, tuple[str, ...]]:
    """Return the names of every file, by path relative to the root."""
    names = ModuleNames(paths, root_name)
    return {path: names.of(path) for path in names.files}


def packages_of(paths: Iterable[str]) -> frozenset[str]:
    """Return the folders that hold an ``__init__``; the root is the empty string."""
    return frozenset(folder for folder, _, name in (path.rpartition("/") for path in paths) if name in _INIT)


def _named(prefixes: tuple[str, ...], name: str) -> tuple[str, ...]:
    """Join the dotted names of a folder and the name of a file in it."""
    if name in _INIT:
        return tuple(prefix[:-1] for prefix in prefixes if prefix)
    if not _is_module(name):
        return ()
    stem = name.rpartition(".")[0]
    return tuple(prefix + stem for prefix in prefixes)


def _is_module(name: str) -> bool:
    stem, dot, suffix = name.rpartition(".")
    return dot + suffix in _SUFFIXES and _is_importable(stem)


def _prefixes(folder: str, packages: Collection[str], root_name: str) -> tuple[str, ...]:
    """Return what stands before the name of a file in a folder, dot included; the empty string comes last."""
    segments = folder.split("/") if folder else []
    first = len(segments)  # no root before it: the segments from here on can be written in an import
    while first and _is_importable(segments[first - 1]):
        first -= 1
    top = len(segments)
    while top > first and "/".join(segments[:top]) in packages:
        top -= 1
    starts = [top, *range(top - 1, first - 1, -1), *range(top + 1, len(segments) + 1)]
    dotted = ["".join(f"{segment}." for segment in segments[start:]) for start in starts]
    if "" in packages and not first and _is_importable(root_name):
        dotted.insert(1, f"{root_name}.{''.join(f'{segment}.' for segment in segments)}")
    return tuple(dotted)


def _is_importable(name: str) -> bool:
    return name.isidentifier() and not keyword.iskeyword(name)
