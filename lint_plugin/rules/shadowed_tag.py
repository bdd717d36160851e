"""Report a receiver whose own tag overrides the scope around the call.

## What it does

The receiver is nearer to the call than a scope: `tagged(client, feature="chat")` beats `with tags(feature="search")`. Where the
receiver was bound outside of the scope's block, or outside of the decorated function, and says something else than the scope, the
call is reported. In `tagged(stored, feature=...)` only what `stored` brings counts.

## Why is this bad

Whoever wrote the scope meant it to hold. The spend is booked to the other feature, and nothing at the call shows it.

## Example

```python
from cost_lib import tagged, tags
from openai import OpenAI

client = tagged(OpenAI(), feature="chat")


def search(query: str) -> object:
    with tags(feature="search"):
        return client.responses.create(model="gpt-4o-mini", input=query)
```

## Use instead

```python
from cost_lib import tagged
from openai import OpenAI

client = tagged(OpenAI(), feature="chat")


def search(query: str) -> object:
    return tagged(client, feature="search").responses.create(model="gpt-4o-mini", input=query)
```

## Fix safety

Made by hand: the spend is booked to another feature from then on.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lint_plugin.facts import Shadow
from lint_plugin.rules.base import Context, Rule
from lint_plugin.rules.wording import quoted

RULE: Final = Rule("CMK209", "shadowed-tag", "a receiver bound elsewhere that overrides the scope around the call")
CONSUMES: Final = Shadow


def check(shadow: Shadow, _: Context) -> Iterator[str]:
    """Report which value wins."""
    meant = f"{shadow.key}={quoted(shadow.loses)}"
    yield f"the receiver's {shadow.key}={quoted(shadow.wins)} overrides {meant} around the call; write tagged(client, {meant}) or drop one"
