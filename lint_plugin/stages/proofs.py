"""Decide whether a tag is proven for a call: which of the places that can set it does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from lint_plugin.events import Block
from lint_plugin.values import DYNAMIC, INHERITED, NOTHING, PARAMETER, UNSET, Tag, Tags

BLANK: Final = frozenset({"", NOTHING})
PLACEHOLDERS: Final = frozenset({"todo", "fixme", "tbd", "xxx", "changeme", "placeholder", "none", "null", "n/a"})


class Proof(NamedTuple):
    """How one required tag stands at one call."""

    proven: bool = False
    opaque: bool = False  # may be in a mapping that cannot be seen
    duty: bool = False  # the callers of the function must bring it
    parameters: tuple[tuple[str, str], ...] = ()  # parameters (function, name) that carry it


def is_blank(value: str) -> bool:
    """Tell whether a literal says nothing: empty, blank or a placeholder."""
    return not value.strip() or value.strip().lower() in PLACEHOLDERS


def prove(key: str, sources: Sequence[Tags], function: str, *, given: bool) -> Proof:
    """Go through the places that can set ``key``, nearest first; ``given`` when the policy has a default for it."""
    duty = opaque = blank = stored = False
    parameters: list[tuple[str, str]] = []
    for source in sources:
        tag = source.get(key)
        if tag is None:
            opaque = opaque or source.opaque
            continue
        parameters += _parameters(tag)
        if tag.values & BLANK or any(is_blank(value) for value in tag.values if not value.startswith("\0")):
            blank = True
        if INHERITED in tag.values:
            if tag.function == function:
                duty = True
            else:
                stored = True
        if not tag.values & (BLANK | {INHERITED, UNSET}):
            return Proof(proven=True, parameters=tuple(parameters))
    if given or blank:
        return Proof(proven=True, parameters=tuple(parameters))
    if opaque:
        return Proof(opaque=True, parameters=tuple(parameters))
    if duty and function and not stored:
        return Proof(duty=True, parameters=tuple(parameters))
    return Proof(parameters=tuple(parameters))


def _parameters(tag: Tag) -> Iterator[tuple[str, str]]:
    for value in tag.values:
        if value.startswith(PARAMETER):
            function, _, name = value[len(PARAMETER) :].rpartition(":")
            yield function, name


def sources_of(receiver: Tags | None, own: Tags | None, blocks: Sequence[Block]) -> list[Tags]:
    """Return the places that can set a tag of a call, nearest first."""
    found = [tags for tags in (own, receiver) if tags is not None]
    return found + [block.tags for block in reversed(blocks)]


def literals(values: frozenset[str]) -> tuple[str, ...]:
    """Return the plain strings among the values of a tag."""
    return tuple(sorted(value for value in values if not value.startswith("\0")))


def is_dynamic(values: frozenset[str]) -> bool:
    """Tell whether a tag can be something computed."""
    return DYNAMIC in values
