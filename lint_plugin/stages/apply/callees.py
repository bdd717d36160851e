"""Find, for a reported call, the expression that is called and the part of it that is wrapped."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from lint_plugin.facts import CallSite
from lint_plugin.stages.apply.outline import Outline

RESPONSES: Final = ("with_raw_response", "with_streaming_response")  # stand between a client and its method
# packages whose module is a client: their chains are objects, the parents of other functions are modules or classes
MODULE_CLIENTS: Final = ("openai", "replicate", "langfuse.openai.openai")
_FORMATTED: Final = re.compile(r"(?i:[ft]r?|r[ft])(?:\"\"\"|'''|\"|')")


class Callee(NamedTuple):
    """A called expression in an outline: the indices of its first and last lexeme."""

    outline: Outline
    first: int
    last: int
    quote: str = ""  # the one to use inside the f-string that holds the call


def find(outline: Outline, site: CallSite) -> Callee | None:
    """Return the callee of a site; ``None`` where it cannot be told."""
    at = outline.at(site.pos)
    if at < 0:
        return None
    if outline.kind(at) == "string":
        return _in_string(outline, at, site)
    if site.kind == "reference":
        at = _handed_on(outline, at, site)
        return Callee(outline, outline.primary(at), at) if at >= 0 else None
    if site.text.endswith("()") or not _is_called(outline, at):
        at = _called_result(outline, at)
    return Callee(outline, outline.primary(at), at) if at >= 0 else None


def _is_called(outline: Outline, at: int) -> bool:
    """Tell whether arguments stand behind a lexeme, brackets around it alone apart."""
    after = at + 1
    while outline.word(after) == ")" and outline.kind(outline.partner.get(after, after) - 1) != "name":
        after += 1
    return outline.is_called(after - 1)


def _called_result(outline: Outline, at: int) -> int:
    """Return the end of the callee that is itself a call or an item: ``make()(...)``, ``models["fast"](...)``."""
    if outline.kind(at + 1) == "open" and outline.word(at + 1) != "{":
        end = outline.partner.get(at + 1, -1)
        if outline.is_called(end):
            return end
    for opening in outline.enclosing(at):
        end = outline.partner.get(opening, -1)
        if end >= 0 and outline.is_called(end):
            return end
    return -1


def _handed_on(outline: Outline, at: int, site: CallSite) -> int:
    """Return the last lexeme of a callable that is an argument; the place of a keyword is given for ``key=value``."""
    leaf = site.text.rpartition(".")[2]
    if outline.word(at) == leaf and outline.word(at + 1) != "=":
        return at
    depth = 0
    for after in range(at + 1, len(outline.code)):
        kind, word = outline.kind(after), outline.word(after)
        depth += {"open": 1, "close": -1}.get(kind, 0)
        if depth < 0 or (depth == 0 and word == ","):
            return -1
        if word == leaf and spelled(outline, outline.primary(after), after) == site.text:
            return after
    return -1


def _in_string(outline: Outline, at: int, site: CallSite) -> Callee | None:
    """Find a callee in the fields of an f-string, where a place means the string as a whole."""
    lexeme = outline.code[at]
    opening = _FORMATTED.match(outline.text, lexeme.start)
    if opening is None or not site.text:
        return None
    dotted = r"\s*\.\s*".join(re.escape(part) for part in site.text.split("."))
    found = list(re.finditer(rf"(?<![\w.]){dotted}(?=\s*\()", outline.text[lexeme.start : lexeme.end]))
    if len(found) != 1:
        return None
    inner = Outline(outline.text[: lexeme.end], lexeme.start + found[0].start())
    last = inner.at(lexeme.start + found[0].end() - 1)
    return Callee(inner, 0, last, "'" if opening.group().endswith('"') else '"')


def spelled(outline: Outline, first: int, last: int) -> str:
    """Return a callee as records spell it: calls in it as ``make()``."""
    pieces: list[str] = []
    at = first
    while at <= last:
        word = outline.word(at)
        if word == "(" and at > first:
            pieces.append("()")
            at = outline.partner.get(at, last)
        else:
            pieces.append(word)
        at += 1
    return "".join(pieces)


def receiver(callee: Callee, site: CallSite, *, whole: bool = False) -> tuple[int, int]:
    """Return the first and last lexeme of what is wrapped: the client, or else (``whole``) the callable itself."""
    outline, first, last = callee.outline, callee.first, callee.last
    if whole:
        return first, last
    if is_function(site):
        return _of_function(callee, site)
    at = last
    accessor = site.method.rpartition(".")[2] if site.layer == "http" else site.method
    for segment in reversed(accessor.split(".")):
        while outline.word(at) in RESPONSES and outline.word(at - 1) == "." and segment != outline.word(at):
            at -= 2
        if outline.word(at) != segment or outline.word(at - 1) != "." or at - 1 <= first:
            break
        at -= 2
    return first, at


def _of_function(callee: Callee, site: CallSite) -> tuple[int, int]:
    """Wrap the resource of a module that is a client, and any other function itself: a wrapped module has no types."""
    outline, first, last = callee.outline, callee.first, callee.last
    parent = site.method.rpartition(".")[0]
    is_resource = parent.startswith(MODULE_CLIENTS) and parent not in MODULE_CLIENTS and parent.rpartition(".")[2].islower()
    if is_resource and outline.word(last - 1) == "." and last - first >= len(("a", ".", "b", ".", "c")) - 1:
        return first, last - 2
    return first, last


def is_function(site: CallSite) -> bool:
    """Tell whether a site is a call of a function of a module rather than of a method."""
    if site.layer == "http":
        return not site.method.rpartition(".")[0].rpartition(".")[2][:1].isupper()
    from cost_lib import catalog  # known by then

    return catalog.load().function(site.method) is not None
