"""Report a tag that is in neither the event nor the policy's schema.

## What it does

Knows the tags that every event has (feature, team, project, cost_center, owner, user_id, user_segment, environment, priority,
request_type, prompt_version, chain_id, session_id) and those that the policy declares under `[tags.NAME]`; any other keyword of
`tagged`, `tags` or `record_call` is reported. If it is one edit away from a required tag that is missing (`featuer`), this finding
stands alone and the tag is not reported as missing as well. Other keys of the event (`model`, `latency_ms`) are no tags, and
arguments of a house wrapper that are no tags are never reported.

## Why is this bad

A misspelt key tags nothing, and reports that group by the right one do not show the call.

## Example

```python
from cost_lib import tagged
from openai import OpenAI

client = tagged(OpenAI(), featuer="faq_answer")
client.responses.create(model="gpt-4o-mini", input="How do I reset my password?")
```

## Use instead

```python
from cost_lib import tagged
from openai import OpenAI

client = tagged(OpenAI(), feature="faq_answer")
client.responses.create(model="gpt-4o-mini", input="How do I reset my password?")
```

## Options

- `[tags.NAME]`: declares a tag of your own.

## Fix safety

Safe. Correcting the key changes what is recorded and nothing else; a key that is like no known one is left.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lint_plugin.facts import TagValue
from lint_plugin.rules.base import Context, Fix, Rule
from lint_plugin.rules.wording import nearest

RULE: Final = Rule("CMK210", "unknown-tag", "a tag that is in neither the event nor the policy's schema", fix=Fix.SAFE)
CONSUMES: Final = TagValue


def check(tag: TagValue, context: Context) -> Iterator[str]:
    """Report keys that nobody declared."""
    known = context.policy.tags
    if tag.strict and tag.key not in known:
        meant = tag.misspelt or nearest(tag.key, known)
        yield f"{tag.key} is not a known tag; {f'did you mean {meant}?' if meant else f'declare it as [tags.{tag.key}] in the policy'}"
