"""Read answers of Bedrock's invoke: each house's own shape, and counts in the head where the body has none."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.prices import context_key
from cost_lib.families.any_shape import EVERY, METRICS, fold, read_plain, shape_of
from cost_lib.families.around import Around
from cost_lib.families.bedrock import surroundings
from cost_lib.families.fields import Body, count, table, text
from cost_lib.families.reading import Family, Reading
from cost_lib.families.shapes import SHAPES
from cost_lib.model import Usage

HEADERS: Final = tuple(f"x-amzn-bedrock-{name}-token-count" for name in ("input", "cache-read-input", "cache-write-input", "output"))
OPAQUE: Final = "application-inference-profile"
AMAZON: Final = "amazon."  # its images cost by size and quality
LARGE, SMALL = 1024, 512


def read(body: Body, around: Around) -> Reading:
    """Read the answer of a model, whatever house it is of."""
    tier, context = surroundings(body, around)
    reader = SHAPES.get(shape_of(body))
    found = reader(body, around) if reader is not None else Reading()
    if not isinstance(found.usage, Usage):
        found = read_plain(body, around)
    usage = found.usage if isinstance(found.usage, Usage) else _of_head(around)
    if usage is None and (usage := _images(body)) is not None:
        context = context_key(context, *_drawn(around))
    model = around.model()
    if OPAQUE in model and text(body, "model"):
        model = text(body, "model")
    return Reading(usage, model, tier, context)


def is_last(body: Body) -> bool:
    """Say whether no usage comes after an event."""
    return METRICS in body or bool(table(body, "metadata", "usage"))


def _of_head(around: Around) -> Usage | None:
    counts = [around.headers.get(name, "") for name in HEADERS]
    if not any(count.isdecimal() for count in counts):
        return None
    given, read_, written, made = (int(count) if count.isdecimal() else 0 for count in counts)
    return Usage(given, read_, written, output_tokens=made)


def _drawn(around: Around) -> tuple[str, str]:
    """Return what was asked of an image of Amazon's: its size where that is not the usual one, and its quality."""
    asked = table(around.asked(), "imageGenerationConfig")
    if AMAZON not in around.model():
        return "", ""
    size = max(count(asked, "width"), count(asked, "height")) or LARGE
    return "2048" if size > LARGE else "512" if size <= SMALL and "titan" in around.model() else "", text(asked, "quality")


def _images(body: Body) -> Usage | None:
    images = body.get("images") or body.get("artifacts")
    return Usage(units={"images": len(images)}) if isinstance(images, list) and images else None


INVOKE: Final = Family(read, is_last, EVERY, fold, is_running=True)
