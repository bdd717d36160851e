"""Report a request that is sent to a provider's host by hand.

## What it does

Looks at what is sent with requests, httpx, aiohttp and urllib, folds the address from constants, f-strings and base URLs, and
reports a request to a billable path of a provider's host. Hosts of your own gateways count once the policy names them. A request
through `tagged(session, ...)`, or inside `record_call`, is silent.

It holds under both kinds of `metering`: a hand-written request bypasses the SDK, and with it everything that names the model and
the feature.

## Why is this bad

The bill is the same as for a call of the SDK, and nobody looks for it there.

## Known problems

An address that is only known at run time (read from the environment or a configuration file) is not seen.

## Example

```python
import requests

API = "https://api.openai.com/v1"


def answer(question: str, key: str) -> dict:
    body = {"model": "gpt-4o-mini", "input": question}
    return requests.post(f"{API}/responses", json=body, headers={"Authorization": f"Bearer {key}"}).json()
```

## Use instead

```python
import requests
from cost_lib import tagged

API = "https://api.openai.com/v1"


def answer(question: str, key: str) -> dict:
    body = {"model": "gpt-4o-mini", "input": question}
    return tagged(requests.post, feature="faq_answer")(f"{API}/responses", json=body, headers={"Authorization": f"Bearer {key}"}).json()
```

Better still, use the provider's SDK.

## Options

- `allow-raw`: paths where a raw request may be sent.
- `[hosts."llm.acme.internal"]` with `provider`: gateways that speak for a provider.

## Fix safety

Safe. `tagged` around the function, the session or the client changes nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lint_plugin.facts import CallSite
from lint_plugin.rules.base import Context, Fix, Rule
from lint_plugin.rules.sites import remedy

RULE: Final = Rule("CMK102", "raw-http-call", "a request sent to a provider's host by hand", fix=Fix.SAFE)
CONSUMES: Final = CallSite


def check(site: CallSite, context: Context) -> Iterator[str]:
    """Report requests to a provider that go through no wrapper."""
    if site.layer == "http" and site.raw and not site.allowed and not site.recorded:
        host = site.provider or "a provider"
        yield f"{site.text or site.method}() sends {host} a request that is not attributed; {remedy(site, context.policy)}"
