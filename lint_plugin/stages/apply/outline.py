"""The shape of a source as far as edits need it: its code lexemes, which brackets belong together, its logical lines.

No tree: a tree would have to be printed again, and its positions cost more than finding all the calls.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import Final, NamedTuple

from lint_plugin.lexemes import Lexeme, lex
from lint_plugin.stages.apply.expressions import Expressions, expressions
from lint_plugin.tokens import KEYWORDS


class Line(NamedTuple):
    """One logical line: a simple statement, or the head of a compound one (with what stands behind its colon)."""

    first: int  # index of its first code lexeme
    last: int
    indent: str


class Outline:
    """One source, or the inside of one replacement field of an f-string."""

    def __init__(self, text: str, start: int = 0) -> None:
        """Split ``text`` from ``start`` on."""
        self.text: Final = text
        self._is_inside: Final = start > 0
        self.code: Final[list[Lexeme]] = []  # without newlines and comments
        self.comments: Final[list[Lexeme]] = []
        self._breaks: Final[list[int]] = []  # how many code lexemes stand before each end of a logical line
        self._fill(start)

    def _fill(self, start: int) -> None:
        depth = 0
        for lexeme in lex(self.text, start):
            kind = lexeme.kind
            if kind == "comment":
                self.comments.append(lexeme)
            elif kind == "newline":
                if depth == 0:
                    self._breaks.append(len(self.code))
            elif kind != "joined":
                self.code.append(lexeme)
                if kind == "open":
                    depth += 1
                elif kind == "close" and depth:
                    depth -= 1

    @cached_property
    def _starts(self) -> list[int]:
        return [lexeme.start for lexeme in self.code]

    @cached_property
    def _firsts(self) -> frozenset[int]:
        return frozenset(self._breaks)

    def is_called(self, at: int) -> bool:
        """Tell whether arguments stand right behind a lexeme, on the same logical line."""
        return self.word(at + 1) == "(" and at + 1 not in self._firsts

    @cached_property
    def _expressions(self) -> Expressions | None:
        """Return the expressions; ``None`` where this interpreter cannot read the source."""
        return expressions(self.text)

    def is_expression(self, first: int, last: int) -> bool:
        """Tell whether the lexemes from ``first`` to ``last`` are one expression, as far as that can be told."""
        if self._is_chain(first, last) or self._expressions is None:
            return True
        while self.word(first) == "(" and self.partner.get(first) == last:
            first, last = first + 1, last - 1
        return self._expressions.holds(self.code[first].start, self.code[last].end)

    def _is_chain(self, first: int, last: int) -> bool:
        """Tell whether these are names with dots between them: an expression wherever the names are none of the language's own."""
        if self._is_inside or self.word(first - 1) == ".":
            return False
        words = [self.word(at) for at in range(first, last + 1)]
        return (
            all(word.isidentifier() and word not in KEYWORDS for word in words[::2]) and set(words[1::2]) <= {"."} and len(words) % 2 == 1
        )

    @cached_property
    def partner(self) -> dict[int, int]:
        """Return for the index of each bracket that of the one that belongs to it."""
        found: dict[int, int] = {}
        stack: list[int] = []
        for at, lexeme in enumerate(self.code):
            if lexeme.kind == "open":
                stack.append(at)
            elif lexeme.kind == "close" and stack:
                opening = stack.pop()
                found[opening], found[at] = at, opening
        return found

    def at(self, offset: int) -> int:
        """Return the index of the code lexeme that holds an offset, or of the last one before it."""
        return bisect_right(self._starts, offset) - 1

    def word(self, at: int) -> str:
        """Return the text of a code lexeme; empty outside the source."""
        if not 0 <= at < len(self.code):
            return ""
        lexeme = self.code[at]
        return self.text[lexeme.start : lexeme.end]

    def first_of(self, word: str, number: int) -> int:
        """Return the index of the first such word of a logical line that stands in no bracket, else that of its last lexeme."""
        line = self.lines[number]
        at = line.first
        while at <= line.last:
            if self.kind(at) == "open":
                at = self.partner.get(at, line.last)
            elif self.word(at) == word:
                return at
            at += 1
        return line.last

    def kind(self, at: int) -> str:
        """Return the kind of a code lexeme; empty outside the source."""
        return self.code[at].kind if 0 <= at < len(self.code) else ""

    def is_operand(self, at: int) -> bool:
        """Tell whether a bracket behind this lexeme would call or index it."""
        return self.kind(at) in ("close", "string") or (self.kind(at) == "name" and self.word(at) not in KEYWORDS)

    def primary(self, at: int) -> int:
        """Return the index of the first lexeme of the name, call, index or attribute chain that ends at ``at``."""
        while True:
            if self.kind(at) == "close":
                at = self.partner.get(at, at)
                if self.word(at) in ("(", "[") and self.is_operand(at - 1) and at not in self._firsts:
                    at -= 1
                    continue
            if self.word(at - 1) != ".":
                return at
            at -= 2

    def enclosing(self, at: int) -> Iterator[int]:
        """Yield the opening brackets around a lexeme, innermost first."""
        depth = 0
        for before in range(at - 1, -1, -1):
            kind = self.code[before].kind
            if kind == "close":
                depth += 1
            elif kind == "open":
                if depth == 0:
                    yield before
                else:
                    depth -= 1

    @cached_property
    def lines(self) -> list[Line]:
        """Return the logical lines of the source."""
        found: list[Line] = []
        first = 0
        for end in dict.fromkeys((*self._breaks, len(self.code))):
            if end > first:
                found.append(self._line(first, end - 1))
                first = end
        return found

    def _line(self, first: int, last: int) -> Line:
        start = self.code[first].start
        return Line(first, last, self.text[self.line_start(start) : start])

    def line_start(self, offset: int) -> int:
        """Return where the physical line of an offset begins."""
        return max(self.text.rfind("\n", 0, offset), self.text.rfind("\r", 0, offset)) + 1

    def line_of(self, at: int) -> int:
        """Return the index of the logical line that holds a code lexeme."""
        return bisect_right([line.first for line in self.lines], at) - 1

    @cached_property
    def newline(self) -> str:
        """Return what ends the lines of the source."""
        end = self.text.find("\n")
        if end < 0:
            return "\r" if "\r" in self.text else "\n"
        return "\r\n" if self.text[end - 1 : end] == "\r" else "\n"

    @cached_property
    def quote(self) -> str:
        """Return the quote that the source prefers."""
        single = double = 0
        for lexeme in self.code:
            if lexeme.kind == "string":
                last = self.text[lexeme.end - 1]
                is_triple = self.text[lexeme.end - 3 : lexeme.end] == last * 3
                single += last == "'" and not is_triple
                double += last == '"' and not is_triple
        return "'" if single > double else '"'
