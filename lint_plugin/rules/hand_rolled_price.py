"""Report price arithmetic on token counts in product code.

## What it does

Reports a token count (`usage.prompt_tokens`, `input_tokens`) that is multiplied by a price: by a name that says price, cost or
rate, by a number together with a division by a thousand or a million, or by a number as small as the price of one token. Sums,
shares and limits of token counts are not reported.

## Why is this bad

Prices change by date, tier, cache and batch, and a token count means something else at each provider: cached tokens are part of
OpenAI's input and stand beside Anthropic's. The catalog knows this, the line in the product does not, and after the next price
change the two disagree.

## Example

```python
# policy:
# enable = ["CMK302"]
def cost_of(usage) -> float:
    return usage.prompt_tokens * 0.15 / 1_000_000
```

## Use instead

```python
# policy:
# enable = ["CMK302"]
from cost_lib import tagged
from openai import OpenAI

client = tagged(OpenAI(), feature="faq_answer")
reply = client.responses.create(model="gpt-4o-mini", input="How do I reset my password?")
```

The call's event holds what it cost, in integers of a billionth of a dollar.

## Fix safety

Made by hand. The figures may differ from before, because the old ones were wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lint_plugin.facts import PriceArithmetic
from lint_plugin.rules.base import Context, Default, Rule

RULE: Final = Rule("CMK302", "hand-rolled-price", "price arithmetic on token counts in product code", Default.OFF)
CONSUMES: Final = PriceArithmetic
TOKENS: Final = re.compile(r"(.*_)?tokens?(_(count|used|in|out|input|output|total))?|num_tokens_.*")
PRICE: Final = re.compile(r"(.*_)?(price|pricing|cost|rate|usd|dollars?)s?(_.*)?")
LIMIT: Final = re.compile(r"(max|min)_.*")
DIGITS: Final = tuple(".0123456789")
SCALES: Final = (1_000.0, 1_000_000.0)  # prices are given per thousand or per million
LARGEST: Final = 0.01  # of a price for one token; larger fractions are shares and margins


def check(arithmetic: PriceArithmetic, _: Context) -> Iterator[str]:
    """Report a token count that is multiplied by a price."""
    if any(_is_count(text) for text in arithmetic.factors) and _has_price(arithmetic):
        yield f"{arithmetic.text} is a hand-rolled price; take the cost from the call's event, which the dated catalog prices"


def _has_price(arithmetic: PriceArithmetic) -> bool:
    if any(_says(PRICE, text) for text in arithmetic.factors):
        return True
    numbers = [number for number in map(_number, arithmetic.factors) if number is not None]
    is_scaled = any(_number(text) in SCALES for text in arithmetic.divisors)
    return any(is_scaled or 0 < number < LARGEST for number in numbers)


def _is_count(text: str) -> bool:
    return _says(TOKENS, text) and not _says(PRICE, text) and not _says(LIMIT, text)


def _says(pattern: re.Pattern[str], text: str) -> bool:
    """Say whether the last word of a dotted name, or a string key, is one of a kind."""
    return pattern.fullmatch(text.rpartition(".")[2].lower()) is not None


def _number(text: str) -> float | None:
    """Read a number; names such as ``inf`` are none."""
    return float(text) if text[:1] in DIGITS else None
