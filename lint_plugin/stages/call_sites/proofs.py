"""Decide whether a tag is proven for a call: which of the places that can set it does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from lint_plugin.events import Block
from lint_plugin.facts import is_blank
from lint_plugin.values import INHERITED, NOTHING, PARAMETER, UNSET, Tags

BLANK: Final = frozenset({"", NOTHING})


class Proof(NamedTuple):
    """How one required tag stands at one call."""

    proven: bool = False
    opaque: bool = False  # may be in a mapping that cannot be seen
    duty: bool = False  # the callers of the function must bring it
    parameters: tuple[tuple[str, str], ...] = ()  # parameters (function, name) that carry it
    backed: bool = False  # where they say nothing something further out proves it

    @property
    def fails(self) -> bool:
        """Say whether the call lacks the tag, and nobody else is asked for it."""
        return not (self.proven or self.opaque or self.duty)


class Source(NamedTuple):
    """One place that can set tags; those of a receiver may have been put on elsewhere."""

    tags: Tags
    is_scope: bool = False


def prove(key: str, sources: Sequence[Source], function: str) -> Proof:
    """Go through the places that can set ``key``, nearest first."""
    duty = opaque = blank = False
    parameters: list[tuple[str, str]] = []
    for source in sources:
        tag = source.tags.get(key)
        if tag is None:
            opaque = opaque or source.tags.opaque
            continue
        parameters += parameters_in(tag.values)
        blank = blank or is_empty(tag.values)
        # on a stored receiver ``inherited`` means «not set here»; a scope stands in the function whatever it was made by
        duty = duty or (INHERITED in tag.values and (source.is_scope or tag.function == function))
        if not tag.values & (BLANK | {INHERITED, UNSET}):
            return Proof(
                proven=True, parameters=tuple(parameters), backed=tag.backed or (bool(parameters) and _is_backed(key, sources, source))
            )
    if blank:
        return Proof(proven=True, parameters=tuple(parameters))
    if opaque:
        return Proof(opaque=True, parameters=tuple(parameters))
    return Proof(duty=duty and bool(function), parameters=tuple(parameters))


def _is_backed(key: str, sources: Sequence[Source], nearer: Source) -> bool:
    """Tell whether a place further out than ``nearer`` proves a tag whatever callers pass."""
    rest = sources[sources.index(nearer) + 1 :]
    tags = [tag for source in rest if (tag := source.tags.get(key)) is not None]
    return any(not tag.values & (BLANK | {INHERITED, UNSET}) and not any(parameters_in(tag.values)) for tag in tags)


def is_empty(values: frozenset[str]) -> bool:
    """Tell whether a tag can be ``None``, empty or a placeholder: that is a finding of its own, where it is written."""
    return NOTHING in values or any(is_blank(value) for value in literals(values))


def parameters_in(values: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield the parameters, as function and name, that the values of a tag are passed through."""
    for value in sorted(values):
        if value.startswith(PARAMETER):
            function, _, name = value[len(PARAMETER) :].rpartition(":")
            yield function, name


def sources_of(receiver: Tags | None, own: Tags | None, blocks: Sequence[Block]) -> list[Source]:
    """Return the places that can set a tag of a call, nearest first."""
    found = [Source(tags) for tags in (own, receiver) if tags is not None]
    return found + [Source(block.tags, is_scope=True) for block in reversed(blocks)]


def literals(values: frozenset[str]) -> tuple[str, ...]:
    """Return the plain strings among the values of a tag."""
    return tuple(sorted(value for value in values if not value.startswith("\0")))
