"""Files that join while a project is resolved, for something that they import, read or are given turned out to matter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from lint_plugin.index import Index
from lint_plugin.sources import Sources
from lint_plugin.stages.prefilter import STAR, imported_words, imports_star

FEW: Final = 12  # names that are looked for one by one before the import lines are read
COMMON: Final = 200  # files that read a name of an owner, from which on it is taken for many different things
SURELY_COMMON: Final = 300  # so many that no few changes make it less common


class Growth:
    """The files that have not joined yet, and what was looked for in them."""

    def __init__(self, index: Index, sources: Sources) -> None:
        """Look at the files of ``index`` through ``sources``."""
        self._index = index
        self._sources = sources
        self._files = sorted(index.files)
        self._quiet: list[str] | None = None  # files that hold none of the names looked for and import no unnamed ones
        self._looked: set[bytes] = set()
        self._words: dict[str, frozenset[bytes]] = {}  # of the imports of all others
        self._users: dict[bytes, list[str]] = {}  # who has a word among them
        self._done: dict[bytes, set[bytes]] = {}  # names that were looked for with a word, in all of these
        self._asked: set[str] = set()
        self._near: dict[tuple[str, str], list[str]] = {}

    def grow(self, machine: Any) -> list[str]:
        """Return files that import something that turned out to matter from a module that is loaded."""
        wanted: dict[bytes, set[bytes]] = {}
        for path, names in machine.exports():
            if path not in self._asked or names:
                for segment in module_segments(path):
                    wanted.setdefault(segment, set()).update(in_source(name) for name in names)
        wanted = {segment: names for segment, names in wanted.items() if names}
        self._index.reach.look_for(wanted)
        found = [*self._tests(machine), *self._loose(machine)]
        if not wanted:
            return found
        fresh = self._look_for(set().union(*wanted.values()), machine)
        joining: set[str] = set()
        for segment, names in wanted.items():
            users = self._users.get(segment, [])
            if self._done.get(segment) == names:
                users = [path for path in users if path in fresh]
            self._done[segment] = names
            joining.update(path for path in users if self._joins(path, names, machine))
        self._asked |= joining
        return [*found, *sorted(joining)]

    def _joins(self, path: str, names: set[bytes], machine: Any) -> bool:
        """Tell whether a file that imports a module takes one of some names of it."""
        if path in machine.project.modules or path in self._asked:
            return False
        words = self._words[path]
        return STAR in words or not words.isdisjoint(names) or _reads(self._sources.data(path), names)

    def _look_for(self, every: set[bytes], machine: Any) -> set[str]:
        """Read the imports of the files that may take one of some names, and return those; plain bytes are found at next to no cost."""
        read: set[str] = set()
        is_first = self._quiet is None
        fresh = every - self._looked
        self._looked |= fresh
        quiet: list[str] = []
        for path in (self._files if self._quiet is None else self._quiet) if fresh or len(every) > FEW else ():
            if path in machine.project.modules or path in self._asked:
                continue
            data = self._sources.data(path)
            if len(every) > FEW or any(map(data.__contains__, fresh)) or (is_first and imports_star(data)):
                words = self._words[path] = imported_words(data)
                read.add(path)
                for word in words:
                    self._users.setdefault(word, []).append(path)
            else:
                quiet.append(path)
        if fresh or len(every) > FEW:
            self._quiet = quiet
        return read

    def _loose(self, machine: Any) -> list[str]:
        """Return files that read an attribute or item which turned out to matter, of objects that need no import."""
        pairs = sorted((owner, name) for name, owners in machine.loose.items() for owner in owners)
        found = dict.fromkeys(path for owner, name in pairs for path in self._readers(machine, owner, name))
        self._asked.update(found)
        return sorted(found)

    def _readers(self, machine: Any, owner: str, name: str) -> list[str]:
        """Return files that read one name of one owner: all of them, but only those near where it is stored once too many do."""
        forms = [in_source(f"{owner}{form % name}") for form in (".%s", '["%s"]', "['%s']", '.get("%s"', ".get('%s'")]
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


def module_segments(path: str) -> Iterator[bytes]:
    """Yield the words by which an import statement can name a module: its file's name, or its package's."""
    folder, _, name = path.rpartition("/")
    stem = name.partition(".")[0]
    if stem == "__init__":
        stem = folder.rpartition("/")[2]
    if stem:
        yield in_source(stem)


def in_source(name: str) -> bytes:
    """Return the bytes by which a source in UTF-8 spells a name; what no source can spell, half a character, is found in none."""
    return name.encode("utf-8", "surrogatepass")
