"""Read answers of Cohere: what it bills stands beside what it processed, which is more."""

from __future__ import annotations

import re
from typing import Final

from cost_lib.families.around import Around
from cost_lib.families.fields import Body, count, some, table, text
from cost_lib.families.reading import Family, Reading, lay_over
from cost_lib.model import Usage


def read(body: Body, around: Around) -> Reading:  # noqa: ARG001 - the shape of all readers
    """Read chats, generations, embeddings and rankings of both versions."""
    billed = table(body, "usage", "billed_units") or table(body, "meta", "billed_units") or table(body, "delta", "usage", "billed_units")
    if not billed:
        return Reading(None, text(body, "model"))
    seen = count(billed, "image_tokens")
    found = Usage(
        input_tokens=count(billed, "input_tokens") or count(billed, "text_tokens"),
        output_tokens=count(billed, "output_tokens"),
        units=some(
            image_input=seen,
            images=0 if seen else count(billed, "images"),  # by the image or by its tokens, never both
            rerank_searches=count(billed, "search_units"),
            classifications=count(billed, "classifications"),
            pages=count(billed, "pages"),
        ),
    )
    return Reading(found, text(body, "model"))


def fold(merged: Body, body: Body) -> None:
    """Add an event of a stream; the last one of the second version wraps its usage."""
    lay_over(merged, {**body, **table(body, "delta")} if body.get("type") == "message-end" else body)


def is_last(body: Body) -> bool:
    """Say whether no usage comes after an event."""
    return body.get("type") == "message-end" or body.get("event_type") == "stream-end"


BILLED: Final = re.compile(rb'"billed_units"\s*:\s*\{')
ENDED: Final = re.compile(rb'"(?:is_finished"\s*:\s*true|type"\s*:\s*"message-end")')
COHERE: Final = Family(read, is_last, (BILLED, ENDED), fold)
