"""Act on modules as soon as they are imported."""

from __future__ import annotations

import sys
from importlib.abc import Loader
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType


class AfterImport:
    """A finder that finds nothing itself: it lets the others load and then has its say."""

    __slots__ = ("_acting", "_actions", "halves")  # each ``tagged`` asks for the last

    def __init__(self) -> None:
        self._actions: dict[str, Callable[[ModuleType], None]] = {}
        self._acting: set[str] = set()  # acting may import, which asks here again
        self.halves: set[str] = set()  # modules that were being imported when the watch began: their loader is not ours to wrap

    def watch(self, actions: Mapping[str, Callable[[ModuleType], None]]) -> None:
        """Act on what is imported already, and on the rest when it comes."""
        self._actions = dict(actions)
        self.halves = set(actions).intersection(sys.modules)
        self._catch_up()
        if self not in sys.meta_path:
            sys.meta_path.insert(0, self)

    def stop(self) -> None:
        """Watch no more."""
        self._actions, self.halves = {}, set()
        if self in sys.meta_path:
            sys.meta_path.remove(self)

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """Find a watched module as the others do, with a loader that acts afterwards."""
        if self.halves:
            self._catch_up()
        act = self._actions.get(name)
        if act is None:
            return None
        others = (finder for finder in sys.meta_path if finder is not self and hasattr(finder, "find_spec"))
        spec = next((found for finder in others if (found := finder.find_spec(name, path, target)) is not None), None)
        if spec is not None and spec.loader is not None:
            spec.loader = _Acting(spec.loader, act)
        return spec

    def catch_up(self) -> None:
        """Act on modules that were half imported, if they are whole by now."""
        if self.halves:
            self._catch_up()

    def _catch_up(self) -> None:
        for name in self.halves - self._acting:
            module = sys.modules.get(name)
            if module is not None and getattr(module.__spec__, "_initializing", False):
                continue
            act = self._actions.get(name)
            self._acting.add(name)
            try:
                if module is not None and act is not None:
                    act(module)
            finally:
                self.halves.discard(name)  # not before: who finds none half imported calls at once
                self._acting.discard(name)


class _Acting(Loader):
    def __init__(self, loader: Loader, act: Callable[[ModuleType], None]) -> None:
        self._loader = loader
        self._act = act

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        self._loader.exec_module(module)
        self._act(module)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._loader, name)


after_import: Final = AfterImport()
