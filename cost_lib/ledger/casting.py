"""Give the values of a decoded event the types of our columns, as DuckDB does when it reads a sound line."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from cost_lib.ledger.columns import DOCUMENTS, FLAGS, FRACTIONS, LARGEST, NUMBERS, TEXTS

MOST: Final = 2**63
WORDS: Final = {"true": True, "t": True, "yes": True, "false": False, "f": False, "no": False}
SHAPES: Final = {"{": dict, "[": list}
INNER: Final = {"error": (("class", "code"), ("status",)), "call_site": (("file", "name"), ("line",))}
_encode: Final = msgspec.json.Encoder().encode


def typed(event: dict[str, Any]) -> str:
    """Change the values of an event; return the name of one that cannot be changed, or nothing."""
    for names, change in ((TEXTS, _text), (NUMBERS, _number), (FRACTIONS, _fraction), (FLAGS, _flag)):
        wrong = _changed(event, names, change)
        if wrong:
            return wrong
    for name, (texts, numbers) in INNER.items():
        inner = event.get(name)
        if inner is not None and not isinstance(inner, dict):
            return name
        if inner and (_changed(inner, texts, _text) or _changed(inner, numbers, _number)):
            return name
    wrong_shapes = (name for name, begin in DOCUMENTS.items() if event.get(name) is not None and not isinstance(event[name], SHAPES[begin]))
    return next(wrong_shapes, "")


def _changed(event: dict[str, Any], names: tuple[str, ...], change: Any) -> str:
    for name in names:
        value = event.get(name)
        if value is not None:
            try:
                event[name] = change(value)
            except (KeyError, OverflowError, TypeError, ValueError):
                return name
    return ""


def _text(value: object) -> str:
    return value if isinstance(value, str) else _encode(value).decode()


def _number(value: object) -> int:
    if isinstance(value, str):
        value = float(value) if "." in value else int(value)
    if not isinstance(value, (int, float)):
        raise TypeError
    found = round(value)
    if not -MOST <= found < MOST:
        raise OverflowError
    return found


def _fraction(value: object) -> float:
    if not isinstance(value, (int, float, str)):
        raise TypeError
    found = float(value)
    if not -LARGEST < found < LARGEST:
        raise OverflowError
    return found


def _flag(value: object) -> bool:
    if isinstance(value, str):
        return WORDS[value.lower()]
    if not isinstance(value, (bool, int)):
        raise TypeError
    return bool(value)
