"""Make text of unknown origin safe to show on a terminal."""

from __future__ import annotations

import re
from typing import Final

# Control characters drive terminals; others reorder or hide what a reader sees (bidirectional overrides, separators, zero-width
# and blank characters, tags) or cannot be encoded (lone surrogates). A line that begins with two colons, or holds the older form,
# is a command to the runner of GitHub's jobs, which reads everything that is printed.
UNSAFE: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\u3164\ufeff\uffa0"
    r"\ud800-\udfff\U000e0000-\U000e0fff]|\A:(?=:)|\#(?=\#\[)"
)


def visible(text: str) -> str:
    """Write every character that is not plainly visible as its escape."""
    return UNSAFE.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
