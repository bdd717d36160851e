"""Tag, meter and log every call of a language model; what is not asked for is not imported."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cost_lib.budgets import budget as budget
    from cost_lib.budgets import on_threshold as on_threshold
    from cost_lib.errors import BudgetExceeded as BudgetExceeded
    from cost_lib.errors import PersonalData as PersonalData
    from cost_lib.errors import UntaggedCall as UntaggedCall
    from cost_lib.metering import meter as meter
    from cost_lib.metering import unmeter as unmeter
    from cost_lib.proxy import tagged as tagged
    from cost_lib.record import record_call as record_call
    from cost_lib.record import record_outcome as record_outcome
    from cost_lib.scope import inherited as inherited
    from cost_lib.scope import tags as tags
    from cost_lib.scope import with_current_tags as with_current_tags

__all__ = [
    "BudgetExceeded",
    "PersonalData",
    "UntaggedCall",
    "budget",
    "inherited",
    "meter",
    "on_threshold",
    "record_call",
    "record_outcome",
    "tagged",
    "tags",
    "unmeter",
    "with_current_tags",
]

# the analyzer imports cost_lib.catalog and cost_lib.policy: they must not pay for the run time
_HOMES = {
    "BudgetExceeded": "errors",
    "PersonalData": "errors",
    "UntaggedCall": "errors",
    "budget": "budgets",
    "inherited": "scope",
    "meter": "metering",
    "on_threshold": "budgets",
    "record_call": "record",
    "record_outcome": "record",
    "tagged": "proxy",
    "tags": "scope",
    "unmeter": "metering",
    "with_current_tags": "scope",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"cost_lib.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
