"""Edits for tags that are written wrong: another value, another key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lint_plugin.edits import Edit
from lint_plugin.facts import TagValue
from lint_plugin.stages.apply import arguments
from lint_plugin.stages.apply.file import Draft
from lint_plugin.stages.apply.outline import Outline

_PLAIN: Final = re.compile(r"(?P<prefix>[uU]?)(?P<quote>\"\"\"|'''|\"|')(?P<body>[^\\]*)(?P=quote)", re.DOTALL)


def rename_key(draft: Draft, tag: TagValue, key: str) -> str:
    """Give a tag its right key; return why not where it cannot be done."""
    outline = draft.outline
    at = outline.at(tag.pos)
    if outline.word(at) != tag.key or outline.word(at + 1) != "=":
        return "the key is not written at the call, but in a mapping made elsewhere"
    opening = next(outline.enclosing(at), -1)
    if any(argument.keyword == key for argument in arguments.split(outline, opening)):
        return f"the call has a {key} already"
    lexeme = outline.code[at]
    draft.edits.append(Edit(lexeme.start, lexeme.end, key))
    return ""


def replace_value(draft: Draft, tag: TagValue, old: str, new: str) -> str:
    """Write another value where the one of a tag is written: at the call, or where the constant is defined."""
    outline = draft.outline
    first, last = _range(outline, outline.at(tag.pos), tag.key)
    places = [at for at in range(first, last + 1) if _literal(outline, at) == old]
    if not places:
        names = {outline.word(at) for at in range(first, last + 1) if outline.kind(at) == "name"}
        places = [at for at in _constants(outline, names) if _literal(outline, at) == old]
        if len(places) != 1:
            return "the value is not written at the call, nor as one constant of the file"
    for at in places:
        lexeme = outline.code[at]
        found = _PLAIN.fullmatch(outline.text, lexeme.start, lexeme.end)
        if found is None or found["quote"] in new or "\\" in new:
            return "the value is not written as a plain string"
        draft.edits.append(Edit(found.start("body"), found.end("body"), new))
    return ""


def _range(outline: Outline, at: int, key: str) -> tuple[int, int]:
    """Return the lexemes among which the value of a tag is written: its argument, or all those of the call."""
    if outline.word(at + 1) == "=":
        opening = next(outline.enclosing(at), -1)
        for argument in arguments.split(outline, opening) if opening >= 0 else ():
            if argument.first == at + 2:
                return argument.first, argument.last
    if outline.word(at + 1) == "(":
        named = [argument for argument in arguments.split(outline, at + 1) if argument.keyword == key]
        if named:
            return named[0].first, named[0].last
        return at + 1, outline.partner.get(at + 1, at)
    return at, at


def _literal(outline: Outline, at: int) -> str | None:
    """Return the text of a string literal that stands alone: neither formatted nor a part of a longer one."""
    if outline.kind(at) != "string" or "string" in (outline.kind(at - 1), outline.kind(at + 1)):
        return None
    lexeme = outline.code[at]
    found = _PLAIN.fullmatch(outline.text, lexeme.start, lexeme.end)
    return found["body"] if found is not None else None


def _constants(outline: Outline, names: set[str]) -> Iterator[int]:
    """Yield the lexeme of each string that is assigned, alone, to one of the names at the top of the file."""
    for line in outline.lines:
        if not line.indent and outline.word(line.first) in names and outline.kind(line.last) == "string":
            words = [outline.word(at) for at in range(line.first + 1, line.last)]
            if words[-1:] == ["="] and words[:1] in (["="], [":"]) and words.count("=") == 1:
                yield line.last
