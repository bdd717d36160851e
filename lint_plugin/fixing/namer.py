"""Decide the tags that a call is given: by the plan, by the registry, or by what stands around it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from lint_plugin.fixing.model import Name
from lint_plugin.fixing.naming import Around, choose
from lint_plugin.model import Finding
from lint_plugin.stages.apply.wrapping import HANDED_ON

if TYPE_CHECKING:
    from cost_lib.policy import Policy
    from lint_plugin.fixing.owners import Owners
    from lint_plugin.fixing.plan import Plan

FEATURE: Final = "feature"
INHERITED: Final = "inherited"
OWNED: Final = ("team", "owner")  # tags that CODEOWNERS can say


class Unnamed(ValueError):  # noqa: N818  (an answer, not an error of the program)
    """No value is known for a tag; says why."""


class Style(NamedTuple):
    """Which names may be chosen."""

    registered_only: bool = False  # only those that the registry has
    finest: bool = False  # after what is nearest to a call rather than its module


class Namer:
    """Chooses tags, and remembers which features are new."""

    def __init__(
        self,
        policy: Policy,
        owners: Owners,
        plan: Plan | None = None,
        *,
        modules: Mapping[str, str],
        style: Style,
    ) -> None:
        """Choose within a policy; ``modules`` are the names of files, of which there are not too many."""
        self.policy: Final = policy
        self.owners: Final = owners
        self.plan: Final = plan
        self.new: Final[dict[str, Name]] = {}
        self._modules: Final = modules
        self._style: Final = style

    def tags(self, finding: Finding, missing: tuple[str, ...], around: Around) -> dict[str, str]:
        """Return a value for each missing tag."""
        return {key: self._feature(finding, around) if key == FEATURE else self._other(key, finding) for key in missing}

    def of_place(self, around: Around) -> str:
        """Return the feature of a function that calls a shared helper; a new one is remembered."""
        name = choose(around, self.policy.features)
        if name.is_new and self._style.registered_only:
            raise Unnamed("no registered feature fits its module, class or function by name")
        if name.is_new:
            self.new.setdefault(name.feature, name._replace(owner=self.owners.of(around.path)))
        return name.feature

    def propose(self, finding: Finding, around: Around) -> Name:
        """Return the feature of a call."""
        row = self.plan.row(finding) if self.plan is not None else None
        if row is not None:
            if not row.feature:
                raise Unnamed("the plan names no feature for it")
            is_new = row.feature not in self.policy.features and row.feature != INHERITED
            return Name(row.feature, "plan", row.owner or self.owners.of(around.path), is_new)
        if self.plan is not None:
            raise Unnamed("the plan has no row for it")
        name = choose(around, self.policy.features, finest=self._style.finest)
        if name.is_new and name.origin == "module":
            name = name._replace(feature=self._modules.get(around.path, name.feature))
        return name._replace(owner=self.owners.of(around.path) if name.is_new else "")

    def _feature(self, finding: Finding, around: Around) -> str:
        name = self.propose(finding, around)
        if name.is_new and self._style.registered_only:
            raise Unnamed("no registered feature fits its module, class or function by name")
        if name.is_new:
            known = self.new.setdefault(name.feature, name)
            if name.owner and not known.owner:
                self.new[name.feature] = name
        return HANDED_ON if name.feature == INHERITED else name.feature

    def _other(self, key: str, finding: Finding) -> str:
        """Return the value of a tag that is no feature; nothing is made up."""
        row = self.plan.row(finding) if self.plan is not None else None
        planned = dict(row.tags).get(key, "") if row is not None else ""
        if planned:
            return planned
        values = self.policy.tags[key].values if key in self.policy.tags else ()
        if len(values) == 1:
            return values[0]
        owner = self.owners.of(finding.path) if key in OWNED else ""
        if owner and (not values or owner in values):
            return owner
        raise Unnamed(f"the tag {key} is missing and nothing says its value: write it into a plan (--plan, --apply)")
