"""One order for what is kept in sets: the same in every run, whatever the hashes of strings are.

An evaluation may leave more behind than its result: the first of several values decides, or one finds room where the next
does not. Whatever does so goes through values in this order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TypeVar

import msgspec

from lint_plugin.values import Value

V = TypeVar("V", bound=Value)

REMEMBERED = 1 << 16  # spellings, for a process that lives long


def ordered(values: Iterable[V]) -> Sequence[V]:
    """Return values in an order that is the same in every run."""
    found = tuple(values)
    return found if len(found) < 2 else sorted(found, key=spelling)


@lru_cache(REMEMBERED)
def spelling(value: object) -> str:
    """Return how a value is written: as ``repr`` does, but with the members of sets in order."""
    if isinstance(value, msgspec.Struct):
        fields = ",".join([spelling(getattr(value, name)) for name in value.__struct_fields__])
        return f"{type(value).__name__}({fields})"
    if isinstance(value, frozenset):
        return f"{{{','.join(sorted(map(spelling, value)))}}}"
    if isinstance(value, tuple):
        return f"({','.join(map(spelling, value))})"
    return repr(value)
