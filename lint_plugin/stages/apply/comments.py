"""Edits that take out comments, or codes in them, that silence nothing."""

from __future__ import annotations

import re
from typing import Final

from lint_plugin.edits import Edit
from lint_plugin.stages.apply.file import Draft

_MARK: Final = re.compile(r"#\s*(?:noqa(?::\s?(?:[A-Z]+[0-9]+[,\s]*)+)?|costmark:\s*allow(?:[ \t]*\[[^\]#]*\])?[^#\n\r]*)", re.IGNORECASE)
_LIST: Final = re.compile(r"\[(?P<codes>[^\]]*)\]")


def remove(draft: Draft, offset: int, codes: tuple[str, ...]) -> str:
    """Take a comment at an offset out, or only some codes of its list."""
    outline = draft.outline
    text = outline.text
    found = _MARK.match(text, offset)
    if found is None:
        return "the comment could not be found at its place"
    if codes:
        listed = _LIST.search(found.group())
        if listed is None:
            return "the comment has no list of codes"
        kept = [code for code in re.split(r"[,\s]+", listed["codes"]) if code and code not in codes]
        start = offset + listed.start("codes")
        draft.edits.append(Edit(start, start + len(listed["codes"]), ", ".join(kept)))
        return ""
    comment = next((lexeme for lexeme in outline.comments if lexeme.start <= offset < lexeme.end), None)
    if comment is None:
        return "what silences stands in a string"
    start, end = offset, found.end()
    rest = text[end : comment.end]
    if start == comment.start and not rest.strip():
        line = outline.line_start(start)
        if not text[line:start].strip():  # the comment has the line for itself
            start, end = line, _next_line(text, comment.end)
        else:
            start, end = line + len(text[line:start].rstrip()), comment.end
    elif not rest.strip():
        start, end = start - (len(text[:start]) - len(text[:start].rstrip(" \t"))), comment.end
    draft.edits.append(Edit(start, end, ""))
    return ""


def _next_line(text: str, offset: int) -> int:
    if text.startswith("\r\n", offset):
        return offset + 2
    return min(offset + 1, len(text))
