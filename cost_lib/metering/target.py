"""Tell from a URL whom a request pays, and which family of responses will answer."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from cost_lib.catalog import load
from cost_lib.catalog.registry import HOSTS
from cost_lib.families import Family, family_of
from cost_lib.in_force import rules_in_force

# packages of SDKs whose own provider answers also behind other hosts
SDKS: Final = {"openai": "openai", "anthropic": "anthropic", "google": "gcp.gemini"}
GEMINI_MODEL: Final = re.compile(r"/models/([^/:]+):")


class Target(NamedTuple):
    """Whom a request pays."""

    provider: str
    endpoint: str
    family: Family | None  # None: billable, but no reader for its answers
    model: str  # where the URL names it


def find_target(host: str, path: str, packages: frozenset[str]) -> Target | None:
    """Return whom a POST pays; None when it is free or unknown."""
    configured = rules_in_force().policy.hosts.get(host)
    return _find(host, path.rstrip("/"), configured.provider if configured is not None else "", packages)


@lru_cache(maxsize=2048)
def _find(host: str, path: str, configured: str, packages: frozenset[str]) -> Target | None:
    found = family_of(path)
    endpoint, family = found or (path.rpartition("/")[2], None)
    names = [name for name, ends in HOSTS.items() if any(end.decode() in host for end in ends)]
    catalog = load(names) if names else None
    if catalog is not None and catalog.hosts(host):
        match = catalog.host(host, path)
        return Target(match.provider, endpoint, family, _model(path)) if match is not None else None
    provider = configured or next((name for package, name in SDKS.items() if package in packages), "")
    return Target(provider, endpoint, family, _model(path)) if provider and found is not None else None


def _model(path: str) -> str:
    found = GEMINI_MODEL.search(path)
    return found[1] if found else ""
