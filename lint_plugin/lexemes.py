"""Split Python source into lexemes, whatever interpreter runs: strings as wholes, nested f-strings of Python 3.12 included.

This is for what needs no tree: comments, lines that belong together, the normal form of an expression. Broken source never
raises and never takes more than linear time: what is left open ends with its line, a triple-quoted string with the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_TRIPLE_DOUBLE: Final = r'"""[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*"""'
_TRIPLE_SINGLE: Final = r"'''[^'\\]*(?:(?:\\.|'(?!''))[^'\\]*)*'''"
_DOUBLE: Final = r'"[^"\\\n\r]*(?:\\(?:\r\n|.)[^"\\\n\r]*)*"'
_SINGLE: Final = r"'[^'\\\n\r]*(?:\\(?:\r\n|.)[^'\\\n\r]*)*'"
# What is frequent comes first: each alternative that does not fit costs as much as one that does.
_LEXEME: Final = re.compile(
    r"[ \t\f]*(?:"
    r"(?P<name>(?!(?:[bB][rR]?|[rR][bBfFtT]?|[fFtT][rR]?|[uU])[\"'])[^\W\d]\w*+)"
    r"|(?P<op>[^\w\s\\\"'#.\[\](){}]|\.(?!\d))"
    r"|(?P<newline>\r\n|\n|\r)"
    r"|(?P<open>[(\[{])"
    r"|(?P<close>[)\]}])"
    r"|(?P<formatted>(?i:[ft]r?|r[ft])(?:\"\"\"|'''|\"|'))"
    rf"|(?P<string>(?i:[ub]|br?|rb?)?(?:{_TRIPLE_DOUBLE}|{_TRIPLE_SINGLE}|(?!\"\"\"|'''){_DOUBLE}|(?!\"\"\"|'''){_SINGLE}))"
    r"|(?P<endless>(?i:[ub]|br?|rb?)?(?:\"\"\"|'''))"
    r"|(?P<broken>(?i:[ub]|br?|rb?)?[\"'][^\n\r]*)"
    r"|(?P<number>(?:\d|\.\d)(?:[eE][+-]|[\w.])*)"
    r"|(?P<comment>\#[^\n\r]*)"
    r"|(?P<joined>\\(?:\r\n|\n|\r))"
    r"|(?P<other>.)"
    r")",
    re.DOTALL,
)
_AS: Final = {"broken": "string", "other": "op"}  # kinds that are told apart only here
_IN_TEXT: Final = re.compile(r"\\N\{[^}\n]*\}|\\(?=[{}])|\\(?:\r\n|.)|\{\{|[{}\n\r\"']", re.DOTALL)
_SHORT: Final = 1


class Lexeme(NamedTuple):
    """One lexeme: ``kind`` is string, name, number, comment, newline, joined (backslash at the end of a line), open, close or op."""

    kind: str
    start: int
    end: int


class _Text(NamedTuple):
    """Inside the literal text, or the format specification, of an f-string."""

    quote: str
    is_spec: bool


class _Field(NamedTuple):
    """Inside a replacement field, so many brackets deep."""

    depth: int
    quote: str


def lex(text: str, start: int = 0) -> Iterator[Lexeme]:
    """Yield the lexemes of ``text`` from ``start``, which must lie outside strings and comments."""
    at: int | None = start
    while at is not None:
        start, at = at, None
        for found in _LEXEME.finditer(text, start):
            kind = str(found.lastgroup)
            begin, end = found.span(kind)
            if kind == "formatted":
                at = _formatted_end(text, end, found.group(kind))
                yield Lexeme("string", begin, at)
                break
            if kind == "endless":
                yield Lexeme("string", begin, len(text))
                return
            yield Lexeme(_AS.get(kind, kind), begin, end)


def _formatted_end(text: str, at: int, opening: str) -> int:
    """Return the offset behind an f-string whose opening quote ends at ``at``."""
    stack: list[_Text | _Field] = [_Text(opening.lstrip("fFtTrR"), is_spec=False)]
    while stack and at < len(text):
        state = stack[-1]
        at = _in_text(text, at, state, stack) if isinstance(state, _Text) else _in_field(text, at, state, stack)
    return min(at, len(text))


def _in_text(text: str, at: int, state: _Text, stack: list[_Text | _Field]) -> int:
    """Step over literal text to what ends it or opens a field."""
    found = _IN_TEXT.search(text, at)
    if found is None:
        return len(text)
    what = found.group()
    if text.startswith(state.quote, found.start()):
        _close_string(stack)
        return found.start() + len(state.quote)
    if what == "{" or (what == "{{" and state.is_spec):
        stack.append(_Field(0, state.quote))
        return found.start() + 1
    if what == "}" and state.is_spec:
        del stack[-2:]  # the specification and its field
    elif what in "\r\n" and len(state.quote) == _SHORT:
        stack.clear()  # never closed on its line
        return found.start()
    return found.end()


def _close_string(stack: list[_Text | _Field]) -> None:
    """Leave the innermost string, and a specification in it that was left open."""
    while stack:
        state = stack.pop()
        if isinstance(state, _Text) and not state.is_spec:
            return


def _in_field(text: str, at: int, state: _Field, stack: list[_Text | _Field]) -> int:
    """Step over one lexeme of a replacement field."""
    found = _LEXEME.match(text, at)
    if found is None:
        return len(text)
    kind, end = str(found.lastgroup), found.end()
    if kind == "formatted":
        stack.append(_Text(found.group(kind).lstrip("fFtTrR"), is_spec=False))
    elif kind == "endless":
        return len(text)
    elif kind == "open":
        stack[-1] = state._replace(depth=state.depth + 1)
    elif kind == "close" and state.depth:
        stack[-1] = state._replace(depth=state.depth - 1)
    elif kind == "close" and found.group(kind) == "}":
        stack.pop()
    elif kind == "op" and found.group(kind) == ":" and not state.depth:
        stack.append(_Text(state.quote, is_spec=True))
    elif kind == "broken" and len(state.quote) == _SHORT:
        stack.clear()  # the string ends inside its own field: broken source, leave the rest of the line alone
    return end
