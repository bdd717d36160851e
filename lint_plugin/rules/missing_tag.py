"""Report a call for which a required tag is not proven.

## What it does

Asks of every billable call that is not raw where its required tags come from. One of these has to bring each of them, on every
way that leads to the call:

1. the call's own keyword, for a wrapper of the house;
2. the receiver: `tagged(client, feature="faq_answer")`;
3. a `with tags(...)` in the same function body, around the call (not around `tagged`);
4. `@tags(...)` on the innermost `def`, below a decorator that registers it (a route, a task) and above or below `staticmethod`;
5. `inherited`, or a parameter passed through: then the callers are asked (CMK207);
6. the policy: `default` or `from-env` of the tag, or `ambient = true` for what is bound once per request.

A nested `def`, a `lambda`, a class body and a generator expression end a scope; comprehensions do not. A `**kwargs` that cannot be
seen through is unknown and not reported. `record_call` is itself a call that needs its tags. A raw call is reported as raw, never
here as well, unless the policy says `metering = "process"`.

## Why is this bad

A call without its feature is metered and priced, and still belongs to nobody.

## Example

```python
# policy:
# required-tags = ["feature", "team"]
from anthropic import Anthropic
from cost_lib import tagged

client = tagged(Anthropic(), team="support")


def classify(ticket: str) -> object:
    return client.messages.create(
        model="claude-sonnet-4-5", max_tokens=64, messages=[{"role": "user", "content": ticket}]
    )
```

## Use instead

```python
# policy:
# required-tags = ["feature", "team"]
from anthropic import Anthropic
from cost_lib import tagged

client = tagged(Anthropic(), team="support")


def classify(ticket: str) -> object:
    return tagged(client, feature="ticket_classification").messages.create(
        model="claude-sonnet-4-5", max_tokens=64, messages=[{"role": "user", "content": ticket}]
    )
```

Where a function is for one feature, a decorator says so for all of its calls (`costmark fix --style scope`):

```python
# policy:
# required-tags = ["feature", "team"]
from anthropic import Anthropic
from cost_lib import tagged, tags

client = tagged(Anthropic(), team="support")


@tags(feature="ticket_classification")
def classify(ticket: str) -> object:
    return client.messages.create(
        model="claude-sonnet-4-5", max_tokens=64, messages=[{"role": "user", "content": ticket}]
    )
```

## Options

- `required-tags`: what every call has to say, `["feature"]` by default; `[]` is legal. Also per path.
- `[tags.NAME]` with `default`, `from-env` or `ambient`: tags that the policy or the request brings.

## Fix safety

Safe. Adding a keyword to `tagged` or a scope around the call changes what is recorded and nothing else. Values are not made up:
a feature is named after its module or by a plan, other tags come from a plan, CODEOWNERS (`team`, `owner`) or a schema that
lists one value.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from lint_plugin.facts import CallSite
from lint_plugin.rules.base import Context, Fix, Rule
from lint_plugin.rules.sites import is_metered, keywords, spelled
from lint_plugin.rules.wording import listed

if TYPE_CHECKING:
    from cost_lib.policy import Policy, Wrapper

RULE: Final = Rule("CMK201", "missing-tag", "a required tag is not proven for a call", fix=Fix.SAFE)
CONSUMES: Final = CallSite


def check(site: CallSite, context: Context) -> Iterator[str]:
    """Report calls whose attribution is somebody's duty and not done."""
    if site.missing and not site.recorded and _is_judged(site, context.policy):
        yield f"{spelled(site)} is not tagged with {listed(site.missing)}; {_advice(site, context.policy)}"


def _is_judged(site: CallSite, policy: Policy) -> bool:
    """Say whether tags are asked for here, and not whether the call is raw."""
    if site.kind == "possible":
        return False
    if not site.raw:
        # what cannot be metered is CMK101 or CMK103, tagged or not, unless a raw client may be used
        return is_metered(site) or site.allowed
    if site.layer == "http" or site.metering != "process" or not is_metered(site):
        return False
    # ``allow-raw`` does not excuse from tags, but the body of a house wrapper is asked for nothing: its callers are
    return not site.allowed or policy.allows_raw(site.path)


def _advice(site: CallSite, policy: Policy) -> str:
    scope = f"call it inside tags({keywords(site.missing)})"
    if site.raw:
        return scope
    if site.kind != "wrapper":
        return f"write tagged(client, {keywords(site.missing)}) or {scope}"
    wrapper = next((wrapper for wrapper in policy.wrappers if wrapper.name == site.method), None)
    return f"give it {keywords(site.missing) if wrapper is None else _arguments(wrapper, site.missing)}"


def _arguments(wrapper: Wrapper, missing: tuple[str, ...]) -> str:
    """Return how a house wrapper is given its tags."""
    if wrapper.keywords or wrapper.renames:
        return keywords(wrapper.renames.get(name, name) for name in missing)
    entries = ", ".join(f'"{name}": ...' for name in missing)
    return f"{wrapper.arguments[0]}={{{entries}}}" if wrapper.arguments else keywords(missing)
