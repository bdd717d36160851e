"""Find functions and classes of a lowered module by their names."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from lint_plugin import ir


def find_function(body: Iterable[ir.Stmt], names: list[str]) -> ir.Function | None:
    """Find a function by the segments of its qualified name."""
    for node in _defined(body):
        if node.name != names[0]:
            continue
        if len(names) > 1:
            return find_function(node.body, names[1:])
        if isinstance(node, ir.Function):
            return node
    return None


def find_bases(body: tuple[ir.Stmt, ...], name: str, modules: Collection[str]) -> frozenset[str]:
    """Return the names of the bases of a class at the top of a file that are the project's own; ``modules`` are its modules."""
    found = [node for node in _defined(body) if isinstance(node, ir.Class) and node.name == name]
    named = {base.value.id for cls in found for base in cls.bases if isinstance(base.value, ir.Name) and not base.keyword}
    imported = {bound or name: node.module for node in body if isinstance(node, ir.ImportFrom) for name, bound in node.names}
    defined = {node.name for node in _defined(body)}
    return frozenset(base for base in named if base in defined or imported.get(base, "-").rpartition(".")[2] in {"", *modules})


def _defined(body: Iterable[ir.Stmt]) -> Iterator[ir.Function | ir.Class]:
    """Yield what a body defines, on whichever of its branches."""
    for node in body:
        if isinstance(node, (ir.Function, ir.Class)):
            yield node
        elif isinstance(node, (ir.If, ir.For, ir.While)):
            yield from _defined((*node.body, *node.orelse))
        elif isinstance(node, ir.Try):
            yield from _defined((*node.body, *(stmt for handler in node.handlers for stmt in handler.body), *node.orelse, *node.final))
        elif isinstance(node, ir.With):
            yield from _defined(node.body)
