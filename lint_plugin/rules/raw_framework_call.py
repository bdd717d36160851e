"""Report a call of an LLM framework whose model did not go through a sanctioned wrapper.

## What it does

Follows chat models, chains, agents, indexes and embeddings of frameworks (LangChain, LlamaIndex, pydantic-ai, DSPy, LiteLLM and
others) to the call that makes them ask a model. It is silent where the object, or the part of it that bills, went through
`tagged`: `tagged(chain)` and `prompt | tagged(llm, ...)` are equally good.

Frameworks make their own requests, often several for one call. Where they are all over a codebase, `metering = "process"` and one
`meter()` call at start-up are less work: this rule then gives way to CMK201, and a `with tags(...)` around the call is enough. An
agent that works in a subprocess cannot be metered either way and needs `record_call`.

## Why is this bad

One line such as `agent.run(...)` can cost more than every direct call of the application. Without tags it is also the line that
nobody finds.

## Example

```python
from langchain_core.prompts import ChatPromptTemplate
from langchain_openai import ChatOpenAI

prompt = ChatPromptTemplate.from_template("Summarize: {text}")
chain = prompt | ChatOpenAI(model="gpt-4o-mini")


def summarize(text: str) -> object:
    return chain.invoke({"text": text})
```

## Use instead

```python
from cost_lib import tagged
from langchain_core.prompts import ChatPromptTemplate
from langchain_openai import ChatOpenAI

prompt = ChatPromptTemplate.from_template("Summarize: {text}")
chain = prompt | ChatOpenAI(model="gpt-4o-mini")


def summarize(text: str) -> object:
    return tagged(chain, feature="ticket_summary").invoke({"text": text})
```

## Options

- `allow-raw`, `[[wrappers]]` and `metering`: as for CMK101.

## Fix safety

Safe. `isinstance` and pydantic fields see the wrapped object as the object itself, so it can be handed on to the framework.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lint_plugin.facts import CallSite
from lint_plugin.rules.base import Context, Fix, Rule
from lint_plugin.rules.sites import is_metered, record, remedy, spelled

RULE: Final = Rule("CMK103", "raw-framework-call", "a call of an LLM framework that did not go through a sanctioned wrapper", fix=Fix.SAFE)
CONSUMES: Final = CallSite
KINDS: Final = ("call", "reference")


def check(site: CallSite, context: Context) -> Iterator[str]:
    """Report framework calls that are raw, and those that no wrapper can meter."""
    if site.layer != "framework" or site.kind not in KINDS or site.allowed or site.recorded:
        return
    if not is_metered(site):
        yield f"{spelled(site)} does its work over {site.transport}, which cannot be metered; put it inside {record(site, context.policy)}"
    elif site.raw and site.metering == "call":
        yield f"{spelled(site)} is not attributed; {remedy(site, context.policy)}"
