"""Read the import statements of a source from its lexemes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import NamedTuple

from lint_plugin.stages.apply.outline import Line, Outline

FUTURE, STANDARD, OTHERS, OWN, RELATIVE = range(5)  # the sections of a sorted block, in their order


class Imported(NamedTuple):
    """One name of a ``from`` import: the indices of its first and last lexeme, what it is and what it is bound to."""

    first: int
    last: int
    name: str
    bound: str


class Import(NamedTuple):
    """One import statement."""

    line: Line
    module: str  # dots of a relative import included
    is_from: bool
    names: tuple[Imported, ...]

    @property
    def is_star(self) -> bool:
        """Tell whether everything is imported."""
        return any(name.name == "*" for name in self.names)


def read(outline: Outline, line: Line) -> Import | None:
    """Return the import that a logical line is."""
    word = outline.word(line.first)
    if word not in ("import", "from") or outline.word(line.first + 1) in ("=", "("):
        return None
    at = line.first + 1
    if word == "import":
        names = tuple(_names(outline, at, line.last))
        return Import(line, names[0].name, is_from=False, names=names) if names else None
    end = next((index for index in range(at, line.last + 1) if outline.word(index) == "import"), -1)
    if end < 0:
        return None
    module = "".join(outline.word(index) for index in range(at, end))
    return Import(line, module, is_from=True, names=tuple(_names(outline, end + 1, line.last)))


def _names(outline: Outline, at: int, last: int) -> Iterator[Imported]:
    """Yield the names between the commas, those behind a semicolon apart."""
    first = at
    words: list[str] = []
    for index in range(at, last + 2):
        word = outline.word(index) if index <= last else ","
        if word in ("(", ")"):
            first = index + 1 if not words else first
            continue
        if word not in (",", ";"):
            words.append(word)
            continue
        if words:
            dotted = "".join(words[: words.index("as")] if "as" in words else words)
            end = index - 1 if outline.word(index - 1) != ")" or index <= last else index - 2
            yield Imported(first, end, dotted, words[-1] if "as" in words else dotted)
        if word == ";":
            return
        first, words = index + 1, []


def section(module: str, own: frozenset[str]) -> int:
    """Return the section that a module belongs to; ``own`` are the top names of the project."""
    if module == "__future__":
        return FUTURE
    if module.startswith("."):
        return RELATIVE
    top = module.partition(".")[0]
    if top in own:
        return OWN
    return STANDARD if top in sys.stdlib_module_names else OTHERS


def blocks(outline: Outline) -> list[list[Import]]:
    """Return the runs of imports at the top level of a module, other code between them."""
    found: list[list[Import]] = []
    open_ = False
    for line in outline.lines:
        imported = read(outline, line) if not line.indent else None
        if imported is None:
            open_ = False
            continue
        if not open_:
            found.append([])
            open_ = True
        found[-1].append(imported)
    return found
