"""Find who calls a function of a module, in files that a check has no reason to follow: by its name and the imports that bind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from lint_plugin import ir

if TYPE_CHECKING:
    from lint_plugin.sources import Sources

MOST_FILES: Final = 400
OWN: Final = frozenset(("self", "cls"))  # such calls stay inside the class
ANYTHING: Final = "()"  # what is called on, where that is no name
MODULE_LEVEL: Final = ""


class Caller(NamedTuple):
    """A place that calls a function."""

    path: str
    pos: int
    scope: str  # qualified name of the function around it


class Callers:
    """The calls of a project's module functions."""

    def __init__(self, sources: Sources, paths: Iterable[str]) -> None:
        """Read the given files when a name that they hold is asked for."""
        self._sources: Final = sources
        self._paths: Final = [path for path in paths if path.endswith(".py")]
        self._read: Final[dict[str, _File]] = {}

    def of_method(self, cls: str, name: str) -> Iterator[Caller]:
        """Yield the calls of a method's name in files that name its class: what they are called on is not known."""
        for other in self._paths:
            data = self._sources.data(other)
            if cls.encode() in data and f".{name}".encode() in data and self._may_read(other):
                for called, owner, pos, scope in self._file(other).calls:
                    if called == name and owner and owner not in OWN:
                        yield Caller(other, pos, scope)

    def of(self, path: str, name: str) -> Iterator[Caller]:
        """Yield the calls of a function that is defined at the top of a file."""
        segments = {*path.removesuffix(".py").removesuffix("/__init__").split("/")}
        home = path.removesuffix(".py").removesuffix("/__init__").rpartition("/")[2]
        for other in self._paths:
            data = self._sources.data(other)
            if name.encode() in data and (other == path or home.encode() in data) and self._may_read(other):
                yield from self._calls(other, path, name, segments, home)

    def _file(self, path: str) -> _File:
        if path not in self._read:
            module = self._sources.module(path)
            self._read[path] = _File() if module is None else _read(module)
        return self._read[path]

    def _may_read(self, path: str) -> bool:
        """Tell whether a file is known or may be parsed too: common names must not have a whole repository parsed."""
        return path in self._read or len(self._read) < MOST_FILES

    def _calls(self, other: str, path: str, name: str, segments: set[str], home: str) -> Iterator[Caller]:
        file = self._file(other)
        for called, owner, pos, scope in file.calls:
            root, _, rest = owner.partition(".")
            origin, original = file.bound.get(root or called, ("", ""))
            if owner:  # import app.llm, from app import llm
                is_meant = called == name and bool(origin or original) and (rest.rpartition(".")[2] or original or origin) == home
            elif original:
                is_meant = original == name and (not origin or origin in segments)
            else:
                is_meant = other == path and called == name
            if is_meant:
                yield Caller(other, pos, scope)


class _File:
    """What a file calls, and what its imports bind."""

    def __init__(self) -> None:
        self.calls: Final[list[tuple[str, str, int, str]]] = []  # name, name before its dot, offset, scope
        self.bound: Final[dict[str, tuple[str, str]]] = {}  # name -> last segment of the module, name in it ("" = the module itself)


def _read(module: ir.Module) -> _File:
    file = _File()
    todo: list[tuple[object, str]] = [(node, MODULE_LEVEL) for node in module.body]
    while todo:
        node, scope = todo.pop()
        if isinstance(node, tuple):
            todo += [(item, scope) for item in node]
            continue
        if not isinstance(node, ir.Node):
            continue
        if isinstance(node, (ir.Import, ir.ImportFrom)):
            file.bound.update(_bound(node))
        elif isinstance(node, ir.Call):
            if isinstance(node.func, ir.Name):
                file.calls.append((node.func.id, "", node.pos, scope))
            elif isinstance(node.func, ir.Attr):
                file.calls.append((node.func.attr, _dotted(node.func.value) or ANYTHING, node.pos, scope))
        inner = f"{scope}.{node.name}".lstrip(".") if isinstance(node, (ir.Function, ir.Class)) else scope
        todo += [(value, inner) for value in msgspec.structs.astuple(node)]
    return file


def _dotted(node: ir.Expr) -> str:
    """Return a chain of names as it is written; empty for anything else."""
    if isinstance(node, ir.Name):
        return node.id
    before = _dotted(node.value) if isinstance(node, ir.Attr) else ""
    return f"{before}.{node.attr}" if isinstance(node, ir.Attr) and before else ""


def _bound(node: ir.Import | ir.ImportFrom) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield what an import binds; a module may come by either form."""
    for name, bound in node.names:
        last = name.rpartition(".")[2]
        if isinstance(node, ir.Import):
            yield bound or name.partition(".")[0], (last, "")
        else:
            yield bound or name, (node.module.rpartition(".")[2], name)
