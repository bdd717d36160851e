"""Where the nodes of the interpreter's tree stand: its lines and bytes as offsets into the text."""

from __future__ import annotations

import re
from typing import Any, Final

from lint_plugin.tokens import scan

CONSTANTS: Final = frozenset({"None", "True", "False", "Ellipsis", "NotImplemented", "__debug__"})  # names that mean no variable
_LINE: Final = re.compile(r"\n")


class StrangeError(ValueError):
    """The tree holds something that this walk does not know, or a name that does not stand where it says."""


class Offsets:
    """Gives each name, in source order, its offset."""

    def __init__(self, text: str) -> None:
        """Index the lines of ``text``."""
        self.text = text
        self._starts = [0, *[found.end() for found in _LINE.finditer(text)]]
        self._plain = text.isascii()
        self._wide: dict[int, bytes] = {}  # lines with other characters, in the encoding that columns are counted in
        self.fixed = 0
        self._last = 0

    def start(self, node: Any, word: str) -> int:
        """Return the offset of a name that begins where a node does."""
        if self.fixed:
            return self._last
        if self._plain:
            self._last = self._starts[node.lineno - 1] + node.col_offset
            return self._last
        return self._checked(self.at(node.lineno, node.col_offset), word)

    def end(self, node: Any, word: str) -> int:
        """Return the offset of a name that ends where a node does."""
        if self.fixed:
            return self._last
        if self._plain:
            self._last = self._starts[node.end_lineno - 1] + node.end_col_offset - len(word)
            return self._last
        return self._checked(self.at(node.end_lineno, node.end_col_offset) - len(word), word)

    def behind(self, offset: int, pattern: re.Pattern[str], word: str) -> int:
        """Return the offset of a name that stands right behind what matches a pattern."""
        if self.fixed:
            return self._last
        found = pattern.match(self.text, offset)
        if found is None:
            raise StrangeError(word)
        return self._checked(found.end(), word)

    def before(self, word: str, start: int, end: int) -> int:
        """Return the offset at which a name stands last in a stretch of text."""
        return self._last if self.fixed else self._checked(self.text.rfind(word, start, end), word)

    def names(self, start: int, end: int) -> list[str]:
        """Take the names in a stretch of text that is not walked."""
        found = scan(self.text[start:end])
        if found.starts:
            self._last = start + found.starts[-1]
        return [name for name in found.names if name not in CONSTANTS]

    def place(self, offset: int) -> None:
        """Stand at an offset that is no name's: that of a formatted string."""
        if not self.fixed:
            self._last = offset

    def at(self, line: int, column: int) -> int:
        """Return the offset of a line and a column in bytes."""
        begin = self._starts[line - 1]
        if self._plain:
            return begin + column
        known = self._wide.get(line)
        if known is None:
            known = self._wide[line] = self.text[begin : self._starts[line] if line < len(self._starts) else None].encode()
        return begin + (column if known.isascii() else len(known[:column].decode("utf-8", "replace")))

    def span(self, node: Any) -> tuple[int, int]:
        """Return where a node begins and ends."""
        return self.at(node.lineno, node.col_offset), self.at(node.end_lineno, node.end_col_offset)

    def detach(self) -> None:
        """Stay where the walk stands."""
        self.fixed += 1

    def attach(self) -> None:
        """Go on."""
        self.fixed -= 1

    def last(self) -> int:
        """Return the offset of the name given last."""
        return self._last

    def _checked(self, offset: int, word: str) -> int:
        # the interpreter writes names in their normal form: one that stands there in another is nowhere to be found
        if offset < 0 or not self.text.startswith(word, offset):
            raise StrangeError(word)
        self._last = offset
        return offset
