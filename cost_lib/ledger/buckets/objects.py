"""What a bucket has to offer to those who write into it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple, Protocol


class Found(NamedTuple):
    """An object, and the tag of this state of it."""

    data: bytes
    tag: str


class Objects(Protocol):
    """Objects below one place, by their names there."""

    def get(self, name: str) -> Found | None:
        """Read one; None where there is none."""

    def put(self, name: str, body: bytes | Path, *, over: str = "") -> bool:
        """Write one, whole or not at all: where nothing is, or over the state that has this tag; say whether that was so."""

    def remove(self, name: str) -> None:
        """Remove one that may be gone already."""
