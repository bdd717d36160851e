"""Read, without importing it, which methods an installed SDK's client has and which of them send a POST.

Importing the SDKs takes seconds and needs their optional parts; their sources tell the same: a resource is a property, an
annotation or an attribute of a class of the package, and a method posts when it, or what it calls on ``self``, does.
"""

from __future__ import annotations

import ast
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

Functions = (ast.FunctionDef, ast.AsyncFunctionDef)


class Source(NamedTuple):
    name: str
    classes: dict[str, ast.ClassDef]
    imports: dict[str, tuple[str, str]]  # local name -> module, name there


class Class(NamedTuple):
    module: Source
    node: ast.ClassDef


def posting_accessors(module: str, name: str) -> set[str]:
    """Return the accessors of a client class, such as ``chat.completions.create``, that send a POST or open a socket."""
    found = _class(module, name)
    return set() if found is None else set(_walk(found, "", 0))


def _walk(owner: Class, prefix: str, depth: int) -> Iterator[str]:
    posting = _posting(owner.module.name, owner.node.name)
    yield from (prefix + method for method in posting if not method.startswith("_"))
    if depth < 6:
        for attribute, resource in _resources(owner).items():
            if not attribute.startswith("_"):
                yield from _walk(resource, f"{prefix}{attribute}.", depth + 1)


@cache
def _posting(module: str, name: str) -> frozenset[str]:
    owner = _class(module, name)
    if owner is None:
        return frozenset()
    inherited = frozenset[str]().union(*(_posting(base.module.name, base.node.name) for base in _bases(owner)))
    methods: dict[str, list[ast.AST]] = {}
    for node in owner.node.body:
        if isinstance(node, Functions) and not _is_property(node):
            methods.setdefault(node.name, []).extend(ast.walk(node))
    raw = {attribute: found for attribute, found in _resources(owner).items() if attribute.startswith("_raw")}
    held = {attribute: _posting(found.module.name, found.node.name) for attribute, found in raw.items()}
    posting = {name for name, nodes in methods.items() if any(_posts(node) for node in nodes)} | (set(inherited) - set(methods))
    while grown := {name for name, nodes in methods.items() if name not in posting and any(_calls(node, posting, held) for node in nodes)}:
        posting |= grown
    return frozenset(posting)


def _posts(node: ast.AST) -> bool:
    match node:
        case ast.Attribute(value=ast.Name(id="self"), attr="_post"):
            return True
        case ast.Call(keywords=keywords) if any(word.arg == "method" and _is(word.value, "POST", "post") for word in keywords):
            return True
        case ast.Call(func=ast.Attribute(attr=attr), args=[first, *_]) if "request" in attr and _is(first, "post"):
            return True
        case ast.Call(func=ast.Name(id="connect" | "ws_connect" | "sync_ws_connect")):
            return True
        case ast.Call(func=ast.Name(id=made) | ast.Subscript(value=ast.Name(id=made))) if made.endswith(
            ("ConnectionManager", "StreamManager", "Runner", "Thread")
        ):
            return True
        case ast.Call(args=[ast.Name(id="self"), *_]):  # the resource is handed to a helper function
            return True
    return False


def _calls(node: ast.AST, posting: set[str], held: dict[str, frozenset[str]]) -> bool:
    match node:
        case ast.Attribute(value=ast.Name(id="self"), attr=attr):
            return attr in posting
        case ast.Attribute(value=ast.Attribute(value=ast.Name(id="self"), attr=owner), attr=attr):
            return attr in held.get(owner, ())
    return False


def _is(node: ast.expr, *texts: str) -> bool:
    return isinstance(node, ast.Constant) and node.value in texts


def _resources(owner: Class) -> dict[str, Class]:
    found: dict[str, Class] = {}
    for base in _bases(owner):
        found |= _resources(base)
    for attribute, hint in _hints(owner.node):
        resource = _resolve(owner.module, hint)
        if resource is not None:
            found[attribute] = resource
    return found


def _hints(node: ast.ClassDef) -> Iterator[tuple[str, ast.expr]]:
    for statement in node.body:
        match statement:
            case ast.AnnAssign(target=ast.Name(id=attribute), annotation=hint):
                yield attribute, hint
            case ast.FunctionDef(name=attribute, returns=ast.Name() | ast.Constant() as hint) if _is_property(statement):
                yield attribute, hint
            case ast.FunctionDef(name="__init__" | "_init_sdks"):
                yield from _assigned(statement)
            case ast.FunctionDef(name=attribute) if _is_property(statement):  # built at the first use
                yield from ((attribute, made) for held, made in _assigned(statement) if held == f"_{attribute}")


def _assigned(function: ast.FunctionDef) -> Iterator[tuple[str, ast.expr]]:
    for node in ast.walk(function):
        match node:
            case ast.Assign(targets=[ast.Attribute(value=ast.Name(id="self"), attr=attribute)], value=ast.Call(func=made)):
                yield attribute, made


def _is_property(node: ast.stmt) -> bool:
    names = {ast.unparse(one) for one in getattr(node, "decorator_list", ())}
    return not names.isdisjoint({"property", "cached_property"})


def _bases(owner: Class) -> list[Class]:
    return [base for base in (_resolve(owner.module, node) for node in owner.node.bases) if base is not None]


def _resolve(module: Source, hint: ast.expr) -> Class | None:
    match hint:
        case ast.Constant(value=str() as text):
            return _resolve(module, ast.parse(text, mode="eval").body)
        case ast.Subscript(value=ast.Name(id="Optional"), slice=inner):
            return _resolve(module, inner)
        case ast.BinOp(left=left):
            return _resolve(module, left)
        case ast.Name(id=name):
            return _class(module.name, name)
        case ast.Attribute(value=ast.Name(id=alias), attr=name) if alias in module.imports:
            package, inside = module.imports[alias]
            return _class(f"{package}.{inside}", name)
    return None


@cache
def _class(module: str, name: str) -> Class | None:
    source = _source(module)
    if source is None:
        return None
    if name in source.classes:
        return Class(source, source.classes[name])
    if name in source.imports and source.imports[name] != (module, name):
        return _class(*source.imports[name])
    return None


@cache
def _source(module: str) -> Source | None:
    root, _, rest = module.partition(".")
    spec = find_spec(root)
    if spec is None or not spec.submodule_search_locations:
        return None
    for folder in spec.submodule_search_locations:
        path = Path(folder, *rest.split(".")) if rest else Path(folder)
        for candidate, package in ((path.with_suffix(".py"), False), (path / "__init__.py", True)):
            if candidate.is_file():
                tree = ast.parse(candidate.read_text(encoding="utf-8"))
                return Source(module, _classes(tree), _imports(tree, module if package else module.rpartition(".")[0]))
    return None


def _classes(tree: ast.Module) -> dict[str, ast.ClassDef]:
    return {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}


def _imports(tree: ast.Module, package: str) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            base = package.split(".")
            home = ".".join((*base[: len(base) - node.level + 1], *filter(None, [node.module]))) if node.level else node.module or ""
            for name in node.names:
                found.setdefault(name.asname or name.name, (home, name.name))
    return found
