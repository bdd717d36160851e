"""Find products and quotients of token counts: a walk over the lowered modules, which needs no resolution."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import msgspec

from lint_plugin import ir, written
from lint_plugin.facts import PriceArithmetic
from lint_plugin.names import leaf

COUNTED: Final = "token"
DECIMAL: Final = re.compile(r"[\d._]+(?:e[+-]?\d+)?", re.IGNORECASE)
HIDDEN: Final = "..."  # an operand that is no name, key or number


def find_arithmetic(path: str, module: ir.Module) -> Iterator[PriceArithmetic]:
    """Yield each outermost chain of ``*`` and ``/`` with an operand that is named like a token count."""
    for node, scope in _chains(module, ""):
        factors: list[str] = []
        divisors: list[str] = []
        text = _spread(node, factors, divisors)
        if any(COUNTED in leaf(operand).lower() for operand in (*factors, *divisors)):
            yield PriceArithmetic(path, _first(node).pos, scope, text, tuple(factors), tuple(divisors))


def _chains(node: object, scope: str) -> Iterator[tuple[ir.BinOp, str]]:
    """Yield the outermost chains below a node, each with the name of the definition around it."""
    if isinstance(node, ir.BinOp) and node.op in ir.SCALING:
        yield node, scope
        for operand in _operands(node):
            yield from _chains(operand, scope)
        return
    if isinstance(node, (ir.Function, ir.Class)):
        scope = f"{scope}.{node.name}" if scope else node.name
    if isinstance(node, tuple):
        for item in node:
            yield from _chains(item, scope)
    elif isinstance(node, msgspec.Struct):
        for field in node.__struct_fields__:
            yield from _chains(getattr(node, field), scope)


def _operands(node: ir.Expr) -> Iterator[ir.Expr]:
    """Yield the operands of a chain that are no chain themselves."""
    if isinstance(node, ir.BinOp) and node.op in ir.SCALING:
        yield from _operands(node.left)
        yield from _operands(node.right)
    else:
        yield node


def _spread(node: ir.Expr, factors: list[str], divisors: list[str]) -> str:
    """Sort the operands of a chain by what they do and return the chain as written."""
    if not (isinstance(node, ir.BinOp) and node.op in ir.SCALING):
        operand = _operand(node)
        if operand:
            factors.append(operand)
        return operand or HIDDEN
    left = _spread(node.left, factors, divisors)
    right = _spread(node.right, divisors, factors) if node.op == "/" else _spread(node.right, factors, divisors)
    is_grouped = isinstance(node.right, ir.BinOp) and node.right.op in ir.SCALING
    return f"{left} {node.op} ({right})" if is_grouped else f"{left} {node.op} {right}"


def _operand(node: ir.Expr) -> str:
    if isinstance(node, ir.Lit):
        return node.text if DECIMAL.fullmatch(node.text) else ""
    if isinstance(node, ir.Subscript) and isinstance(node.index, ir.Str):
        return node.index.value
    return written.source(node)


def _first(node: ir.BinOp) -> ir.BinOp:
    """Return the innermost operation on the left, whose operator comes first."""
    while isinstance(node.left, ir.BinOp) and node.left.op in ir.SCALING:
        node = node.left
    return node
