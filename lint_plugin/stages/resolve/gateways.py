"""The policy's gateways as hosts of the catalog: they speak for a provider under another name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from cost_lib.catalog import Catalog
from cost_lib.catalog.model import Host, Layer, Provider

if TYPE_CHECKING:
    from cost_lib.policy import Policy

_VERSION: Final = re.compile(r"/v\d[^/]*(?=/)")


def with_gateways(catalog: Catalog, policy: Policy) -> Catalog:
    """Return the catalog with the hosts of a policy."""
    if not policy.hosts:
        return catalog
    added = [_gateway(catalog, host.host, host.provider) for host in policy.hosts.values()]
    return Catalog((*catalog.providers, *added))


def _gateway(catalog: Catalog, name: str, provider: str) -> Provider:
    """Return a provider with one host, which bills what the provider's own hosts bill; any POST where none is known."""
    known = [host for entry in catalog.providers for host in entry.hosts if (host.provider or entry.name) == provider]
    bills_all = not known or any(not host.paths for host in known)
    paths = () if bills_all else tuple(_mounted(path for host in known for path in host.paths))
    free = tuple(_mounted(path for host in known for path in host.free))
    return Provider(provider, Layer.SDK, (), "the policy", "", hosts=(Host(name, paths, free, provider),))


def _mounted(paths: Iterable[str]) -> Iterator[str]:
    """Yield paths as they stand and below any prefix, with and without the version that they begin with."""
    for path in dict.fromkeys(paths):
        for spelled in dict.fromkeys((path, _VERSION.sub("", path, count=1))):
            yield spelled
            yield f"/**{spelled}"
