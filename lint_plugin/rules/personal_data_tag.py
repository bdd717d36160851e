"""Report personal data in a tag.

## What it does

Reports literal values that are an e-mail address, a telephone number in international form, a social security number or a payment
card number, and values that are read from an attribute or variable whose name says that it holds such a thing (`user.email`,
`customer.phone_number`, `user.full_name`).

## Why is this bad

Tags are written to the log, kept for as long as it is kept and shown in reports. `user_id` is hashed by default, the other tags
are not; and a hash of something that can be guessed is no secret.

## Known problems

The name of an attribute is a hint, not a proof. That is why the rule is off by default.

## Example

```python
# policy:
# enable = ["CMK205"]
from cost_lib import tagged
from openai import OpenAI

client = tagged(OpenAI(), feature="faq_answer", user_id="jane.doe@example.com")
```

## Use instead

```python
# policy:
# enable = ["CMK205"]
from cost_lib import tagged
from openai import OpenAI

client = tagged(OpenAI(), feature="faq_answer", user_id="u_48151623")
```

## Fix safety

Made by hand: write an identifier that means nothing outside of your own database.

## References

- [NIST SP 800-122](https://csrc.nist.gov/pubs/sp/800/122/final): what counts as personally identifiable information
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lint_plugin.facts import TagValue
from lint_plugin.rules.base import Context, Default, Rule
from lint_plugin.rules.wording import quoted

RULE: Final = Rule(
    "CMK205", "personal-data-tag", "an e-mail address, a phone, card or social security number or a person's name in a tag", Default.OFF
)
CONSUMES: Final = TagValue
SHAPES: Final = {
    "an e-mail address": re.compile(r"[\w.+%-]+@[\w-]+(\.[\w-]+)+"),
    # areas 000, 666 and 900-999 were never given out
    "a social security number": re.compile(r"(?!000|666|9\d\d)\d{3}-(?!00)\d\d-(?!0000)\d{4}"),
    "a telephone number": re.compile(r"\+\d(?:[ ().-]{0,2}\d){7,14}|\(\d{3}\) ?\d{3}-\d{4}"),
}
CARD: Final = re.compile(r"\d(?:[ -]?\d){12,18}")
NAMES: Final = {
    "an e-mail address": re.compile(r"e_?mail(_address)?"),
    "a social security number": re.compile(r"ssn|social_security(_number)?"),
    "a telephone number": re.compile(r"(tele)?phone(_number)?|mobile(_number)?"),
    "a card number": re.compile(r"(credit_)?card_number|iban"),
    "a person's name": re.compile(r"(full|first|last|given|family|middle|sur|maiden)_?name"),
}


def check(tag: TagValue, _: Context) -> Iterator[str]:
    """Report each literal that is personal data by its shape, and computed values by where they are read from."""
    advice = "write an identifier that means nothing outside"
    for value in tag.literals:
        kind = _shape(value.strip())
        if kind:
            yield f"{tag.key}={quoted(value)} is {kind}; {advice}"
    kind = _named(tag.written)
    if tag.dynamic and kind:
        yield f"{tag.key} is read from {tag.written}, by its name {kind}; {advice}"


def _shape(value: str) -> str:
    kind = next((kind for kind, shape in SHAPES.items() if shape.fullmatch(value)), "")
    return kind or ("a card number" if CARD.fullmatch(value) and _is_card(value) else "")


def _is_card(value: str) -> bool:
    """Say whether the check digit is right: digits are doubled at every second place from the right."""
    digits = [int(digit) for digit in reversed(value) if digit.isdigit()]
    return len(set(digits)) > 1 and sum(digits[::2] + [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]) % 10 == 0


def _named(written: str) -> str:
    """Return what the name of an attribute, variable or key says; words in front of it (``user_email``) are allowed."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", written.rpartition(".")[2]).lower()
    return next((kind for kind, name in NAMES.items() if re.fullmatch(f"(?:.*_)?(?:{name.pattern})", words)), "")
