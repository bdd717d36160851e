"""Write what was proposed: each file as a whole, none that changed or appeared meanwhile."""

from __future__ import annotations

import os
from pathlib import Path

from lint_plugin.adopting.model import Proposal
from lint_plugin.fixing.sources import save


def hindrance(root: Path, name: str) -> str:
    """Say why a file is not to be written; empty where it may be."""
    file = root / name
    for part in (file, *(folder for folder in file.parents if folder != root and folder.is_relative_to(root))):
        if part.is_symlink():
            return f"{part.relative_to(root).as_posix()} is a symbolic link to {part.readlink()}"
        if part != file and part.exists() and not part.is_dir():
            return f"{part.relative_to(root).as_posix()} is no folder"
    if file.exists() and not os.access(file, os.W_OK):
        return f"{name} is read-only"
    nearest = next(folder for folder in file.parents if folder.is_dir())
    return "" if os.access(nearest, os.W_OK) else f"the folder {os.path.relpath(nearest, root)} is read-only"


def write(root: Path, proposal: Proposal) -> str:
    """Write one file; say why not where that failed."""
    why = hindrance(root, proposal.name)
    if why:
        return why
    file = root / proposal.name
    return _create(file, proposal.after) if proposal.before is None else save(file, proposal.before, proposal.after)


def _create(file: Path, data: bytes) -> str:
    draft = file.with_name(f".{file.name}.{os.getpid()}.costmark")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            with draft.open("xb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            _put(draft, file)
        finally:
            draft.unlink(missing_ok=True)
    except FileExistsError:
        return "the file appeared meanwhile: look at it, and run 'costmark init' again"
    except OSError as error:
        return f"the file cannot be written: {error.strerror or error}"
    return ""


def _put(draft: Path, file: Path) -> None:
    """Give a file its name, which nothing else may have taken meanwhile."""
    try:
        os.link(draft, file)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        if file.exists():
            raise FileExistsError from None
        draft.replace(file)
