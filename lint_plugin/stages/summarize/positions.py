"""Where the names of a tree stand: a cursor over the token scan, or libcst's metadata when the two disagree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import libcst as cst
from libcst.metadata import CodeRange, MetadataWrapper, PositionProvider

from lint_plugin.tokens import SOFT_KEYWORDS, Lines, Tokens


class MisalignedError(ValueError):
    """The tree and the token scan do not meet the same names."""


class Positions(Protocol):
    """Gives each name, in source order, its offset."""

    def name(self, node: cst.Name) -> int:
        """Return the offset of a name."""

    def enter_string(self, node: cst.CSTNode) -> None:
        """Begin a formatted string: names inside it stand at its start."""

    def leave_string(self) -> None:
        """End a formatted string."""

    def detach(self) -> None:
        """Begin an expression parsed out of a string: its names stand where the string does."""

    def attach(self) -> None:
        """End such an expression."""

    def last(self) -> int:
        """Return the offset of the name given last."""


class TokenPositions:
    """Positions from one token scan; every name is checked against the token that it takes."""

    def __init__(self, tokens: Tokens) -> None:
        """Start before the first token."""
        self._names = tokens.names
        self._starts = tokens.starts
        self._next = 0
        self._fixed = 0
        self._last = 0

    def name(self, node: cst.Name) -> int:
        """Take the next token, which must be this name."""
        if self._fixed:
            return self._last
        names = self._names
        at = self._next
        value = node.value
        try:
            while names[at] != value:
                if names[at] not in SOFT_KEYWORDS:
                    raise MisalignedError(value)
                at += 1
        except IndexError:
            raise MisalignedError(value) from None
        self._next = at + 1
        self._last = self._starts[at]
        return self._last

    def enter_string(self, node: cst.CSTNode) -> None:
        """Take the next token, which must be a formatted string."""
        if not self._fixed:
            names = self._names
            at = self._next
            while at < len(names) and names[at] in SOFT_KEYWORDS:
                at += 1
            if at >= len(names) or names[at]:
                raise MisalignedError(type(node).__name__)
            self._next = at + 1
            self._last = self._starts[at]
        self._fixed += 1

    def leave_string(self) -> None:
        """Go back to one token a name."""
        self._fixed -= 1

    def detach(self) -> None:
        """Stop taking tokens."""
        self._fixed += 1

    def attach(self) -> None:
        """Take tokens again."""
        self._fixed -= 1

    def last(self) -> int:
        """Return the offset of the name given last."""
        return self._last


class MetadataPositions:
    """Positions from libcst's own metadata: slow, for files where the scan does not follow."""

    def __init__(self, tree: cst.Module, text: str) -> None:
        """Compute the positions of the whole module."""
        wrapper = MetadataWrapper(tree, unsafe_skip_copy=True)
        self._ranges: Mapping[cst.CSTNode, CodeRange] = wrapper.resolve(PositionProvider)
        self._lines = Lines(text)
        self._fixed = 0
        self._last = 0

    def name(self, node: cst.Name) -> int:
        """Look the name up."""
        if not self._fixed:
            self._last = self._offset(node)
        return self._last

    def _offset(self, node: cst.CSTNode) -> int:
        found = self._ranges.get(node)
        return self._last if found is None else self._lines.start(found.start.line) + found.start.column

    def enter_string(self, node: cst.CSTNode) -> None:
        """Remember where the string begins."""
        if not self._fixed:
            self._last = self._offset(node)
        self._fixed += 1

    def leave_string(self) -> None:
        """Look names up again."""
        self._fixed -= 1

    def detach(self) -> None:
        """Stop looking names up."""
        self._fixed += 1

    def attach(self) -> None:
        """Look names up again."""
        self._fixed -= 1

    def last(self) -> int:
        """Return the offset of the name given last."""
        return self._last
