"""Name a place inside a policy file in the words of its author, for error sentences."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from cost_lib.errors import PolicyError
from cost_lib.policy_model import Place

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import Path

    from cost_lib.toml_lines import Key

_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
MOST_SHOWN: Final = 600  # characters of a sentence that repeats what was written


class Source:
    """One policy file being read."""

    def __init__(self, file: Path, text: str, *, shown: str, known_codes: Collection[str] | None = None, prefix: Key = ()) -> None:
        self.file: Final = file
        self.text: Final = text
        self.shown: Final = shown  # the path as error sentences spell it
        self.known_codes: Final = known_codes  # None: not known here, any well-formed code will do
        self.prefix: Final = prefix  # ("tool", "costmark") in pyproject.toml

    @cached_property
    def lines(self) -> Mapping[Key, int]:
        """Return where every key stands; asked for by errors and findings, not by a run that has neither."""
        from cost_lib.toml_lines import find_lines

        return find_lines(self.text)


class Spot(NamedTuple):
    """A key, table or array item of one policy file."""

    source: Source
    key: Key = ()

    def at(self, *parts: str | int) -> Spot:
        """Return the spot of something inside this one."""
        return Spot(self.source, (*self.key, *parts))

    @property
    def place(self) -> Place:
        """Return the file and line."""
        return Place(self.source.file, self.source.lines.get((*self.source.prefix, *self.key), 1))

    @property
    def name(self) -> str:
        """Return the key in quotes and the table that it stands in."""
        key = self.key
        while key and isinstance(key[-1], int):
            key = key[:-1]
        return f'"{key[-1]}"{in_table(key[:-1])}'

    def error(self, message: str) -> PolicyError:
        """Return the error to raise for this spot."""
        return PolicyError(self.source.shown, self.place.line, _one_line(message))


class Entry(NamedTuple):
    """One key of a policy file: what it means, what was written, and where."""

    value: Any
    written: Any
    spot: Spot


Table = dict[str, Entry]


def _one_line(message: str) -> str:
    shown = "".join(char if char.isprintable() else ascii(char)[1:-1] for char in message[: MOST_SHOWN + 1])
    return shown if len(message) <= MOST_SHOWN else f"{shown}…"


def in_table(key: Key) -> str:
    """Return `` in features.faq_check``, or nothing at the top level."""
    return f" in {spell(key)}" if key else ""


def spell(key: Key) -> str:
    """Spell a path of keys as TOML does; a table of an array stands in double brackets."""
    if len(key) < 2 or isinstance(key[1], str):
        return _dotted(key)
    inner = f"{_dotted(key[2:])} in " if key[2:] else ""
    return f"{inner}[[{_dotted(key[:1])}]]"


def _dotted(key: Key) -> str:
    return ".".join(part if _BARE.fullmatch(part) else f'"{part}"' for part in key if isinstance(part, str))


def suggest(word: str, known: Iterable[str], *, else_list: bool = True) -> str:
    """Return ``; did you mean "x"?`` for the nearest known word, else the known ones where asked to, else nothing."""
    from difflib import get_close_matches  # only errors pay for it

    by_plain = {name.lower().replace("_", "-"): name for name in known}
    near = get_close_matches(word.lower().replace("_", "-"), by_plain, n=1)
    if near:
        return f'; did you mean "{by_plain[near[0]]}"?'
    return f"; known: {quoted(by_plain.values())}" if by_plain and else_list else ""


def quoted(words: Iterable[str], last: str = " and ") -> str:
    """Return ``"a", "b" and "c"``."""
    *first, final = [f'"{word}"' for word in words]
    return f"{', '.join(first)}{last}{final}" if first else final
