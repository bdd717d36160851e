"""Propose the line of .gitignore for the project index."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Final

from lint_plugin.adopting.documents import text_of
from lint_plugin.adopting.model import Kept, Proposal, Step
from lint_plugin.gitignore import Ignore

FILE: Final = ".gitignore"


def propose(before: bytes | None, folder: str) -> Step:
    """Return the file with a line for a folder at the top, unless a pattern covers it."""
    text = text_of(before or b"", FILE)
    if Ignore(text).verdict(folder, folder, is_folder=True):
        return Kept(f"{FILE} covers {folder} already")
    plain = (before or b"").decode()
    end = "\r\n" if "\r\n" in plain else "\n"
    gap = end if plain and not plain.endswith("\n") else ""
    return Proposal(FILE, before, f"{plain}{gap}{folder}/{end}".encode(), "the project index is no part of the repository")


def ignored(content: bytes | None, names: Iterable[str]) -> list[str]:
    """Return the files that the patterns of the top ignore, so that git takes them by force alone."""
    patterns = Ignore((content or b"").decode("utf-8", "surrogateescape"))

    def is_covered(path: PurePosixPath, *, is_folder: bool) -> bool:
        above = path.parent != path.parent.parent and is_covered(path.parent, is_folder=True)
        return above or bool(patterns.verdict(path.as_posix(), path.name, is_folder=is_folder))

    return [name for name in names if is_covered(PurePosixPath(name), is_folder=False)]
