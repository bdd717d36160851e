"""Which wrapper a call is given: that of the house where the policy names one, else ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_plugin.facts import CallSite
from lint_plugin.stages.apply.wrapping import Form

if TYPE_CHECKING:
    from cost_lib.policy import Policy, Wrapper


def form_for(policy: Policy, site: CallSite) -> Form:
    """Return the wrapper that a call is put into, or that it is a call of."""
    if site.kind == "wrapper":
        own = next((wrapper for wrapper in policy.wrappers if wrapper.name == site.method), None)
        return Form() if own is None else _of_house(own)
    target = policy.for_path(site.path).fix_with
    house = next((wrapper for wrapper in policy.wrappers if wrapper.name == target), None)
    return Form() if house is None else _of_house(house)


def _of_house(wrapper: Wrapper) -> Form:
    module, _, name = wrapper.name.rpartition(".")
    return Form(module, name, wrapper.keywords, wrapper.renames, next(iter(wrapper.arguments), ""))
