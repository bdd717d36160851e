"""Find functions of the project through which calls of providers go: house wrappers that nobody has named yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Final

from lint_plugin import ir
from lint_plugin.adopting.model import Gateway
from lint_plugin.events import BillableCall, Edge, Place, Resolution
from lint_plugin.module_names import names_of

if TYPE_CHECKING:
    from lint_plugin.pipeline import Study

LEAST_CALLERS: Final = 3
LEAST_FILES: Final = 2
SURE_CALLERS: Final = 5
SURE_SHARE: Final = 0.8
MOST: Final = 5
DEEPEST: Final = 4  # private functions between the one that others call and the provider
FEATURE: Final = "feature"
ALIKE: Final = ("feature_name", "use_case", "usecase", "purpose")  # names under which houses say the feature
RAW: Final = ("call", "reference", "stored", "http")

_Sites = set[tuple[str, int]]


def gateways(known: Study, paths: Iterable[str], root_name: str, is_left_out: Callable[[str], bool]) -> list[Gateway]:
    """Return the functions that several files call and that call a provider, most used first; tests do not count."""
    resolution, sources = known.notes.resolution, known.notes.sources
    if resolution is None or sources is None:
        return []
    calls = _Calls(resolution, is_left_out)
    served = {function: callers for function in calls.entries if len(callers := calls.outside(function)) >= LEAST_CALLERS}
    served = {function: callers for function, callers in served.items() if len({path for path, _ in callers}) >= LEAST_FILES}
    behind = set().union(*(calls.entries[function] for function in served)) if served else set()
    uses = len(calls.sites - behind) + len(set().union(*served.values())) if served else 0
    names = names_of(list(paths), root_name)
    found: list[Gateway] = []
    for function, callers in served.items():
        path, qualname, pos = calls.places[function]
        module = next(iter(names.get(path, ())), "")
        definition = _definition(resolution.modules[path].body, qualname.split(".")) if path in resolution.modules else None
        if not module or definition is None:
            continue
        share = len(callers) / uses
        tags = _tags(definition)
        line = sources.text(path).count("\n", 0, max(definition.pos, pos, 0) if definition.pos < 0 else definition.pos) + 1
        is_sure = bool(tags) and len(callers) >= SURE_CALLERS and share >= SURE_SHARE
        files = len({caller for caller, _ in callers})
        found.append(Gateway(f"{module}.{qualname}", path, line, len(callers), files, share, len(calls.entries[function]), tags, is_sure))
    return sorted(found, key=lambda gateway: (-gateway.callers, gateway.name))[:MOST]


class _Calls:
    """Which raw calls there are, and which functions lead to them."""

    def __init__(self, resolution: Resolution, is_left_out: Callable[[str], bool]) -> None:
        self.sites: Final[_Sites] = set()
        self.entries: Final[dict[str, _Sites]] = {}  # function that others call -> the raw calls that it makes
        self.places: Final[dict[str, tuple[str, str, int]]] = {}  # path, qualified name, somewhere in the body
        self._edges: Final[dict[str, list[Edge]]] = {}
        events = [event for event in resolution.events if isinstance(event, (BillableCall, Edge)) and not is_left_out(event.place.path)]
        for event in events:
            self._note(event.place)
            if isinstance(event, Edge):
                self._edges.setdefault(event.callee, []).append(event)
        for event in events:
            if isinstance(event, BillableCall) and event.kind in RAW and event.tags is None and event.own is None:
                site = event.place.path, event.place.pos
                self.sites.add(site)
                for function in self._public(event.place.function, DEEPEST):
                    self.entries.setdefault(function, set()).add(site)

    def outside(self, function: str) -> _Sites:
        """Return the places outside its own file that call a function."""
        home = self.places[function][0]
        return {(edge.place.path, edge.place.pos) for edge in self._edges.get(function, ()) if edge.place.path != home}

    def _note(self, place: Place) -> None:
        if place.function and "<" not in place.qualname:
            self.places.setdefault(place.function, (place.path, place.qualname, place.pos))

    def _public(self, function: str, depth: int) -> Iterator[str]:
        """Yield a function that others call, or those of its file that call it where nobody else does."""
        if function not in self.places:
            return
        if self.outside(function) or not depth:
            yield function
            return
        for edge in self._edges.get(function, ()):
            if edge.place.function != function:
                yield from self._public(edge.place.function, depth - 1)


def _definition(body: Iterable[ir.Stmt], names: list[str]) -> ir.Function | None:
    """Find a function by its qualified name."""
    for node in body:
        if isinstance(node, (ir.Function, ir.Class)) and node.name == names[0]:
            if len(names) == 1:
                return node if isinstance(node, ir.Function) else None
            found = _definition(node.body, names[1:])
        elif isinstance(node, (ir.If, ir.For, ir.While)):
            found = _definition((*node.body, *node.orelse), names)
        elif isinstance(node, (ir.Try, ir.With)):
            found = _definition(node.body, names)
        else:
            continue
        if found is not None:
            return found
    return None


def _tags(function: ir.Function) -> str:
    """Say, as TOML, how a function is given its feature; empty where it takes none."""
    names = [param.name for param in function.params if param.kind in ("p", "k")]
    if FEATURE in names:
        return '"keywords"'
    return next((f'{{feature = "{name}"}}' for name in ALIKE if name in names), "")
