"""Know Volcengine's Ark SDK and host."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import Bills, ClientClass, Host, Layer, Method, Provider

CLIENT = "volcenginesdkarkruntime.Ark"

PROVIDER: Final = Provider(
    name="ark",
    layer=Layer.SDK,
    packages=("volcengine-python-sdk",),
    source="https://github.com/volcengine/volcengine-python-sdk (volcenginesdkarkruntime)",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=(CLIENT, "volcenginesdkarkruntime._client.Ark"),
            views=("with_raw_response", "with_streaming_response"),
            same=("with_options", "copy"),
            model="",
            methods=(
                Method("chat.completions.create"),
                Method("bot_chat.completions.create"),
                Method("batch_chat.completions.create"),
                Method("batch.chat.completions.create"),
                Method("responses.create", api="responses"),
                Method("embeddings.create", api="embeddings"),
                Method("multimodal_embeddings.create", api="embeddings"),
                Method("images.generate", api="images"),
                Method("content_generation.tasks.create", Bills.JOB, "video"),
                Method("context.completions.create"),
            ),
            free=("context.create", "tokenization.create", "files.create"),
        ),
        ClientClass(
            names=("volcenginesdkarkruntime.AsyncArk", "volcenginesdkarkruntime._client.AsyncArk"),
            bases=(CLIENT,),
            model="",
            asynchronous=True,
        ),
    ),
    hosts=(
        Host(
            host="ark.*.volces.com",
            paths=(
                "/api/v3/chat/completions",
                "/api/v3/bots/chat/completions",
                "/api/v3/responses",
                "/api/v3/embeddings",
                "/api/v3/embeddings/multimodal",
                "/api/v3/images/generations",
                "/api/v3/contents/generations/tasks",
            ),
        ),
    ),
)
