"""Read answers that hold images: billed by tokens where the answer says how many, else by the image."""

from __future__ import annotations

from typing import Final

from cost_lib.families.around import Around
from cost_lib.families.contexts import context_of
from cost_lib.families.fields import Body, count, some, table, tables, text
from cost_lib.families.reading import Family, Reading
from cost_lib.families.reported_cost import cost_of
from cost_lib.model import Pass, Usage

BY_SIZE: Final = "dall-e-"  # the models whose price depends on what the request asks for


def read(body: Body, around: Around) -> Reading:
    """Read generated, edited and varied images."""
    usage = table(body, "usage")
    asked = around.model()
    model = text(body, "model") or asked
    context = ""
    if model.startswith(BY_SIZE):
        context = context_of(around, "", around.word("size"), around.word("quality"))
    made = len(tables(body, "data")) or len(tables(body, "images"))
    if count(usage, "input_tokens") or count(usage, "output_tokens"):
        return Reading(_tokens(usage), text(body, "model"), "", context_of(around, ""), cost_of(usage), _authored(body))
    if written := _authored(body):  # nothing was drawn: another model has written the image
        return Reading(written[0].usage, written[0].model, "", context_of(around, ""))
    found = Usage(units=some(images=made)) if made else None
    return Reading(found, text(body, "model"), "", context, cost_of(usage))


def _authored(body: Body) -> tuple[Pass, ...]:
    """Return what a model used that writes images as text; its tokens are beside those of the drawing."""
    used = table(body, "svg_usage")
    if not count(used, "total_tokens") and not count(used, "output_tokens"):
        return ()
    made = Usage(count(used, "input_tokens"), output_tokens=count(used, "output_tokens"), reasoning_tokens=count(used, "reasoning_tokens"))
    return (Pass(text(used, "model"), "svg", made),)


def is_last(body: Body) -> bool:
    """Say whether no usage comes after an event."""
    return str(body.get("type", "")).endswith(".completed")


def _tokens(usage: Body) -> Usage:
    seen = count(usage, "input_tokens_details", "image_tokens")
    drawn = count(usage, "output_tokens_details", "image_tokens")
    output = count(usage, "output_tokens")
    if not table(usage, "output_tokens_details"):
        drawn = output
    kept = count(usage, "input_tokens_details", "cached_tokens")
    return Usage(
        count(usage, "input_tokens") - seen - kept,
        cache_read_tokens=kept,
        output_tokens=output - drawn,
        units=some(image_input=seen, image_output=drawn),
    )


IMAGES: Final = Family(read, is_last)
