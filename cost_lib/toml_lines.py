"""Find the line of every key in a TOML text that is known to be valid.

The standard library's reader gives values without positions. This scanner only has to find out where keys, tables and array
items stand, so it relies on the text having been read without an error before.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

Key = tuple[str | int, ...]

_SPACE: Final = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_BARE_KEY: Final = re.compile(r"[A-Za-z0-9_-]+")
_STRINGS: Final = {
    '"""': re.compile(r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*"{3,5}', re.DOTALL),
    "'''": re.compile(r"'''(?:[^']|'{1,2}(?!'))*'{3,5}", re.DOTALL),
    '"': re.compile(r'"(?:[^"\\]|\\.)*"'),
    "'": re.compile(r"'[^']*'"),
}
_SCALAR: Final = re.compile(r"[^,\]}#\n]*")
_CLOSING: Final = {"[": "]", "{": "}"}
_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|x([0-9A-Fa-f]{2})|(.))")
_ESCAPED: Final = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "e": "\x1b"}


def find_lines(text: str) -> dict[Key, int]:
    """Return the 1-based line of every key, table and array item, by its path from the root."""
    return _Scanner(text.replace("\r\n", "\n")).scan()


class _Container:
    """An array or inline table that the scanner is inside of."""

    def __init__(self, path: Key, closing: str) -> None:
        self.path = path
        self.closing = closing
        self.count = 0


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self.lines: dict[Key, int] = {}
        self.items: dict[Key, int] = {}  # how many tables an array of tables has so far

    def scan(self) -> dict[Key, int]:
        table: Key = ()
        self.skip(_SPACE)
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                table = self.header()
            else:
                self.pair(table)
            self.skip(_SPACE)
        return self.lines

    def header(self) -> Key:
        line = self.line()
        brackets = 2 if self.text.startswith("[[", self.at) else 1
        self.at += brackets
        parts = self.key()
        self.at += brackets
        path: Key = ()
        for part in parts[:-1]:
            path = self.latest((*path, part))
            self.lines.setdefault(path, line)
        path = (*path, parts[-1])
        if brackets == 1:
            # the table's own header is a better place than one of its children's, seen before
            path = self.latest(path)
        else:
            self.lines.setdefault(path, line)
            self.items[path] = self.items.get(path, 0) + 1
            path = self.latest(path)
        self.lines[path] = line
        return path

    def latest(self, path: Key) -> Key:
        return (*path, self.items[path] - 1) if path in self.items else path

    def pair(self, table: Key) -> None:
        # a stack of our own: how deep the interpreter may recurse depends on who calls
        opened = self.value(self.assignment(table))
        stack = [opened] if opened else []
        while stack:
            container = stack[-1]
            if not self.inside(container.closing):
                stack.pop()
                continue
            opened = self.value(self.item(container) if container.closing == "]" else self.assignment(container.path))
            if opened:
                stack.append(opened)

    def assignment(self, table: Key) -> Key:
        line = self.line()
        path = table
        for part in self.key():
            path = (*path, part)
            self.lines.setdefault(path, line)
        self.at += 1  # the equals sign
        self.skip(_SPACE)
        return path

    def item(self, array: _Container) -> Key:
        path = (*array.path, array.count)
        array.count += 1
        self.lines[path] = self.line()
        return path

    def key(self) -> list[str]:
        parts = []
        while True:
            self.skip(_SPACE)
            parts.append(self.key_part())
            self.skip(_SPACE)
            if self.text[self.at] != ".":
                return parts
            self.at += 1

    def key_part(self) -> str:
        quote = self.text[self.at]
        if quote not in "\"'":
            return self.skip(_BARE_KEY)
        inner = self.skip(_STRINGS[quote])[1:-1]
        return _ESCAPE.sub(_unescape, inner) if quote == '"' else inner

    def value(self, path: Key) -> _Container | None:
        """Step over a scalar, or stand before an array or inline table and return it."""
        first = self.text[self.at]
        if first in _CLOSING:
            return _Container(path, _CLOSING[first])
        if first in "\"'":
            self.skip(_STRINGS.get(self.text[self.at : self.at + 3], _STRINGS[first]))
        else:
            self.skip(_SCALAR)
        return None

    def inside(self, closing: str) -> bool:
        """Step over the opening bracket or a comma; say whether another item follows."""
        self.skip(_SPACE)
        if self.text[self.at] != closing:
            self.at += self.text[self.at] in "[{,"
            self.skip(_SPACE)
        more = self.text[self.at] != closing
        self.at += not more
        return more

    def skip(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.at)
        if match is None:
            raise ValueError(f"line {self.line()} is not valid TOML")
        self.at = match.end()
        return match[0]

    def line(self) -> int:
        return bisect_right(self.starts, self.at)


def _unescape(match: re.Match[str]) -> str:
    code = match[1] or match[2] or match[3]
    return chr(int(code, 16)) if code else _ESCAPED.get(match[4], match[4])
