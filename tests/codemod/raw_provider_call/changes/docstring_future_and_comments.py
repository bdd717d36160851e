#!/usr/bin/env python
# -*- coding: utf-8 -*-
"""Imports keep their places."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

# the model's own library
import anthropic

from .local import thing

if TYPE_CHECKING:
    from cost_lib import tagged as Tagged

client = anthropic.Anthropic()
client.messages.create(model="claude-sonnet-4-5", max_tokens=1, messages=[thing, os, sys])
# output
#!/usr/bin/env python
# -*- coding: utf-8 -*-
"""Imports keep their places."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

# the model's own library
import anthropic
from cost_lib import tagged as costmark_tagged

from .local import thing

if TYPE_CHECKING:
    from cost_lib import tagged as Tagged

client = anthropic.Anthropic()
costmark_tagged(client, feature="docstring_future_and_comments").messages.create(model="claude-sonnet-4-5", max_tokens=1, messages=[thing, os, sys])
