"""Compare two policies key by key, and tell what became looser."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from lint_plugin.changes.model import SettingChange
from lint_plugin.names import relative

if TYPE_CHECKING:
    from cost_lib.policy import Policy, Written

Rows = Mapping[tuple[str, str], "Written"]

# what holds where nothing is said
DEFAULTS: Final[Mapping[str, Any]] = {
    "required-tags": ["feature"],
    "metering": "call",
    "on-untagged": "warn",
    "user-id": "hash",
    "personal-data": "hash",
    "on-budget-error": "allow",
    "on-exceeded": "alert",
    "bills": ["tokens", "job"],
    "alert-at": [],
}
GROWING: Final = ("allow-raw", "exclude", "disable")  # the more they name the less is found
SHRINKING: Final = ("required-tags", "enable", "no-inline", "bills")
# from strict to loose
ORDERED: Final[Mapping[str, tuple[str, ...]]] = {
    "metering": ("call", "process"),
    "on-untagged": ("raise", "warn", "record"),
    "user-id": ("drop", "hash", "plain"),
    "personal-data": ("raise", "drop", "hash", "plain"),
    "on-budget-error": ("block", "allow"),
    "on-exceeded": ("block", "alert"),
}
BUDGETS: Final = ("monthly-budget", "daily-budget")
PATHS: Final = "paths."
FEATURES: Final = "features."


def compare(before: Policy, now: Policy, root: Path) -> list[SettingChange]:
    """Return the keys that say something else; paths of files are told as seen from ``root``."""
    old, new = before.written(), now.written()
    changes = [_change(key, old, new, root) for key in dict.fromkeys((*new, *old)) if _shown(old, key) != _shown(new, key)]
    if before.has_registry and not now.has_registry:
        place = next(row.place for row in old.values() if row.table.startswith(FEATURES))
        changes.append(SettingChange(relative(place.file, root), 0, "features", "", "a registry", "", is_looser=True))
    return sorted(changes, key=lambda change: (not change.is_looser, change.file, change.line, change.table, change.key))


def _shown(rows: Rows, key: tuple[str, str]) -> str | None:
    return rows[key].shown if key in rows else None


def _change(key: tuple[str, str], old: Rows, new: Rows, root: Path) -> SettingChange:
    table, name = key
    place = new[key].place if key in new else old[key].place
    return SettingChange(
        relative(place.file, root),
        place.line if key in new else 0,
        table,
        name,
        _shown(old, key) or "",
        _shown(new, key) or "",
        _is_looser(table, name, _value(old, key), _value(new, key)),
    )


def _value(rows: Rows, key: tuple[str, str]) -> Any:
    """Return what holds: of a path that does not say, what the whole project says."""
    table, name = key
    if key in rows:
        return rows[key].value
    if table.startswith(PATHS) and ("", name) in rows:
        return rows["", name].value
    return DEFAULTS.get(name)


def _is_looser(table: str, key: str, before: Any, now: Any) -> bool:
    if key in GROWING:
        return not _set(now) <= _set(before)
    if key in SHRINKING:
        return not _set(before) <= _set(now)
    if key in ORDERED:
        order = ORDERED[key]
        return before in order and now in order and order.index(now) > order.index(before)
    if key in BUDGETS:
        return before is not None and (now is None or _number(now) > _number(before))
    if key == "catalog":
        return bool(now) and (not before or now < before)
    section = table.partition(".")[0].partition("[")[0]
    judge = _BY_SECTION.get(section)
    return judge is not None and judge(key, before, now)


def _set(value: Any) -> frozenset[str]:
    return frozenset(value or ())


def _number(value: Any) -> Decimal:
    return Decimal(str(value).replace("_", ""))


def _tag(key: str, before: Any, now: Any) -> bool:
    if key == "values":  # a value more is allowed, or any
        return bool(before) and (not now or not _set(now) <= _set(before))
    if key == "ambient":
        return bool(now)
    if key == "literal":
        return now is False
    return key in ("default", "from-env") and before is None  # the policy gives what had to be proven


def _exception(key: str, before: Any, now: Any) -> bool:
    return key == "expires" and now is not None and (before is None or now > before)


def _wrapper(key: str, before: Any, now: Any) -> bool:  # noqa: ARG001  one shape for all sections
    """Call out what sanctions calls that were raw, or may do so."""
    return now is not None


def _host(key: str, before: Any, now: Any) -> bool:  # noqa: ARG001
    return before is not None and now is None


_BY_SECTION: Final[Mapping[str, Callable[[str, Any, Any], bool]]] = {
    "tags": _tag,
    "exceptions": _exception,
    "wrappers": _wrapper,
    "hosts": _host,
}
