"""Read the annotations of fixtures: ``# finds: CMK101``, ``# ok: CMK101`` and ``# missed: CMK101 (reason)``."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

_NOTE = re.compile(r"#\s*(finds|ok|missed):\s*(CMK\d{3}(?:\s*,\s*CMK\d{3})*)")
_CODE = re.compile(r"CMK\d{3}")


class Note(NamedTuple):
    """What one line of a fixture claims about one code."""

    kind: str  # finds, ok, missed
    path: str
    line: int
    code: str


def policy_of(text: str) -> str:
    """Return the policy that a fixture carries in its opening ``# policy:`` block, as TOML."""
    lines = text.splitlines()
    if not lines or lines[0] != "# policy:":
        return ""
    end = next((number for number, line in enumerate(lines) if not line.startswith("#")), len(lines))
    return "".join(line.removeprefix("#").removeprefix(" ") + "\n" for line in lines[1:end])


def read(root: Path) -> list[Note]:
    """Return the notes of all Python and TOML files below ``root``; those of a policy block belong to the policy file."""
    notes = []
    for path in sorted([*root.rglob("*.py"), *root.rglob("*.toml")]):
        text = path.read_text(encoding="utf-8")
        skipped = 1 + len(policy_of(text).splitlines()) if text.startswith("# policy:\n") else 0
        for number, line in enumerate(text.splitlines()[skipped:], start=skipped + 1):
            for kind, codes in _NOTE.findall(line):
                notes += [Note(kind, path.relative_to(root).as_posix(), number, code) for code in _CODE.findall(codes)]
    return notes
