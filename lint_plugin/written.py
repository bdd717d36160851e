"""Expressions as the source spells them, on one line and without what does not matter."""

from __future__ import annotations

from lint_plugin import ir


def callee(node: ir.Expr) -> str:
    """Return what is called, calls in it as ``make()``; empty when it is no chain that begins with a name."""
    parts: list[str] = []
    while True:
        if isinstance(node, ir.Call):
            parts.append("()")
            node = node.func
        elif isinstance(node, ir.Attr):
            parts.append(f".{node.attr}")
            node = node.value
        elif isinstance(node, ir.Name):
            return "".join((node.id, *reversed(parts)))
        else:
            return ""


def source(node: ir.Expr) -> str:
    """Return what a value is read from: a dotted name, string keys as parts of it; empty for anything computed."""
    if isinstance(node, ir.Name):
        return node.id
    if isinstance(node, ir.Attr):
        owner = source(node.value)
        return f"{owner}.{node.attr}" if owner else ""
    if isinstance(node, ir.Subscript) and isinstance(node.index, ir.Str):
        owner = source(node.value)
        return f"{owner}.{node.index.value}" if owner else ""
    return ""
