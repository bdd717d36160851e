"""Report a caller that does not bring the tag which the called function inherits.

## What it does

`feature=inherited` hands the duty to say the feature to the caller, and so does a parameter that is passed through
(`feature=feature`). Every direct call of such a function in the project has to bring the tag: by a scope around the call, by a
decorator on the calling function, by the argument, or by handing the duty on in turn. The call that does neither is reported. A hop
in between that declares nothing is where the chain ends, so that is where it is reported.

A coroutine or generator runs where it is awaited or iterated: one that leaves its block in a variable, as a return value or inside
a `StreamingResponse` does not have the block's tags.

## Why is this bad

The shared helper is right and its caller is not: without this rule every call through the helper would look tagged.

## Known problems

A function that is used as a value, registered as a route or started as a task is called by code that cannot be seen; only its
direct calls are judged. At run time the others are recorded as unattributed.

## Example

```python
from cost_lib import inherited, tagged
from openai import OpenAI

client = OpenAI()


def ask(prompt: str) -> object:
    return tagged(client, feature=inherited).responses.create(model="gpt-4o-mini", input=prompt)


def summarize(ticket: str) -> object:
    return ask(f"Summarize: {ticket}")
```

## Use instead

```python
from cost_lib import inherited, tagged, tags
from openai import OpenAI

client = OpenAI()


def ask(prompt: str) -> object:
    return tagged(client, feature=inherited).responses.create(model="gpt-4o-mini", input=prompt)


@tags(feature="ticket_summary")
def summarize(ticket: str) -> object:
    return ask(f"Summarize: {ticket}")
```

A coroutine or generator has to run inside the scope: one that leaves the block in a variable is not proven.

## Options

- `required-tags`: those of the calling file count.

## Fix safety

Made by hand: only the caller knows the value.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lint_plugin.facts import Caller
from lint_plugin.rules.base import Context, Rule
from lint_plugin.rules.sites import keywords
from lint_plugin.rules.wording import listed

RULE: Final = Rule("CMK207", "missing-inherited-tag", "a caller that does not bring the tag which the called function inherits")
CONSUMES: Final = Caller


def check(caller: Caller, _: Context) -> Iterator[str]:
    """Report the call that ends the chain."""
    name = f"{caller.text or caller.callee}()"
    if caller.passed:
        yield f"{name} takes {listed(caller.missing)} from its caller as an argument; pass a value"
    else:
        yield f"{name} inherits {listed(caller.missing)} from its caller; call it inside tags({keywords(caller.missing)})"
