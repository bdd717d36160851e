"""Decide what a ``.gitignore`` file ignores, as git does.

The library for it costs 40 ms to import, which is most of what a hook may take; git's rules fit in a page. Each path is judged
by itself, its last matching pattern decides, and the caller does not enter ignored folders: what is below one cannot be taken
back by a later pattern, as in git.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple

_SPECIAL: Final = re.compile(r"[*?\[\\]")
_STAR: Final = "[^/]*"
_NEVER: Final = re.compile(r"(?!)")
_CLASSES: Final = {
    "alnum": "0-9A-Za-z",
    "alpha": "A-Za-z",
    "blank": r" \t",
    "cntrl": r"\x00-\x1f\x7f",
    "digit": "0-9",
    "graph": r"\x21-\x7e",
    "lower": "a-z",
    "print": r"\x20-\x7e",
    "punct": r"\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e",
    "space": r" \t\n\r\f\v",
    "upper": "A-Z",
    "xdigit": "0-9A-Fa-f",
}


class _Rule(NamedTuple):
    """One pattern."""

    pattern: str  # without ``!`` and the slashes at both ends
    is_negated: bool
    folders_only: bool
    by_name: bool  # matched against the last segment, wherever it is
    match: Callable[[str], object]


class Ignore:
    """The patterns of one file, for the paths below its folder."""

    __slots__ = ("_above", "_base", "_for_files", "_for_folders", "_rules")

    def __init__(self, text: str, base: str = "", *, above: str = "") -> None:
        """Read the patterns.

        ``base`` is the file's folder relative to the root, ``above`` the root relative to the file's folder; each with a slash
        behind it, or empty.
        """
        rules = [rule for line in text.removeprefix("\ufeff").split("\n") if (rule := _read(line.removesuffix("\r")))]
        self._above = above
        self._base = len(base)
        self._rules = tuple(reversed(rules))
        self._for_files = _Sieve(rule for rule in rules if not rule.folders_only)
        self._for_folders = _Sieve(rules)

    def verdict(self, path: str, name: str, *, is_folder: bool) -> bool | None:
        """Tell whether a path relative to the root is ignored; None where no pattern speaks of it."""
        below = self._above + path[self._base :]
        if not (self._for_folders if is_folder else self._for_files).lets_through(below, name):
            return None
        for rule in self._rules:
            if (is_folder or not rule.folders_only) and rule.match(name if rule.by_name else below):
                return not rule.is_negated
        return None


def is_ignored(chain: tuple[Ignore, ...], path: str, name: str, *, is_folder: bool) -> bool:
    """Ask the files that hold for a path, the nearest one first."""
    for ignore in chain:
        verdict = ignore.verdict(path, name, is_folder=is_folder)
        if verdict is not None:
            return verdict
    return False


class _Sieve:
    """A cheap first question: can any of the rules match? Most paths match none of a hundred."""

    __slots__ = ("_names", "_other_names", "_paths", "_suffixes")

    def __init__(self, rules: Iterable[_Rule]) -> None:
        names: set[str] = set()
        suffixes: list[str] = []
        other: list[str] = []
        paths: list[str] = []
        for rule in rules:
            if not rule.by_name:
                paths.append(rule.pattern)
            elif not _SPECIAL.search(rule.pattern):
                names.add(rule.pattern)
            elif rule.pattern.startswith("*") and not _SPECIAL.search(rule.pattern, 1):
                suffixes.append(rule.pattern[1:])
            else:
                other.append(rule.pattern)
        self._names = frozenset(names)
        self._suffixes = tuple(suffixes)
        self._other_names = _joined(other)
        self._paths = _joined(paths)

    def lets_through(self, below: str, name: str) -> bool:
        return (
            name in self._names
            or name.endswith(self._suffixes)
            or (self._other_names is not None and self._other_names(name) is not None)
            or (self._paths is not None and self._paths(below) is not None)
        )


def _joined(patterns: list[str]) -> Callable[[str], object | None] | None:
    if not patterns:
        return None
    return re.compile("|".join(f"(?:{_regex(pattern)})" for pattern in patterns), re.DOTALL).fullmatch


def _read(line: str) -> _Rule | None:
    """Read one line; None for a comment, an empty line or a pattern that git takes for broken."""
    pattern = _without_trailing_spaces(line)
    if not pattern or pattern.startswith("#"):
        return None
    is_negated = pattern.startswith("!")
    pattern = pattern[is_negated:]
    folders_only = pattern.endswith("/")
    pattern = pattern[: len(pattern) - folders_only]
    by_name = "/" not in pattern
    pattern = pattern.removeprefix("/")
    if not pattern:
        return None
    match = re.compile(_regex(pattern), re.DOTALL).fullmatch
    return _Rule(pattern, is_negated, folders_only, by_name, match)


def _without_trailing_spaces(line: str) -> str:
    bare = line.rstrip(" ")
    backslashes = len(bare) - len(bare.rstrip("\\"))
    return f"{bare} " if backslashes % 2 and len(bare) < len(line) else bare


def _regex(pattern: str) -> str:
    """Translate a pattern; one that git never matches becomes a regular expression that never matches."""
    out: list[str] = []
    at = 0
    while at < len(pattern):
        piece, at = _piece(pattern, at)
        if not piece:
            return _NEVER.pattern
        out.append(piece)
    return "".join(_without_return(out))


def _without_return(pieces: list[str]) -> Iterator[str]:
    """Give the pieces so that no pattern is slow: of what stands between two stars of a name the earliest fit is as good as any."""
    at = 0
    while at < len(pieces):
        ends = [_STAR, "/", ".*", "(?:.*/)?"]
        end = next((after for after in range(at + 1, len(pieces)) if pieces[after] in ends), len(pieces))
        if pieces[at] == _STAR and end < len(pieces) and pieces[end] == _STAR:
            yield f"(?>[^/]*?{''.join(pieces[at + 1 : end])})"
        else:
            yield "".join(pieces[at:end])
        at = end


def _piece(pattern: str, at: int) -> tuple[str, int]:
    """Translate what stands at ``at``; an empty piece says that the pattern is broken."""
    char = pattern[at]
    if char == "*":
        return _stars(pattern, at)
    if char == "?":
        return "[^/]", at + 1
    if char == "[":
        return _class(pattern, at + 1)
    if char == "\\":
        return (re.escape(pattern[at + 1]), at + 2) if at + 1 < len(pattern) else ("", at)
    return re.escape(char), at + 1


def _stars(pattern: str, at: int) -> tuple[str, int]:
    end = at
    while end < len(pattern) and pattern[end] == "*":
        end += 1
    # git compares a literal beginning by itself: stars right behind it stand at the beginning of what is left
    opens = not _SPECIAL.search(pattern, 0, at) or pattern[at - 1] == "/"
    if end - at < 2 or not opens or (end < len(pattern) and pattern[end] != "/"):
        return _STAR, end
    if end == len(pattern):
        return ".*", end
    return "(?:.*/)?", end + 1


def _class(pattern: str, at: int) -> tuple[str, int]:
    """Translate a bracket expression whose ``[`` lies before ``at``."""
    negation = "^" if pattern[at : at + 1] in ("!", "^") else ""
    at += len(negation)
    members: list[str] = []
    first = at
    while at < len(pattern) and (pattern[at] != "]" or at == first):
        named = re.compile(r"\[:(\w*):\]").match(pattern, at)
        if named:
            if named.group(1) not in _CLASSES:
                return "", at
            members.append(_CLASSES[named.group(1)])
            at = named.end()
            continue
        low, at = _member(pattern, at)
        high = low
        if pattern[at : at + 1] == "-" and pattern[at + 1 : at + 2] not in ("]", ""):
            high, at = _member(pattern, at + 1)
        if not low or not high:
            return "", at
        members.append(f"{re.escape(low)}-{re.escape(high)}" if low <= high else re.escape(low))  # git takes the lower end by itself too
    if at >= len(pattern):
        return "", at
    body = "".join(members)
    if not body:
        return "[^/]" if negation else _NEVER.pattern, at + 1
    return f"(?!/)[{negation}{body}]", at + 1


def _member(pattern: str, at: int) -> tuple[str, int]:
    if pattern[at] == "\\":
        at += 1
    return pattern[at : at + 1], at + 1
