"""Know Aleph Alpha's SDK and host."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import ClientClass, Host, Layer, Method, Provider

CLIENT = "aleph_alpha_client.Client"

PROVIDER: Final = Provider(
    name="aleph-alpha",
    layer=Layer.SDK,
    packages=("aleph-alpha-client",),
    source="aleph-alpha-client as published in November 2026, read in the package",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=(CLIENT, "aleph_alpha_client.aleph_alpha_client.Client"),
            model="",
            methods=(
                Method("chat"),
                Method("chat_with_streaming"),
                Method("complete", api="completions"),
                Method("complete_with_streaming", api="completions"),
                Method("evaluate", api="completions"),
                Method("explain", api="completions"),
                Method("embed", api="embeddings"),
                Method("embeddings", api="embeddings"),
                Method("semantic_embed", api="embeddings"),
                Method("batch_semantic_embed", api="embeddings"),
                Method("instructable_embed", api="embeddings"),
                Method("rerank", api="rerank"),
                Method("translate", api="task"),
            ),
            free=("tokenize", "detokenize", "models", "create_steering_concept"),
        ),
        ClientClass(
            names=("aleph_alpha_client.AsyncClient", "aleph_alpha_client.aleph_alpha_client.AsyncClient"),
            bases=(CLIENT,),
            model="",
            asynchronous=True,
        ),
    ),
    hosts=(
        Host(
            host="api.aleph-alpha.com",
            paths=(
                "/complete",
                "/chat/completions",
                "/embed",
                "/embeddings",
                "/semantic_embed",
                "/batch_semantic_embed",
                "/evaluate",
                "/explain",
            ),
            free=("/tokenize", "/detokenize", "/models_available"),
        ),
    ),
)
