"""Read answers of watsonx: a stream tells its input first and counts its output up."""

from __future__ import annotations

import re
from typing import Final

from cost_lib.families.around import Around
from cost_lib.families.fields import Body, count, tables, text
from cost_lib.families.reading import Family, Reading
from cost_lib.model import Usage

GIVEN, MADE = "input_token_count", "generated_token_count"


def read(body: Body, around: Around) -> Reading:  # noqa: ARG001 - the shape of all readers
    """Read generated text."""
    rows = tables(body, "results")
    model = text(body, "model_id")
    if not any(name in row for row in rows for name in (GIVEN, MADE)):
        return Reading(None, model)
    return Reading(Usage(sum(count(row, GIVEN) for row in rows), output_tokens=sum(count(row, MADE) for row in rows)), model)


def fold(merged: Body, body: Body) -> None:
    """Add an event of a stream."""
    before, now = tables(merged, "results"), tables(body, "results")
    given = max((count(row, GIVEN) for row in before + now), default=0)
    made = max((count(row, MADE) for row in before + now), default=0)
    merged |= {name: value for name, value in body.items() if value is not None}
    if now and (before or len(now) == 1):
        merged["results"] = [{**now[-1], GIVEN: given, MADE: made}]


def is_last(body: Body) -> bool:
    """Say whether no usage comes after an event."""
    return any(text(row, "stop_reason") not in {"", "not_finished", "NOT_FINISHED"} for row in tables(body, "results"))


WATSONX: Final = Family(read, is_last, (re.compile(rb'_token_count"\s*:'),), fold, is_running=True)
