"""The project as the resolver sees it: modules, functions and classes with their keys, and what an import means."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from lint_plugin import ir
from lint_plugin.module_names import ModuleNames
from lint_plugin.names import absolute, parent
from lint_plugin.stages.resolve.library import dotted

Loader = Callable[[str], "ir.Module | None"]


class FunctionInfo:
    """One function or lambda: its code and where it stands."""

    __slots__ = (
        "cls",
        "code",
        "hands_back",
        "idents",
        "is_lambda",
        "key",
        "local",
        "module",
        "name",
        "nonlocals",
        "outer",
        "params",
        "qualname",
        "rebound",
        "shared",
    )

    def __init__(
        self, module: ModuleInfo, code: ir.Function | ir.Lambda, qualname: str, outer: FunctionInfo | None, cls: ClassInfo | None
    ) -> None:
        self.module = module
        self.code = code
        self.qualname = qualname
        self.outer = outer  # the function around it, through classes
        self.cls = cls  # the class whose body holds it directly
        self.is_lambda = isinstance(code, ir.Lambda)
        self.name = "<lambda>" if isinstance(code, ir.Lambda) else code.name
        self.params: Sequence[ir.Param] = code.params
        self.key = f"{module.path}:{qualname}@{code.pos}"
        self.idents = frozenset(code.idents)
        names = {param.name for param in code.params}
        self.local = frozenset(names if isinstance(code, ir.Lambda) else names | set(code.locals))
        self.hands_back = False  # some ``return self``
        self.nonlocals: frozenset[str] = frozenset()
        self.shared: set[str] = set()  # local names that inner functions read
        self.rebound: set[str] = set()  # local names that inner functions bind


class ClassInfo:
    """One class: its code and the functions in its body."""

    __slots__ = ("code", "key", "methods", "module", "outer", "qualname")

    def __init__(self, module: ModuleInfo, code: ir.Class, qualname: str, outer: FunctionInfo | None) -> None:
        self.module = module
        self.code = code
        self.qualname = qualname
        self.outer = outer
        self.key = f"{module.path}:{qualname}@{code.pos}"
        self.methods: dict[str, FunctionInfo] = {}


class ModuleInfo:
    """One module of the project."""

    __slots__ = ("classes", "code", "functions", "is_package", "names", "path")

    def __init__(self, path: str, names: tuple[str, ...], code: ir.Module) -> None:
        self.path = path
        self.names = names  # dotted names under which it can be imported, the likeliest first
        self.code = code
        self.is_package = path.rpartition("/")[2] in ("__init__.py", "__init__.pyi")
        self.functions: dict[int, FunctionInfo] = {}  # by the position of the name
        self.classes: dict[int, ClassInfo] = {}
        _Indexer(self).block(code.body, "", None, None)

    def package(self) -> Iterator[str]:
        """Yield the dotted names of the package that relative imports start from."""
        for name in self.names:
            yield name if self.is_package else parent(name)


class _Indexer:
    """Find every function, lambda and class of a module."""

    def __init__(self, module: ModuleInfo) -> None:
        self._module = module

    def block(self, body: Iterable[ir.Stmt], prefix: str, outer: FunctionInfo | None, cls: ClassInfo | None) -> None:
        for statement in body:
            if isinstance(statement, ir.Function):
                info = FunctionInfo(self._module, statement, prefix + statement.name, outer, cls)
                self._module.functions[statement.pos] = info
                if cls is not None and not _is_accessor(statement):
                    cls.methods[statement.name] = info
                self.block(statement.body, f"{prefix}{statement.name}.", info, None)
                _share(info)
            elif isinstance(statement, ir.Class):
                found = ClassInfo(self._module, statement, prefix + statement.name, outer)
                self._module.classes[statement.pos] = found
                self.block(statement.body, f"{prefix}{statement.name}.", outer, found)
            elif isinstance(statement, ir.Scope):
                if outer is not None and cls is None:
                    _declare(outer, statement)
            elif isinstance(statement, ir.Return):
                if outer is not None and outer.cls is not None and isinstance(statement.value, ir.Name):
                    outer.hands_back |= bool(outer.params) and statement.value.id == outer.params[0].name
            else:
                for inner in _bodies(statement):
                    self.block(inner, prefix, outer, cls)


def _declare(info: FunctionInfo, statement: ir.Scope) -> None:
    """Note names that a function binds elsewhere."""
    info.local -= frozenset(statement.names)
    if statement.kind == "nonlocal":
        info.nonlocals |= frozenset(statement.names)
        outer = info.outer
        while outer is not None:
            outer.rebound |= info.nonlocals & outer.local
            outer = outer.outer


def _is_accessor(statement: ir.Function) -> bool:
    """Tell whether a method is the setter or deleter of a property, which leaves the getter in place."""
    return any(isinstance(decorator, ir.Attr) and decorator.attr in ("setter", "deleter") for decorator in statement.decorators)


def _share(info: FunctionInfo) -> None:
    """Mark the local names of the enclosing functions that this one reads."""
    free = info.idents - info.local
    outer = info.outer
    while outer is not None and free:
        outer.shared |= free & outer.local
        outer = outer.outer


def _bodies(statement: ir.Stmt) -> Iterator[tuple[ir.Stmt, ...]]:
    """Yield the blocks inside a compound statement that open no scope of their own."""
    if isinstance(statement, (ir.If, ir.For, ir.While)):
        yield statement.body
        yield statement.orelse
    elif isinstance(statement, ir.Try):
        yield statement.body
        for handler in statement.handlers:
            yield handler.body
        yield statement.orelse
        yield statement.final
    elif isinstance(statement, ir.With):
        yield statement.body
    elif isinstance(statement, ir.Match):
        for case in statement.cases:
            yield case.body


def decorator_names(info: FunctionInfo) -> frozenset[str]:
    """Return the decorators of a function as written, without arguments: ``property``, ``functools.cache``."""
    return frozenset() if isinstance(info.code, ir.Lambda) else frozenset(dotted(item) for item in info.code.decorators)


CONFTEST: Final = "conftest.py"
SOURCE_ROOTS: Final = frozenset({"src", "lib", "python"})  # what lies there is installed, and importable from everywhere


def fixture_name(info: FunctionInfo) -> str:
    """Return the name under which pytest provides what a function makes; empty when it is no fixture."""
    for decorator in () if isinstance(info.code, ir.Lambda) else info.code.decorators:
        if dotted(decorator).endswith("fixture"):
            given = [arg.value for arg in decorator.args if arg.keyword == "name"] if isinstance(decorator, ir.Call) else []
            return next((value.value for value in given if isinstance(value, ir.Str)), info.name)
    return ""


class Project:
    """All modules known so far, and the files that could become modules."""

    def __init__(self, names: ModuleNames, load: Loader, reserved: frozenset[str]) -> None:
        """Know files by ``names``; ``load`` lowers one; ``reserved`` roots are libraries'."""
        self.modules: dict[str, ModuleInfo] = {}
        self._load: Final = load
        self._names: Final = names
        self._reserved = reserved
        self._needing: dict[str, bool] = {}

    def find(self, dotted: str, importer: ModuleInfo) -> str | None:
        """Return the path of the project's module that ``dotted`` means for ``importer``."""
        paths = self._names.paths(dotted)
        if not paths:
            return None
        if dotted.partition(".")[0] in self._reserved:
            paths = [path for path in paths if self._shadows(path, dotted, importer)]
        else:
            paths = [path for path in paths if self._names.of(path)[0] == dotted or _is_above(_base(path, dotted), importer.path)]
        if not paths:
            return None
        return paths[0] if len(paths) == 1 else max(paths, key=lambda path: (_common(path, importer.path), -len(path)))

    def _shadows(self, path: str, dotted: str, importer: ModuleInfo) -> bool:
        """Tell whether a file hides a library of the same name: only from beside or above the importer, and outside of packages."""
        base = _base(path, dotted)
        root = dotted.partition(".")[0]
        if base.rpartition("/")[2] in SOURCE_ROOTS and f"{base}/{root}".lstrip("/") in self._names.packages:
            return True  # the library's own repository
        if not _is_above(base, importer.path) or path == importer.path:
            return False
        while base:
            if base in self._names.packages:
                return False
            base = base.rpartition("/")[0]
        return "" not in self._names.packages and not self._needs(path, root)

    def _needs(self, path: str, root: str) -> bool:
        """Tell whether a file imports the library that it is named like: where that works, the file hides it from nobody."""
        if path.rpartition("/")[2] != f"{root}.py":  # a package may import itself
            return False
        if path not in self._needing:
            code = self._load(path)
            self._needing[path] = code is not None and any(
                (isinstance(statement, ir.Import) and any(name.partition(".")[0] == root for name, _ in statement.names))
                or (isinstance(statement, ir.ImportFrom) and not statement.level and statement.module.partition(".")[0] == root)
                for statement in code.body
            )
        return self._needing[path]

    def is_package(self, dotted: str) -> bool:
        """Tell whether some module of the project stands below ``dotted``."""
        return self._names.is_above(dotted)

    def relative(self, importer: ModuleInfo, module: str, level: int) -> list[str]:
        """Return the absolute names that a ``from`` import may mean."""
        if level == 0:
            return [module]
        found = [absolute(module, level, package) for package in importer.package()]
        return [name for name in dict.fromkeys(found) if name]

    def module(self, path: str) -> ModuleInfo | None:
        """Return a module, lowering it at the first call; ``None`` when it does not parse or is not wanted."""
        known = self.modules.get(path)
        if known is None and path in self._names:
            code = self._load(path)
            if code is not None:
                known = self.modules[path] = ModuleInfo(path, self._names.of(path), code)
        return known

    def knows(self, path: str) -> bool:
        """Tell whether a file belongs to the project."""
        return path in self._names

    def loaded(self, path: str) -> bool:
        """Tell whether a module has been lowered."""
        return path in self.modules


def _common(left: str, right: str) -> int:
    """Count the folders that two paths share from the top."""
    count = 0
    for one, other in zip(left.split("/"), right.split("/"), strict=False):
        if one != other:
            break
        count += 1
    return count


def _base(path: str, dotted: str) -> str:
    """Return the folder from which a file is importable under a dotted name."""
    stem = path.removesuffix(".pyi").removesuffix(".py").removesuffix("/__init__")
    return stem.removesuffix(dotted.replace(".", "/")).rstrip("/")


def _is_above(folder: str, path: str) -> bool:
    return not folder or path.startswith(folder + "/")


def is_inside(inner: FunctionInfo, outer: FunctionInfo) -> bool:
    """Tell whether a function is defined inside another one."""
    around = inner.outer
    while around is not None:
        if around is outer:
            return True
        around = around.outer
    return False
