"""Report a literal model name that the price catalog does not know, or that the provider has retired.

## What it does

Looks up every model that is named literally in a call in the dated price tables. A name that no table has, and one that the
provider had stopped serving on the day of the check (`--as-of`, today by default), is a warning. Names that an account or a gateway
may have given itself (deployments, tuned models, open weights, names with a vendor in front) are never reported, and models that
the policy prices never either.

## Why is this bad

A name that is not known is often misspelt, and then the call fails; or it is new, and then its cost is unknown until the tables
know it. A retired model fails as well.

## Known problems

A model that came out after this version of the tables is not known yet: update, or price it in the policy.

## Example

```python
from cost_lib import tagged
from openai import OpenAI

client = tagged(OpenAI(), feature="faq_answer")
client.responses.create(model="gpt-4o-minni", input="How do I reset my password?")
```

## Use instead

```python
from cost_lib import tagged
from openai import OpenAI

client = tagged(OpenAI(), feature="faq_answer")
client.responses.create(model="gpt-4o-mini", input="How do I reset my password?")
```

## Options

- `[prices."openai/acme-tuned"]` with `input` and `output`: your own prices, in USD a million tokens.

## Fix safety

Made by hand: another model is another answer and another price.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lint_plugin.facts import CallSite
from lint_plugin.rules.base import Context, Default, Rule
from lint_plugin.rules.wording import quoted

RULE: Final = Rule(
    "CMK301", "unpriceable-model", "a literal model that the dated catalog cannot price, or that is retired", Default.WARNING
)
CONSUMES: Final = CallSite
MOST_NAMED: Final = 3


def check(site: CallSite, context: Context) -> Iterator[str]:
    """Report the models of a call that have no price, in one sentence."""
    if site.provider and site.kind != "possible":
        faults = list(filter(None, (_fault(site.provider, model, context) for model in site.models)))
        if faults:
            yield "; ".join(faults[:MOST_NAMED])


def _fault(provider: str, model: str, context: Context) -> str:
    """Return what is wrong with a model, or nothing."""
    from cost_lib.catalog.prices import Known, Retired, is_known  # tables are read for projects that name models

    name = model if "/" in model else f"{provider}/{model}"
    if name in context.policy.prices:
        return ""
    found = is_known(provider, model, context.as_of)
    if isinstance(found, Known):
        return ""
    if isinstance(found, Retired):
        return f"{provider} retired {quoted(model)} on {found.date}; write a model that is still served"
    advice = f"did you mean {quoted(found.suggestion)}?" if found.suggestion else f'price it as [prices."{name}"] in the policy'
    return f"no price is known for {provider} model {quoted(model)}; {advice}"
