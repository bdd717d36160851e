"""Open the provider catalog: which providers a file may use, what its names mean, what its calls bill."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from cost_lib.catalog.match import Catalog, ClientEntry, FunctionEntry, HostMatch
from cost_lib.catalog.registry import NEEDS, TOKENS
from cost_lib.catalog.tokens import providers_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cost_lib.catalog.model import Provider

__all__ = ["Catalog", "ClientEntry", "FunctionEntry", "HostMatch", "load", "providers_in"]


def load(names: Iterable[str] | None = None) -> Catalog:
    """Return the catalog of the named provider modules, of all without names; each combination is built once."""
    wanted = frozenset(TOKENS if names is None else names)
    return _catalog(wanted.union(*(NEEDS.get(name, ()) for name in wanted)))


@cache
def _catalog(names: frozenset[str]) -> Catalog:
    return Catalog([_provider(name) for name in TOKENS if name in names])


@cache
def _provider(name: str) -> Provider:
    provider: Provider = import_module(f"cost_lib.catalog.providers.{name}").PROVIDER
    return provider
