"""Which classes of the project inherit from which, and which of them have an attribute."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from lint_plugin.stages.resolve.project import ClassInfo
from lint_plugin.stages.resolve.waking import Key
from lint_plugin.values import EMPTY, ClassOf, Values


class Families:
    """What is known of inheritance so far; shares the classes and stores of the machine."""

    def __init__(self, classes: Mapping[str, ClassInfo], stores: Mapping[Key, Values]) -> None:
        """Look at ``classes``, and at bases and attributes in ``stores``."""
        self._classes = classes
        self._stores = stores
        self.subclasses: dict[str, set[str]] = {}
        self._below: dict[str, tuple[str, ...]] = {}

    def add(self, key: str, base: str) -> None:
        """Note that one class inherits from another."""
        known = self.subclasses.setdefault(base, set())
        if key not in known:
            known.add(key)
            self._below.clear()

    def below(self, key: str) -> tuple[str, ...]:
        """Return every class that inherits from one."""
        known = self._below.get(key)
        if known is None:
            seen: dict[str, None] = {}
            todo = sorted(self.subclasses.get(key, ()))
            while todo:
                found = todo.pop()
                if found not in seen:
                    seen[found] = None
                    todo.extend(sorted(self.subclasses.get(found, ())))
            known = self._below[key] = tuple(seen)
        return known

    def above(self, key: str) -> Iterator[str]:
        """Yield a class and every class of the project that it inherits from."""
        todo, seen = [key], {key}
        while todo:
            one = todo.pop()
            yield one
            bases = {value.key for value in self._stores.get(("bases", one, ""), EMPTY) if isinstance(value, ClassOf)}
            todo += sorted(bases - seen)
            seen |= bases

    def having(self, name: str, classes: Iterable[str]) -> list[str]:
        """Return which classes have an attribute or method of their own.

        A base that hundreds inherit from is asked for attributes that a handful have: to read the store of each was half of all time.
        """
        known = self._classes
        return [key for key in classes if ("attr", key, name) in self._stores or (key in known and name in known[key].methods)]
