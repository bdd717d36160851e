"""Report that calls rely on `meter()`, which nothing in the project calls.

## What it does

Under `metering = "process"` a raw call is in order as long as its tags are proven, because `meter()` records it at the HTTP
boundary. If there is such a call, and no call of `cost_lib.meter` anywhere in the project, that is reported once, at the policy's
line. Calls on `tagged` clients and inside `record_call` need no `meter()`.

## Why is this bad

Everything passes the linter and nothing is recorded.

## Example

```python
# policy:
# metering = "process"
from cost_lib import tags
from openai import OpenAI

client = OpenAI()


@tags(feature="faq_answer")
def answer(question: str) -> object:
    return client.responses.create(model="gpt-4o-mini", input=question)
```

## Use instead

```python
# policy:
# metering = "process"
from cost_lib import meter, tags
from openai import OpenAI

meter()
client = OpenAI()


@tags(feature="faq_answer")
def answer(question: str) -> object:
    return client.responses.create(model="gpt-4o-mini", input=question)
```

## Options

- `metering`: `"call"` needs no `meter()` and asks for `tagged` at each call.

## Fix safety

Made by hand: one call, early in the program.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lint_plugin.facts import Unmetered
from lint_plugin.rules.base import Context, Rule

RULE: Final = Rule("CMK211", "meter-not-started", '`metering = "process"` is relied on, but nothing calls `meter()`')
CONSUMES: Final = Unmetered


def check(_: Unmetered, __: Context) -> Iterator[str]:
    """Report the missing start."""
    yield 'metering = "process" relies on meter(), which nothing here calls; call cost_lib.meter() once at start-up'
