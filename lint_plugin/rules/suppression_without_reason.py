"""Report a suppression without a reason, and an exception that has expired.

## What it does

Asks of `# costmark: allow[...]` that a reason stands behind the bracket; `# noqa` needs none. An exception in the policy stops acting
after its day, and is then reported at its line in the policy, whether this rule is on or off: a date must not break every command
overnight, and must not pass unseen either.

## Why is this bad

A year later nobody knows whether the exception still holds.

## Example

```python
# policy:
# enable = ["CMK902"]
from openai import OpenAI

client = OpenAI()
client.responses.create(model="gpt-4o-mini", input="Hello")  # costmark: allow[CMK101]
```

## Use instead

```python
# policy:
# enable = ["CMK902"]
from openai import OpenAI

client = OpenAI()
client.responses.create(model="gpt-4o-mini", input="Hello")  # costmark: allow[CMK101] billed to the customer's own key
```

## Options

- `[[exceptions]]` with `rule`, `path`, `owner`, `reason` and `expires`.

## Fix safety

Made by hand: only you know the reason.
"""

from __future__ import annotations

from typing import Final

from lint_plugin.rules.base import Default, Rule

RULE: Final = Rule("CMK902", "suppression-without-reason", "a suppression without a reason, or an expired exception", Default.OFF)
