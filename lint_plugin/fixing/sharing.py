"""Who calls the functions that hold calls, and which of them work for several features."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from lint_plugin.events import BillableCall, Edge, Recorded
from lint_plugin.index import is_test

if TYPE_CHECKING:
    from lint_plugin.events import Place, Resolution

MOST: Final = 12  # callers that are given tags for the sake of one helper: beyond that the helper keeps a name of its own


class Sharing:
    """The calls of the project's functions."""

    def __init__(self, resolution: Resolution | None, name_of: Callable[[Place], str]) -> None:
        """Sort the calls by callee; ``name_of`` is the feature that a place has by itself."""
        self._name_of: Final = name_of
        self._function: Final[dict[tuple[str, int], str]] = {}
        self._edges: Final[dict[str, list[Edge]]] = {}
        for event in resolution.events if resolution is not None else ():
            if isinstance(event, (BillableCall, Recorded)):
                self._function[event.place.path, event.place.pos] = event.place.function
            elif isinstance(event, Edge):
                self._edges.setdefault(event.callee, []).append(event)
                self._function.setdefault((event.place.path, event.place.pos), event.place.function)

    def is_shared(self, path: str, pos: int) -> bool:
        """Tell whether the function around a call works for several features, each of which can say so where it calls."""
        function = self._function.get((path, pos), "")
        edges = self._edges.get(function, []) if function else []
        if not 1 < len(edges) <= MOST:
            return False
        # at module level nobody can bring a tag, and what runs in a thread brings none
        if any(edge.boundary or not edge.place.function or edge.place.function == function for edge in edges):
            return False
        # what stands beside the helper is the same module's business
        features = {self._name_of(edge.place) for edge in edges if not _is_test(edge.place.path)}
        return len(features) > 1


def _is_test(path: str) -> bool:
    return is_test(path) or any(part in ("test", "tests") for part in path.split("/")[:-1])
