"""Give verdicts their lines: Judged -> Finding."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

from lint_plugin.facts import CallSite, EscapedClient, TagValue, Unmetered
from lint_plugin.lexemes import lex
from lint_plugin.model import Finding
from lint_plugin.stages.fingerprint import normalise
from lint_plugin.stages.judge import Judged
from lint_plugin.stages.notebook import Notebook
from lint_plugin.tokens import Lines, call_end

_CLOSED: Final = re.compile(r"\A(?:[\s)\\]|#[^\n]*\n)*")  # brackets that only group the callee
# an argument that is a dict, or a call with one behind ``**``
_IN_DICT: Final = re.compile(r"\w+\s*(?:=\s*(?:\{|dict\s*\()|\((?:[^{}]*[^\w{}])?\*\*\s*(?:\{|dict\s*\())|dict\s*\(")
_NAME: Final = re.compile(r"[^\W\d]\w*")


def locate(judged: Iterable[Judged], text_of: Callable[[str], str], notebook_of: Callable[[str], Notebook | None]) -> list[Finding]:
    """Turn offsets into lines, columns and cells; ``text_of`` gives the decoded source of a path."""
    by_path: dict[str, list[Judged]] = {}
    for item in judged:
        by_path.setdefault(item.path, []).append(item)
    found: list[Finding] = []
    for path, items in by_path.items():
        if isinstance(items[0].fact, Unmetered):
            found += [_on_policy(item) for item in items]
            continue
        text = text_of(path)
        lines = Lines(text)
        notebook = notebook_of(path)
        found += [_finding(item, text, lines, notebook) for item in items]
    return found


def _on_policy(item: Judged) -> Finding:
    return Finding(item.path, item.pos, 1, item.pos, item.rule.code, item.rule.name, item.message, item.severity, fix=item.rule.fix.value)


def _finding(item: Judged, text: str, lines: Lines, notebook: Notebook | None) -> Finding:
    line, column = lines.locate(_place(item, text))
    end, _ = lines.locate(max(call_end(text, item.pos), item.pos))
    cell = 0
    if notebook is not None:
        cell, first = notebook.locate(line)
        end += first - line
        line = first
    fact = item.fact
    site = fact if isinstance(fact, CallSite) else None
    return Finding(
        path=item.path,
        line=line,
        column=column,
        end_line=max(end, line),
        code=item.rule.code,
        rule=item.rule.name,
        message=item.message,
        severity=item.severity,
        provider=site.provider if site is not None else fact.provider if isinstance(fact, EscapedClient) else "",
        method=site.method if site is not None else "",
        model=site.models[0] if site is not None and len(site.models) == 1 else "",
        resolution=site.resolution if site is not None else "",
        fix=item.rule.fix.value,
        cell=cell,
        scope=getattr(fact, "scope", ""),
        call=_call(item, text),
    )


def _place(item: Judged, text: str) -> int:
    """Return the offset of what is reported; of a tag in a dict that is written in the call, that of its key."""
    pos = max(item.pos, 0)
    if not isinstance(item.fact, TagValue) or text.startswith(item.fact.key, pos) or not _IN_DICT.match(text, pos):
        return pos
    depth = 0
    before = ""
    start = pos
    for lexeme in lex(text, pos):
        depth += {"open": 1, "close": -1}.get(lexeme.kind, 0)
        if depth < 0 or (depth == 0 and lexeme.kind == "newline"):
            break
        shown = text[lexeme.start : lexeme.end]
        if before.strip("\"'") == item.fact.key and (shown == ":" or (shown == "=" and before == item.fact.key)):
            return start
        if lexeme.kind in ("string", "name", "op"):
            before, start = shown, lexeme.start
    return pos


def _call(item: Judged, text: str) -> str:
    """Return the reported expression, arguments included, in a form that formatting does not change; of a keyword its name."""
    end = call_end(text, item.pos) + 1
    name = _NAME.match(text, max(item.pos, 0), end)
    leaf = name.group() if name is not None else ""
    if isinstance(item.fact, TagValue) and leaf == item.fact.key:
        return leaf
    written = getattr(item.fact, "text", "")
    if isinstance(written, str) and leaf and written.endswith(leaf):
        return normalise(f"{written}{_CLOSED.sub('', text[item.pos + len(leaf) : end])}")
    return normalise(written or text[max(item.pos, 0) : end])
