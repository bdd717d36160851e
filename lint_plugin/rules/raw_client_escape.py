"""Report a raw client that is handed to code which the analyzer cannot see.

## What it does

Reports the call at which a client that did not go through a sanctioned wrapper leaves the project: as an argument of a function,
constructor or method of an installed package. Packages that the catalog knows (frameworks, client wrappers such as
`instructor.from_openai`) and the project's own functions are followed instead.

## Why is this bad

What happens to the client behind that call is out of sight. If the package calls a model, the calls are raw, and no other rule can
say so.

## Known problems

Most packages that are given a client use it, some only read its settings. That is why the rule is off by default.

## Example

```python
# policy:
# enable = ["CMK104"]
from acme_eval import run_benchmark
from openai import OpenAI

run_benchmark(OpenAI())
```

## Use instead

```python
# policy:
# enable = ["CMK104"]
from acme_eval import run_benchmark
from cost_lib import tagged
from openai import OpenAI

run_benchmark(tagged(OpenAI(), feature="benchmark"))
```

## Options

- `allow-raw`: paths where raw clients may be used.

## Fix safety

Made by hand. The wrapped client passes for the client in `isinstance` and pydantic fields; code that asks `type(x) is` notices.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lint_plugin.facts import EscapedClient
from lint_plugin.rules.base import Context, Default, Rule
from lint_plugin.rules.sites import keywords

RULE: Final = Rule("CMK104", "raw-client-escape", "a raw client handed to code that the analyzer cannot see", Default.OFF)
CONSUMES: Final = EscapedClient


def check(client: EscapedClient, context: Context) -> Iterator[str]:
    """Report clients that leave the project raw."""
    name = client.cls.rpartition(".")[2] or client.provider
    wrapped = ", ".join(filter(None, ("client", keywords(context.policy.demanded(client.path)))))
    where = f"{client.callee}(), which cannot be seen into" if client.callee else "code that cannot be seen into"
    yield f"a raw {name} is handed to {where}; hand over tagged({wrapped})"
