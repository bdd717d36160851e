"""Turns of phrase that several rules share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable


SHORTEST: Final = 3  # beginnings of words: ``prod`` means ``production``


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word that was probably meant, or nothing; case and separators do not count."""
    from difflib import get_close_matches  # only messages need it

    plain, by_plain = _plain(word), {_plain(name): name for name in known}
    longer = [name for name in by_plain if len(plain) >= SHORTEST and name.startswith(plain)]
    near = longer if len(longer) == 1 else get_close_matches(plain, by_plain, n=1)
    return by_plain[near[0]] if near else ""


def listed(words: Iterable[str], last: str = " and ") -> str:
    """Return ``a, b and c``."""
    *first, final = words
    return f"{', '.join(first)}{last}{final}" if first else final


def quoted(value: str) -> str:
    """Return a value in double quotes, on one line whatever it holds."""
    from json import dumps  # only messages need it

    return dumps(value, ensure_ascii=False)


def _plain(word: str) -> str:
    return word.lower().replace("_", "-").replace(" ", "-")
