"""Name what an assignment binds: an expression of the intermediate form -> names."""

from __future__ import annotations

from lint_plugin import ir


def bind(target: ir.Expr, bound: set[str]) -> None:
    """Add the names that a target binds, inside tuples and behind stars too."""
    if isinstance(target, ir.Name):
        bound.add(target.id)
    elif isinstance(target, ir.Seq):
        for item in target.items:
            bind(item, bound)
    elif isinstance(target, ir.Star):
        bind(target.value, bound)
