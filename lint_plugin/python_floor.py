"""Read the lowest Python that a project supports from its ``pyproject.toml``."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

# One key of one file: a search over its bytes spares every warm run the TOML reader.
_KEY: Final = re.compile(rb"^[ \t]*requires-python[ \t]*=[ \t]*([\"'])(?P<range>[^\"'\n]*)\1", re.MULTILINE)
_LOWER: Final = re.compile(r"(?:>=?|~=|={2,3})\s*(?P<major>\d+)(?:\.(?P<minor>\d+))?")


def lowest_python(root: Path) -> tuple[int, int] | None:
    """Return the lower bound of ``requires-python``, major and minor; ``None`` where the project does not say."""
    try:
        file = root / "pyproject.toml"
        data = file.read_bytes() if file.is_file() else b""  # reading from a pipe would wait
    except OSError:
        return None
    found = _KEY.search(data)
    if found is None:
        return None
    bounds = [(int(lower["major"]), int(lower["minor"] or 0)) for lower in _LOWER.finditer(found["range"].decode("utf-8", "replace"))]
    return max(bounds, default=None)
