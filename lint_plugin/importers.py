"""Who imports what: the lines with imports of a project's files. Most files share most of theirs with others, so each is read once."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import accumulate
from typing import Final, NamedTuple

from lint_plugin.stages.prefilter import cells_as_lines, import_lines, relevant_imports

_FROM: Final = re.compile(rb"from(?:[ \t]|\\\r?\n)*((?:\.[ \t]*)*)([\w.\x80-\xff]*)(?:[ \t]|\\\r?\n)*import(?!\w)(.*)", re.DOTALL)
_STAR: Final = re.compile(rb"import[ \t\r\n(\\]*\*")
_IMPORT: Final = b"import"
_IN_WORDS: Final = frozenset(byte for byte in range(256) if byte > 127 or chr(byte).isalnum() or chr(byte) == "_")
_SPACED: Final = bytes(byte if byte in _IN_WORDS else 32 for byte in range(256))
PACKAGE: Final = b". import"  # stands in ``from . import name`` for the word that names a package


class Taking(NamedTuple):
    """What one line imports."""

    names: frozenset[bytes]  # what is taken from the module; every word where the line is more, or else, than one ``from`` import
    is_star: bool
    level: int = 0  # dots before the module
    module: bytes | None = None  # behind the dots


class Importers:
    """The lines with imports of some files."""

    def __init__(self) -> None:
        """Know no file."""
        self._lines: dict[str, list[bytes]] = {}
        self._known = 0  # files whose lines are in what follows
        self._distinct: list[bytes] = []
        self._starts: list[int] = []
        self._joined = b""  # all distinct lines, each with a byte behind it that no source holds
        self._users: dict[bytes, list[str]] = {}

    def add(self, path: str, data: bytes) -> None:
        """Take the lines of a file down."""
        self._lines[path] = import_lines(cells_as_lines(data) if path.endswith(".ipynb") else data)

    def has(self, path: str) -> bool:
        """Tell whether the lines of a file were taken down."""
        return path in self._lines

    def relevant(self) -> set[str]:
        """Return the files that import something by which they may be relevant."""
        self._join()
        found = set(self._at(relevant_imports(self._joined)))
        return {path for path, lines in self._lines.items() if not found.isdisjoint(lines)}

    def users(self, word: bytes) -> Iterator[tuple[Taking, list[str]]]:
        """Yield what the lines with a word import, and the files that have each of them."""
        self._join()
        if not self._users:
            self._users = {line: [] for line in self._distinct}
            for path, lines in self._lines.items():
                for line in lines:
                    self._users[line].append(path)
        for line in dict.fromkeys(self._at(_places(word, self._joined))):
            yield taking(line), self._users[line]

    def _join(self) -> None:
        if self._known < len(self._lines):
            self._known = len(self._lines)
            self._distinct = list(set().union(*self._lines.values()))
            self._starts = list(accumulate((len(line) + 1 for line in self._distinct), initial=0))
            self._joined = b"\0".join(self._distinct)
            self._users = {}

    def _at(self, places: Iterable[int]) -> Iterator[bytes]:
        """Yield the lines at places where something was found."""
        for place in places:
            yield self._distinct[bisect_right(self._starts, place) - 1]


def _places(word: bytes, data: bytes) -> Iterator[int]:
    """Yield where a word stands by itself."""
    at = data.find(word)
    while at >= 0:
        end = at + len(word)
        if (at == 0 or data[at - 1] not in _IN_WORDS) and (end == len(data) or data[end] not in _IN_WORDS):
            yield at
        at = data.find(word, end)


@cache
def taking(line: bytes) -> Taking:
    """Read a line."""
    is_star = b"*" in line and _STAR.search(line) is not None
    found = _FROM.search(line) if line.count(_IMPORT) == 1 else None
    if found is None or not (found[1] or found[2]):
        return Taking(frozenset(line.translate(_SPACED).split()), is_star)
    return Taking(frozenset(found[3].translate(_SPACED).split()), is_star, found[1].count(b"."), found[2])


class Target:
    """A module of the project that others may import."""

    def __init__(self, path: str, root_name: str) -> None:
        """Know the module by its path; ``root_name`` is the folder that holds the project, which may be a package."""
        folder, _, name = path.rpartition("/")
        self._segment = b"".join(module_segments(path))
        is_package = name.startswith("__init__.")
        self._place = folder if is_package else f"{folder}/{name.partition('.')[0]}".lstrip("/")
        self._dotted = in_source(f".{root_name}.{self._place}".replace("/", ".")).rstrip(b".")
        self.words: Final = [word for word in (self._segment, PACKAGE if is_package else b"") if word]  # in lines that may import it

    def gives(self, taking: Taking, word: bytes) -> bool:
        """Tell whether a line with one of the words may take names from the module."""
        return taking.module is None or (word == PACKAGE and not taking.module) or taking.module.rpartition(b".")[2] == self._segment

    def is_taken(self, taking: Taking) -> bool:
        """Tell whether a line may import the module itself."""
        return taking.module is None or self._segment in taking.names

    def is_meant(self, taking: Taking, user: str) -> bool:
        """Tell whether a line of a file takes names from this module, and not from another one that is called so."""
        if taking.module is None:
            return True
        return self._is_at(taking, taking.module, user) if taking.level else self._dotted.endswith(b"." + taking.module)

    def is_meant_whole(self, taking: Taking, user: str) -> bool:
        """Tell whether a line of a file imports this module; another module may hand it on under any name, so only dots are certain."""
        if not taking.level:
            return True
        return self._is_at(taking, b"%s.%s" % (taking.module, self._segment) if taking.module else self._segment, user)

    def _is_at(self, taking: Taking, module: bytes, user: str) -> bool:
        """Tell whether dots and a name behind them lead from a file to this module."""
        parts = [*user.split("/")[: -taking.level], *module.decode("utf-8", "replace").split(".")]
        return "/".join(filter(None, parts)) == self._place


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
