"""Lower a syntax tree to the intermediate form: one hand-written walk, positions from a token scan."""

from __future__ import annotations

import libcst as cst

from lint_plugin import ir
from lint_plugin.stages.summarize.positions import MetadataPositions, MisalignedError, TokenPositions
from lint_plugin.stages.summarize.statements import StatementWalk
from lint_plugin.tokens import scan

__all__ = ["summarize"]


def summarize(tree: cst.Module, text: str) -> ir.Module:
    """Lower ``tree``, whose decoded source is ``text``."""
    try:
        body, idents = StatementWalk(TokenPositions(scan(text))).module(tree)
    except MisalignedError:
        body, idents = StatementWalk(MetadataPositions(tree, text)).module(tree)
        return ir.Module(body, idents, exact=False)
    return ir.Module(body, idents)
