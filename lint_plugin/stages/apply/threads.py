"""Edits that let the tags go along into a thread."""

from __future__ import annotations

from typing import Final

from lint_plugin.edits import around
from lint_plugin.facts import Boundary
from lint_plugin.stages.apply import arguments
from lint_plugin.stages.apply.arguments import Argument
from lint_plugin.stages.apply.file import Draft
from lint_plugin.stages.apply.outline import Outline
from lint_plugin.stages.apply.wrapping import LIBRARY

CARRIER: Final = "with_current_tags"
NAMED: Final = ("target", "function", "func", "fn")
SECOND: Final = ("run_in_executor", "Timer", "Thread")  # take the callable as their second argument
HANDING: Final = frozenset("submit map run_in_executor Thread Timer".split())
PROCESSES: Final = ("ProcessPoolExecutor.", "Pool.", "multiprocessing.Process")


def carry_tags(draft: Draft, boundary: Boundary) -> str:
    """Wrap the callable that is handed over; return why not where it cannot be done."""
    if boundary.boundary.startswith(PROCESSES):
        return "tags cannot be sent to another process: bind them to the client there"
    outline = draft.outline
    found = _callable(outline, outline.at(boundary.pos), boundary)
    if found is None:
        return "the callable could not be found among the arguments"
    return _wrap(draft, found)


def carry_argument(draft: Draft, offset: int) -> str:
    """Wrap whatever a place is part of, as an argument of a call that hands it to a thread."""
    outline = draft.outline
    at = outline.at(offset)
    for opening in outline.enclosing(at):
        if outline.word(opening) == "(" and outline.word(opening - 1) in HANDING:
            found = next((one for one in arguments.split(outline, opening) if one.first <= at <= one.last), None)
            return "the callable could not be found among the arguments" if found is None else _wrap(draft, found)
    return "nothing around the call hands it to a thread"


def _wrap(draft: Draft, found: Argument) -> str:
    outline = draft.outline
    if not outline.is_expression(found.first, found.last):
        return "the callable could not be found among the arguments"
    start, end = outline.code[found.first].start, outline.code[found.last].end
    carrier = draft.names.local(LIBRARY, CARRIER)
    draft.edits.extend(around(start, end, f"{carrier}(", ")"))
    return ""


def _callable(outline: Outline, at: int, boundary: Boundary) -> Argument | None:
    """Return the argument that is called in the other thread."""
    leaf = "run_in_executor" if boundary.boundary == "executor" else boundary.boundary.rpartition(".")[2]
    if outline.word(at) == leaf and outline.word(at + 1) == "(":
        return _by_place(arguments.split(outline, at + 1), leaf)
    for opening in outline.enclosing(at):
        if outline.word(opening) == "(" and outline.word(opening - 1) == leaf:
            # the place of a keyword argument is its name, before its value
            return next((one for one in arguments.split(outline, opening) if one.first - 2 * bool(one.keyword) <= at <= one.last), None)
    return None


def _by_place(given: list[Argument], leaf: str) -> Argument | None:
    named = next((argument for argument in given if argument.keyword in NAMED), None)
    if named is not None:
        return named
    positional = [argument for argument in given if not argument.keyword]
    at = 1 if leaf in SECOND else 0
    return positional[at] if at < len(positional) else None
