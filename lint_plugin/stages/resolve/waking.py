"""Stores that hold something which means nothing yet, until it does."""

from __future__ import annotations

from collections.abc import Iterator

Key = tuple[str, str, str]


class Waking:
    """Who holds what, by the name of a class or the key of a lambda, and what is due since that came to mean something."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._held: dict[str, dict[Key, None]] = {}
        self._due: list[Key] = []

    def hold(self, name: str, key: Key) -> None:
        """Note that a store holds something known by a name."""
        self._held.setdefault(name, {})[key] = None

    def wake(self, name: str) -> None:
        """Make every store due that holds something known by a name."""
        self._due.extend(self._held.pop(name, ()))

    def due(self) -> Iterator[Key]:
        """Yield the stores to look at again, those that become due meanwhile among them."""
        while self._due:
            yield self._due.pop()
