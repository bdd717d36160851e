"""Describe one request alike, whatever library sends it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


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


class RawHeaders(Mapping[str, str]):
    """Headers as they go over the wire, found by names in lower case; only what is looked at is decoded.

    httpx searches its list anew, and decodes every name, for each header that it is asked for.
    """

    __slots__ = ("_pairs",)

    def __init__(self, pairs: list[tuple[bytes, bytes]]) -> None:
        names, values = zip(*pairs, strict=True) if pairs else ((), ())
        # no step of Python for each of the twenty or so
        self._pairs: dict[bytes, bytes] = dict(zip(map(bytes.lower, names), values, strict=True))

    def get(self, name: str, default: Any = None) -> Any:
        """Return a header, or what stands for none."""
        value = self._pairs.get(name.encode("latin-1"))
        return default if value is None else value.decode("latin-1")

    def has_any(self, names: frozenset[bytes]) -> bool:
        """Say whether any of some headers is there."""
        return not names.isdisjoint(self._pairs)

    def __getitem__(self, name: str) -> str:
        return self._pairs[name.encode("latin-1")].decode("latin-1")

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.encode("latin-1") in self._pairs

    def __iter__(self) -> Iterator[str]:
        return (name.decode("latin-1") for name in self._pairs)

    def __len__(self) -> int:
        return len(self._pairs)


NOTHING: Final = Asked("", "", None, "", "", {}, bytes, "")  # a request that could not be described; the library will say why


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
