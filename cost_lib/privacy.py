"""Keep personal data out of the log: users are named as the policy says, and so are tags that look like people's data."""

from __future__ import annotations

import os
import re
from functools import cache
from typing import TYPE_CHECKING, Final

from cost_lib.stderr import say_once

if TYPE_CHECKING:
    from collections.abc import Mapping

HASH_KEY: Final = "COSTMARK_HASH_KEY"
HASH_LENGTH: Final = 32
# the numbers must stand alone: a part of a longer word is an identifier
SHAPES: Final = (
    ("an e-mail address", r"(?<![\w.+%-])[\w.+%-]+@[\w-]+(?:\.[\w-]+)+"),
    ("a telephone number", r"(?<![\w+])\+\d(?:[ ().-]{0,2}\d){7,14}(?!\w)|(?<!\w)\(\d{3}\) ?\d{3}-\d{4}(?!\w)"),
    # areas 000, 666 and 900-999 were never given out
    ("a social security number", r"(?<![\w-])(?!000|666|9\d\d)\d{3}-(?!00)\d\d-(?!0000)\d{4}(?![\w-])"),
)
CARD: Final = r"(?<![\w-])[2-6]\d{3}(?:[ -]?\d){9,15}(?![\w-])"
# most values have neither of these, and every event has several values
HINT: Final = re.compile(r"@|\d[\d ().-]{6}")


class Named(str):
    """A name of somebody as the policy wants it: to hash it once more would make it another one."""

    __slots__ = ()


def named(value: str, how: str, *, what: str = "user_id") -> str:
    """Name somebody as the policy says; a hash without a key could be undone by trying names."""
    if how == "plain" or (how == "hash" and type(value) is Named):
        return value
    key = os.environ.get(HASH_KEY, "")
    if how == "hash" and key:
        import hashlib
        import hmac

        return hmac.new(key.encode(), value.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()[:HASH_LENGTH]
    if how == "hash":
        say_once(what, f"{what} is left out: hashing it needs a key in {HASH_KEY}")
    return ""


def kind_of(value: str) -> str:
    """Say what kind of personal data a value looks like; empty for none."""
    if HINT.search(value) is None:
        return ""
    shapes, card = _patterns()
    found = next((kind for kind, shape in shapes if shape.search(value)), "")
    return found or ("a card number" if any(_is_card(match[0]) for match in card.finditer(value)) else "")


@cache
def _patterns() -> tuple[tuple[tuple[str, re.Pattern[str]], ...], re.Pattern[str]]:
    """Compile the patterns when a value needs them: it takes as long as a tenth of a first event."""
    return tuple((kind, re.compile(shape)) for kind, shape in SHAPES), re.compile(CARD)


def personal(tags: Mapping[str, str]) -> dict[str, str]:
    """Return the tags that look like personal data, with the kind of each; ``user_id`` has a rule of its own."""
    return {name: kind for name, value in tags.items() if name != "user_id" and (kind := kind_of(value))}


def masked(tags: Mapping[str, str], how: str) -> dict[str, str]:
    """Return tags in which personal data is as the policy says; what is to be left out is left out."""
    found = personal(tags) if how != "plain" else {}
    kept = {name: named(value, how, what=name) if name in found else value for name, value in tags.items()}
    return {name: value for name, value in kept.items() if value}


def storable(tags: Mapping[str, str], *, user_id: str, personal_data: str) -> dict[str, str]:
    """Return tags as the policy lets them be kept."""
    people = {"user_id": named(tags["user_id"], user_id)} if "user_id" in tags else {}
    return masked({**tags, **people}, personal_data)


def _is_card(text: str) -> bool:
    """Check the last digit as card issuers make it (Luhn)."""
    digits = [int(char) for char in text if char.isdigit()]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[-2::-2])
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0
