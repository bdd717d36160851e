"""Match hosts and URL paths against the patterns of the provider literals."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cost_lib.catalog.model import Host, Provider


class HostMatch(NamedTuple):
    """A billable URL."""

    provider: str
    host: Host
    path: str  # the pattern that matched; "" when every path of the host bills


def match_host(providers: Iterable[Provider], host: str, path: str) -> HostMatch | None:
    """Return whom a request pays; None when it is free or unknown. ``*`` in the arguments stands for an unknown part."""
    path = path.partition("?")[0].partition("#")[0].rstrip("/")
    for provider, known in find_hosts(providers, host):
        if any(_path_pattern(free).fullmatch(path) for free in known.free):
            return None
        found = next((pattern for pattern in known.paths if _path_pattern(pattern).fullmatch(path)), None)
        if found is not None or not known.paths:
            return HostMatch(known.provider or provider, known, found or "")
    return None


def match_free(providers: Iterable[Provider], host: str, path: str) -> str:
    """Return whose host a request goes to that is known to be free; empty when it is none of those."""
    for provider, known in find_hosts(providers, host):
        if any(_path_pattern(free).fullmatch(path) for free in known.free):
            return known.provider or provider
    return ""


def find_hosts(providers: Iterable[Provider], host: str) -> list[tuple[str, Host]]:
    """Return every entry that a host name matches with its provider, literal ones before patterns."""
    host = host.lower()
    found = [
        (provider.name, known)
        for provider in providers
        for known in provider.hosts
        if known.host == host or ("*" in known.host and _host_pattern(known.host).fullmatch(host))
    ]
    return sorted(found, key=lambda pair: (pair[1].host != host, -len(pair[1].host)))


@cache
def _host_pattern(pattern: str) -> re.Pattern[str]:
    any_subdomain, rest = (r"(?:[^/]+\.)", pattern[2:]) if pattern.startswith("*.") else ("", pattern)
    return re.compile(any_subdomain + re.escape(rest).replace(r"\*", r"[^./]+"))


@cache
def _path_pattern(pattern: str) -> re.Pattern[str]:
    parts = []
    for segment in pattern.strip("/").split("/"):
        whole = {"**": r".*", "*": r"[^/]+"}.get(segment)
        parts.append(whole or re.escape(segment).replace(r"\*", r"[^/]*"))
    return re.compile("/" + "/".join(parts))
