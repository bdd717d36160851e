"""Report a feature that is not registered, or a tag value that the policy does not list.

## What it does

Holds every value that `feature` can have in the code (a literal, a constant, each branch of a conditional, an `Enum` member)
against the registry of the policy, and the values of other tags against their `values`. Both are compared exactly: `FAQ_check` is
not `faq_check`. Without a registry every feature is as good as the next. Reported at the keyword, once for each value.

## Why is this bad

A feature that nobody registered has no owner and no budget, and a second spelling splits one feature's spend in two.

## Example

```python
# policy:
# [features.faq_check]
# owner = "support"
from cost_lib import tagged
from openai import OpenAI

client = tagged(OpenAI(), feature="faq_chek")
```

## Use instead

```python
# policy:
# [features.faq_check]
# owner = "support"
from cost_lib import tagged
from openai import OpenAI

client = tagged(OpenAI(), feature="faq_check")
```

## Options

- `[features.NAME]`: the registry.
- `[tags.NAME]` with `values`: what a tag may say.

## Fix safety

Safe where the nearest name is another spelling of the same word; anything less alike needs `--unsafe-fixes`. Correcting a spelling
moves the spend that is recorded from now on to the other name.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from lint_plugin.facts import TagValue, is_blank
from lint_plugin.rules.base import Context, Fix, Rule
from lint_plugin.rules.wording import listed, nearest, quoted

if TYPE_CHECKING:
    from collections.abc import Collection

RULE: Final = Rule(
    "CMK202", "unknown-feature", "a feature that is not registered, or a value that the tag's schema does not list", fix=Fix.SAFE
)
CONSUMES: Final = TagValue
FEATURE: Final = "feature"
MOST_LISTED: Final = 6


def check(tag: TagValue, context: Context) -> Iterator[str]:
    """Report each value that is neither registered nor listed; empty ones are CMK203."""
    policy = context.policy
    schema = policy.tags.get(tag.key)
    registered = policy.features if tag.key == FEATURE else {}
    values = schema.values if schema is not None else ()
    for value in tag.literals:
        if is_blank(value):
            continue
        if registered and value not in registered:
            advice = f"register it as [features.{_key(value)}] in the policy"
            yield f"feature {quoted(value)} is not registered; {_meant(value, registered) or advice}"
        elif values and value not in values:
            yield f"{quoted(value)} is an unknown value of {tag.key}; {_meant(value, values) or _allowed(values)}"


def _meant(value: str, known: Collection[str]) -> str:
    near = nearest(value, known)
    return f"did you mean {quoted(near)}?" if near else ""


def _allowed(values: tuple[str, ...]) -> str:
    named = [quoted(value) for value in values[:MOST_LISTED]]
    return f"write {listed(named, ' or ')}" if len(values) <= MOST_LISTED else f"write {', '.join(named)} ..."


def _key(value: str) -> str:
    """Return a feature's name as a key of TOML."""
    is_bare = value.isascii() and value.replace("_", "").replace("-", "").isalnum()
    return value if is_bare else quoted(value)
