"""How deep a source may nest: parsers recurse on the stack, and one hostile file must not take the process down."""

from __future__ import annotations

import re
from typing import Final

MAX_BYTES: Final = 8_000_000
# libcst's parser recurses on the stack: on the 512 MiB stack that the pipeline runs it on, 3,000 nested brackets and links of a
# chain pass in every form that was tried, and beyond it slows down with the square of the number.
MAX_DEPTH: Final = 2_000
_SUSPECT: Final = MAX_DEPTH // 2
_CONTINUED: Final = re.compile(rb"\n[ \t]*(?:[.+\-*/|&^%<>=@~(\[{]|[fFrRbBuUtT]{0,2}[\"']|elif\b|else\b|and\b|or\b|if\b|not\b|lambda\b)")


def looks_deep(data: bytes) -> bool:
    """Tell, cheaply, whether a file could hold an expression of dangerous depth."""
    if len(data) < MAX_DEPTH:
        return False
    if max(map(len, data.splitlines()), default=0) >= _SUSPECT:
        return True
    return data.count(b"\n") >= _SUSPECT and len(_CONTINUED.findall(data)) >= _SUSPECT
