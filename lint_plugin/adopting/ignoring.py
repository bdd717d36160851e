"""Propose the line of .gitignore for the project index."""

from __future__ import annotations

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
