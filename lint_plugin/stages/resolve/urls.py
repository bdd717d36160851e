"""Parts of folded URLs, in which something may be unknown."""

from __future__ import annotations

import re
from typing import Final

from lint_plugin.values import HOLE

_URL: Final = re.compile(r"(?:https?|wss?)://([^/?#]+)(/[^?#]*)?")
_SLASHES: Final = re.compile("//+")


def split(url: str) -> tuple[str, str] | None:
    """Return host, with its port, and path; what is unknown becomes ``*``; ``None`` when there is no host to see."""
    found = _URL.match(url)
    if found is None:
        return None
    host = found.group(1).rpartition("@")[2]
    path = _SLASHES.sub("/", found.group(2) or "/")  # a base URL that ends with a slash and a path that begins with one
    return host.replace(HOLE, "*").lower(), path.replace(HOLE, "*")


def names(host: str) -> tuple[str, ...]:
    """Return the names under which a host may be known: with its port, then without."""
    bare = host.partition(":")[0]
    return (host, bare) if bare != host else (host,)
