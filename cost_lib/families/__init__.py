"""Know the families of responses: some twenty shapes carry the usage of every provider; each is imported when it is met."""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from typing import Final

from cost_lib.families.reading import Family

__all__ = ["Family", "any_family", "family_of"]

# by the end of the URL's path, the first that fits: endpoint, and where its family is
ENDS: Final = (
    ("/chat/completions", "chat", "openai.CHAT"),
    ("/completions", "completions", "openai.CHAT"),
    ("/api/embeddings", "embeddings", "ollama.OLLAMA"),
    ("/embeddings", "embeddings", "openai.EMBEDDINGS"),
    ("/responses", "responses", "responses.RESPONSES"),
    ("/responses/compact", "responses", "responses.RESPONSES"),
    ("/messages", "messages", "anthropic.MESSAGES"),
    ("/complete", "complete", "shapes.ANY"),
    ("/images/generations", "images", "images.IMAGES"),
    ("/images/edits", "images", "images.IMAGES"),
    ("/images/variations", "images", "images.IMAGES"),
    ("/audio/speech", "speech", "sound.SPEECH"),
    ("/v1/speak", "speech", "sound.SPEECH"),
    ("/audio/transcriptions", "transcriptions", "sound.TRANSCRIPTION"),
    ("/audio/translations", "transcriptions", "sound.TRANSCRIPTION"),
    ("/v1/listen", "transcriptions", "sound.LISTENING"),
    (":generateContent", "generateContent", "gemini.CONTENT"),
    (":streamGenerateContent", "streamGenerateContent", "gemini.CONTENT"),
    (":embedContent", "embedContent", "gemini.EMBEDDINGS"),
    (":batchEmbedContents", "embedContent", "gemini.EMBEDDINGS"),
    (":predict", "predict", "gemini.PREDICTION"),
    (":rawPredict", "rawPredict", "shapes.ANY"),
    (":streamRawPredict", "rawPredict", "shapes.ANY"),
    ("/interactions", "interactions", "interactions.INTERACTIONS"),
    ("/converse", "converse", "bedrock.CONVERSE"),
    ("/converse-stream", "converse", "bedrock.CONVERSE"),
    ("/invoke", "invoke", "invoke.INVOKE"),
    ("/invoke-with-response-stream", "invoke", "invoke.INVOKE"),
    ("/retrieveAndGenerate", "agent", "bedrock.AGENT"),
    ("/retrieveAndGenerateStream", "agent", "bedrock.AGENT"),
    ("/api/chat", "chat", "ollama.OLLAMA"),
    ("/api/generate", "generate", "ollama.OLLAMA"),
    ("/api/embed", "embeddings", "ollama.OLLAMA"),
    ("/v2/chat", "chat", "cohere.COHERE"),
    ("/v1/chat", "chat", "shapes.ANY"),  # Cohere's first version and Writer
    ("/v1/generate", "generate", "cohere.COHERE"),
    ("/v1/embed", "embeddings", "shapes.VECTORS"),
    ("/v2/embed", "embeddings", "shapes.VECTORS"),
    ("/rerank", "rerank", "shapes.ANY"),
    ("/v1/classify", "classify", "cohere.COHERE"),
    ("/v1/summarize", "summarize", "cohere.COHERE"),
    ("/generation/text", "generation", "watsonx.WATSONX"),
    ("/generation/text_stream", "generation", "watsonx.WATSONX"),
    ("/text/generation", "generation", "watsonx.WATSONX"),
    ("/text/generation_stream", "generation", "watsonx.WATSONX"),
    ("/ocr", "ocr", "documents.PAGES"),
)
# what the end alone does not tell: a part that spares most paths the pattern, and the pattern
PARTS: Final = (
    ("/publishers/anthropic/", r"/publishers/anthropic/models/[^/]+:(?:streamR|r)awPredict$", "messages", "anthropic.MESSAGES"),
    ("/text-to-speech/", r"/text-to-speech/[^/]+(?:/stream)?$", "speech", "sound.SPEECH"),
    ("/agents/", r"/agents/(?!completions$)[^/]+(?:/agentAliases/[^/]+/sessions/[^/]+/text)?$", "agent", "bedrock.AGENT"),
)


def family_of(path: str) -> tuple[str, Family] | None:
    """Return the endpoint and the family of answers by a URL's path."""
    for part, pattern, endpoint, home in PARTS:
        if part in path and re.search(pattern, path):
            return endpoint, _load(home)
    return next(((endpoint, _load(home)) for end, endpoint, home in ENDS if path.endswith(end)), None)


def any_family() -> Family:
    """Return the family of answers whose path says nothing: it looks at the answer itself."""
    return _load("shapes.ANY")


@cache
def _load(home: str) -> Family:
    module, _, name = home.partition(".")
    family: Family = getattr(import_module(f"cost_lib.families.{module}"), name)
    return family
