"""Edits for calls that are raw or lack a tag."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from lint_plugin.facts import CallSite
from lint_plugin.stages.apply import callees, wrapping
from lint_plugin.stages.apply.file import Draft
from lint_plugin.stages.apply.wrapping import Form

UNCLEAR: Final = "what is called could not be found in the source by its place"


def give_tags(draft: Draft, site: CallSite, tags: Mapping[str, str], form: Form, *, whole: bool = False) -> str:
    """Edit a call so that it has its tags; ``whole`` wraps the callable itself. Return why not where it cannot be done."""
    callee = callees.find(draft.outline, site)
    if callee is None:
        return UNCLEAR
    if site.kind == "wrapper":
        edits = wrapping.add_to_call(callee, tags, draft.names, form)
        if not edits:
            return "the wrapper takes no tags by keyword"
    else:
        first, last = callees.receiver(callee, site, whole=whole)
        if _is_super(callee, first):
            return "super() cannot be wrapped: put the call behind a client of its own"
        if callee.outline is draft.outline and not callee.outline.is_expression(first, last):
            return UNCLEAR
        edits = wrapping.wrap(callee, (first, last), tags, draft.names, form)
    draft.edits.extend(edits)
    return ""


def _is_super(callee: callees.Callee, first: int) -> bool:
    return callee.outline.word(first) == "super" and callee.outline.word(first + 1) == "("
