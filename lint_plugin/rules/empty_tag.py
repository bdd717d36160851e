"""Report a tag that says nothing: empty, blank, `None` or a placeholder.

## What it does

Reports, at the keyword, every value of a tag that is empty, blank or one of the words todo, fixme, tbd, xxx, changeme,
placeholder, none, null and n/a in any case; and `None` for a tag that is required. Such a value is reported here alone, never as
missing or unknown as well.

## Why is this bad

It silences the demand for a tag without answering it. At run time an empty value or `None` never overrides an outer one, so the
call may even be counted for somebody else.

## Example

```python
from cost_lib import tagged
from openai import OpenAI

client = tagged(OpenAI(), feature="TODO")
```

## Use instead

```python
from cost_lib import tagged
from openai import OpenAI

client = tagged(OpenAI(), feature="faq_answer")
```

## Fix safety

Made by hand: only you know the value.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lint_plugin.facts import TagValue, is_blank
from lint_plugin.rules.base import Context, Rule
from lint_plugin.rules.wording import quoted

RULE: Final = Rule("CMK203", "empty-tag", "a tag that is empty, blank, `None` or a placeholder")
CONSUMES: Final = TagValue


def check(tag: TagValue, context: Context) -> Iterator[str]:
    """Report each value that says nothing; a key that is no tag is CMK210 alone."""
    if tag.key not in context.policy.tags:
        return
    advice = f"write the {tag.key} that the call is made for" if tag.key == "feature" else f"write the {tag.key.replace('_', ' ')}"
    for value in tag.literals:
        if is_blank(value):
            yield f"{tag.key}={quoted(value)} {_fault(value)}; {advice}"
    if tag.nothing and tag.required:
        yield f"{tag.key} can be None, which tags nothing; {advice}"


def _fault(value: str) -> str:
    if not value:
        return "is empty"
    return "is a placeholder" if value.strip() else "is blank"
