"""Read answers of Ollama, which counts in fields of its own."""

from __future__ import annotations

import re
from typing import Final

from cost_lib.families.around import Around
from cost_lib.families.contexts import context_of
from cost_lib.families.fields import Body, count, text
from cost_lib.families.reading import Family, Reading
from cost_lib.model import Usage


def read(body: Body, around: Around) -> Reading:
    """Read chats, generations and embeddings; on its own machine they are free, in its cloud they are not."""
    model = text(body, "model")
    context = context_of(around, "")
    if "prompt_eval_count" not in body and "eval_count" not in body:
        return Reading(None, model, context=context)
    return Reading(Usage(count(body, "prompt_eval_count"), output_tokens=count(body, "eval_count")), model, context=context)


def is_last(body: Body) -> bool:
    """Say whether no usage comes after an event."""
    return body.get("done") is True


OLLAMA: Final = Family(read, is_last, (re.compile(rb'"done"\s*:\s*true'),))
