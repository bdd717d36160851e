"""Tell whether a project that imports ``cost_lib`` from now on declares that it needs it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

DISTRIBUTION: Final = "costmark"
DECLARING: Final = ("pyproject.toml", "setup.py", "setup.cfg", "Pipfile", "environment.yml", "environment.yaml")
PATTERNS: Final = ("*requirements*.txt", "*requirements*.in", "requirements/*.txt", "requirements/*.in")
# in pyproject.toml the policy's own table and the linter's settings name us too
_NEEDED: Final = re.compile(r"""(?:^\s*-?\s*|["'])costmark(?:\[[\w, -]*\])?\s*(?:["']|[<>=!~;@,#]|\s*$)""", re.MULTILINE)


def missing(root: Path) -> str:
    """Return what to say of a project whose dependencies leave costmark out; empty where they name it, or there are none."""
    files = [root / name for name in DECLARING] + [file for pattern in PATTERNS for file in sorted(root.glob(pattern))]
    present = [file for file in files if file.is_file()]
    if any(_names_us(file) for file in present):
        return ""
    where = f"the dependencies in {present[0].relative_to(root).as_posix()}" if present else "the project's dependencies"
    return f"{DISTRIBUTION} is not among {where}: the changed files import cost_lib, so add it there"


def _names_us(file: Path) -> bool:
    try:
        text = file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return _NEEDED.search(text) is not None
