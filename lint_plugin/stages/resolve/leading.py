"""Which classes of the project lead to a client: by their name, a method, a declared field, or through their family."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lint_plugin.stages.resolve.project import ClassInfo, FunctionInfo, ModuleInfo
from lint_plugin.values import ClassOf, Values

Unit = FunctionInfo | ModuleInfo


class Leading:
    """What is known of the classes so far, and who asked too early."""

    def __init__(
        self, classes: Mapping[str, ClassInfo], subclasses: Mapping[str, set[str]], hot: set[str], bases: Callable[[str], Values]
    ) -> None:
        """Look at ``classes``, their ``subclasses`` and ``bases``; ``hot`` are the identifiers that mean something."""
        self._classes = classes
        self._subclasses = subclasses
        self._hot = hot
        self._bases = bases
        self._promising: set[str] = set()  # classes with a declared field that leads to a client
        self.givers: set[str] = set()  # keys of classes with a public method that gives a client
        self.giving: set[str] = set()  # their names
        self._hoping: dict[str, set[Unit]] = {}  # units that asked in vain, by the name of the class

    def leads(self, key: str, asking: Unit | None) -> bool:
        """Tell whether an instance of a class could lead to a call that bills; who asks is named by ``told`` when it does."""
        todo, seen = [key], {key}
        while todo:
            cls = self._classes.get(todo.pop())
            if cls is None:
                continue
            if self._leads(cls):
                return True
            family = [value.key for value in self._bases(cls.key) if isinstance(value, ClassOf)] + sorted(self._subclasses.get(cls.key, ()))
            todo += [other for other in family if other not in seen]
            seen.update(family)
        if asking is not None:
            for other in seen & self._classes.keys():
                self._hoping.setdefault(self._classes[other].code.name, set()).add(asking)
        return False

    def _leads(self, cls: ClassInfo) -> bool:
        if cls.key in self._promising or cls.code.name in self._hot:
            return True
        return any(name in self._hot and not name.startswith("__") for name in cls.methods)

    def promise(self, cls: ClassInfo) -> set[Unit]:
        """Note that a declared field of a class leads to a client; return who waited for that."""
        if cls.key in self._promising:
            return set()
        self._promising.add(cls.key)
        return self.told(cls.code.name)

    def promises(self, cls: ClassInfo) -> bool:
        """Tell whether a declared field of a class leads to a client."""
        return cls.key in self._promising

    def told(self, name: str) -> set[Unit]:
        """Return the units that waited for a class of this name to mean something."""
        return self._hoping.pop(name, set())
