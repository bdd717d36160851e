"""Report a comment that silences nothing.

## What it does

Reports `# costmark: allow[...]` and `# noqa` comments whose codes silence nothing on their line. Of `allow[CMK101, CMK201]` only the
code that does nothing is named. A bare `# noqa`, and one that names codes of other tools as well, is left to flake8. Nothing is
said of rules that the policy turned off, nor of codes that `no-inline` overrules.

## Why is this bad

The comment outlives its reason, and hides the next raw call on that line.

## Example

```python
from cost_lib import tagged
from openai import OpenAI

client = tagged(OpenAI(), feature="faq_answer")
client.responses.create(model="gpt-4o-mini", input="Hello")  # costmark: allow[CMK101] not migrated yet
```

## Use instead

```python
from cost_lib import tagged
from openai import OpenAI

client = tagged(OpenAI(), feature="faq_answer")
client.responses.create(model="gpt-4o-mini", input="Hello")
```

## Options

- `disable`: nothing is said of comments for rules that are off.
- `no-inline`: codes that comments cannot silence.

## Fix safety

Safe. The comment is removed, or the codes in it that do nothing.
"""

from __future__ import annotations

from typing import Final

from lint_plugin.rules.base import Fix, Rule

RULE: Final = Rule("CMK901", "unused-suppression", "a comment that silences nothing", fix=Fix.SAFE)
