"""Open the provider catalog: which providers a file may use, what its names mean, what its calls bill."""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from cost_lib.catalog.match import Catalog, ClientEntry, FunctionEntry, HostMatch
from cost_lib.catalog.registry import TOKENS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cost_lib.catalog.model import Provider

__all__ = ["Catalog", "ClientEntry", "FunctionEntry", "HostMatch", "load", "providers_in", "token_pattern"]


def load(names: Iterable[str] | None = None) -> Catalog:
    """Return the catalog of the named provider modules, of all without names; each combination is built once."""
    return _catalog(frozenset(TOKENS if names is None else names))


def providers_in(data: bytes) -> frozenset[str]:
    """Return the names of the provider modules one of whose tokens occurs in the bytes of a file."""
    found = set(token_pattern().findall(data))
    if not found:
        return frozenset()
    return frozenset(name for token in found for name in _owners()[token])


@cache
def token_pattern() -> re.Pattern[bytes]:
    """Return one pattern that finds every token."""
    return re.compile(b"|".join(re.escape(token) for token in sorted(_owners(), key=len, reverse=True)))


@cache
def _owners() -> dict[bytes, tuple[str, ...]]:
    owners: dict[bytes, tuple[str, ...]] = {}
    for name, tokens in TOKENS.items():
        for token in tokens:
            owners[token] = (*owners.get(token, ()), name)
    return owners


@cache
def _catalog(names: frozenset[str]) -> Catalog:
    return Catalog([_provider(name) for name in TOKENS if name in names])


@cache
def _provider(name: str) -> Provider:
    provider: Provider = import_module(f"cost_lib.catalog.providers.{name}").PROVIDER
    return provider
