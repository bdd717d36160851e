"""Which functions work for several features, so that their callers and not they say what a call is for.

The analyzer follows the callers of a function once it hands its tag on. So candidates are found by their names in other files
first, tried, and judged by the callers that the next check shows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final

from lint_plugin.events import BillableCall, Edge, Recorded
from lint_plugin.growth import is_test
from lint_plugin.importers import in_source, module_segments

if TYPE_CHECKING:
    from lint_plugin.events import Place, Resolution

MOST: Final = 12  # callers that are given tags for the sake of one helper: beyond that the helper keeps a name of its own
FEWEST: Final = 2
FEATURE: Final = "feature"
SPECIAL: Final = re.compile(r"__\w+__")


class Hints:
    """In which files functions seem to be called, by their names and those of their modules."""

    def __init__(self, functions: Iterable[tuple[str, str]], paths: Iterable[str], data_of: Callable[[str], bytes]) -> None:
        """Look for functions, given as path and qualified name, in the project's files."""
        self._paths: Final = list(paths)
        self._data_of: Final = data_of
        self._found: Final[dict[tuple[str, str], set[str]]] = {}
        self._look(functions)

    def _look(self, functions: Iterable[tuple[str, str]]) -> None:
        wanted = {(path, scope) for path, scope in functions if _is_callable(scope)}
        self._found.update({key: set() for key in wanted})
        if not wanted:
            return
        names = b"|".join(sorted({re.escape(_leaf(scope)) for _, scope in wanted}))
        calls = re.compile(rb"\b(" + names + rb")\s*\(")
        by_name: dict[bytes, list[tuple[str, str]]] = {}
        for key in wanted:
            by_name.setdefault(_leaf(key[1]), []).append(key)
        for path in self._paths:
            data = self._data_of(path)
            for name in set(calls.findall(data)):
                for key in by_name[name]:
                    if path != key[0] and not _is_test(path) and any(word in data for word in _words(*key)):
                        self._found[key].add(path)

    def may_be_shared(self, path: str, scope: str) -> bool:
        """Tell whether several other files seem to call a function."""
        if (path, scope) not in self._found:
            self._look([(path, scope)])
        return FEWEST <= len(self._found.get((path, scope), ())) <= MOST


def _is_callable(scope: str) -> bool:
    leaf = scope.rpartition(".")[2]
    return bool(leaf) and "<" not in scope and not SPECIAL.fullmatch(leaf)


def _leaf(scope: str) -> bytes:
    return in_source(scope.rpartition(".")[2])


def _words(path: str, scope: str) -> list[bytes]:
    """Return words of which a file has one that gets at a function: its module, or its class."""
    owner = scope.rpartition(".")[0].rpartition(".")[2]
    return [*module_segments(path), *([in_source(owner)] if owner else [])]


class Callers:
    """The calls of those functions that hand a tag on, as one check saw them."""

    def __init__(self, resolution: Resolution | None, name_of: Callable[[Place], str]) -> None:
        """Sort the calls by callee; ``name_of`` is the feature that a place is known to have, empty where none is."""
        self._name_of: Final = name_of
        self._function: Final[dict[tuple[str, int], str]] = {}
        self._edges: Final[dict[str, list[Edge]]] = {}
        for event in resolution.events if resolution is not None else ():
            if isinstance(event, Edge):
                self._edges.setdefault(event.callee, []).append(event)
            if isinstance(event, (BillableCall, Edge, Recorded)):
                self._function.setdefault((event.place.path, event.place.pos), event.place.function)

    def are_of_several(self, path: str, pos: int) -> bool:
        """Tell whether the function around a call is called for several features, each of which can say so where it calls."""
        function = self._function.get((path, pos), "")
        edges = self._edges.get(function, []) if function else []
        if not FEWEST <= len(edges) <= MOST:
            return False
        # at module level nobody can bring a tag, and what runs in a thread brings none
        if any(edge.boundary or not edge.place.function or edge.place.function == function for edge in edges):
            return False
        # what stands beside the helper is its module's business
        features = {_in_force(edge) or self._name_of(edge.place) for edge in edges if not _is_test(edge.place.path)}
        return len(features - {""}) >= FEWEST

    def count(self, path: str, pos: int) -> int:
        """Return how many places call the function around a call."""
        return len(self._edges.get(self._function.get((path, pos), ""), ()))


def _in_force(edge: Edge) -> str:
    """Return the one feature that the scopes around a call say; empty where they say none."""
    for block in reversed(edge.blocks):
        tag = block.tags.get(FEATURE)
        if tag is not None:
            return next(iter(tag.values)) if len(tag.values) == 1 and not next(iter(tag.values)).startswith("\0") else ""
    return ""


def _is_test(path: str) -> bool:
    return is_test(path) or any(part in ("test", "tests") for part in path.split("/")[:-1])
