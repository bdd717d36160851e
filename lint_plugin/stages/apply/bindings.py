"""Find where a client is built, so that it can be wrapped there once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lint_plugin.stages.apply.definitions import around
from lint_plugin.stages.apply.outline import Outline


class Binding(NamedTuple):
    """The call that builds a client: indices of its first and last lexeme."""

    first: int
    last: int


def find(outline: Outline, name: str, at: int = -1) -> Binding | None:
    """Return the only call that a dotted name is bound to; ``at`` is a lexeme where it is read, -1 for somewhere else."""
    found = list(_assignments(outline, name.split(".")))
    if at >= 0 and len(found) > 1:
        near = [d.line for d in around(outline, at)]
        found = [line for line in found if any(d.line in near[:1] for d in around(outline, outline.lines[line].first))]
    if len(found) != 1:
        return None
    line = outline.lines[found[0]]
    equals = outline.first_of("=", found[0])
    first = equals + 1
    is_call = outline.word(line.last) == ")" and outline.primary(line.last) == first and outline.word(first) != "("
    return Binding(first, line.last) if is_call else None


def _assignments(outline: Outline, parts: list[str]) -> Iterator[int]:
    """Yield the logical lines that bind a name, and be it in another way than by ``=``."""
    written = [word for part in parts for word in (part, ".")][:-1]
    for number, line in enumerate(outline.lines):
        if outline.word(line.first) == written[0] and [outline.word(line.first + i) for i in range(len(written))] == written:
            behind = outline.word(line.first + len(written))
            if behind in ("=", ":", ",") and outline.word(line.first + len(written) + 1) != "=":
                yield number
        elif len(parts) == 1 and parts[0] in _bound_elsewhere(outline, number):
            yield number


def _bound_elsewhere(outline: Outline, number: int) -> set[str]:
    """Return the names that a line binds as targets of ``with``, ``for``, ``global`` or ``import``."""
    line = outline.lines[number]
    if outline.word(line.first) not in ("with", "async", "for", "global", "nonlocal"):
        return set()
    return {
        outline.word(at)
        for at in range(line.first + 1, line.last + 1)
        if outline.kind(at) == "name" and outline.word(at - 1) in ("as", "for", "global", "nonlocal", ",")
    }
