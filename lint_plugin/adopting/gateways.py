"""Find functions of the project through which calls of providers go: house wrappers that nobody has named yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from lint_plugin import ir
from lint_plugin.adopting.callers import Callers
from lint_plugin.adopting.definitions import find_bases, find_function
from lint_plugin.adopting.model import Gateway
from lint_plugin.events import BillableCall, Edge, Resolution
from lint_plugin.module_names import names_of
from lint_plugin.pipeline import on_large_stack

if TYPE_CHECKING:
    from lint_plugin.pipeline import Study

LEAST_CALLERS: Final = 3
LEAST_FILES: Final = 2
MANY_CALLERS: Final = 8  # so many make a function a way of the house even if all are in its own file
LEAST_SHARE: Final = 0.2  # of the raw calls: what fewer go through is no way of the house
LEAST_SINGLE: Final = 0.5  # of one that a single raw call is behind
SURE_CALLERS: Final = 5
SURE_SHARE: Final = 0.8
MOST: Final = 3
DEEPEST: Final = 4  # functions between the one that others call and the provider
FEATURE: Final = "feature"
ALIKE: Final = ("feature_name", "use_case", "usecase", "purpose")  # names under which houses say the feature
SOURCE_FOLDERS: Final = ("src", "lib")
RAW: Final = ("call", "reference", "stored", "http")

Place = tuple[str, int]  # path, offset
Node = tuple[str, str]  # path, qualified name of a function


class _Candidate(NamedTuple):
    """A function that others call, where they do, and the raw calls that it leads to."""

    node: Node
    callers: frozenset[Place]
    sites: frozenset[Place]


def find_gateways(known: Study, paths: Iterable[str], root_name: str, is_left_out: Callable[[str], bool]) -> list[Gateway]:
    """Return the functions that several files call and that call providers, those that most raw calls are behind first."""
    resolution, sources = known.notes.resolution, known.notes.sources
    if resolution is None or sources is None:
        return []
    every = [path for path in paths if not is_left_out(path)]
    calls = on_large_stack(lambda: _Calls(resolution, Callers(sources, every), is_left_out))
    names = names_of(every, root_name)
    stems = {segment for path in every for segment in path.removesuffix(".py").split("/")}
    found: dict[frozenset[Place], tuple[Gateway, frozenset[Place]]] = {}

    def body(path: str) -> tuple[ir.Stmt, ...]:
        lowered = resolution.modules.get(path) or sources.module(path)
        return () if lowered is None else lowered.body

    for one in calls.candidates():
        path, qualname = one.node
        definition = find_function(body(path), qualname.split("."))
        alike = _alike(one.node, calls.direct, lambda path, name: find_bases(body(path), name, stems))
        dotted = [f"{_module(names[other])}.{name}" for other, name in (one.node, *alike) if names.get(other)]
        if not dotted or definition is None:
            continue
        # the same method of several classes, called where it cannot be told which one is meant
        earlier, behind = found.get(one.callers, (None, frozenset()))
        behind = behind.union(one.sites, *(calls.direct[node] for node in alike))
        share = len(behind) / len(calls.sites)
        gateway = Gateway(
            names=tuple(dict.fromkeys((*(() if earlier is None else earlier.names), *dotted))),
            path=path if earlier is None else earlier.path,
            line=sources.text(path).count("\n", 0, max(definition.pos, 0)) + 1 if earlier is None else earlier.line,
            callers=len(one.callers),
            files=len({caller for caller, _ in one.callers}),
            behind=len(behind),
            share=share,
            tags=_tags(definition),
            is_sure=bool(_tags(definition)) and "." not in qualname and len(one.callers) >= SURE_CALLERS and share >= SURE_SHARE,
        )
        found[one.callers] = gateway, behind
    kept = [gateway for gateway, _ in found.values() if gateway.share >= (LEAST_SHARE if gateway.behind > 1 else LEAST_SINGLE)]
    return sorted(kept, key=lambda gateway: (-gateway.behind, -gateway.callers, gateway.names))[:MOST]


def _module(names: tuple[str, ...]) -> str:
    """Choose the name under which a module is likely imported; a bare one only where there is no other."""
    longer = [name for name in names if "." in name and name.partition(".")[0] not in SOURCE_FOLDERS]
    return names[0] if "." in names[0] else max(longer, key=len, default=names[0])


def _alike(node: Node, direct: Mapping[Node, set[Place]], bases_of: Callable[[str, str], frozenset[str]]) -> list[Node]:
    """Return the same method of classes with a base in common: who calls one through the base calls any of them."""
    path, qualname = node
    cls, _, method = qualname.rpartition(".")
    bases = bases_of(path, cls)
    return [
        (other, name)
        for other, name in direct
        if bases and (other, name) != node and name.endswith(f".{method}") and bases & bases_of(other, name.rpartition(".")[0])
    ]


class _Calls:
    """Which raw calls there are, and which functions lead to them."""

    def __init__(self, resolution: Resolution, callers: Callers, is_left_out: Callable[[str], bool]) -> None:
        self.sites: Final[set[Place]] = set()
        self.direct: Final[dict[Node, set[Place]]] = {}  # by the function that they stand in
        self._callers: Final = callers
        self._known: Final[dict[Node, dict[Place, Node]]] = {}
        self._behind: Final[dict[Node, set[Place]]] = {}
        self._edges: Final[dict[Node, dict[Place, Node]]] = {}
        events = [event for event in resolution.events if isinstance(event, (BillableCall, Edge)) and not is_left_out(event.place.path)]
        for event in events:
            if isinstance(event, Edge):
                place = event.place
                self._edges.setdefault(_node(event.callee), {})[place.path, place.pos] = place.path, place.qualname
        for event in events:
            if isinstance(event, BillableCall) and event.kind in RAW and event.tags is None and event.own is None:
                site = event.place.path, event.place.pos
                self.sites.add(site)
                self.direct.setdefault((event.place.path, event.place.qualname), set()).add(site)
                for node in self._leading_to((event.place.path, event.place.qualname)):
                    self._behind.setdefault(node, set()).add(site)

    def candidates(self) -> list[_Candidate]:
        """Return the functions that enough others call, each with the raw calls to which it is the nearest such function."""
        return [_Candidate(node, frozenset(self._calls_of(node)), frozenset(sites)) for node, sites in self._behind.items()]

    def _calls_of(self, node: Node) -> dict[Place, Node]:
        """Return the places outside a function that call it, with the functions around them."""
        if node not in self._known:
            path, qualname = node
            found = dict(self._edges.get(node, {}))
            cls, _, name = qualname.rpartition(".")
            if "." not in cls and not (cls and _is_private(qualname)):
                more = self._callers.of_method(cls, name) if cls else self._callers.of(path, name)
                found.update({(one.path, one.pos): (one.path, one.scope) for one in more})
            self._known[node] = {place: caller for place, caller in found.items() if caller != node}
        return self._known[node]

    def _is_used(self, node: Node) -> bool:
        callers = self._calls_of(node)
        others = [path for path, _ in callers if path != node[0]]
        return len(callers) >= MANY_CALLERS or (len(others) >= LEAST_CALLERS and len(set(others)) >= LEAST_FILES)

    def _leading_to(self, start: Node) -> Iterator[Node]:
        """Yield the nearest functions that others call on the ways up from one."""
        level, seen = [start], {start}
        for _ in range(DEEPEST):
            level = [node for node in level if node[1] and "<" not in node[1]]
            ways = [node for node in level if not _is_private(node[1]) and self._is_used(node)]
            yield from ways
            above = dict.fromkeys(caller for node in level if node not in ways for caller in self._calls_of(node).values())
            level = [node for node in above if node not in seen]
            seen.update(level)


def _node(key: str) -> Node:
    """Read the key of a function: path, qualified name, offset."""
    path, _, rest = key.partition(":")
    return path, rest.rpartition("@")[0]


def _is_private(qualname: str) -> bool:
    leaf = qualname.rpartition(".")[2]
    return leaf.startswith("_") and leaf != "__call__"


def _tags(function: ir.Function) -> str:
    """Say, as TOML, how a function is given its feature; empty where it takes none."""
    names = [param.name for param in function.params if param.kind in ("p", "k")]
    if FEATURE in names:
        return '"keywords"'
    return next((f'{{feature = "{name}"}}' for name in ALIKE if name in names), "")
