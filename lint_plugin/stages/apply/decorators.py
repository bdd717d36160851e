"""Edits that put a scope of tags on a function, or take one off a block."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from lint_plugin.edits import Edit
from lint_plugin.stages.apply import arguments
from lint_plugin.stages.apply.arguments import Argument
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
    given = Form().given(tags, draft.names, outline.quote)
    return _decorate(draft, found, scope, given)


def function_around(outline: Outline, offset: int) -> Definition | None:
    """Return the innermost definition around a place if it is a function."""
    found = next(around(outline, outline.at(offset)), None)
    return found if found is not None and found.kind == "def" else None


def _decorate(draft: Draft, found: Definition, scope: str, given: Sequence[str]) -> str:
    """Put a decorator on a function once, or its tags into the one that is there; return why not where others are in the way."""
    outline = draft.outline
    for number in found.decorators:
        line = outline.lines[number]
        opening = outline.partner.get(line.last, -1)
        if opening > line.first and "".join(outline.word(at) for at in range(line.first + 1, opening)) == scope:
            keys = {argument.keyword for argument in arguments.split(outline, opening)}
            if keys & {text.partition("=")[0] for text in given}:
                return "the function has other tags already"
            added = arguments.add(outline, opening, given)
            draft.edits.extend(edit for edit in added if edit not in draft.edits)
            return ""
    start = outline.code[outline.lines[found.line].first].start
    text = f"@{scope}({', '.join(given)}){outline.newline}{found.indent}"
    made = [edit for edit in draft.edits if edit.start == edit.end == start and edit.text.startswith(f"@{scope}(")]
    if made and made[0].text != text:
        return "the function gets other tags already"
    draft.edits.extend([] if made else [Edit(start, start, text)])
    return ""


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
    items = _items(outline, number)
    item = next((item for item in items if item.first <= at <= item.last), None)
    if item is None or outline.word(item.last) != ")":
        return "the scope is held in a name"
    if not _is_literal(outline, outline.partner.get(item.last, item.last)):
        return "the tags are computed inside the function: end the block before the yield instead"
    opening = outline.partner.get(item.last, item.last)
    written = [outline.text[outline.code[one.first].start : outline.code[one.last].end] for one in arguments.split(outline, opening)]
    given = [f"{one.keyword}={value}" for one, value in zip(arguments.split(outline, opening), written, strict=True)]
    scope = outline.text[outline.code[item.first].start : outline.code[opening].start]
    why = _decorate(draft, found, scope, given)
    if why:
        return why
    return _dedent(draft, number) if len(items) == 1 else _take_out(draft, items, item)


def _items(outline: Outline, number: int) -> list[Argument]:
    """Return the items of a ``with`` statement that has nothing behind its colon; none for any other."""
    line = outline.lines[number]
    first = line.first + 1 + (outline.word(line.first) == "async")
    if outline.word(line.last) != ":":
        return []
    if outline.word(first) == "(" and outline.partner.get(first) == line.last - 1:
        return arguments.split(outline, first)
    found: list[Argument] = []
    begin = at = first
    while at <= line.last:
        if outline.kind(at) == "open":
            at = outline.partner.get(at, line.last)
        elif outline.word(at) == "," or at == line.last:
            found.append(Argument("", begin, at - 1))
            begin = at + 1
        at += 1
    return found


def _take_out(draft: Draft, items: list[Argument], item: Argument) -> str:
    """Leave the other items of a ``with`` statement."""
    outline = draft.outline
    at = items.index(item)
    if at:
        start, end = outline.code[items[at - 1].last].end, outline.code[item.last].end
    else:
        start, end = outline.code[item.first].start, outline.code[items[1].first].start
    draft.edits.append(Edit(start, end, ""))
    return ""


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
    above = text[outline.code[head.last].end : begin]
    comment = "".join(line.removeprefix(step) for line in above.lstrip(" \t").splitlines(keepends=True))
    draft.edits.append(Edit(start, begin, f"{outer}{comment}" if comment.strip() else ""))
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
