"""Know Voyage AI's SDK."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import ClientClass, Function, Host, Layer, Method, Provider

CLIENT = "voyageai.Client"

PROVIDER: Final = Provider(
    name="voyageai",
    layer=Layer.SDK,
    packages=("voyageai",),
    source="voyageai 0.5.0 introspected",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=(CLIENT, "voyageai.client.Client"),
            model="",
            methods=(
                Method("embed", api="embeddings"),
                Method("multimodal_embed", api="embeddings"),
                Method("contextualized_embed", api="embeddings"),
                Method("rerank", api="rerank"),
            ),
            free=("count_tokens", "count_usage", "tokenize", "tokenizer"),
        ),
        ClientClass(names=("voyageai.AsyncClient", "voyageai.client_async.AsyncClient"), bases=(CLIENT,), model="", asynchronous=True),
    ),
    functions=(
        Function(
            names=(
                "voyageai.get_embedding",
                "voyageai.get_embeddings",
                "voyageai.aget_embedding",
                "voyageai.aget_embeddings",
                "voyageai.Embedding.create",
                "voyageai.Embedding.acreate",
                "voyageai.MultimodalEmbedding.create",
                "voyageai.MultimodalEmbedding.acreate",
                "voyageai.ContextualizedEmbedding.create",
                "voyageai.ContextualizedEmbedding.acreate",
            ),
            api="embeddings",
        ),
        Function(names=("voyageai.Reranking.create", "voyageai.Reranking.acreate"), api="rerank"),
    ),
    hosts=(
        Host(
            host="api.voyageai.com",
            paths=("/v1/embeddings", "/v1/multimodalembeddings", "/v1/contextualizedembeddings", "/v1/rerank"),
        ),
        Host(host="ai.mongodb.com", paths=("/v1/embeddings", "/v1/multimodalembeddings", "/v1/contextualizedembeddings", "/v1/rerank")),
    ),
)
