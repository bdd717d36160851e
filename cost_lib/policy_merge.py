"""Lay policy files over each other: the file in force over those that it extends."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from cost_lib.globs import GlobSet, absolute
from cost_lib.policy_model import (
    BUILTIN_TAGS,
    Feature,
    Owner,
    Place,
    PolicyException,
    PolicyHost,
    PriceOverride,
    Settings,
    TagSchema,
    Total,
    Wrapper,
)
from cost_lib.policy_spot import Entry, Spot, Table, suggest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cost_lib.policy_document import Document
    from cost_lib.toml_lines import Key


class Layer(NamedTuple):
    """Some settings for the paths that a glob means; what comes later replaces what came before."""

    entries: Table
    globs: GlobSet | None = None  # None: every path
    allow_raw: GlobSet | None = None  # None: this layer does not say


class Named(NamedTuple):
    """One table of a section such as ``features``, merged from all files."""

    entries: Table
    spot: Spot  # of the nearest file that has it


class Merged(NamedTuple):
    """Everything that the policy files say together."""

    files: tuple[Path, ...] = ()  # the one in force first
    root: Path = Path()
    digest: str = ""
    layers: tuple[Layer, ...] = ()  # the farthest file first
    exclude: GlobSet = GlobSet()
    sections: Mapping[str, Mapping[str, Named]] = {}
    listed: Mapping[str, tuple[Named, ...]] = {}
    spots: tuple[Spot, ...] = ()  # the top of each file, the farthest first


def merge(documents: tuple[Document, ...], digest: str, root: Path | None = None) -> Merged:
    """Merge policy files, the one in force first, and check what can only be checked together."""
    root = root or documents[0].file.parent
    far_first = documents[::-1]
    merged = Merged(
        files=tuple(document.file for document in documents),
        root=root,
        digest=digest,
        layers=tuple(layer for document in far_first for layer in _layers(document, root)),
        exclude=_exclude(documents, root),
        sections=_sections(far_first),
        listed={"wrappers": _wrappers(far_first), "exceptions": _exceptions(far_first)},
        spots=tuple(document.root for document in far_first),
    )
    _check_tags(merged)
    return merged


def apply(settings: Settings, layer: Layer) -> Settings:
    """Return settings with those of one layer laid over them."""
    found: dict[str, Any] = {key.replace("-", "_"): entry.value for key, entry in layer.entries.items() if key not in ("extend", "catalog")}
    if "allow_raw" in found:
        found["allow_raw_globs"] = found.pop("allow_raw")
    nothing: frozenset[str] = frozenset()
    found.setdefault("enable", settings.enable - found.get("disable", nothing))
    found.setdefault("disable", settings.disable - found["enable"])
    return settings._replace(**found)


def build_lines(merged: Merged) -> dict[Key, Place]:
    """Return where each key stands, in the nearest file that has it."""
    found = {}
    for source in (spot.source for spot in merged.spots):
        depth = len(source.prefix)
        own = ((key[depth:], line) for key, line in source.lines.items() if key[:depth] == source.prefix)
        found.update({key: Place(source.file, line) for key, line in own})
    return found


def build_tags(merged: Merged) -> dict[str, TagSchema]:
    """Return the schema of every tag there is, the event's own included."""
    section = merged.sections.get("tags", {})
    required = {"feature", *(name for layer in merged.layers for name in _value(layer.entries, "required-tags", ()))}
    return {name: _tag(name, section.get(name), required=name in required) for name in dict.fromkeys((*BUILTIN_TAGS, *section))}


def _tag(name: str, named: Named | None, *, required: bool) -> TagSchema:
    if named is None:
        return TagSchema(name, literal=required)
    fields = _fields(named)
    # what is bound per request is computed by its nature
    fields.setdefault("literal", required and not fields.get("ambient", False))
    return TagSchema(name, **fields)


def build_features(merged: Merged) -> dict[str, Feature]:
    """Return the registry of features."""
    return {name: Feature(name, **_fields(named)) for name, named in merged.sections.get("features", {}).items()}


def build_total(merged: Merged) -> Total | None:
    """Return the budget of everything together."""
    found = merged.sections.get("total", {}).get("")
    return Total(**_fields(found)) if found is not None else None


def build_owners(merged: Merged) -> dict[str, Owner]:
    """Return the owners of features."""
    return {name: Owner(name, **_fields(named)) for name, named in merged.sections.get("owners", {}).items()}


def build_hosts(merged: Merged) -> dict[str, PolicyHost]:
    """Return the gateways."""
    return {name: PolicyHost(name, **_fields(named)) for name, named in merged.sections.get("hosts", {}).items()}


