"""Write the files of the index so that processes side by side see whole ones, and one at a time analyzes."""

from __future__ import annotations

import os
from pathlib import Path


def prepare(folder: Path) -> None:
    """Make the cache folder, marked so that git and backups leave it alone."""
    if folder.is_dir():
        return
    (folder / "modules").mkdir(parents=True, exist_ok=True)
    above = folder.parent
    for name, content in ((".gitignore", "*\n"), ("CACHEDIR.TAG", "Signature: 8a477f597d28d172789f06886806bc55\n")):
        if not (above / name).exists():
            replace(above / name, content.encode())


def locked(path: Path) -> int | None:
    """Open and lock a file; another process that analyzes the same project is waited for."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        import fcntl
    except ImportError:  # Windows: two runs may do the same work, neither harms the other
        return handle
    fcntl.flock(handle, fcntl.LOCK_EX)
    return handle


def replace(path: Path, data: bytes) -> None:
    """Write a file so that a reader sees the old or the new one, whole."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(data)
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
