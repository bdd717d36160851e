"""Describe one request alike, whatever library sends it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Asked(NamedTuple):
    """A request that is about to be sent."""

    method: str
    host: str  # without its port
    port: int | None
    path: str
    url: str
    headers: Mapping[str, str]  # found by names in lower case
    body: Callable[[], bytes]  # empty where it cannot be read without using it up
    package: str  # of the client's class


def lowered(headers: Any) -> dict[str, str]:
    """Copy headers of any kind into a table with names in lower case."""
    if not headers:
        return {}
    pairs = headers.items() if hasattr(headers, "items") else headers
    return {_text(name).lower(): _text(value) for name, value in pairs}


def _text(value: Any) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def package_of(client: object) -> str:
    """Return the package of a client's class."""
    return type(client).__module__.partition(".")[0]
