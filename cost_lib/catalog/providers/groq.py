"""Know Groq's SDK."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import Bills, ClientClass, Host, Layer, Method, Provider

CLIENT = "groq.Groq"
COMPLETIONS = "groq.resources.chat.completions.Completions"

PROVIDER: Final = Provider(
    name="groq",
    layer=Layer.SDK,
    packages=("groq",),
    source="groq 1.7.0 introspected; 0.x has the same surface",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=(CLIENT, "groq.Client", "groq._client.Groq"),
            views=("with_raw_response", "with_streaming_response"),
            same=("with_options", "copy"),
            model="",
            methods=(
                Method("chat.completions.create"),
                Method("embeddings.create", api="embeddings"),
                Method("audio.speech.create", api="audio"),
                Method("audio.transcriptions.create", api="audio"),
                Method("audio.translations.create", api="audio"),
                Method("batches.create", Bills.JOB, "batch", model=""),
            ),
            free=("batches.retrieve", "batches.list", "batches.cancel", "files.create", "models.list", "models.retrieve"),
        ),
        ClientClass(
            names=("groq.AsyncGroq", "groq.AsyncClient", "groq._client.AsyncGroq"),
            bases=(CLIENT,),
            model="",
            asynchronous=True,
        ),
        ClientClass(
            names=(
                COMPLETIONS,
                "groq.resources.chat.Completions",
                "groq.resources.chat.completions.AsyncCompletions",
                "groq.resources.chat.AsyncCompletions",
            ),
            views=("with_raw_response", "with_streaming_response"),
            model="",
            methods=(Method("create"),),
        ),
    ),
    hosts=(
        Host(
            host="api.groq.com",
            paths=(
                "/openai/v1/chat/completions",
                "/openai/v1/responses",
                "/openai/v1/embeddings",
                "/openai/v1/audio/speech",
                "/openai/v1/audio/transcriptions",
                "/openai/v1/audio/translations",
                "/openai/v1/batches",
            ),
            free=("/openai/v1/models", "/openai/v1/files"),
        ),
    ),
)
