"""Report a `yield` under `with tags(...)`, which leaks the tags to the consumer.

## What it does

Reports, at the `with`, a scope of tags in a generator or asynchronous generator that is still open at a `yield`. Context managers
made with `@contextmanager` or `@asynccontextmanager`, and pytest fixtures, yield once on purpose and are exempt.

## Why is this bad

A generator shares the context of whoever consumes it. While it is suspended in the block, the consumer's own calls carry its tags;
and if it is closed elsewhere, the scope ends in another context than it began in.

## Example

```python
from cost_lib import tagged, tags
from openai import OpenAI

client = tagged(OpenAI())


def answers(questions: list[str]):
    with tags(feature="faq_answer"):
        for question in questions:
            yield client.responses.create(model="gpt-4o-mini", input=question)
```

## Use instead

```python
from cost_lib import tagged, tags
from openai import OpenAI

client = tagged(OpenAI())


@tags(feature="faq_answer")
def answers(questions: list[str]):
    for question in questions:
        yield client.responses.create(model="gpt-4o-mini", input=question)
```

## Fix safety

Safe where the block is all that the function does and its tags are literals; everything else is left. The decorator sets the tags
at each resumption and takes them back at each `yield`. A value that is only known inside the function cannot move there: end the
block before the `yield` instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lint_plugin.facts import LeakyScope
from lint_plugin.rules.base import Context, Fix, Rule

RULE: Final = Rule("CMK208", "tags-across-yield", "a `yield` under `with tags(...)`, which leaks the tags to the consumer", fix=Fix.SAFE)
CONSUMES: Final = LeakyScope


def check(_: LeakyScope, __: Context) -> Iterator[str]:
    """Report the scope."""
    yield "the yield inside leaks these tags to whoever consumes the generator; put @tags(...) on the function instead"
