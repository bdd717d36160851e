"""Report a call that looks like one of a model, on a receiver that could not be resolved.

## What it does

Reports chains of attributes that are typical of provider SDKs (`chat.completions.create`, `models.generate_content`) where it could
not be found out what the receiver is: an untyped parameter that no call in the project fills, an object from an unknown package.
Receivers that are known to be something else are never reported, however much they look alike.

## Why is this bad

If the receiver is a provider's client, the call is raw.

## Known problems

A drop-in wrapper has the same methods as the SDK. That is why the rule is off by default; use it for an inventory, or where every
miss matters more than a false alarm.

## Example

```python
# policy:
# enable = ["CMK105"]
from acme_sdk import make_llm

llm = make_llm()
llm.chat.completions.create(model="gpt-4o-mini", messages=[])
```

## Use instead

```python
# policy:
# enable = ["CMK105"]
from acme_sdk import make_llm
from cost_lib import tagged

llm = make_llm()
tagged(llm, feature="faq_answer").chat.completions.create(model="gpt-4o-mini", messages=[])
```

## Options

- `[[wrappers]]`: if the receiver comes from a wrapper of the house, name it.
- `allow-raw`: paths where raw clients may be used.

## Fix safety

Made by hand. Annotating the receiver settles the question as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lint_plugin.facts import CallSite
from lint_plugin.rules.base import Context, Default, Rule
from lint_plugin.rules.sites import remedy, spelled

RULE: Final = Rule(
    "CMK105", "possible-raw-call", "a typical chain of a provider's SDK on a receiver that could not be resolved", Default.OFF
)
CONSUMES: Final = CallSite


def check(site: CallSite, context: Context) -> Iterator[str]:
    """Report what is likely a raw call."""
    if site.kind == "possible" and site.raw and not site.allowed and not site.recorded:
        yield f"{spelled(site)} may be a raw call, its receiver could not be resolved; annotate it or {remedy(site, context.policy)}"
