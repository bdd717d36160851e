"""What can be tried about a finding of each rule."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

from lint_plugin.facts import Boundary, CallSite, Fact, LeakyScope, TagValue
from lint_plugin.fixing.naming import Around
from lint_plugin.fixing.tasks import Attempt
from lint_plugin.model import Finding
from lint_plugin.rules.sites import is_metered
from lint_plugin.rules.wording import nearest
from lint_plugin.stages.apply import calls, comments, decorators, threads, values
from lint_plugin.stages.apply.definitions import text_of
from lint_plugin.stages.apply.file import Draft, SourceText
from lint_plugin.stages.apply.forms import form_for

if TYPE_CHECKING:
    from cost_lib.policy import Policy
    from lint_plugin.fixing.model import Options
    from lint_plugin.fixing.namer import Namer

UNUSED: Final = "CMK901"
BY_HAND: Final = "no fix is safe: write it by hand"
SURE: Final = 0.8  # likeness of two spellings of one word
FEATURE: Final = "feature"
_VALUE: Final = re.compile(r'(?:feature )?(?P<value>"(?:[^"\\]|\\.)*") is (?:not registered|an unknown value)')
_IDLE: Final = re.compile(r"(?P<codes>CMK[\w, ]+?) in # costmark")


class NotFixable(ValueError):  # noqa: N818  (an answer, not an error of the program)
    """A finding for which there is nothing to try; says why."""


class Planner:
    """Knows what to try about each finding."""

    def __init__(self, policy: Policy, namer: Namer, options: Options) -> None:
        """Plan within a policy, with the names that ``namer`` chooses."""
        self._policy: Final = policy
        self._namer: Final = namer
        self._options: Final = options

    def attempts(self, finding: Finding, fact: Fact | None, pos: int, source: SourceText) -> list[Attempt]:
        """Return what to try, best first."""
        if isinstance(fact, CallSite):
            return list(self._of_call(finding, fact, source))
        if isinstance(fact, TagValue) and finding.code == "CMK202":
            return [self._of_value(finding, fact)]
        if isinstance(fact, TagValue) and finding.code == "CMK210":
            return [self._of_key(fact)]
        if isinstance(fact, Boundary):
            return [lambda draft: threads.carry_tags(draft, fact)]
        if isinstance(fact, LeakyScope):
            return [lambda draft: decorators.lift_scope(draft, fact.pos)]
        if finding.code == UNUSED:
            idle = _IDLE.match(finding.message)
            codes = tuple(re.split(r"[,\s]+", idle["codes"])) if idle is not None else ()
            return [lambda draft: comments.remove(draft, pos, codes)]
        raise NotFixable(f"{finding.code}: {BY_HAND}")

    def _of_call(self, finding: Finding, site: CallSite, source: SourceText) -> Iterator[Attempt]:
        if not is_metered(site):
            raise NotFixable(f"it goes over {site.transport} and cannot be metered: put it inside record_call and say its usage there")
        tags = self._namer.tags(finding, site.missing, around(site, source))
        form = form_for(self._policy, site)
        yield lambda draft: calls.give_tags(draft, site, tags, form)
        yield lambda draft: calls.give_tags(draft, site, tags, form, whole=True)

    def _of_value(self, finding: Finding, tag: TagValue) -> Attempt:
        found = _VALUE.match(finding.message)
        old = next((value for value in tag.literals if found is not None and _quoted(value) == found["value"]), "")
        schema = self._policy.tags.get(tag.key)
        known = list(self._policy.features) if tag.key == FEATURE else list(schema.values if schema is not None else ())
        near = nearest(old, known)
        self._check(old, near, "registered name" if tag.key == FEATURE else "listed value")
        return lambda draft: values.replace_value(draft, tag, old, near)

    def _of_key(self, tag: TagValue) -> Attempt:
        near = tag.misspelt or nearest(tag.key, self._policy.tags)
        self._check(tag.key, near, "known tag")
        return lambda draft: values.rename_key(draft, tag, near)

    def _check(self, written: str, near: str, what: str) -> None:
        """Refuse a correction that may mean something else, unless that was asked for."""
        if not near:
            raise NotFixable(f"no {what} is like {_quoted(written)}")
        if not self._options.unsafe and SequenceMatcher(a=_plain(written), b=_plain(near)).ratio() < SURE:
            raise NotFixable(f"the nearest {what}, {_quoted(near)}, may not be what {_quoted(written)} means: --unsafe-fixes takes it")


def around(site: CallSite, source: SourceText) -> Around:
    """Return what stands around a call and could name it."""
    outline = source.outline
    found = decorators.function_around(outline, site.pos)
    lines = found.decorators if found is not None else ()
    return Around(site.path, site.scope, tuple(text_of(outline, line) for line in lines))


def _quoted(value: str) -> str:
    from json import dumps

    return dumps(value, ensure_ascii=False)


def _plain(word: str) -> str:
    return word.lower().replace("-", "_").replace(" ", "_")


__all__ = ["Attempt", "Draft", "NotFixable", "Planner", "around"]
