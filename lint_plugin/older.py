"""Write syntax of newer Python as older one that means the same to the walk, every name at the place where it stood.

``type X = Y`` becomes ``type;X = Y``, the brackets with the type parameters of a definition become blanks, and ``except A, B:``
becomes ``except(A, B):``, where what moves has no names. An interpreter that lacks this syntax then parses most of current code.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from lint_plugin.tokens import scan

_GAP: Final = r"[ \t]+"
_NAME: Final = r"[^\W\d]\w*+"
_NEWER: Final = re.compile(
    rf"^[ \t]*(?:type(?P<alias>{_GAP})(?P<aliased>{_NAME})[ \t]*(?P<of>\[)?(?(of)|=)"
    rf"|(?:async{_GAP})?(?:def|class){_GAP}(?P<defined>{_NAME})[ \t]*(?P<open>\[)"
    rf"|except(?P<opening>{_GAP})(?P<first>{_NAME})(?:\.{_NAME})*[ \t]*,[^:#()\n\r]*(?P<closing>:)[ \t]*(?:\#[^\n\r]*)?\r?$)",
    re.MULTILINE,
)
_BRACKET: Final = re.compile(r"[\[\]\"'#]")


class Older(NamedTuple):
    """A text in older syntax, and what was taken out of it."""

    text: str
    aliases: dict[int, int]  # from where the word ``type`` stands to where the name that it defines does
    parameters: dict[int, tuple[int, int]]  # from where a definition's name stands to where its type parameters do


def in_older_syntax(text: str) -> Older | None:
    """Rewrite a text; ``None`` when there is nothing to rewrite."""
    found = list(_NEWER.finditer(text))
    names = set(scan(text).starts) if found else set()
    edits: list[tuple[int, int, str]] = []
    aliases: dict[int, int] = {}
    parameters: dict[int, tuple[int, int]] = {}
    for match in found:
        kind = match.lastgroup
        name = match.start("aliased" if match["aliased"] else "defined" if match["defined"] else "first")
        if name not in names:
            continue  # inside a string
        if match["first"]:
            edits += [(match.start("opening"), match.start("opening") + 1, "("), (match.start("closing"), match.start("closing"), ")")]
            continue
        if kind in ("of", "open"):
            span = _brackets(text, match.start(kind))
            if span is None:
                continue
            parameters[name] = span
            edits.append((*span, " " * (span[1] - span[0])))
        if match["aliased"]:
            gap = match.start("alias")
            aliases[gap - len("type")] = name
            edits.append((gap, gap + 1, ";"))
    return Older(_edited(text, edits), aliases, parameters) if edits else None


def _brackets(text: str, start: int) -> tuple[int, int] | None:
    """Return where the bracket that opens at an offset ends; ``None`` for what holds strings, comments or line breaks."""
    depth = 0
    for found in _BRACKET.finditer(text, start):
        char = found.group()
        if char not in "[]":
            return None
        depth += 1 if char == "[" else -1
        if depth == 0:
            return None if "\n" in text[start : found.end()] else (start, found.end())
    return None


def _edited(text: str, edits: list[tuple[int, int, str]]) -> str:
    parts: list[str] = []
    at = 0
    for start, end, new in sorted(edits):
        parts += [text[at:start], new]
        at = end
    return "".join([*parts, text[at:]])
