"""Know Cerebras' SDK."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import ClientClass, Host, Layer, Method, Provider

CLIENT = "cerebras.cloud.sdk.Cerebras"

PROVIDER: Final = Provider(
    name="cerebras",
    layer=Layer.SDK,
    packages=("cerebras-cloud-sdk",),
    source="cerebras-cloud-sdk 1.91.0 introspected",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=(CLIENT, "cerebras.cloud.sdk.Client", "cerebras.cloud.sdk._client.Cerebras"),
            views=("with_raw_response", "with_streaming_response"),
            same=("with_options", "copy"),
            model="",
            methods=(Method("chat.completions.create"), Method("completions.create", api="completions")),
            free=("models.list", "models.retrieve"),
        ),
        ClientClass(
            names=("cerebras.cloud.sdk.AsyncCerebras", "cerebras.cloud.sdk.AsyncClient", "cerebras.cloud.sdk._client.AsyncCerebras"),
            bases=(CLIENT,),
            model="",
            asynchronous=True,
        ),
    ),
    hosts=(Host(host="api.cerebras.ai", paths=("/v1/chat/completions", "/v1/completions"), free=("/v1/models",)),),
)
