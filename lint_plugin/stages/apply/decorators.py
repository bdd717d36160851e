"""Edits that put a scope of tags on a function, or take one off a block."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from lint_plugin.edits import Edit
from lint_plugin.stages.apply import arguments
from lint_plugin.stages.apply.definitions import Definition, around
from lint_plugin.stages.apply.file import Draft
from lint_plugin.stages.apply.outline import Outline
from lint_plugin.stages.apply.wrapping import LIBRARY, Form

SCOPE: Final = "tags"


def tag_function(draft: Draft, offset: int, tags: Mapping[str, str]) -> str:
    """Put ``@tags(...)`` right above the function around a place; return why not where there is none."""
    outline = draft.outline
    found = function_around(outline, offset)
    if found is None:
        return "no function stands around the call"
    scope = draft.names.local(LIBRARY, SCOPE)
    given = ", ".join(Form().given(tags, draft.names, outline.quote))
    _decorate(draft, found, f"@{scope}({given})")
    return ""


def function_around(outline: Outline, offset: int) -> Definition | None:
    """Return the innermost definition around a place if it is a function."""
    found = next(around(outline, outline.at(offset)), None)
    return found if found is not None and found.kind == "def" else None


def _decorate(draft: Draft, found: Definition, decorator: str) -> None:
    outline = draft.outline
    start = outline.code[outline.lines[found.line].first].start
    draft.edits.append(Edit(start, start, f"{decorator}{outline.newline}{found.indent}"))


def lift_scope(draft: Draft, offset: int) -> str:
    """Turn ``with tags(...)`` around the body of a generator into a decorator; return why not where it cannot be done."""
    outline = draft.outline
    at = outline.at(offset)
    number = outline.line_of(at)
    found = function_around(outline, offset)
    if found is None or outline.word(outline.lines[number].first) not in ("with", "async"):
        return "the scope does not stand in a with statement of a function"
    if not _is_whole_body(outline, found, number):
        return "other statements stand beside the block: their calls would get the tags too"
    call = _only_item(outline, number)
    if call is None:
        return "the with statement has other items, or hands the scope on by a name"
    first, opening, last = call
    if not _is_literal(outline, opening):
        return "the tags are computed inside the function: end the block before the yield instead"
    words = outline.text[outline.code[first].start : outline.code[last].end]
    _decorate(draft, found, f"@{words}")
    return _dedent(draft, number)


def _only_item(outline: Outline, number: int) -> tuple[int, int, int] | None:
    """Return the first lexeme, the bracket and the last lexeme of the one item of a ``with`` that has nothing behind its colon."""
    line = outline.lines[number]
    first = line.first + 1
    if outline.word(line.last) != ":" or outline.kind(line.last - 1) != "close":
        return None
    opening = outline.partner.get(line.last - 1, -1)
    if outline.word(opening) != "(" or outline.primary(opening - 1) != first:
        return None
    return first, opening, line.last - 1


def _is_literal(outline: Outline, opening: int) -> bool:
    given = arguments.split(outline, opening)
    return all(argument.first == argument.last and outline.kind(argument.first) == "string" for argument in given)


def _body(outline: Outline, number: int) -> range:
    """Return the logical lines of a block whose head is ``number``."""
    width = len(outline.lines[number].indent.expandtabs())
    end = number + 1
    while end < len(outline.lines) and len(outline.lines[end].indent.expandtabs()) > width:
        end += 1
    return range(number + 1, end)


def _is_whole_body(outline: Outline, found: Definition, number: int) -> bool:
    """Tell whether a function has nothing but a docstring and this block."""
    body = _body(outline, found.line)
    if not body or body[-1] + 1 != _body(outline, number)[-1] + 1:
        return False
    before = [line for line in body if line < number]
    return not before or (len(before) == 1 and outline.kind(outline.lines[before[0]].first) == "string")


def _dedent(draft: Draft, number: int) -> str:
    """Take the head of a block out and its lines one step to the left."""
    outline = draft.outline
    text = outline.text
    lines = _body(outline, number)
    head, step = outline.lines[number], outline.lines[lines[0]].indent
    outer = head.indent
    if not step.startswith(outer):
        return "the block is indented with other characters than what is around it"
    start = outline.line_start(outline.code[head.first].start)
    begin = outline.line_start(outline.code[outline.lines[lines[0]].first].start)
    if text[outline.code[head.last].end : begin].strip():
        return "a comment stands between the with statement and its block"
    draft.edits.append(Edit(start, begin, ""))
    end = outline.code[outline.lines[lines[-1]].last].end
    inside = [(lexeme.start, lexeme.end) for lexeme in outline.code if lexeme.kind == "string"]
    at = begin
    while at < end:
        if text.startswith(step, at) and not any(first < at < last for first, last in inside):
            draft.edits.append(Edit(at + len(outer), at + len(step), ""))
        following = text.find("\n", at)
        if following < 0:
            break
        at = following + 1
    return ""
