"""Bring names of a module into a source: under a name that nothing else there has, at the place where sorted imports have it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from lint_plugin.edits import Edit
from lint_plugin.stages.apply.import_lines import FUTURE, OTHERS, Import, blocks, read, section
from lint_plugin.stages.apply.outline import Outline

PREFIX: Final = "costmark_"
OURS: Final = frozenset(("inherited", "tagged", "tags", "with_current_tags"))
_HEADS: Final = ("def", "async", "class", "@")


class Habits(NamedTuple):
    """How a project sorts its imports."""

    own: frozenset[str] = frozenset()  # top names of its own packages
    mixed: bool = False  # ``import a`` and ``from b import c`` in one order (force-sort-within-sections)
    single: bool = False  # one name a line (force-single-line)
    joined: bool = False  # names with ``as`` beside others (combine-as-imports)


class Scene:
    """What a source imports, reads and binds before anything is added."""

    def __init__(self, outline: Outline, habits: Habits) -> None:
        """Look through a source once."""
        self.outline: Final = outline
        self.habits: Final = habits
        self.blocks: Final = blocks(outline)
        self.known: Final[dict[tuple[str, str], str]] = {}
        self.used: Final = _used(outline)
        for imported in self._always():
            for name in imported.names:
                key = (imported.module, name.name) if imported.is_from else (name.name, "")
                self.known.setdefault(key, name.bound)

    def _always(self) -> list[Import]:
        """Return the imports that are made whenever the module is: at its top, or there in a ``try``."""
        found: list[Import] = []
        within = False
        for line in self.outline.lines:
            if not line.indent:
                within = self.outline.word(line.first) == "try"
            imported = read(self.outline, line) if not line.indent or within else None
            if imported is not None:
                found.append(imported)
        return found


class Names:
    """What a source calls the names of other modules, and the imports that have to be added for it."""

    def __init__(self, scene: Scene) -> None:
        """Start with what is imported already."""
        self._outline: Final = scene.outline
        self._habits: Final = scene.habits
        self._blocks: Final = scene.blocks
        self._known: Final = scene.known
        self._used: Final = scene.used
        self._new: Final[dict[tuple[str, str], str]] = {}

    def local(self, module: str, name: str) -> str:
        """Return what a name of a module is called in this source; it will be imported if it is not."""
        known = self._known.get((module, name)) or self._new.get((module, name))
        if known:
            return known
        whole = self._known.get((module, ""))
        if whole:
            return f"{whole}.{name}"
        free = name
        taken = self._used | set(self._new.values())
        number = 1
        while free in taken:
            free = f"{PREFIX}{name}" if number == 1 else f"{PREFIX}{name}_{number}"
            number += 1
        self._new[module, name] = free
        return free

    def known(self, module: str, name: str) -> frozenset[str]:
        """Return the spellings that mean a name of a module already."""
        found = {self._known.get((module, name), "")}
        if whole := self._known.get((module, "")):
            found.add(f"{whole}.{name}")
        return frozenset(found - {""})

    def edits(self) -> list[Edit]:
        """Return the edits that add what is missing."""
        found: list[Edit] = []
        for module in dict.fromkeys(module for module, _ in self._new):
            pairs = [(name, bound) for (owner, name), bound in self._new.items() if owner == module]
            found += self._of_module(module, pairs)
        return found

    def _of_module(self, module: str, pairs: Sequence[tuple[str, str]]) -> list[Edit]:
        plain = [name for name, bound in pairs if name == bound]
        statements = [f"from {module} import {name} as {bound}" for name, bound in sorted(pairs) if name != bound]
        edits: list[Edit] = []
        existing = self._existing(module) if plain and not self._habits.single else None
        if existing is not None:
            edits += _extend(self._outline, existing, sorted(plain))
        elif self._habits.single:
            statements = sorted([*statements, *(f"from {module} import {name}" for name in plain)])
        elif plain:
            statements = [f"from {module} import {', '.join(sorted(plain))}", *statements]
        return [*edits, *(self._insert(module, statements) if statements else ())]

    def _existing(self, module: str) -> Import | None:
        """Return the statement that can take more names of a module."""
        for block in self._blocks:
            for imported in block:
                plain = all(name.name == name.bound for name in imported.names)
                if imported.module == module and imported.is_from and plain and not imported.is_star:
                    return imported
        return None

    # --- a statement of its own ---

    def _insert(self, module: str, statements: Sequence[str]) -> list[Edit]:
        outline = self._outline
        text = outline.newline.join(statements)
        block = next((block for block in self._blocks if block[-1].module != "__future__"), None) or next(iter(self._blocks), None)
        if block is None:
            return [_at_top(outline, text)]
        kinds = [section(imported.module, self._habits.own) for imported in block]
        own = section(module, self._habits.own)
        end = outline.newline
        gap = "" if _is_dense(outline, block, kinds) else end
        before = self._before(block, kinds, module, own)
        is_first_of_own = before < len(block) and kinds[before] == own and (before == 0 or kinds[before - 1] != own)
        if before == 0 or is_first_of_own:
            start = outline.code[block[before].line.first].start
            at = _above_comments(outline, start) if before else outline.line_start(start)
            return [Edit(at, at, f"{text}{end}{'' if is_first_of_own else gap}")]
        opening = gap if kinds[before - 1] != own else ""
        closing = gap if before < len(block) and kinds[before] != own and not _has_gap(outline, block, before) else ""
        at = _end_of_line(outline, outline.code[block[before - 1].line.last].end)
        return [Edit(at, at, f"{end}{opening}{text}{closing}")]

    def _before(self, block: Sequence[Import], kinds: Sequence[int], module: str, own: int) -> int:
        """Return the index in a block that a ``from`` import of a module gets."""
        place = 0
        for number, (imported, kind) in enumerate(zip(block, kinds, strict=True)):
            if kind < own or kind == FUTURE:
                place = number + 1
            elif kind == own:
                is_earlier = imported.module.lower() <= module.lower()
                if is_earlier if self._habits.mixed else (not imported.is_from or is_earlier):
                    place = number + 1
        return place


def _is_dense(outline: Outline, block: Sequence[Import], kinds: Sequence[int]) -> bool:
    """Tell whether a block has sections that no blank line separates."""
    borders = [number for number in range(1, len(block)) if kinds[number] != kinds[number - 1]]
    return bool(borders) and not any(_has_gap(outline, block, number) for number in borders)


def _has_gap(outline: Outline, block: Sequence[Import], number: int) -> bool:
    """Tell whether a blank line stands before an import of a block."""
    start = _end_of_line(outline, outline.code[block[number - 1].line.last].end)
    between = outline.text[start : outline.code[block[number].line.first].start]
    return any(not line.strip() for line in between.splitlines()[1:])


def _above_comments(outline: Outline, offset: int) -> int:
    """Return the start of the line of an offset, or that of the comments right above it."""
    start = outline.line_start(offset)
    while start > 0:
        above = outline.line_start(start - 1 - outline.text[:start].endswith("\r\n"))
        if not outline.text[above:start].lstrip().startswith("#"):
            break
        start = above
    return start


def _end_of_line(outline: Outline, offset: int) -> int:
    text = outline.text
    ends = [end for end in (text.find("\n", offset), text.find("\r", offset)) if end >= 0]
    return min(ends, default=len(text))


def _at_top(outline: Outline, statement: str) -> Edit:
    """Put the first import of a source behind its docstring."""
    end = outline.newline
    lines = outline.lines
    has_docstring = bool(lines) and outline.kind(lines[0].first) == "string" and lines[0].first == lines[0].last
    following = lines[1:] if has_docstring else lines
    blank = end * (2 if following and outline.word(following[0].first) in _HEADS else 1)
    if has_docstring:
        at = _end_of_line(outline, outline.code[lines[0].last].end)
        rest = outline.text[at:]
        is_apart = not following or rest[: outline.code[following[0].first].start - at].count(end) > 1
        return Edit(at, at, f"{end}{end}{statement}{'' if is_apart else blank}")
    at = outline.line_start(outline.code[lines[0].first].start) if lines else len(outline.text)
    return Edit(at, at, f"{statement}{end}{blank}")


def _extend(outline: Outline, existing: Import, names: Iterable[str]) -> list[Edit]:
    """Add names to a ``from`` import where their order has them."""
    return [_add_name(outline, existing, name) for name in names]


def _add_name(outline: Outline, existing: Import, name: str) -> Edit:
    later = next((known for known in existing.names if known.name.islower() and known.name > name), None)
    anchor = existing.names[-1] if later is None else later
    start, stop = outline.code[anchor.first].start, outline.code[anchor.last].end
    line_start = outline.line_start(start)
    indent = outline.text[line_start:start]
    if not indent.strip():  # one name a line
        if later is not None:
            return Edit(start, start, f"{name},{outline.newline}{indent}")
        comma = outline.word(anchor.last + 1) == ","
        end = outline.code[anchor.last + 1].end if comma else stop
        return Edit(end, end, f"{'' if comma else ','}{outline.newline}{indent}{name}{',' if comma else ''}")
    return Edit(start, start, f"{name}, ") if later is not None else Edit(stop, stop, f", {name}")


def _used(outline: Outline) -> set[str]:
    """Return every name that a source reads or binds; attributes and keywords of calls are none."""
    found: set[str] = set()
    for at, lexeme in enumerate(outline.code):
        if lexeme.kind == "name" and outline.word(at - 1) != ".":
            word = outline.text[lexeme.start : lexeme.end]
            # to tell a keyword takes a look at its whole line, so only for names that are common as such
            if word not in found and not (word in OURS and _is_keyword(outline, at)):
                found.add(word)
    return found


def _is_keyword(outline: Outline, at: int) -> bool:
    """Tell whether a name is that of an argument in a call."""
    if outline.word(at + 1) != "=" or outline.word(at + 2) == "=" or outline.word(at - 1) not in ("(", ","):
        return False
    line = outline.lines[outline.line_of(at)]
    words = {outline.word(index) for index in range(line.first, at)}
    return not words & {"def", "lambda"} and bool({"("} & words)


__all__ = ["FUTURE", "OTHERS", "Habits", "Names", "Scene"]
