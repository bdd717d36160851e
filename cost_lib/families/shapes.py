"""Name the readers of the shapes that an answer's own fields tell apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from cost_lib.families import (
    anthropic,
    bedrock,
    cohere,
    documents,
    gemini,
    images,
    interactions,
    ollama,
    openai,
    responses,
    sound,
    watsonx,
)
from cost_lib.families.any_shape import EVERY, fold, is_last, read_plain, shape_of
from cost_lib.families.around import Around
from cost_lib.families.fields import Body
from cost_lib.families.reading import Family, Reading

SHAPES: Final[Mapping[str, Callable[[Body, Around], Reading]]] = {
    "chat": openai.read,
    "cohere": cohere.read,
    "converse": bedrock.read,
    "gemini": gemini.read,
    "images": images.read,
    "interactions": interactions.read,
    "listening": sound.read_listening,
    "messages": anthropic.read,
    "ollama": ollama.read,
    "pages": documents.read,
    "predictions": gemini.read_prediction,
    "responses": responses.read,
    "transcriptions": sound.read_transcription,
    "watsonx": watsonx.read,
}


def read(body: Body, around: Around) -> Reading:
    """Read an answer by the shape that it turns out to have."""
    reader = SHAPES.get(shape_of(body))
    return reader(body, around) if reader is not None else read_plain(body, around)


ANY: Final = Family(read, is_last, EVERY, fold)
VECTORS: Final = Family(read, is_bulky=True)
