"""Know Outlines: models behind an API, and the generators built on them; local models are not here."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import Bills, ClientClass, Function, Layer, Method, Provider

MODEL = "outlines.models.OpenAI"
GENERATOR = "outlines.Generator()"

PROVIDER: Final = Provider(
    name="outlines",
    layer=Layer.FRAMEWORK,
    packages=("outlines",),
    source="outlines 1.3.3 and 0.2.3, source read",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=(
                MODEL,
                "outlines.models.AsyncOpenAI",
                "outlines.models.Anthropic",
                "outlines.models.Dottxt",
                "outlines.models.Gemini",
                "outlines.models.Mistral",
                "outlines.models.AsyncMistral",
                "outlines.models.openai.*OpenAI",
                "outlines.models.anthropic.Anthropic",
                "outlines.models.gemini.Gemini",
                "outlines.models.mistral.*Mistral",
            ),
            methods=(
                Method("", model=""),
                Method("batch", model=""),
                Method("stream", model=""),
                Method("generate", model=""),
                Method("generate_batch", model=""),
                Method("generate_stream", model=""),
            ),
            parts=("client",),
            model="model_name",
        ),
        ClientClass(
            names=(GENERATOR, "outlines.generator.BlackBoxGenerator", "outlines.generator.AsyncBlackBoxGenerator"),
            methods=(Method("", model=""), Method("batch", model=""), Method("stream", model="")),
            parts=("model",),
            own=False,
            model="",
        ),
    ),
    functions=(
        Function(
            names=(
                "outlines.from_openai",
                "outlines.from_anthropic",
                "outlines.from_dottxt",
                "outlines.from_gemini",
                "outlines.from_mistral",
                "outlines.models.from_openai",
                "outlines.models.from_anthropic",
                "outlines.models.from_gemini",
                "outlines.models.from_mistral",
                "outlines.models.openai",
                "outlines.models.azure_openai",
            ),
            bills=Bills.FREE,
            api="",
            returns=MODEL,
            parts=("client",),
            positions=("client", "model_name"),
            model="model_name",
        ),
        Function(
            names=(
                "outlines.Generator",
                "outlines.generator.Generator",
                "outlines.generate.choice",
                "outlines.generate.format",
                "outlines.generate.json",
                "outlines.generate.regex",
                "outlines.generate.text",
            ),
            bills=Bills.FREE,
            api="",
            returns=GENERATOR,
            parts=("model",),
            positions=("model",),
            own=False,
            model="",
        ),
    ),
)
