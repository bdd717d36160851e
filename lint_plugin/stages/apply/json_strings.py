"""Find strings in the text of a JSON document, and edit their insides: every other byte of the document stays."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from lint_plugin.edits import Edit

_TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+')
_PAIR: Final = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|[^\\]", re.DOTALL)

Path = tuple[str | int, ...]


class Text(NamedTuple):
    """One string: where it stands, quotes included, and what leads to it."""

    start: int
    end: int
    path: Path


class _Level:
    """An object or array that the walk is inside of."""

    def __init__(self, *, is_object: bool) -> None:
        self.is_object = is_object
        self.key: str | int = "" if is_object else 0
        self.expects_key = is_object


def strings(document: str) -> Iterator[Text]:
    """Yield every string value of a valid document, in order."""
    stack: list[_Level] = []
    for token in _TOKEN.finditer(document):
        word = token.group()
        if word in "{[":
            stack.append(_Level(is_object=word == "{"))
        elif word in "}]":
            stack.pop()
        elif word == ",":
            if stack[-1].is_object:
                stack[-1].expects_key = True
            elif isinstance(stack[-1].key, int):
                stack[-1].key += 1
        elif word == ":":
            stack[-1].expects_key = False
        elif word[0] == '"':
            if stack and stack[-1].expects_key:
                stack[-1].key = json.loads(word)
            else:
                yield Text(token.start(), token.end(), tuple(level.key for level in stack))


class Inside:
    """The inside of one string, by the characters that it stands for."""

    def __init__(self, document: str, text: Text) -> None:
        """Find where each character is written."""
        self._document: Final = document
        self._starts: Final = [found.start() for found in _PAIR.finditer(document, text.start + 1, text.end - 1)]
        self._end: Final = text.end - 1
        self.value: Final[str] = json.loads(document[text.start : text.end], strict=False)

    def edit(self, start: int, end: int, written: str) -> Edit:
        """Return the edit of the document that edits the string."""
        return Edit(self._at(start), self._at(end), written)

    def _at(self, number: int) -> int:
        return self._starts[number] if number < len(self._starts) else self._end


def escaped(text: str, *, is_ascii: bool) -> str:
    """Return a text as the inside of a string."""
    return json.dumps(text, ensure_ascii=is_ascii)[1:-1]
