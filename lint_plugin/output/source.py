"""Read the source lines that an excerpt shows; a file that cannot be read has no excerpt."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

COOKIE: Final = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
BREAK: Final = re.compile(r"\r\n|\r|\n")  # as Python counts lines; str.splitlines knows more separators
LARGEST: Final = 20_000_000  # bytes


class Sources:
    """The lines of files, read when they are asked for and kept for the next finding of the same file."""

    def __init__(self, root: Path, given: Mapping[str, bytes | None]) -> None:
        self._root = root
        self._given = given
        self._lines = lru_cache(maxsize=8)(self._read)

    def lines(self, path: str, cell: int = 0) -> list[str]:
        """Give the lines of a file, or of one cell of a notebook; nothing where they cannot be had."""
        return self._lines(path, cell)

    def _read(self, path: str, cell: int) -> list[str]:
        content = self._content(path)
        if content is None:
            return []
        if cell:
            return _cell_lines(content, cell)
        return split(decode(content))

    def _content(self, path: str) -> bytes | None:
        if path in self._given:
            return self._given[path]
        file = self._root / path
        try:
            return file.read_bytes() if file.stat().st_size <= LARGEST else None
        except OSError:
            return None


def split(text: str) -> list[str]:
    """Split into lines; the end of the last line begins no further one."""
    lines = BREAK.split(text)
    return lines if lines[-1] else lines[:-1]


def decode(content: bytes) -> str:
    """Decode Python source as the interpreter would; what it would refuse is read as latin-1."""
    if content.startswith(codecs.BOM_UTF8):
        return content[len(codecs.BOM_UTF8) :].decode("utf-8", "backslashreplace")
    for line in content.split(b"\n", 2)[:2]:
        if match := COOKIE.match(line):
            return _decode_as(content, match.group(1).decode("ascii"))
    return _decode_as(content, "utf-8")


def _decode_as(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except (LookupError, ValueError):
        return content.decode("latin-1")


def _cell_lines(content: bytes, cell: int) -> list[str]:
    try:
        source = json.loads(content)["cells"][cell - 1]["source"]
    except (ValueError, LookupError, TypeError):
        return []
    return split(source if isinstance(source, str) else "".join(source))
