"""One pass over decoded source that finds name tokens, comments and line starts without a parser.

A regular expression is an order of magnitude cheaper than position metadata. The walk over the syntax tree meets the same names
in the same order, so the two together give every name its offset; each step is checked, and a file where they disagree falls
back to libcst's own positions.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final, NamedTuple

KEYWORDS: Final = frozenset(
    "and as assert async await break class continue def del elif else except finally for from global if import in is lambda"
    " nonlocal not or pass raise return try while with yield".split()
)
SOFT_KEYWORDS: Final = frozenset({"match", "case", "type", "lazy", "_"})

_TRIPLE_DOUBLE: Final = r'"""[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*"""'
_TRIPLE_SINGLE: Final = r"'''[^'\\]*(?:(?:\\.|'(?!''))[^'\\]*)*'''"
_DOUBLE: Final = r'"[^"\\\n\r]*(?:\\(?:\r\n|.)[^"\\\n\r]*)*"'
_SINGLE: Final = r"'[^'\\\n\r]*(?:\\(?:\r\n|.)[^'\\\n\r]*)*'"
_PREFIX: Final = r"(?i:[urb]|rb|br)"
_FORMATTED: Final = r"(?i:[ft]|[ft]r|r[ft])"
_OPENED: Final = rf"(?P<formatted>{_FORMATTED}(?:\"\"\"|'''|\"|'))"
_STRING: Final = rf"{_PREFIX}?(?:{_TRIPLE_DOUBLE}|{_TRIPLE_SINGLE}|{_DOUBLE}|{_SINGLE})"
_TOKEN: Final = re.compile(
    rf"{_OPENED}"
    rf"|(?P<string>{_STRING})"
    r"|(?P<name>[^\W\d]\w*)"
    r"|(?P<number>\d[\w.]*)"
    r"|(?P<comment>\#[^\n\r]*)",
    re.DOTALL,
)
# The same for one pass over all: what begins no token is skipped first, names come first, nothing is given back; a third of the time.
_NEXT: Final = re.compile(
    r"[^\w\"'#]*+(?:"
    rf"(?P<name>(?!(?:{_PREFIX}|{_FORMATTED})[\"'])[^\W\d]\w*+)"
    rf"|{_OPENED}"
    r"|(?P<comment>\#[^\n\r]*+)"
    rf"|{_STRING}"
    r"|\d[\w.]*+"
    r"|.|\Z)",  # something always fits: a search that fails begins anew at each character that was skipped
    re.DOTALL,
)
_NAME, _OPENING, _COMMENT = (_NEXT.groupindex[kind] for kind in ("name", "formatted", "comment"))
_LINE: Final = re.compile(r"\r\n|\n|\r")


class Comment(NamedTuple):
    """A comment with its offset, ``#`` included."""

    start: int
    text: str


class Tokens(NamedTuple):
    """Names in source order; a formatted string is one entry with an empty name at its first character."""

    names: list[str]
    starts: list[int]
    comments: list[Comment]


def scan(text: str) -> Tokens:
    """Find the name tokens and comments of ``text`` (decoded source)."""
    names: list[str] = []
    starts: list[int] = []
    comments: list[Comment] = []
    keywords = KEYWORDS
    at: int | None = 0
    while at is not None:
        start, at = at, None
        for found in _NEXT.finditer(text, start):
            kind = found.lastindex
            if kind == _NAME:
                word = found[kind]
                if word not in keywords:
                    names.append(word)
                    starts.append(found.start(kind))
            elif kind == _COMMENT:
                comments.append(Comment(found.start(kind), found[kind]))
            elif kind == _OPENING:
                names.append("")
                starts.append(found.start(kind))
                opening = found[kind]
                at = formatted_end(text, found.end(), opening.lstrip("fFtTrR"), raw="r" in opening.lower())
                break
    return Tokens(names, starts, comments)


def token_at(text: str, at: int) -> re.Match[str] | None:
    """Match the token at an offset; of a formatted string the opening alone."""
    return _TOKEN.match(text, at)


def formatted_end(text: str, at: int, quote: str, *, raw: bool) -> int:
    """Return the offset behind a formatted string whose opening quote ends at ``at``."""
    del raw  # a backslash hides the next character from the tokenizer in raw strings too
    size = len(text)
    while at < size:
        char = text[at]
        if char == "\\":
            at += 2
        elif text.startswith(quote, at):
            return at + len(quote)
        elif char == "{":
            at = at + 2 if text.startswith("{{", at) else replacement_end(text, at + 1, quote)
        else:
            at += 1
    return size


def replacement_end(text: str, at: int, quote: str) -> int:
    """Return the offset behind the ``}`` that closes a replacement field whose ``{`` lies just before ``at``."""
    depth = 0
    size = len(text)
    while at < size:
        char = text[at]
        if char in "([{":
            depth += 1
        elif char in ")]":
            depth -= 1
        elif char == "}":
            if depth <= 0:
                return at + 1
            depth -= 1
        elif char == ":" and depth == 0:
            return _spec_end(text, at + 1, quote)
        elif char in "\"'":
            if text.startswith(quote, at) and len(quote) == 1 and not _closes_field(text, at, quote):
                return at  # before Python 3.12 a field cannot hold the outer quote: the string ends here
            nested = _TOKEN.match(text, _prefix_start(text, at))
            if nested is None or nested.lastgroup not in ("string", "formatted"):
                at += 1
                continue
            if nested.lastgroup == "formatted":
                inner = nested.group().lstrip("fFtTrR")
                at = formatted_end(text, nested.end(), inner, raw=False)
            else:
                at = nested.end()
            continue
        elif char == "#":
            end = _LINE.search(text, at)
            at = end.start() if end else size
        at += 1
    return size


def _closes_field(text: str, at: int, quote: str) -> bool:
    """Tell whether the quote at ``at`` opens a nested string (Python 3.12) rather than ending the outer one."""
    end = text.find(quote, at + 1)
    newline = text.find("\n", at)
    return end != -1 and (newline == -1 or end < newline) and "}" in text[end : newline if newline != -1 else len(text)]


def _prefix_start(text: str, at: int) -> int:
    """Step back over a string prefix that ends at ``at``."""
    start = at
    while start > 0 and at - start < 2 and text[start - 1] in "rRbBuUfFtT":
        start -= 1
    if start > 0 and (text[start - 1].isalnum() or text[start - 1] == "_"):
        return at
    return start


def _spec_end(text: str, at: int, quote: str) -> int:
    """Return the offset behind a format specification, which may hold nested fields."""
    size = len(text)
    while at < size:
        char = text[at]
        if char == "}":
            return at + 1
        if char == "{":
            at = replacement_end(text, at + 1, quote)
            continue
        if text.startswith(quote, at):
            return at
        at += 1
    return size


class Lines:
    """Offsets to lines and columns (both 1-based), line ends as Python counts them."""

    def __init__(self, text: str) -> None:
        """Index the line starts of ``text``."""
        self._starts = [0, *(found.end() for found in _LINE.finditer(text))]

    def locate(self, offset: int) -> tuple[int, int]:
        """Return line and column of a character offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def start(self, line: int) -> int:
        """Return the offset at which a 1-based line begins."""
        return self._starts[min(line, len(self._starts)) - 1]

    def __len__(self) -> int:
        """Return the number of lines."""
        return len(self._starts)


_CLOSERS: Final = re.compile(_TOKEN.pattern + r"|(?P<open>[(\[{])|(?P<close>[)\]}])", re.DOTALL)


_GROUPED: Final = re.compile(r"(?:(?:[\s\\]|#[^\n]*\n)*\))+[ \t]*(?=\()")  # brackets around the callee alone


def call_end(text: str, offset: int) -> int:
    """Return the offset of the bracket that closes the call whose leaf name starts at ``offset``; the name's end when none opens."""
    name = _TOKEN.match(text, offset)
    at = name.end() if name and name.lastgroup == "name" else offset
    grouped = _GROUPED.match(text, at)
    at = end = at if grouped is None else grouped.end()
    depth = 0
    while (found := _CLOSERS.search(text, at)) is not None:
        kind = found.lastgroup
        if depth == 0 and kind != "open":
            if kind == "comment":
                at = found.end()
                continue
            return end - 1
        if depth == 0 and text[end : found.start()].strip(" \t\f\\\r\n)"):
            return end - 1
        at = found.end()
        if kind == "open":
            depth += 1
        elif kind == "close":
            depth -= 1
            if depth == 0:
                return found.start()
        elif kind == "formatted":
            opening = found.group()
            at = formatted_end(text, found.end(), opening.lstrip("fFtTrR"), raw=False)
    return end - 1


_LINKS: Final = re.compile(
    _TOKEN.pattern + r"|(?P<open>[(\[{])|(?P<close>[)\]}])|(?P<end>[,;]|:(?!=)|\r\n|\n|\r)|(?P<link>[.+\-*/|&^%<>=@~!]+)", re.DOTALL
)
_WORD_LINKS: Final = frozenset({"and", "or", "not", "if", "else", "lambda", "in", "is", "await", "elif"})


def depth_of(text: str) -> tuple[int, int]:
    """Return the greatest depth that an expression of ``text`` can nest to, and the line where it is reached.

    An upper bound: open brackets, plus the operators, dots, adjacent strings and calls that follow each other without a comma.
    """
    deepest, where = 0, 0
    stack: list[int] = []
    links = elifs = 0
    at = 0
    while (found := _LINKS.search(text, at)) is not None:
        at = found.end()
        kind = found.lastgroup
        if kind == "open":
            stack.append(links + 1)
            links = 0
        elif kind == "close":
            links = stack.pop() if stack else 0
        elif kind == "end":
            if found.group() == "," or not stack:
                links = 0
        elif kind == "name":
            word = found.group()
            links += word in _WORD_LINKS
            elifs = elifs + 1 if word == "elif" else 0 if word in ("def", "class") else elifs
        elif kind in ("link", "string"):
            links += len(found.group()) if kind == "link" else 1
        elif kind == "formatted":
            links += 1
            at = formatted_end(text, at, found.group().lstrip("fFtTrR"), raw=False)
        total = links + sum(stack) if len(stack) < 64 else links + len(stack)
        total = max(total, elifs // 4)
        if total > deepest:
            deepest, where = total, found.start()
    return deepest, text.count("\n", 0, where) + 1
