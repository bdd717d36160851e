"""Merge what a class and its bases offer, and match accessors against it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cost_lib.catalog.model import Bills, ClientClass, Method

if TYPE_CHECKING:
    from collections.abc import Iterable

Segments = tuple[str, ...]


class Surface(NamedTuple):
    """What a class offers, its bases included."""

    exact: dict[str, Method]
    patterns: dict[Segments, Method]  # accessors with a ``*`` segment
    prefixes: frozenset[str]  # every proper beginning of a known accessor, "" included
    views: frozenset[str]
    same: frozenset[str]
    attributes: dict[str, str]


def merge(client: ClientClass, inherited: Iterable[Surface]) -> Surface:
    """Put a class's own accessors over those of its bases."""
    exact: dict[str, Method] = {}
    patterns: dict[Segments, Method] = {}
    attributes: dict[str, str] = {}
    views = frozenset(client.views)
    same = frozenset(client.same)
    for base in inherited:
        exact |= base.exact
        patterns |= base.patterns
        attributes |= base.attributes
        views |= base.views
        same |= base.same
    attributes |= dict(client.attributes)
    for method in (*(free_method(accessor) for accessor in client.free), *client.methods):
        segments = tuple(method.accessor.split("."))
        if "*" in segments:
            patterns[segments] = method
        else:
            exact[method.accessor] = method
    known = (*(accessor.split(".") for accessor in exact), *patterns, *((*path.split("."), "") for path in attributes))
    prefixes = frozenset(".".join(segments[:count]) for segments in known for count in range(len(segments)))
    return Surface(exact, patterns, prefixes, views, same, attributes)


def find_method(surface: Surface, accessor: str) -> Method | None:
    """Return the method of an accessor, exact ones first."""
    found = surface.exact.get(accessor)
    if found is None and surface.patterns:
        segments = tuple(accessor.split("."))
        found = next((method for pattern, method in surface.patterns.items() if _fits(pattern, segments)), None)
    return found


def is_prefix(surface: Surface, accessor: str) -> bool:
    """Return whether a known accessor lies beyond this one."""
    if accessor in surface.prefixes:
        return True
    segments = tuple(accessor.split("."))
    return any(len(segments) < len(pattern) and _fits(pattern[: len(segments)], segments) for pattern in surface.patterns)


def without_views(surface: Surface, accessor: str) -> str:
    """Drop the segments that lead to the same surface (``with_raw_response``)."""
    if not surface.views:
        return accessor
    return ".".join(segment for segment in accessor.split(".") if segment not in surface.views)


def free_method(accessor: str) -> Method:
    """Return the entry of an accessor that is known to cost nothing."""
    return Method(accessor, Bills.FREE, api="", model="")


def bills(surface: Surface) -> bool:
    """Return whether anything of the surface costs money."""
    methods = (*surface.exact.values(), *surface.patterns.values())
    return bool(surface.attributes) or any(method.bills is not Bills.FREE for method in methods)


def _fits(pattern: Segments, segments: Segments) -> bool:
    return len(pattern) == len(segments) and all(wanted in ("*", given) for wanted, given in zip(pattern, segments, strict=True))
