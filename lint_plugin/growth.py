"""Files that join while a project is resolved, for something that they import, read or are given turned out to matter."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from lint_plugin.importers import Target, in_source, module_segments
from lint_plugin.index import Index
from lint_plugin.sources import Sources

COMMON: Final = 200  # files that read a name of an owner, from which on it is taken for many different things
SURELY_COMMON: Final = 300  # so many that no few changes make it less common


class Growth:
    """The files that have not joined yet, and what was looked for in them."""

    def __init__(self, index: Index, sources: Sources) -> None:
        """Look at the files of ``index`` through ``sources``."""
        self._index = index
        self._sources = sources
        self._files = sorted(index.files)
        self._importers = sources.importers
        self._done: dict[str, set[bytes]] = {}  # names of a module that were looked for, all of these
        self._asked: set[str] = set()
        self._near: dict[tuple[str, str], list[str]] = {}

    def grow(self, machine: Any) -> list[str]:
        """Return files that import something that turned out to matter from a module that is loaded."""
        wanted = {path: {in_source(name) for name in names} for path, names in machine.exports() if names}
        segments: dict[bytes, set[bytes]] = {}
        for path, names in wanted.items():
            for segment in module_segments(path):
                segments.setdefault(segment, set()).update(names)
        self._index.reach.look_for(segments)
        joining: set[str] = set()
        if wanted and not self._done:
            self._read_others()
        for path, names in wanted.items():
            fresh = names - self._done.get(path, set())
            if fresh:
                self._done[path] = names | self._done.get(path, set())
                telling = self._telling(path, fresh) if path in machine.bases.taken else fresh
                joining.update(self._takers(path, telling, lambda user: self._is_open(user, machine)))
        found = [*self._tests(machine), *self._loose(machine)]
        self._asked |= joining
        return [*found, *sorted(joining)]

    def _telling(self, path: str, names: set[bytes]) -> set[bytes]:
        """Return the names of a module of bases that few files take.

        A base that everybody has, of entities or models, matters for what one of its classes gave it: the others were not given it.
        """
        return {name for name in names if len(set(self._takers(path, {name}, lambda _: True))) <= COMMON}

    def _read_others(self) -> None:
        """Take down who imports what in the files that the index knows."""
        for path in self._files:
            if not self._importers.has(path):
                self._importers.add(path, self._sources.data(path))

    def _is_open(self, path: str, machine: Any) -> bool:
        """Tell whether a file has not joined yet."""
        return path not in machine.project.modules and path not in self._asked

    def _takers(self, path: str, names: set[bytes], is_asked: Callable[[str], bool]) -> Iterator[str]:
        """Yield the files, of those asked about, that import a module and may take one of some names of it."""
        target = Target(path, self._index.request.root.name)
        for word in target.words:
            for taking, users in self._importers.users(word):
                takes = target.gives(taking, word) and (taking.is_star or not names.isdisjoint(taking.names))
                is_taken = target.is_taken(taking)
                if takes:
                    yield from (user for user in users if is_asked(user) and target.is_meant(taking, user))
                if is_taken:
                    # to look through files that have joined long ago was a tenth of all time on a tree of large notebooks
                    importing = (user for user in users if is_asked(user) and target.is_meant_whole(taking, user))
                    yield from (user for user in importing if _reads(self._sources.data(user), names))

    def _loose(self, machine: Any) -> list[str]:
        """Return files that read an attribute or item which turned out to matter, of objects that need no import."""
        pairs = sorted((owner, name) for name, owners in machine.loose.items() for owner in owners)
        found = dict.fromkeys(path for owner, name in pairs for path in self._readers(machine, owner, name))
        self._asked.update(found)
        return sorted(found)

    def _readers(self, machine: Any, owner: str, name: str) -> list[str]:
        """Return files that read one name of one owner: all of them, but only those near where it is stored once too many do."""
        forms = [in_source(f"{owner}{form % name}") for form in (".%s", '["%s"]', "['%s']", '.get("%s"', ".get('%s'", '("%s"', "('%s'")]
        pair = owner, name
        if pair not in self._near:
            files = [path for path in self._files if in_source(name) in self._sources.data(path)]
            hits = [path for path in files if any(form in self._sources.data(path) for form in forms)]
            stores = {path.rpartition("/")[0] for path in hits if path in machine.project.modules}
            near = tuple(f"{folder}/" if folder else "" for folder in sorted(stores)) if len(hits) > COMMON else ("",)
            self._near[pair] = [path for path in hits if path.startswith(near)]
            self._index.reach.look_for_forms(dict.fromkeys(near if len(hits) > SURELY_COMMON else ("",), forms))
            if COMMON < len(hits) <= SURELY_COMMON:
                self._index.reach.lowered.update(hits)  # one of them less, and all would count
        return [path for path in self._near[pair] if path not in machine.project.modules and path not in self._asked]

    def _tests(self, machine: Any) -> list[str]:
        """Return tests and further ``conftest.py`` files that name a fixture that turned out to matter: they get it without an import."""
        fixtures: dict[str, set[bytes]] = {}
        for folder, name in machine.provides():
            fixtures.setdefault(f"{folder}/" if folder else "", set()).add(in_source(name))
        self._index.reach.look_for_fixtures(fixtures)
        found: list[str] = []
        for path in self._files if fixtures else ():
            if path in machine.project.modules or path in self._asked or not is_test(path):
                continue
            names = {name for folder, known in fixtures.items() if path.startswith(folder) for name in known}
            if names and any(name in self._sources.data(path) for name in names):
                found.append(path)
                self._asked.add(path)
        return found


def _reads(data: bytes, names: Iterable[bytes]) -> bool:
    """Tell whether a file takes one of a few names from something by a dot, or spells it in quotes."""
    return any(name in data and re.search(rb"[.\"']%s(?!\w)" % re.escape(name), data) is not None for name in names)


def is_test(path: str) -> bool:
    """Tell whether pytest collects tests or fixtures from a file."""
    name = path.rpartition("/")[2]
    return name.endswith("_test.py") or (name.endswith(".py") and name.startswith(("test_", "conftest.")))
