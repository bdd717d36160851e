"""What can be tried about a finding of each rule."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

from lint_plugin.facts import Boundary, Caller, CallSite, Fact, LeakyScope, TagValue
from lint_plugin.fixing.naming import Around
from lint_plugin.fixing.tasks import ASKED, HANDED, SCOPE, Attempt
from lint_plugin.model import Finding
from lint_plugin.rules.sites import is_metered
from lint_plugin.rules.wording import nearest
from lint_plugin.stages.apply import calls, comments, decorators, threads, values
from lint_plugin.stages.apply.definitions import text_of
from lint_plugin.stages.apply.file import SourceText
from lint_plugin.stages.apply.forms import form_for
from lint_plugin.stages.apply.wrapping import HANDED_ON, LIBRARY

if TYPE_CHECKING:
    from cost_lib.policy import Policy
    from lint_plugin.fixing.model import Options
    from lint_plugin.fixing.namer import Namer
    from lint_plugin.fixing.sharing import Hints

UNUSED: Final = "CMK901"
BY_HAND: Final = {
    "CMK203": "only people know what the tag is to say",
    "CMK207": "only the caller's author knows what it is for: put @tags(...) on it",
    "CMK209": "either the receiver's tag or the scope's is meant",
    "CMK902": "only people know the reason",
}
SURE: Final = 0.8  # likeness of two spellings of one word
FEATURE: Final = "feature"
_VALUE: Final = re.compile(r'(?:feature )?(?P<value>"(?:[^"\\]|\\.)*") is (?:not registered|an unknown value)')
_IDLE: Final = re.compile(r"(?P<codes>CMK[\w, ]+?) in # costmark")


class NotFixable(ValueError):  # noqa: N818  (an answer, not an error of the program)
    """A finding for which there is nothing to try; says why."""


class Planner:
    """Knows what to try about each finding."""

    def __init__(self, policy: Policy, namer: Namer, options: Options, hints: Hints) -> None:
        """Plan within a policy, with the names that ``namer`` chooses."""
        self._policy: Final = policy
        self._namer: Final = namer
        self._options: Final = options
        self._hints: Final = hints

    def attempts(self, finding: Finding, fact: Fact | None, pos: int, source: SourceText) -> list[Attempt]:
        """Return what to try, best first."""
        if isinstance(fact, CallSite):
            return list(self._of_call(finding, fact, source))
        if isinstance(fact, TagValue) and finding.code == "CMK202":
            return [self._of_value(finding, fact)]
        if isinstance(fact, TagValue) and finding.code == "CMK210":
            return [self._of_key(fact)]
        if isinstance(fact, Boundary):
            return [Attempt(lambda draft: threads.carry_tags(draft, fact))]
        if isinstance(fact, LeakyScope):
            return [Attempt(lambda draft: decorators.lift_scope(draft, fact.pos))]
        if finding.code == UNUSED:
            idle = _IDLE.match(finding.message)
            codes = tuple(re.split(r"[,\s]+", idle["codes"])) if idle is not None else ()
            return [Attempt(lambda draft: comments.remove(draft, pos, codes))]
        raise NotFixable(f"{BY_HAND.get(finding.code, 'there is no fix for it')}: costmark rule {finding.code}")

    def caller(self, caller: Caller, pos: int, source: SourceText) -> list[Attempt]:
        """Return how a caller brings the tag that a helper hands on to it."""
        place = around(caller.path, caller.scope, pos, source)
        tags = dict.fromkeys(caller.missing, self._namer.of_place(place))
        own = Attempt(lambda draft: decorators.tag_function(draft, pos, tags))
        if not self._hints.may_be_shared(caller.path, caller.scope):
            return [own]
        handed = dict.fromkeys(caller.missing, HANDED_ON)
        return [Attempt(lambda draft: decorators.tag_function(draft, pos, handed), HANDED), own]

    def _of_call(self, finding: Finding, site: CallSite, source: SourceText) -> Iterator[Attempt]:
        if not is_metered(site):
            raise NotFixable(f"it goes over {site.transport} and cannot be metered: put it inside record_call and say its usage there")
        place = around(site.path, site.scope, site.pos, source)
        tags = self._namer.tags(finding, site.missing, place)
        form = form_for(self._policy, site)
        is_ours = site.kind != "wrapper" and form.module == LIBRARY
        if is_ours and tags.get(FEATURE) == HANDED_ON:
            yield Attempt(lambda draft: calls.give_tags(draft, site, tags, form), ASKED)
            return
        if is_ours and FEATURE in tags and self._is_free(finding, place) and self._hints.may_be_shared(site.path, site.scope):
            handed = {**tags, FEATURE: HANDED_ON}
            yield Attempt(lambda draft: calls.give_tags(draft, site, handed, form), HANDED)
        if is_ours and tags and self._options.style == SCOPE:
            yield Attempt(lambda draft: decorators.tag_function(draft, site.pos, tags), SCOPE)
        yield Attempt(lambda draft: calls.give_tags(draft, site, tags, form))
        yield Attempt(lambda draft: calls.give_tags(draft, site, tags, form, whole=True))
        if site.kind == "reference":
            yield Attempt(lambda draft: calls.give_tags(draft, site, tags, form) or threads.carry_argument(draft, site.pos))

    def _is_free(self, finding: Finding, place: Around) -> bool:
        """Tell whether nothing but its module names a call, so that its callers may know better."""
        return self._namer.propose(finding, place).origin == "module"

    def _of_value(self, finding: Finding, tag: TagValue) -> Attempt:
        found = _VALUE.match(finding.message)
        old = next((value for value in tag.literals if found is not None and _quoted(value) == found["value"]), "")
        schema = self._policy.tags.get(tag.key)
        known = list(self._policy.features) if tag.key == FEATURE else list(schema.values if schema is not None else ())
        near = nearest(old, known)
        self._check(old, near, "registered name" if tag.key == FEATURE else "listed value")
        return Attempt(lambda draft: values.replace_value(draft, tag, old, near))

    def _of_key(self, tag: TagValue) -> Attempt:
        near = tag.misspelt or nearest(tag.key, self._policy.tags)
        self._check(tag.key, near, "known tag")
        return Attempt(lambda draft: values.rename_key(draft, tag, near))

    def _check(self, written: str, near: str, what: str) -> None:
        """Refuse a correction that may mean something else, unless that was asked for."""
        if not near:
            raise NotFixable(f"no {what} is like {_quoted(written)}")
        if not self._options.unsafe and SequenceMatcher(a=_plain(written), b=_plain(near)).ratio() < SURE:
            raise NotFixable(f"the nearest {what}, {_quoted(near)}, may not be what {_quoted(written)} means: --unsafe-fixes takes it")


def around(path: str, scope: str, pos: int, source: SourceText) -> Around:
    """Return what stands around a call and could name it."""
    outline = source.outline
    found = decorators.function_around(outline, pos)
    lines = found.decorators if found is not None else ()
    return Around(path, scope, tuple(text_of(outline, line) for line in lines))


def _quoted(value: str) -> str:
    from json import dumps

    return dumps(value, ensure_ascii=False)


def _plain(word: str) -> str:
    return word.lower().replace("-", "_").replace(" ", "_")


__all__ = ["NotFixable", "Planner", "around"]
