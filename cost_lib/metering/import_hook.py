"""Act on modules as soon as they are imported."""

from __future__ import annotations

import sys
from importlib.abc import Loader
from importlib.machinery import ModuleSpec, PathFinder
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from types import ModuleType


class AfterImport:
    """A finder that finds nothing itself: it lets the others load and then has its say."""

    def __init__(self) -> None:
        self._actions: dict[str, Callable[[ModuleType], None]] = {}

    def watch(self, actions: Mapping[str, Callable[[ModuleType], None]]) -> None:
        """Act on what is imported already, and on the rest when it comes."""
        self._actions = dict(actions)
        for name, act in actions.items():
            module = sys.modules.get(name)
            if module is not None and hasattr(module, "AsyncClient"):  # else half imported: its loader is ours to wrap no more
                act(module)
        if self not in sys.meta_path:
            sys.meta_path.insert(0, self)

    def stop(self) -> None:
        """Watch no more."""
        self._actions = {}
        if self in sys.meta_path:
            sys.meta_path.remove(self)

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """Find a watched module as the others do, with a loader that acts afterwards."""
        act = self._actions.get(name)
        if act is None:
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = _Acting(spec.loader, act)
        return spec


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
