"""Open the provider catalog: which providers a file may use, what its names mean, what its calls bill."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cost_lib.catalog.match import Catalog as Catalog
    from cost_lib.catalog.match import ClientEntry as ClientEntry
    from cost_lib.catalog.match import FunctionEntry as FunctionEntry
    from cost_lib.catalog.match import HostMatch as HostMatch
    from cost_lib.catalog.model import Provider
    from cost_lib.catalog.tokens import providers_in as providers_in

__all__ = ["Catalog", "ClientEntry", "FunctionEntry", "HostMatch", "load", "load_providers", "providers_in"]

# who only wants a price must not pay for the matching of names
_HOMES = {"Catalog": "match", "ClientEntry": "match", "FunctionEntry": "match", "HostMatch": "match", "providers_in": "tokens"}


def load(names: Iterable[str] | None = None) -> Catalog:
    """Return the catalog of the named provider modules, of all without names; each combination is built once."""
    from cost_lib.catalog.registry import TOKENS

    return _catalog(_with_needs(frozenset(TOKENS if names is None else names)))


@cache
def load_providers(names: frozenset[str]) -> tuple[Provider, ...]:
    """Return the named provider modules and those that they need: for hosts and paths, who needs no names matched."""
    from cost_lib.catalog.registry import TOKENS

    wanted = _with_needs(names)
    return tuple(_provider(name) for name in TOKENS if name in wanted)


def _with_needs(names: frozenset[str]) -> frozenset[str]:
    from cost_lib.catalog.registry import NEEDS

    return names.union(*(NEEDS.get(name, ()) for name in names))


@cache
def _catalog(names: frozenset[str]) -> Catalog:
    from cost_lib.catalog.match import Catalog

    return Catalog(load_providers(names))


@cache
def _provider(name: str) -> Provider:
    provider: Provider = import_module(f"cost_lib.catalog.providers.{name}").PROVIDER
    return provider


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"cost_lib.catalog.{home}"), name)
    globals()[name] = value
    return value
