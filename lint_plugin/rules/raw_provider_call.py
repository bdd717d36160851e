"""Report a billable SDK call on a receiver that did not go through a sanctioned wrapper.

## What it does

Follows every client of a known SDK (OpenAI, Anthropic, Google, Bedrock and many more) from where it is made to where a billable
method is called on it, across functions, classes and modules. If the client was not given to `tagged`, or to a wrapper that the
policy names, on one of its ways at least, the call is reported at its last attribute. Handing a bound method on, to a thread
pool or as a callback, counts like a call.

What bills is decided by the catalog: counting tokens, listing models or files, moderation and reading stored responses are never
reported. An annotation (`llm: OpenAI`) says what a value is, not that it is raw: the callers decide, and only where none is known
is it taken for raw.

Some calls cannot be metered at the HTTP boundary: gRPC (xai-sdk, Vertex AI), websockets (realtime, live) and subprocesses. There
`tagged` is not enough, under either kind of `metering`, and the message asks for `record_call`.

A client whose base URL lies on this machine is a client like any other, Ollama's included: what answers there is often a proxy that
bills, and a model of the house costs its machine. `[hosts]` says whose models they are; `allow-raw` or an exception with an owner
excuses what is only tried out.

## Why is this bad

The provider's bill names a key and a model. Which feature, team or customer segment spent the money is known only at the call.
One raw call is a line in that bill that nobody can explain.

## Known problems

A client that arrives through code which cannot be seen (an untyped parameter without known callers, an installed package) is not
reported here; CMK105 looks for calls that are likely all the same.

## Example

```python
from openai import OpenAI

client = OpenAI()


def answer(question: str) -> str:
    reply = client.responses.create(model="gpt-4o-mini", input=question)
    return reply.output_text
```

## Use instead

```python
from cost_lib import tagged
from openai import OpenAI

client = OpenAI()


def answer(question: str) -> str:
    reply = tagged(client, feature="faq_answer").responses.create(model="gpt-4o-mini", input=question)
    return reply.output_text
```

What cannot be metered is recorded:

```python
import xai_sdk
from cost_lib import record_call

grok = xai_sdk.Client()


def reason(chat_model: str) -> str:
    chat = grok.chat.create(model=chat_model)
    with record_call(provider="xai", model=chat_model, feature="reasoning") as call:
        reply = chat.sample()
        call.usage(input_tokens=reply.usage.prompt_tokens, output_tokens=reply.usage.completion_tokens)
    return reply.content
```

## Options

- `allow-raw`: paths where a raw client may be used, a gateway of the house for instance.
- `[[wrappers]]`: wrappers of the house that are as good as `tagged`; the body of one that lives in the project may use raw clients.
- `metering = "process"`: raw calls that can be metered are left to CMK201.
- `bills`: what has to be billed for a call to count, `tokens` and `job` by default.

## Fix safety

Safe. `tagged` returns an object of the same static type that forwards everything; `type(x) is` comparisons are the one thing that
notices. `costmark fix` puts it around the receiver alone, names the feature after the module unless a plan or the registry says
better, and leaves calls that cannot be metered and `super()`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lint_plugin.facts import CallSite
from lint_plugin.rules.base import Context, Fix, Rule
from lint_plugin.rules.sites import is_metered, record, remedy, spelled

RULE: Final = Rule("CMK101", "raw-provider-call", "a billable SDK call that did not go through a sanctioned wrapper", fix=Fix.SAFE)
CONSUMES: Final = CallSite
KINDS: Final = ("call", "reference")
TRAVELS: Final = {"grpc": "gRPC", "websocket": "a websocket", "subprocess": "a subprocess"}


def check(site: CallSite, context: Context) -> Iterator[str]:
    """Report calls that are raw, and those that no wrapper can meter."""
    if site.layer != "sdk" or site.kind not in KINDS or site.allowed or site.recorded:
        return
    if not is_metered(site):
        travels = TRAVELS.get(site.transport, site.transport)
        yield f"{spelled(site)} goes over {travels} and cannot be metered; put it inside {record(site, context.policy)}"
    elif site.raw and site.metering == "call":
        yield f"{spelled(site)} is not attributed; {remedy(site, context.policy)}"
