"""The functions around a place in a source, found by indentation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lint_plugin.stages.apply.outline import Outline

HEADS = ("def", "class")


class Definition(NamedTuple):
    """A ``def`` or ``class`` around a place: indices of logical lines."""

    kind: str  # def, class
    name: str
    line: int  # of the head
    decorators: tuple[int, ...]  # from the top
    indent: str


def around(outline: Outline, at: int) -> Iterator[Definition]:
    """Yield the definitions whose body holds a code lexeme, innermost first."""
    lines = outline.lines
    number = outline.line_of(at)
    if number < 0:
        return
    own = _head(outline, number)
    if own is not None and at > outline.first_of(":", number):
        yield own  # ``def ask(): return client.create()``
    width = len(lines[number].indent.expandtabs())
    for before in range(number - 1, -1, -1):
        if width == 0:
            return
        found = len(lines[before].indent.expandtabs())
        if found < width:
            width = found
            head = _head(outline, before)
            if head is not None:
                yield head


def _head(outline: Outline, number: int) -> Definition | None:
    line = outline.lines[number]
    at = line.first
    if outline.word(at) == "async":
        at += 1
    kind = outline.word(at)
    if kind not in HEADS or outline.kind(at + 1) != "name":
        return None
    decorators: list[int] = []
    for before in range(number - 1, -1, -1):
        if outline.word(outline.lines[before].first) != "@" or outline.lines[before].indent != line.indent:
            break
        decorators.insert(0, before)
    return Definition(kind, outline.word(at + 1), number, tuple(decorators), line.indent)


def text_of(outline: Outline, number: int) -> str:
    """Return a logical line as written."""
    line = outline.lines[number]
    return outline.text[outline.code[line.first].start : outline.code[line.last].end]
