"""Lower a syntax tree to the intermediate form: one hand-written walk for each kind of tree, both to the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_plugin import ir
from lint_plugin.tokens import scan

if TYPE_CHECKING:
    import ast

    import libcst as cst

    from lint_plugin.older import Older

__all__ = ["summarize", "summarize_native"]


def summarize(tree: cst.Module, text: str) -> ir.Module:
    """Lower a tree of libcst, whose decoded source is ``text``; positions come from a token scan."""
    from lint_plugin.stages.summarize.positions import MetadataPositions, MisalignedError, TokenPositions
    from lint_plugin.stages.summarize.statements import StatementWalk

    try:
        body, idents = StatementWalk(TokenPositions(scan(text))).module(tree)
    except MisalignedError:
        body, idents = StatementWalk(MetadataPositions(tree, text)).module(tree)
        return ir.Module(body, idents, exact=False)
    return ir.Module(body, idents)


def summarize_native(tree: ast.Module, text: str, older: Older | None = None) -> ir.Module | None:
    """Lower a tree of the interpreter's; ``None`` where it does not tell all that libcst's does."""
    from lint_plugin.stages.summarize.native_statements import NativeStatements
    from lint_plugin.stages.summarize.offsets import Offsets, StrangeError

    try:
        body, idents = NativeStatements(Offsets(text), older).module(tree)
    except StrangeError:
        return None
    return ir.Module(body, idents)
