"""The arguments of a call: where each one stands, and edits that add to them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from lint_plugin.edits import Edit
from lint_plugin.stages.apply.outline import Outline


class Argument(NamedTuple):
    """One argument: its keyword, and the indices of the first and last lexeme of its value."""

    keyword: str
    first: int
    last: int


def split(outline: Outline, opening: int) -> list[Argument]:
    """Return the arguments between an opening bracket and the one that closes it."""
    found: list[Argument] = []
    closing = outline.partner.get(opening, opening)
    first = opening + 1
    at = first
    while at <= closing:
        if outline.kind(at) == "open":
            at = outline.partner.get(at, closing) + 1
            continue
        if outline.word(at) == "," and _in_lambda(outline, first, at):
            at += 1
            continue
        if outline.word(at) == "," or at == closing:
            if at > first:
                is_named = outline.word(first + 1) == "=" and outline.word(first + 2) != "=" and outline.kind(first) == "name"
                found.append(Argument(outline.word(first), first + 2, at - 1) if is_named else Argument("", first, at - 1))
            first = at + 1
        at += 1
    return found


def _in_lambda(outline: Outline, first: int, at: int) -> bool:
    """Tell whether a comma stands between the parameters of a lambda."""
    words = [outline.word(index) for index in range(first, at)]
    if "lambda" not in words:
        return False
    return ":" not in words[words.index("lambda") :]


def add(outline: Outline, opening: int, arguments: Sequence[str]) -> list[Edit]:
    """Add arguments behind the last one of a call, in the layout of those that are there."""
    closing = outline.partner.get(opening, -1)
    if closing < 0 or not arguments:
        return []
    text = outline.text
    close = outline.code[closing].start
    if closing == opening + 1:
        return [Edit(close, close, ", ".join(arguments))]
    last = closing - 1
    has_comma = outline.word(last) == ","
    end = outline.code[last].end
    line = outline.line_start(close)
    if text[line:close].strip() or line <= end:
        return [Edit(end, end, f"{' ' if has_comma else ', '}{', '.join(arguments)}")]
    # the closing bracket stands alone: one argument a line
    indent = _indent(outline, outline.line_start(outline.code[split(outline, opening)[-1].first].start))
    own = f",{outline.newline}".join(f"{indent}{argument}" for argument in arguments)
    added = Edit(line, line, f"{own}{',' if has_comma else ''}{outline.newline}")
    return [added] if has_comma else [Edit(end, end, ","), added]


def _indent(outline: Outline, line: int) -> str:
    text = outline.text
    end = line
    while end < len(text) and text[end] in " \t":
        end += 1
    return text[line:end]


def literal(value: str, quote: str) -> str:
    """Return a string literal between the quotes of choice."""
    escaped = value.replace("\\", "\\\\").replace(quote, f"\\{quote}").replace("\n", "\\n")
    return f"{quote}{escaped}{quote}"
