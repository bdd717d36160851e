"""Make text of unknown origin safe to show on a terminal."""

from __future__ import annotations

import re
from typing import Final

# Control characters drive terminals; the others reorder or hide what a reader sees (bidirectional overrides, separators,
# zero-width characters) or cannot be encoded (lone surrogates).
UNSAFE: Final = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


def visible(text: str) -> str:
    """Write every character that is not plainly visible as its escape."""
    return UNSAFE.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
