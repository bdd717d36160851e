"""Report a tag that is computed where a literal is demanded.

## What it does

A tag is literal if it folds to a finite set of strings: constants, imported ones included, conditionals of literals, `Literal`
types and `Enum` members. Anything else is computed. Required tags and `feature` have to be literal while this rule is on, other
tags where the policy says so. A parameter that is passed through is judged where it is given.

## Why is this bad

A computed feature cannot be held against the registry, cannot be searched for, and can grow without bound (one feature for each
path, each user). While the rule is off, computed values prove a tag.

## Example

```python
# policy:
# enable = ["CMK204"]
from cost_lib import tagged
from openai import OpenAI


def answer(request) -> object:
    return tagged(OpenAI(), feature=request.path).responses.create(model="gpt-4o-mini", input=request.text)
```

## Use instead

```python
# policy:
# enable = ["CMK204"]
from cost_lib import tagged
from openai import OpenAI


def answer(request) -> object:
    feature = "faq_answer" if request.is_question else "small_talk"
    return tagged(OpenAI(), feature=feature).responses.create(model="gpt-4o-mini", input=request.text)
```

## Options

- `[tags.NAME]` with `literal = false` or `literal = true`.

## Fix safety

Made by hand: only you know which values there are.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lint_plugin.facts import TagValue
from lint_plugin.rules.base import Context, Default, Rule

RULE: Final = Rule("CMK204", "dynamic-tag", "a tag that is computed where a literal is demanded", Default.OFF)
CONSUMES: Final = TagValue


def check(tag: TagValue, context: Context) -> Iterator[str]:
    """Report computed values of literal tags."""
    schema = context.policy.tags.get(tag.key)
    if tag.dynamic and schema is not None and schema.literal:
        yield f"{tag.key} is computed; write a literal, a constant or an Enum member (or set literal = false in [tags.{tag.key}])"
