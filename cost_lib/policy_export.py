"""Say what is in force: for a person, value by value with its origin, or as the text of a file for production."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cost_lib.globs import rebase
from cost_lib.policy_model import Explained, Place, Settings, Written
from cost_lib.toml_text import write_key, write_value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from cost_lib.policy_merge import Layer, Merged, Named
    from cost_lib.policy_spot import Table

# what the run time reads; everything else is the linter's
PRODUCTION: Final = ("required-tags", "metering", "on-untagged", "user-id", "personal-data", "on-budget-error", "budget-zone")
SECTIONS: Final = ("tags", "features", "total", "owners", "hosts", "prices")


def explain(merged: Merged, settings: Settings, place: Callable[[str], Place | None]) -> list[Explained]:
    """Return the settings in force, then what the sections and lists of the policy hold."""
    rows = [_row(key, value, place(key)) for key, value in _settings(merged, settings)]
    for section, tables in merged.sections.items():
        for name, named in tables.items():
            rows.extend(_rows(_header(section, name), named))
    for section, items in merged.listed.items():
        for number, named in enumerate(items, start=1):
            rows.extend(_rows(f"{section}[{number}]", named))
    return rows


def _settings(merged: Merged, settings: Settings) -> Iterator[tuple[str, object]]:
    catalog = [layer.entries["catalog"].value for layer in merged.layers if "catalog" in layer.entries]
    yield "required-tags", settings.required_tags
    yield "metering", settings.metering
    yield "on-untagged", settings.on_untagged
    yield "allow-raw", settings.allow_raw_globs
    yield "exclude", settings.exclude
    yield "enable", sorted(settings.enable)
    yield "disable", sorted(settings.disable)
    yield "no-inline", sorted(settings.no_inline)
    yield "catalog", catalog[-1] if catalog else ""
    yield "user-id", settings.user_id
    yield "personal-data", settings.personal_data
    yield "on-budget-error", settings.on_budget_error
    yield "budget-zone", settings.budget_zone
    yield "bills", [kind for kind in ("tokens", "job", "storage") if kind in settings.bills]
    yield "fix-with", settings.fix_with


def _rows(label: str, named: Named) -> list[Explained]:
    rows = [_row(f"{label}.{key}", entry.written, entry.spot.place) for key, entry in named.entries.items()]
    return rows or [_row(label, {}, named.spot.place)]


def _row(key: str, value: object, place: Place | None) -> Explained:
    return Explained(key, write_value(value), place.file if place else None, place.line if place else 0)


def written(merged: Merged) -> dict[tuple[str, str], Written]:
    """Return what the files say together, by table and key: of two that say the same thing the nearer one counts."""
    found: dict[tuple[str, str], Written] = {}
    for table, entries in _written_tables(merged):
        for key, entry in entries.items():
            if key != "extend":
                found[table, key] = Written(table, key, entry.written, write_value(entry.written), entry.spot.place)
    return found


def _written_tables(merged: Merged) -> Iterator[tuple[str, Table]]:
    for layer in merged.layers:
        yield "" if layer.globs is None else write_key("paths", layer.globs.patterns[0]), layer.entries
    for section, tables in merged.sections.items():
        for name, named in tables.items():
            yield _header(section, name), named.entries
    for named in merged.listed.get("wrappers", ()):
        yield f"wrappers[{named.entries['name'].value}]", named.entries
    for named in merged.listed.get("exceptions", ()):
        yield f"exceptions[{named.entries['rule'].value} {named.entries['path'].value}]", named.entries


def export(merged: Merged) -> str:
    """Return a costmark.toml that means the same at run time as all the files together."""
    blocks = [_pairs(_base(merged))]
    for header, values in _tables(merged):
        blocks.append(f"[{header}]\n{_pairs(values)}")
    return "\n".join(block for block in blocks if block)


def _pairs(values: Mapping[str, object]) -> str:
    return "".join(f"{write_key(key)} = {write_value(value)}\n" for key, value in values.items())


def _base(merged: Merged) -> dict[str, object]:
    found: dict[str, object] = {}
    for layer in merged.layers:
        if layer.globs is None:
            found.update(_production(layer))
    return {key: found[key] for key in PRODUCTION if key in found}


def _production(layer: Layer) -> dict[str, object]:
    return {key: layer.entries[key].written for key in PRODUCTION if key in layer.entries}


def _tables(merged: Merged) -> Iterator[tuple[str, Mapping[str, object]]]:
    for pattern, values in _paths(merged).items():
        yield write_key("paths", pattern), values
    for section in SECTIONS:
        for name, named in merged.sections.get(section, {}).items():
            values = {key: entry.written for key, entry in named.entries.items() if key != "literal"}
            yield _header(section, name), values


def _header(section: str, name: str) -> str:
    return write_key(section, name) if name else section


def _paths(merged: Merged) -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = {}
    for index, layer in enumerate(merged.layers):
        # a nearer file's setting for all paths overrules a farther file's for some
        overruled = {key for later in merged.layers[index + 1 :] if later.globs is None for key in later.entries}
        values = {key: value for key, value in _production(layer).items() if key not in overruled}
        if layer.globs is None or not values:
            continue
        for pattern in rebase(layer.globs.patterns[0], folder=layer.globs.folder, root=layer.globs.root):
            # a table that comes later in the file overrules, so one that is given again has to move to the end
            found[pattern] = found.pop(pattern, {}) | values
    return found
