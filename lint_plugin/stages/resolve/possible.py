"""Chains that only a provider's SDK has, on receivers of which nothing is known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from lint_plugin import ir
from lint_plugin.events import BillableCall
from lint_plugin.stages.resolve.frame import Frame
from lint_plugin.values import External, Nothing, Parameter, Unknown, Values

if TYPE_CHECKING:
    from cost_lib.policy import Policy

CODE: Final = "CMK105"


def words(chains: frozenset[str], policy: Policy) -> frozenset[str]:
    """Return the identifiers that make code worth a look where the policy asks for possible calls."""
    return frozenset(word for chain in chains for word in chain.split(".")) if policy.enables(CODE) else frozenset()


def distinctive(frame: Frame, func: ir.Expr, callees: Values) -> str:
    """Return the distinctive chain that ends what is called; empty when there is none, or when what it reaches is known."""
    if not isinstance(func, ir.Attr) or not all(isinstance(value, External) and _is_foreign(frame, value) for value in callees):
        return ""
    chains = frame.machine.catalog.chains()
    found = ""
    parts: list[str] = []
    node: ir.Expr = func
    while isinstance(node, ir.Attr):
        parts.append(node.attr)
        node = node.value
        chain = ".".join(reversed(parts))
        found = chain if chain in chains else found
    return found if found.count(".") + 1 < len(parts) or not isinstance(node, ir.Attr) else ""


def receiver(func: ir.Expr, chain: str) -> ir.Expr:
    """Return what a chain is called on."""
    for _ in chain.split("."):
        func = func.value if isinstance(func, ir.Attr) else func
    return func


def is_unknown(frame: Frame, values: Values) -> bool:
    """Tell whether nothing says what a receiver is; objects of the project and everything with tags are known."""
    return all(
        isinstance(value, (Unknown, Nothing, Parameter)) or (isinstance(value, External) and _is_foreign(frame, value)) for value in values
    )


def _is_foreign(frame: Frame, value: External) -> bool:
    return value.tags is None and not frame.machine.matters(value)


def write(frame: Frame, pos: int, chain: str, text: str, models: Iterator[str]) -> None:
    """Write a possible call down."""
    blocks = tuple(frame.blocks)
    place = frame.place(pos)
    frame.machine.events.append(
        BillableCall(
            place, "possible", "", "sdk", chain, "", "tokens", "http", "", None, None, blocks, tuple(sorted(models)), "dynamic", text
        )
    )
