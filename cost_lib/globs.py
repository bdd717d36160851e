"""Match paths against the globs of a policy file, relative to the folder that holds it.

``*`` and ``?`` stay inside a segment, ``[abc]``, ``[a-z]`` and ``[!abc]`` stand for one character, ``**`` as a whole segment
stands for any number of folders. A pattern whose last segment is plain, or that ends in a slash, names a folder with all that
is below it, or a file. Patterns are anchored: ``conftest.py`` is the one beside the policy file, ``**/conftest.py`` any.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final

_WILD: Final = re.compile(r"[*?\[]")
_UP: Final = ".."


def absolute(path: Path) -> str:
    """Return a path from the root without ``..``, symbolic links left as they are."""
    return os.path.normpath(path.absolute())


def split_glob(pattern: str) -> tuple[str, ...]:
    """Return the normal form of a pattern as segments; raise ValueError, saying why, if it is not a usable glob."""
    if not pattern.strip():
        raise ValueError("it is empty")
    if "\\" in pattern:
        raise ValueError("write forward slashes")
    if pattern.startswith("/"):
        raise ValueError("it must be relative to the folder of the policy file")
    if pattern.startswith("!"):
        raise ValueError("negation with ! is not supported")
    segments: list[str] = []
    for segment in pattern.split("/"):
        _append(segments, segment)
    if not segments or pattern.endswith("/") or not _WILD.search(segments[-1]):
        _append(segments, "**")
    for segment in segments:
        re.compile(_segment(segment))
    return tuple(segments)


def _append(segments: list[str], segment: str) -> None:
    if segment in ("", ".") or (segment == "**" and segments[-1:] == ["**"]):
        return
    if segment == _UP and segments and segments[-1] != _UP:
        if _WILD.search(segments[-1]):
            raise ValueError('".." cannot follow a wildcard')
        segments.pop()
    elif "**" in segment and segment != "**":
        raise ValueError('"**" must stand alone between slashes')
    else:
        segments.append(segment)


def _segment(segment: str) -> str:
    """Translate one segment to a regular expression."""
    if segment == "*":
        return "[^/]+"
    first, *rest = _between_stars(segment)
    # the earliest fit of what stands between two stars is as good as any: without going back, no pattern is slow
    middle = "".join(f"(?>[^/]*?{part})" for part in rest[:-1])
    return first + middle + (f"[^/]*{rest[-1]}" if rest else "")


def _between_stars(segment: str) -> list[str]:
    parts = [""]
    at = 0
    while at < len(segment):
        char = segment[at]
        at += 1
        if char == "*":
            parts.append("")
        elif char == "[":
            end = segment.find("]", at + (2 if segment.startswith("!", at) else 1))
            if end < 0:
                raise ValueError('"[" is never closed')
            parts[-1] += _class(segment[at:end])
            at = end + 1
        else:
            parts[-1] += "[^/]" if char == "?" else re.escape(char)
    return parts


def _class(content: str) -> str:
    negated = content.startswith("!")
    chars = content[negated:]
    out = []
    at = 0
    while at < len(chars):
        low = high = chars[at]
        if chars[at + 1 : at + 2] == "-" and at + 2 < len(chars):
            high = chars[at + 2]
            at += 2
        if low > high:
            raise ValueError(f'the range "{low}-{high}" is empty')
        out.append(f"{re.escape(low)}-{re.escape(high)}")
        at += 1
    return f"(?!/)[{'^' * negated}{''.join(out)}]"


def to_regex(segments: tuple[str, ...]) -> str:
    """Translate a normal form without leading ``..`` to a regular expression for the whole path."""
    out = ["(?:[^/]+/)*" if segment == "**" else _segment(segment) + "/" for segment in segments[:-1]]
    last = segments[-1]
    if last != "**":
        return "".join(out) + _segment(last)
    if not out:
        return ".*"
    return "".join(out)[:-1] + "(?:/.*)?"


class GlobSet:
    """Some patterns of one policy file, matched against paths relative to another folder, the root of the policy in force."""

    __slots__ = ("_regexes", "folder", "patterns", "root")

    def __init__(self, patterns: tuple[str, ...] = (), *, folder: str = "/", root: str = "/") -> None:
        self.patterns = patterns
        self.folder = folder
        self.root = root
        # a pattern that begins with ".." is relative to a folder above
        by_base: dict[str, list[str]] = {}
        for pattern in patterns:
            base, segments = _rooted(pattern, folder)
            by_base.setdefault(base, []).append(f"(?:{to_regex(segments)})")
        self._regexes = tuple((base, re.compile("|".join(parts), re.DOTALL)) for base, parts in by_base.items())

    def matches(self, path: str) -> bool:
        """Say whether a path with forward slashes, relative to the root, is meant by one of the patterns."""
        for base, regex in self._regexes:
            inside = _below(path, self.root, base)
            if inside is not None and regex.fullmatch(inside):
                return True
        return False


def _rooted(pattern: str, folder: str) -> tuple[str, tuple[str, ...]]:
    """Return the folder that a pattern climbs to, and what is left of the pattern there."""
    segments = split_glob(pattern)
    height = segments.count(_UP)
    return os.path.normpath("/".join((folder, *segments[:height]))), segments[height:]


def _below(path: str, root: str, base: str) -> str | None:
    """Return a path relative to another folder, None where it is not below it."""
    if root != base or path.startswith(("/", "..")):
        path = os.path.relpath(path if path.startswith("/") else f"{root}/{path}", base)
    if path == ".." or path.startswith("../"):
        return None
    return "" if path == "." else path


def rebase(pattern: str, *, folder: str, root: str) -> tuple[str, ...]:
    """Return patterns relative to ``root`` that mean there what ``pattern`` means relative to ``folder``."""
    base, segments = _rooted(pattern, folder)
    common = os.path.commonpath((base, root))
    left = {(*(re.sub(r"[*?\[]", r"[\g<0>]", name) for name in _beyond(common, base)), *segments)}
    for name in _beyond(common, root):
        left = {rest for pattern_left in left for rest in _after(pattern_left, name)}
    return tuple(sorted("/".join(rest) for rest in left if rest))


def _beyond(folder: str, below: str) -> list[str]:
    return list(Path(below).relative_to(folder).parts)


def _after(segments: tuple[str, ...], name: str) -> set[tuple[str, ...]]:
    """Return what is left of a pattern once the folder ``name`` has been entered."""
    if not segments:
        return set()
    if segments[0] == "**":
        return {segments} | (_after(segments[1:], name) if len(segments) > 1 else set())
    return {segments[1:]} if re.fullmatch(_segment(segments[0]), name) else set()
