"""A registry of whatever: it names no provider."""
from dataclasses import dataclass
from typing import Any, Callable


@dataclass
class Entry:
    name: str
    loader: Callable[[], Any]

    def load(self) -> Any:
        return self.loader()


class Registry:
    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}

    def register(self, name: str, *, target: Any) -> None:
        self._entries[name] = Entry(name=name, loader=lambda target=target: target)

    def get(self, name: str) -> Entry:
        return self._entries[name]
