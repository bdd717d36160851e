"""Names that are bound: what an assignment binds, and the type parameters of a class."""

from __future__ import annotations

from collections.abc import Sequence

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


def type_parameters(names: Sequence[str], pos: int) -> tuple[ir.Arg, ...]:
    """Return the type parameters of a class as the base that declared them before they had brackets of their own."""
    if not names:
        return ()
    items = ir.Seq("tuple", tuple([ir.Name(name, pos) for name in names]), pos)
    return (ir.Arg(ir.Subscript(ir.Name("Generic", pos), items, pos), "", 0, pos),)
