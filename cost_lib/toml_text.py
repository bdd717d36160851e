"""Write single values as TOML, and keep floats as they were written."""

from __future__ import annotations

import re
from typing import Final

_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


class Float:
    """A TOML float in the words of its author: exact, and converted only where a number is asked for."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    def __str__(self) -> str:
        return self.text


def write_key(*parts: str) -> str:
    """Return a dotted key, each part quoted where it must be."""
    return ".".join(part if _BARE.fullmatch(part) else write_string(part) for part in parts)


def write_string(value: str) -> str:
    """Return a basic string in double quotes."""
    return f'"{"".join(_escaped(char) for char in value)}"'


def write_value(value: object) -> str:
    """Return a value as it was read: string, number, boolean, date, array or inline table."""
    if isinstance(value, str):
        return write_string(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return f"[{', '.join(write_value(item) for item in value)}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{write_key(key)} = {write_value(item)}' for key, item in value.items())}}}"
    return str(value)


def _escaped(char: str) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    return f"\\u{ord(char):04x}" if char < " " or char == "\x7f" else char
