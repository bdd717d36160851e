"""Look dotted names, accessors and hosts up in the provider literals."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, Generic, NamedTuple, TypeVar

from cost_lib.catalog.chains import DISTINCTIVE, EVIDENT
from cost_lib.catalog.model import Bills, ClientClass, Function, Host, Layer, Method, Provider
from cost_lib.catalog.surface import Surface, bills, find_method, is_prefix, merge, without_views
from cost_lib.catalog.urls import HostMatch, find_hosts, match_host

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

__all__ = ["Catalog", "ClientEntry", "FunctionEntry", "HostMatch"]


class ClientEntry(NamedTuple):
    """A catalogued class and where it belongs."""

    canonical: str  # the first of the class's names
    client: ClientClass
    provider: str
    layer: Layer


class FunctionEntry(NamedTuple):
    """A catalogued function and where it belongs."""

    canonical: str
    function: Function
    provider: str
    layer: Layer


Entry = TypeVar("Entry", ClientEntry, FunctionEntry)


class Names(Generic[Entry]):
    """A table from dotted names and name patterns to entries, with every answer kept."""

    def __init__(self, named: Iterable[tuple[str, Entry]]) -> None:
        self._known: dict[str, Entry | None] = {}
        patterns: list[tuple[str, str, Entry]] = []
        for name, entry in named:
            if "*" in name:
                patterns.append((name.partition("*")[0], name, entry))
            else:
                self._known.setdefault(name, entry)
        self._exact = frozenset(self._known)
        patterns.sort(key=_most_specific_first)
        self._patterns: list[tuple[str, str, Entry]] = patterns
        self._by_root: dict[str, list[tuple[str, str, Entry]]] = {}  # the patterns that names below a package can match

    def is_exact(self, dotted: str) -> bool:
        """Return whether a name is written out, not only matched by a pattern."""
        return dotted in self._exact

    def find(self, dotted: str) -> Entry | None:
        """Return the entry of a name: an exact one, else that of the pattern with the longest literal beginning."""
        try:
            return self._known[dotted]
        except KeyError:
            matching = (entry for start, name, entry in self._near(dotted) if dotted.startswith(start) and _fits(name, dotted))
            found = self._known[dotted] = next(matching, None)
            return found

    def _near(self, dotted: str) -> list[tuple[str, str, Entry]]:
        root, dot, _ = dotted.partition(".")
        found = self._by_root.get(root + dot)
        if found is None:
            found = [row for row in self._patterns if row[0].startswith(root + dot) or (root + dot).startswith(row[0])]
            self._by_root[root + dot] = found
        return found


class Catalog:
    """Answer what a dotted name is, what an accessor bills and whom a URL pays."""

    def __init__(self, providers: Iterable[Provider]) -> None:
        self.providers: Final = tuple(providers)
        self._clients = Names((name, entry) for entry in _client_entries(self.providers) for name in entry.client.names)
        self._functions = Names((name, entry) for entry in _function_entries(self.providers) for name in entry.function.names)
        self._surfaces: dict[str, Surface] = {}
        self._roots: frozenset[str] = frozenset()
        self._leaves: frozenset[str] | None = None
        self._composing: frozenset[str] | None = None
        self._adding: frozenset[str] | None = None
        self._evident: dict[tuple[frozenset[str], str], str] = {}
        self._leading: frozenset[str] | None = None
        self._mattering: dict[str, bool] = {}

    def client(self, dotted: str) -> ClientEntry | None:
        """Return the class that a dotted name means; a function written out beats a pattern of classes."""
        found = self._clients.find(dotted)
        if found is not None and self._functions.is_exact(dotted) and not self._clients.is_exact(dotted):
            return None
        return found

    def function(self, dotted: str) -> FunctionEntry | None:
        """Return the function that a dotted name means; a class written out beats a pattern of functions."""
        found = self._functions.find(dotted)
        if found is not None and self._clients.is_exact(dotted) and not self._functions.is_exact(dotted):
            return None
        return found

    def method(self, entry: ClientEntry, accessor: str) -> Method | None:
        """Return what an accessor does; one that is known to be free has ``Bills.FREE``, an unknown one is None."""
        surface = self._surface(entry)
        for candidate in (accessor, without_views(surface, accessor)):
            found = find_method(surface, candidate) or self._held_method(surface, candidate)
            if found is not None:
                return found
        return None

    def prefix(self, entry: ClientEntry, accessor: str) -> bool:
        """Return whether an accessor leads to a resource from which a known accessor can still be reached."""
        surface = self._surface(entry)
        return any(
            is_prefix(surface, candidate) or self._held_prefix(surface, candidate)
            for candidate in (accessor, without_views(surface, accessor))
        )

    def is_same(self, entry: ClientEntry, leaf: str) -> bool:
        """Return whether a method gives back the same kind of object (``with_options``)."""
        return leaf in self._surface(entry).same

    def bills(self, entry: ClientEntry) -> bool:
        """Return whether an instance can bill; a mere factory such as ``boto3.Session`` cannot."""
        return bills(self._surface(entry))

    def host(self, host: str, path: str) -> HostMatch | None:
        """Return whom a request pays; None when it is free or unknown. ``*`` in the arguments stands for an unknown part."""
        return match_host(self.providers, host, path)

    def hosts(self, host: str) -> tuple[Host, ...]:
        """Return every entry that a host name matches, whatever the path, each with its provider filled in."""
        return tuple(known._replace(provider=known.provider or name) for name, known in find_hosts(self.providers, host))

    def matters(self, dotted: str) -> bool:
        """Return whether an imported name is something catalogued, a member of it, or a module that leads to it."""
        known = self._mattering.get(dotted)
        if known is None:
            if self._leading is None:
                self._leading = frozenset(_leading_names(self.providers))
            known = (
                dotted in self._leading
                or self.client(dotted) is not None
                or self.function(dotted) is not None
                or self.client(dotted.rpartition(".")[0]) is not None
            )
            self._mattering[dotted] = known
        return known

    def members(self, dotted: str) -> list[str]:
        """Return the names that a star import of a module brings."""
        names = (name for provider in self.providers for client in provider.classes for name in client.names)
        more = (name for provider in self.providers for function in provider.functions for name in function.names)
        return sorted(
            {leaf for above, _, leaf in (name.rpartition(".") for name in (*names, *more)) if above == dotted and "*" not in leaf}
        )

    def roots(self) -> frozenset[str]:
        """Return the first segment of every catalogued name."""
        if not self._roots:
            self._roots = frozenset(name for name in _leading_names(self.providers) if "." not in name)
        return self._roots

    def leaves(self) -> frozenset[str]:
        """Return the last segment of every billable accessor and function."""
        if self._leaves is None:
            self._leaves = frozenset(_billable_leaves(self.providers)) - {"", "*"}
        return self._leaves

    def composing(self) -> frozenset[str]:
        """Return the names of methods that compose parts as an operator does (``pipe``)."""
        if self._composing is None:
            names = (name for provider in self.providers for client in provider.classes for name in client.operators)
            self._composing = frozenset(name for name in names if name.isidentifier())
        return self._composing

    def adding(self) -> frozenset[str]:
        """Return the names of methods by which a whole takes in a further part (``add_component``)."""
        if self._adding is None:
            self._adding = frozenset(name for provider in self.providers for client in provider.classes for name in client.adds)
        return self._adding

    def chains(self) -> frozenset[str]:
        """Return the accessors that are unmistakable on a receiver of unknown type."""
        return DISTINCTIVE

    def evident(self, names: Collection[str], accessor: str) -> str:
        """Return the class with a billable accessor of an SDK from which one of ``names`` comes; empty when none has it.

        The accessor must be a path: a single word counts only when no other library has it.
        """
        key = (frozenset(map(_package, names)), accessor)
        found = self._evident.get(key)
        if found is None:
            found = self._evident[key] = next(self._having(key[0], accessor), "")
        return found

    def _having(self, names: frozenset[str], accessor: str) -> Iterator[str]:
        if "." not in accessor and accessor not in EVIDENT:
            return
        for provider in self.providers:
            if provider.layer is not Layer.SDK or names.isdisjoint(_packages(provider)):
                continue
            for client in provider.classes:
                entry = self.client(client.names[0])
                method = self.method(entry, accessor) if entry is not None else None
                if entry is not None and method is not None and method.bills is not Bills.FREE:
                    yield entry.canonical

    def _surface(self, entry: ClientEntry) -> Surface:
        surface = self._surfaces.get(entry.canonical)
        if surface is None:
            bases = [base for base in map(self.client, entry.client.bases) if base is not None]
            surface = self._surfaces[entry.canonical] = merge(entry.client, [self._surface(base) for base in bases])
        return surface

    def _held_method(self, surface: Surface, accessor: str) -> Method | None:
        for held, rest in self._held(surface, accessor):
            return self.method(held, rest)
        return None

    def _held_prefix(self, surface: Surface, accessor: str) -> bool:
        return any(self.prefix(held, rest) for held, rest in self._held(surface, accessor))

    def _held(self, surface: Surface, accessor: str) -> Iterable[tuple[ClientEntry, str]]:
        for path, name in surface.attributes.items():
            held = self.client(name) if accessor.startswith(path + ".") else None
            if held is not None:
                yield held, accessor[len(path) + 1 :]


def _most_specific_first(pattern: tuple[str, str, Entry]) -> tuple[int, str]:
    return -len(pattern[0]), pattern[1]


def _client_entries(providers: Iterable[Provider]) -> Iterable[ClientEntry]:
    for provider in providers:
        for client in provider.classes:
            yield ClientEntry(client.names[0], client, client.provider or provider.name, provider.layer)


def _function_entries(providers: Iterable[Provider]) -> Iterable[FunctionEntry]:
    for provider in providers:
        for function in provider.functions:
            yield FunctionEntry(function.names[0], function, provider.name, provider.layer)


def _billable_leaves(providers: Iterable[Provider]) -> Iterable[str]:
    for provider in providers:
        accessors = [method.accessor for client in provider.classes for method in client.methods if method.bills is not Bills.FREE]
        names = [name for function in provider.functions if function.bills is not Bills.FREE for name in function.names]
        yield from (name.rpartition(".")[2] for name in (*accessors, *names))


def _leading_names(providers: Iterable[Provider]) -> Iterable[str]:
    """Yield every module name that leads to a catalogued one, as far as patterns are literal."""
    for provider in providers:
        names = [name for client in provider.classes for name in client.names]
        names += [name for function in provider.functions for name in function.names]
        for name in names:
            parts = name.partition("*")[0].split(".")
            yield from (".".join(parts[:end]) for end in range(1, len(parts)))


@cache
def _packages(provider: Provider) -> frozenset[str]:
    """Return the packages from which a provider's classes and functions are imported."""
    names = [name for client in provider.classes for name in client.names]
    names += [name for function in provider.functions for name in function.names]
    return frozenset(map(_package, names)) - {"google"}


def _package(dotted: str) -> str:
    """Return the package of a dotted name; what Google publishes shares its first segment."""
    return ".".join(dotted.split(".")[: 2 if dotted.startswith("google.") else 1])


def _fits(pattern: str, dotted: str) -> bool:
    # The literal beginning has been compared already; most patterns have nothing but it.
    return pattern.find("*") == len(pattern) - 1 or _compiled(pattern).fullmatch(dotted) is not None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(re.escape(pattern).replace(r"\*", ".*"))
