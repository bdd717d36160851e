"""Say how one call stands under the policy, as the rules see it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from lint_plugin.inventory.model import ALLOWED, ATTRIBUTED, RAW, UNKNOWN, UNTAGGED
from lint_plugin.rules.sites import is_metered

if TYPE_CHECKING:
    from cost_lib.policy import Policy
    from lint_plugin.facts import CallSite, Stocked, TagProof

FEATURE: Final = "feature"
MOST_NAMED: Final = 3

_UNSEEN: Final = {
    "opaque": "may come in arguments that cannot be seen through",
    "callers": "is left to callers, and not all of them can be seen",
}
_MISSING: Final = {"empty": "can be empty", "callers": "is left to callers, and some bring none"}


class Standing(NamedTuple):
    """A status, and why it is not a better one."""

    status: str
    why: str = ""


def stand(stocked: Stocked, policy: Policy, *, is_started: bool = True) -> Standing:
    """Return how a call stands; what relies on ``meter()`` is raw where that is never started."""
    site = stocked.site
    if site.kind == "possible":
        return Standing(UNKNOWN, "what it is called on could not be resolved")
    if _is_raw(site):
        return Standing(
            ALLOWED if site.allowed else RAW, "" if is_metered(site) or site.allowed else f"{site.transport}: needs record_call"
        )
    if site.raw and site.allowed and not policy.allows_raw(site.path):
        return Standing(ALLOWED)  # the body of a house wrapper: its callers are asked
    required = policy.for_path(site.path).required_tags
    tags = [tag for tag in stocked.tags if tag.key in required]
    wrong = [*_missing(tags), *_unregistered(stocked.tags, policy)]
    if wrong:
        return Standing(UNTAGGED, "; ".join(wrong))
    if site.raw and not is_started and not site.recorded:
        return Standing(RAW, "nothing calls meter()")
    unseen = [f"{tag.key} {_reason(tag, _UNSEEN, 'cannot be told')}" for tag in tags if tag.state == "unknown"]
    return Standing(UNKNOWN, "; ".join(unseen)) if unseen else Standing(ATTRIBUTED)


def _is_raw(site: CallSite) -> bool:
    """Tell whether no wrapper answers for a call; what cannot be metered needs ``record_call`` even if it is tagged."""
    if site.recorded:
        return False
    if not is_metered(site):
        return True
    return site.raw and (site.metering == "call" or site.layer == "http")


def _missing(tags: list[TagProof]) -> Iterator[str]:
    for tag in tags:
        if tag.state == "missing":
            yield f"{tag.key} {_reason(tag, _MISSING, 'is missing')}"


def _unregistered(tags: tuple[TagProof, ...], policy: Policy) -> Iterator[str]:
    """Name the values that registry and schema do not have."""
    for tag in tags:
        listed = policy.tags[tag.key].values
        known = frozenset(policy.features) if tag.key == FEATURE and policy.has_registry else frozenset(listed)
        strange = [value for value in tag.values if known and value.strip() and value not in known]
        if strange:
            yield f"{tag.key} {', '.join(strange[:MOST_NAMED])} is not registered"


def _reason(tag: TagProof, reasons: dict[str, str], otherwise: str) -> str:
    return next((reasons[how] for how in tag.how if how in reasons), otherwise)
