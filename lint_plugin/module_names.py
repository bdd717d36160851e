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
from typing import Final

_INIT: Final = frozenset({"__init__.py", "__init__.pyi"})
_SUFFIXES: Final = (".py", ".pyi")


def candidates(path: str, packages: Collection[str], root_name: str = "") -> tuple[str, ...]:
    """Return the names under which one file may be imported; ``packages`` are the folders that hold an ``__init__``."""
    folder, _, name = path.rpartition("/")
    return _named(_prefixes(folder, packages, root_name), name)


def names_of(paths: Iterable[str], root_name: str = "") -> dict[str, tuple[str, ...]]:
    """Return the names of every file, by path relative to the root.

    ``root_name`` is the name of the root folder, which counts where the root is itself a package.
    """
    every = list(paths)
    packages = packages_of(every)
    prefixes: dict[str, tuple[str, ...]] = {}
    names: dict[str, tuple[str, ...]] = {}
    for path in every:
        folder, _, name = path.rpartition("/")
        known = prefixes.get(folder)
        if known is None:
            known = prefixes[folder] = _prefixes(folder, packages, root_name)
        names[path] = _named(known, name)
    return names


def packages_of(paths: Iterable[str]) -> frozenset[str]:
    """Return the folders that hold an ``__init__``; the root is the empty string."""
    return frozenset(folder for folder, _, name in (path.rpartition("/") for path in paths) if name in _INIT)


def _named(prefixes: tuple[str, ...], name: str) -> tuple[str, ...]:
    """Join the dotted names of a folder and the name of a file in it."""
    if name in _INIT:
        return tuple(prefix[:-1] for prefix in prefixes if prefix)
    stem, dot, suffix = name.rpartition(".")
    if dot + suffix not in _SUFFIXES or not _is_importable(stem):
        return ()
    return tuple(prefix + stem for prefix in prefixes)


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
