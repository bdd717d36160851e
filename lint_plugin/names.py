"""Dotted names, and names of files, as strings."""

from __future__ import annotations

import os
from pathlib import Path


def absolute(module: str, level: int, package: str) -> str:
    """Resolve the module part of a ``from`` import: ``level`` dots from ``package``; empty when it leaves the top."""
    if level == 0:
        return module
    parts = package.split(".") if package else []
    if level - 1 > len(parts):
        return ""
    base = parts[: len(parts) - (level - 1)]
    return ".".join((*base, module) if module else base)


def parent(dotted: str) -> str:
    """Return everything before the last segment."""
    return dotted.rpartition(".")[0]


def leaf(dotted: str) -> str:
    """Return the last segment."""
    return dotted.rpartition(".")[2]


def joined(*parts: str) -> str:
    """Join the segments that are not empty."""
    return ".".join(part for part in parts if part)


def relative(file: Path, root: Path) -> str:
    """Return the path of a file as seen from a folder, with forward slashes."""
    return Path(os.path.relpath(file, root)).as_posix()
