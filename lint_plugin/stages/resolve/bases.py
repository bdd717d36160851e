"""Base classes in modules that are not lowered yet, and when they are needed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from lint_plugin.stages.resolve.project import ClassInfo
from lint_plugin.values import Pending


class Bases:
    """What is asked of bases elsewhere; shares what the machine knows of classes and of names that mean something."""

    def __init__(self, classes: Mapping[str, ClassInfo], subclasses: Mapping[str, Collection[str]], hot: Collection[str]) -> None:
        self._classes = classes
        self._subclasses = subclasses
        self._hot = hot
        self._elsewhere: dict[str, set[str]] = {}  # class -> modules of its bases
        self._leaning: set[str] = set()
        self.taken: set[str] = set()  # modules that were asked for because a class has a base there
        self._known = (0, 0, 0, 0)

    def note(self, value: Pending, cls: ClassInfo) -> None:
        """Note a base class in a module not lowered yet: it is asked for once the class turns out to hold something."""
        self._elsewhere.setdefault(cls.key, set()).add(value.path)

    def lean(self, key: str) -> None:
        """Note that a class was given something that only its bases can take."""
        self._leaning.add(key)

    def has_news(self) -> bool:
        """Tell whether anything changed since the last call that is likely to make a base matter."""
        news = len(self._hot), len(self._leaning), len(self._elsewhere), len(self._classes)
        known, self._known = self._known, news
        return known != news

    def wanted(self, lowered: Collection[str]) -> Iterator[str]:
        """Yield the modules of base classes whose methods may call what a subclass holds."""
        for key, paths in self._elsewhere.items():
            family = [key, *self._descendants(key)]
            if any(member in self._leaning or self._classes[member].code.name in self._hot for member in family if member in self._classes):
                fresh = sorted(path for path in paths if path not in lowered)
                self.taken.update(fresh)
                yield from fresh

    def _descendants(self, key: str) -> Iterator[str]:
        seen: set[str] = set()
        todo = [key]
        while todo:
            for found in sorted(self._subclasses.get(todo.pop(), ())):
                if found not in seen:
                    seen.add(found)
                    todo.append(found)
                    yield found
