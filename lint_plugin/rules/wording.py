"""Turns of phrase that several rules share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable


PLACEHOLDERS: Final = frozenset(("", "todo", "fixme", "tbd", "xxx", "changeme", "placeholder", "none", "null", "n/a"))


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word that was probably meant, or nothing; case and separators do not count."""
    from difflib import get_close_matches  # only messages need it

    by_plain = {_plain(name): name for name in known}
    return next((by_plain[near] for near in get_close_matches(_plain(word), by_plain, n=1)), "")


def listed(words: Iterable[str], last: str = " and ") -> str:
    """Return ``a, b and c``."""
    *first, final = words
    return f"{', '.join(first)}{last}{final}" if first else final


def quoted(value: str) -> str:
    """Return a value in double quotes, on one line whatever it holds."""
    from json import dumps  # only messages need it

    return dumps(value, ensure_ascii=False)


def is_blank(value: str) -> bool:
    """Say whether a tag's value says nothing: empty, blank or a placeholder."""
    return value.strip().lower() in PLACEHOLDERS


def _plain(word: str) -> str:
    return word.lower().replace("_", "-").replace(" ", "-")
