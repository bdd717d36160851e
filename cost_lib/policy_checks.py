"""Check single values of a policy file: each function turns what TOML gave into what the program uses, or raises PolicyError."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from cost_lib.globs import split_glob
from cost_lib.policy_spot import quoted, suggest
from cost_lib.toml_text import Float

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal
    from typing import TypeVar

    from cost_lib.policy_spot import Spot

    T = TypeVar("T")
    Check = Callable[[object, Spot], Any]

NANO: Final = 10**9  # nano-USD in a dollar
PICO_PER_TOKEN: Final = 10**6  # pico-USD a token in a dollar per million tokens
MOST_USD: Final = 10**9

_CODE: Final = re.compile(r"CMK[0-9]{3}")
_CATALOG: Final = re.compile(r"[0-9]{4}\.(0[1-9]|1[0-2])")
_VARIABLE: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_ZONE: Final = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+){0,2}")
_HOST: Final = re.compile(r"(\*\.)?[A-Za-z0-9*]([A-Za-z0-9_*.-]*[A-Za-z0-9*])?(:[0-9]{1,5})?")


def type_name(value: object) -> str:
    """Name the TOML type of a value, with its article."""
    if isinstance(value, bool):
        return "a boolean"
    for kind, name in (
        (str, "a string"),
        (int, "an integer"),
        (Float, "a float"),
        (list, "an array"),
        (dict, "a table"),
        (datetime, "a date with time"),
        (date, "a date"),
    ):
        if isinstance(value, kind):
            return name
    return "a time"


def text(value: object, spot: Spot) -> str:
    """Accept a string that is not blank."""
    if not isinstance(value, str):
        raise spot.error(f"{spot.name} must be a string, not {type_name(value)}")
    if not value.strip():
        raise spot.error(f"{spot.name} must not be empty")
    return value


def flag(value: object, spot: Spot) -> bool:
    """Accept true and false."""
    if not isinstance(value, bool):
        raise spot.error(f"{spot.name} must be true or false, not {type_name(value)}")
    return value


def table(value: object, spot: Spot) -> dict[str, object]:
    """Accept a table."""
    if not isinstance(value, dict):
        raise spot.error(f"{spot.name} must be a table, not {type_name(value)}")
    return value


def array(value: object, spot: Spot, *, of: str) -> list[object]:
    """Accept an array; ``of`` says of what."""
    if not isinstance(value, list):
        advice = f'; write ["{value}"]' if isinstance(value, str) and value.strip() and of == "strings" else ""
        raise spot.error(f"{spot.name} must be an array of {of}, not {type_name(value)}{advice}")
    return value


def array_of(check: Callable[[object, Spot], T]) -> Callable[[object, Spot], tuple[T, ...]]:
    """Accept an array of strings that each pass ``check``; what is written twice counts once."""

    def check_array(value: object, spot: Spot) -> tuple[T, ...]:
        items = enumerate(array(value, spot, of="strings"))
        return tuple(dict.fromkeys(check(_string_item(item, spot.at(index)), spot.at(index)) for index, item in items))

    return check_array


def _string_item(item: object, spot: Spot) -> object:
    if not isinstance(item, str):
        raise spot.error(f"{spot.name} must be an array of strings, but one item is {type_name(item)}")
    if not item.strip():
        raise spot.error(f"{spot.name} must not hold an empty string")
    return item


def one_of(*choices: str) -> Callable[[object, Spot], str]:
    """Accept one of some strings."""

    def check(value: object, spot: Spot) -> str:
        if not isinstance(value, str):
            raise spot.error(f"{spot.name} must be {quoted(choices, ' or ')}, not {type_name(value)}")
        if value not in choices:
            raise spot.error(f'{spot.name} must be {quoted(choices, " or ")}, not "{value}"{suggest(value, choices, else_list=False)}')
        return value

    return check


def code(value: object, spot: Spot) -> str:
    """Accept the code of a rule."""
    word = text(value, spot)
    known = spot.source.known_codes
    if word not in known if known is not None else not _CODE.fullmatch(word):
        raise spot.error(f'unknown code "{word}" in {spot.name}{suggest(word, sorted(known or ())) or "; a code looks like CMK101"}')
    return word


def glob(value: object, spot: Spot) -> str:
    """Accept a pattern for paths."""
    if not isinstance(value, str):
        raise spot.error(f"{spot.name} must be a string, not {type_name(value)}")
    try:
        split_glob(value)
    except ValueError as problem:
        raise spot.error(f'bad glob "{value}"{_holder(spot, value)}: {problem}') from None
    return value


def _holder(spot: Spot, pattern: str) -> str:
    return " in paths" if spot.key == ("paths", pattern) else f" in {spot.name}"


def catalog_version(value: object, spot: Spot) -> str:
    """Accept a catalog version."""
    if isinstance(value, Float):
        raise spot.error(f'{spot.name} must be a string such as "2026.11", not a float; put it in quotes')
    word = text(value, spot)
    if not _CATALOG.fullmatch(word):
        raise spot.error(f'{spot.name} must be a year and a month such as "2026.11", not "{word}"')
    return word


def variable(value: object, spot: Spot) -> str:
    """Accept the name of an environment variable; the value itself, often a secret, is not repeated."""
    word = text(value, spot)
    if not _VARIABLE.fullmatch(word):
        raise spot.error(f"{spot.name} must be the name of an environment variable, such as APP_ENV")
    return word


def dotted(value: object, spot: Spot) -> str:
    """Accept a full dotted Python name."""
    word = text(value, spot)
    parts = word.split(".")
    if len(parts) < 2 or not all(part.isidentifier() for part in parts):
        raise spot.error(f'{spot.name} must be a full dotted name such as "acme_llm.complete", not "{word}"')
    return word


def identifier(value: object, spot: Spot) -> str:
    """Accept a Python name without dots."""
    word = text(value, spot)
    if not word.isidentifier():
        raise spot.error(f'{spot.name} must be the name of an argument, not "{word}"')
    return word


def host(word: str, spot: Spot) -> str:
    """Accept the name of a host, as a key."""
    if not _HOST.fullmatch(word):
        raise spot.error(f'"{word}" is not a host; write it without scheme and path, such as "llm.acme.internal"')
    return word


def zone(value: object, spot: Spot) -> str:
    """Accept the name of a time zone; where the machine has no table of them, any name of that form."""
    word = text(value, spot)
    from zoneinfo import available_timezones  # reads the machine's tables, which most policies do not need

    known = available_timezones()
    if not _ZONE.fullmatch(word) or (known and word not in known):
        advice = suggest(word, known, else_list=False)
        raise spot.error(f'{spot.name} must be a time zone such as "Europe/Berlin", not "{word}"{advice}')
    return word


def day(value: object, spot: Spot) -> date:
    """Accept a date without time."""
    if isinstance(value, datetime) or not isinstance(value, date):
        advice = "; write it without quotes" if isinstance(value, str) else ""
        raise spot.error(f"{spot.name} must be a date such as 2027-01-31, not {type_name(value)}{advice}")
    return value


def usd(value: object, spot: Spot) -> int:
    """Accept an amount in dollars; return nano-USD."""
    return _scaled(value, spot, unit=NANO, places=9)


def usd_per_million(value: object, spot: Spot) -> int:
    """Accept a rate in dollars per million tokens; return pico-USD a token."""
    return _scaled(value, spot, unit=PICO_PER_TOKEN, places=6)


def _scaled(value: object, spot: Spot, *, unit: int, places: int) -> int:
    amount = number(value, spot)
    if amount < 0 or amount > MOST_USD:
        raise spot.error(f"{spot.name} must be between 0 and {MOST_USD} USD")
    if isinstance(amount, int):
        return amount * unit
    scaled = _shifted(amount, places)
    if scaled is None:
        raise spot.error(f"{spot.name} must not have more than {places} decimals")
    return scaled


def _shifted(amount: Decimal, places: int) -> int | None:
    """Return the amount times ten to the places, None if that is no integer; without a context, which is the host program's."""
    parts = amount.as_tuple()
    shift = int(parts.exponent) + places
    digits = "".join(map(str, parts.digits))
    kept, dropped = (digits, "") if shift >= 0 else (digits[:shift], digits[shift:])
    if dropped.strip("0"):
        return None
    return int(kept) * 10 ** max(shift, 0) if kept.strip("0") else 0


def number(value: object, spot: Spot) -> int | Decimal:
    """Accept an integer or a float."""
    if isinstance(value, bool) or not isinstance(value, int | Float):
        raise spot.error(f"{spot.name} must be a number, not {type_name(value)}")
    if isinstance(value, int):
        return value
    from decimal import Decimal, InvalidOperation

    try:
        found = Decimal(value.text)
    except InvalidOperation:  # an exponent beyond all bounds
        found = Decimal("Infinity")
    if not found.is_finite():
        raise spot.error(f"{spot.name} must be a finite number")
    return found


def shares(value: object, spot: Spot) -> tuple[Decimal, ...]:
    """Accept an array of shares of a budget, such as [0.8, 1.0]; return them in rising order."""
    from decimal import Decimal  # most policies have no number that needs it, and it is slow to import

    found = []
    for index, item in enumerate(array(value, spot, of="numbers")):
        share = number(item, spot.at(index))
        if not 0 < share <= 10:
            raise spot.at(index).error(f"{spot.name} must hold shares of the budget, such as 0.8, above 0 and up to 10")
        found.append(Decimal(share))
    return tuple(sorted(set(found)))
