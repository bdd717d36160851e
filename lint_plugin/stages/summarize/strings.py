"""Formatted and adjacent strings of the interpreter's tree, split again as they are written: the tree keeps neither pieces nor escapes."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator
from typing import Final, NamedTuple

from lint_plugin.stages.summarize.offsets import StrangeError
from lint_plugin.tokens import formatted_end, replacement_end, token_at

FIELD: Final = None  # stands for an expression among the parts of a formatted string
# what stands between the fields; a backslash before a bracket hides nothing
_TEXT: Final = re.compile(r"(?:[^{}\\]|\\(?:N\{[^}]*\}|[^{}])|\\(?=[{}])|\{\{|\}\})*+", re.DOTALL)
_RAW_TEXT: Final = re.compile(r"(?:[^{}]|\{\{|\}\})*+", re.DOTALL)
_BETWEEN: Final = re.compile(r"(?:[\s\\]|#[^\n]*)*+")
_PREFIX: Final = "rRbBuUfFtT"


class Piece(NamedTuple):
    """One of several adjacent strings: its offset, and the texts and fields in it; a plain one has its value alone."""

    start: int
    formatted: bool
    parts: list[str | None]


def pieces(text: str, start: int, end: int) -> Iterator[Piece]:
    """Yield the strings that a stretch of source is made of."""
    at = _between(text, start)
    while at < end:
        token = token_at(text, at)
        if token is None or token.lastgroup not in ("string", "formatted"):
            raise StrangeError(text[at : at + 20])
        if token.lastgroup == "string":
            yield Piece(at, formatted=False, parts=[value_of(token.group())])
            at = token.end()
        else:
            opening = token.group()
            quote = opening.lstrip(_PREFIX)
            raw = "r" in opening.lower()
            behind = formatted_end(text, token.end(), quote, raw=raw)
            yield Piece(at, formatted=True, parts=_split(text, token.end(), behind - len(quote), quote, raw=raw))
            at = behind
        at = _between(text, at)


def _between(text: str, at: int) -> int:
    found = _BETWEEN.match(text, at)
    return found.end() if found else at


def _split(text: str, at: int, end: int, quote: str, *, raw: bool) -> list[str | None]:
    """Return the texts and fields between the quotes of a formatted string."""
    parts: list[str | None] = []
    pattern = _RAW_TEXT if raw else _TEXT
    while at < end:
        found = pattern.match(text, at, end)
        if found is not None and found.end() > at:
            parts.append(found.group())
            at = found.end()
        elif text[at] == "{":
            parts.append(FIELD)
            at = replacement_end(text, at + 1, quote)
        else:
            raise StrangeError(text[at : at + 20])
    return parts


def value_of(raw: str) -> str:
    """Return the text of a string literal, bytes decoded as Latin-1; the raw source when it does not evaluate."""
    quote = raw[-1]
    if "\\" not in raw and raw[0] == quote:
        width = 3 if raw.startswith(quote * 3) and len(raw) >= 6 else 1
        return raw[width:-width].replace("\r\n", "\n")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of escapes that mean nothing
            value = ast.literal_eval(raw)
    except (ValueError, SyntaxError):
        return raw
    return value if isinstance(value, str) else value.decode("latin-1") if isinstance(value, bytes) else raw