def build_prices(merged: Merged) -> dict[str, PriceOverride]:
    """Return the house prices."""
    return {name: PriceOverride(name, **_fields(named)) for name, named in merged.sections.get("prices", {}).items()}


def build_wrappers(merged: Merged) -> tuple[Wrapper, ...]:
    """Return the house wrappers."""
    return tuple(_wrapper(_fields(named)) for named in merged.listed.get("wrappers", ()))


def _wrapper(fields: dict[str, Any]) -> Wrapper:
    keywords, arguments, renames = fields.pop("tags", (True, (), {}))
    return Wrapper(keywords=keywords, arguments=arguments, renames=renames, **fields)


def build_exceptions(merged: Merged) -> tuple[PolicyException, ...]:
    """Return the exceptions, expired ones included."""
    return tuple(_exception(_fields(named), merged.root) for named in merged.listed.get("exceptions", ()))


def _exception(fields: dict[str, Any], root: Path) -> PolicyException:
    return PolicyException(glob=_globs((fields["path"],), fields["place"].file.parent, root), **fields)


def _fields(named: Named) -> dict[str, Any]:
    return {key.replace("-", "_"): entry.value for key, entry in named.entries.items()} | {"place": named.spot.place}


def _value(entries: Table, key: str, default: Any) -> Any:
    return entries[key].value if key in entries else default


def _globs(patterns: tuple[str, ...], folder: Path, root: Path) -> GlobSet:
    return GlobSet(patterns, folder=absolute(folder), root=absolute(root))


def _layers(document: Document, root: Path) -> Iterator[Layer]:
    folder = document.file.parent
    for pattern, entries in (("", document.settings), *document.named["paths"].items()):
        allowed = entries.get("allow-raw")
        yield Layer(
            entries,
            _globs((pattern,), folder, root) if pattern else None,
            _globs(allowed.value, folder, root) if allowed else None,
        )


def _exclude(documents: tuple[Document, ...], root: Path) -> GlobSet:
    for document in documents:
        if "exclude" in document.settings:
            return _globs(document.settings["exclude"].value, document.file.parent, root)
    return GlobSet()


def _sections(far_first: tuple[Document, ...]) -> dict[str, dict[str, Named]]:
    sections: dict[str, dict[str, Named]] = {}
    for document in far_first:
        for section, tables in document.named.items():
            into = sections.setdefault(section, {})
            for name, entries in tables.items():
                before = into[name].entries if name in into else {}
                into[name] = Named(before | entries, document.root.at(section, *((name,) if name else ())))
    del sections["paths"]  # kept as layers
    return sections


def _wrappers(far_first: tuple[Document, ...]) -> tuple[Named, ...]:
    found: dict[str, Named] = {}
    for document in far_first:
        here: set[str] = set()
        for named in _listed(document, "wrappers"):
            name = named.entries["name"].value
            if name in here:
                raise named.entries["name"].spot.error(f'the wrapper "{name}" is given twice')
            here.add(name)
            found[name] = named
    return tuple(found.values())


def _exceptions(far_first: tuple[Document, ...]) -> tuple[Named, ...]:
    return tuple(named for document in far_first for named in _listed(document, "exceptions"))


def _listed(document: Document, section: str) -> list[Named]:
    return [Named(entries, document.root.at(section, index)) for index, entries in enumerate(document.listed[section])]


def _check_tags(merged: Merged) -> None:
    known = (*BUILTIN_TAGS, *merged.sections["tags"])
    for layer in merged.layers:
        if "required-tags" in layer.entries:
            _check_required(layer.entries["required-tags"], known)
    for named in merged.listed["wrappers"]:
        if "tags" in named.entries:
            _check_renames(named.entries["tags"], known)
    for named in merged.sections["tags"].values():
        _check_default(named.entries)


def _check_required(entry: Entry, known: tuple[str, ...]) -> None:
    for index, name in enumerate(entry.written):
        if name not in known:
            raise entry.spot.at(index).error(f'unknown tag "{name}" in {entry.spot.name}{suggest(name, known)}')


def _check_renames(entry: Entry, known: tuple[str, ...]) -> None:
    for name in entry.value[2]:
        if name not in known:
            raise entry.spot.error(f'unknown tag "{name}" in {entry.spot.name}{suggest(name, known)}')


def _check_default(entries: Table) -> None:
    default, values = entries.get("default"), entries.get("values")
    if default and values and default.value not in values.value:
        raise default.spot.error(f'{default.spot.name} must be one of its "values", not "{default.value}"')
