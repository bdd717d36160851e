"""Strings as far as they make URLs: their methods, with everything that is known filled in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from lint_plugin.stages.resolve import library
from lint_plugin.stages.resolve.arguments import Argument, positional
from lint_plugin.stages.resolve.containers import items, keys, make, put
from lint_plugin.stages.resolve.frame import Frame
from lint_plugin.values import EMPTY, HOLE, Container, Number, Text, Values, texts

MANY: Final = 64  # combinations of parts of one string that are still written out
APPLIED: Final = frozenset({"strip", "rstrip", "lstrip", "removesuffix", "removeprefix", "replace"})
PLAIN: Final = frozenset({"strip", "rstrip", "lstrip", "lower", "upper", "casefold", "capitalize", "title"})  # without arguments
CUTTING: Final = frozenset({"split", "rsplit", "partition", "rpartition"})
_FIELD: Final = re.compile(r"{([^{}]*)}")


def method(frame: Frame, owner: Text, name: str, arguments: Sequence[Argument]) -> Values:
    """Return what a method of a string gives, where that can still be a URL or a name."""
    if name == "format":
        return formatted(owner.text, arguments)
    if name == "join":
        given = positional(arguments)
        return joined_by(frame, owner.text, given[0].values if given else EMPTY)
    if name in CUTTING and frame.machine.matters(owner) and "://" not in owner.text:
        return _cut(frame, owner.text, name, arguments)
    if name in CUTTING:
        # of a URL that is cut up the first part is the one that can be asked for; an index of it gives it back
        separator = _literal(arguments[0].values) if arguments else None
        return frozenset({Text(part) for part in owner.text.split(separator or None) if "://" in part} if separator else ())
    if name in PLAIN and not arguments:
        return frozenset({Text(str(getattr(owner.text, name)()))})
    if name not in library.STRING_SAME:
        return EMPTY
    given = positional(arguments)
    literals = [_literal(argument.values) for argument in given]
    known = [literal for literal in literals if literal]
    if name in APPLIED and given and len(known) == len(literals) - literals.count("") and len(given) == len(arguments):
        try:
            return frozenset({Text(str(getattr(owner.text, name)(*(literal or "" for literal in literals))))})
        except TypeError:  # called with too few or too many arguments
            return frozenset({owner})
    return frozenset({owner})


def _cut(frame: Frame, text: str, name: str, arguments: Sequence[Argument]) -> Values:
    """Return the parts of the full name of a class, which a module and a class are looked up by."""
    given = [_literal(argument.values) or argument for argument in positional(arguments)]
    if not given or not isinstance(given[0], str):
        return EMPTY
    once = len(given) > 1 or name.endswith("partition")
    cut = text.rpartition(given[0]) if name.startswith("r") else text.partition(given[0])
    parts = text.split(given[0]) if not once else cut if name.endswith("partition") else cut[::2]
    holder = make(f"{frame.module.path}@{arguments[0].pos}{name}", "tuple")
    for number, part in enumerate(parts):
        put(frame, holder, str(number), frozenset({Text(part)}))
    put(frame, holder, "-1", frozenset({Text(parts[-1])}))
    return frozenset({holder})


def _literal(values: Values) -> str | None:
    """Return the one string that an argument is; ``None`` when it can be another."""
    found = [value.text for value in values if isinstance(value, Text)]
    return found[0] if len(found) == 1 == len(values) and HOLE not in found[0] else None


def formatted(template: str, arguments: Sequence[Argument]) -> Values:
    """Return what ``template.format(...)`` can be."""
    plain = [choices(argument.values) for argument in positional(arguments)]
    named = {argument.keyword: choices(argument.values) for argument in arguments if argument.keyword}
    parts: list[Iterable[str]] = []
    count = 0
    for number, piece in enumerate(_FIELD.split(template)):
        if number % 2 == 0:
            parts.append([piece])
            continue
        field = re.split(r"[.\[:!]", piece, maxsplit=1)[0]
        at = int(field) if field.isdigit() else count
        count += not field
        found = named.get(field) if field and not field.isdigit() else plain[at] if at < len(plain) else None
        parts.append(found if found and field == piece else [HOLE])
    return frozenset(Text(text) for text in built(parts))


def joined_by(frame: Frame, separator: str, values: Values) -> Values:
    """Return what ``separator.join(...)`` of a list or tuple written out can be."""
    found: set[Text] = set()
    for value in values:
        parts: list[Iterable[str]] = []
        if isinstance(value, Container) and value.kind in ("list", "tuple"):
            names = sorted((key for key in keys(frame, value) if key.isdigit()), key=int)
            parts = [choices(items(frame, value, frozenset({Number(key)}))) for key in names]
        spaced = [part for number, one in enumerate(parts) for part in ([one] if number == 0 else [[separator], one])]
        found |= {Text(text) for text in built(spaced)} if spaced else {Text(HOLE)}
    return frozenset(found or {Text(HOLE)})


def below(parts: Sequence[Values]) -> Values:
    """Return URLs with path segments appended, as ``os.path.join`` and the ``/`` of URL objects do it."""
    options = [[text.strip("/") if number else text.rstrip("/") for text in choices(values)] for number, values in enumerate(parts)]
    spaced = [part for number, one in enumerate(options) for part in ([one] if number == 0 else [["/"], one])]
    return frozenset(Text(text) for text in built(spaced) if "://" in text)


def choices(values: Values) -> list[str]:
    """Return the strings that a part can be, an unknown one among them."""
    found = texts(values)
    return found if found and len(found) == len(values) else [*found, HOLE]


def built(parts: Iterable[Iterable[str]]) -> list[str]:
    """Return all combinations of the choices for each part; where there are too many the part stays unknown."""
    whole = [""]
    for part in parts:
        options = list(part)
        if len(whole) * len(options) > MANY:
            options = [HOLE]
        whole = [left + right for left in whole for right in options]
    return whole
