"""Know ZeroEntropy's SDK."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import ClientClass, Host, Layer, Method, Provider

CLIENT = "zeroentropy.ZeroEntropy"

PROVIDER: Final = Provider(
    name="zeroentropy",
    layer=Layer.SDK,
    packages=("zeroentropy",),
    source="zeroentropy 0.1.0a11 introspected",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=(CLIENT, "zeroentropy.Client"),
            model="",
            methods=(
                Method("models.embed", api="embeddings"),
                Method("models.rerank", api="rerank"),
                Method("queries.top_documents", api="search"),
                Method("queries.top_pages", api="search"),
                Method("queries.top_snippets", api="search"),
            ),
            free=("status", "collections", "documents"),
        ),
        ClientClass(
            names=("zeroentropy.AsyncZeroEntropy", "zeroentropy.AsyncClient"),
            bases=(CLIENT,),
            model="",
            asynchronous=True,
        ),
    ),
    hosts=(
        Host(
            host="api.zeroentropy.dev",
            paths=(
                "/v1/models/embed",
                "/v1/models/rerank",
                "/v1/queries/top-documents",
                "/v1/queries/top-pages",
                "/v1/queries/top-snippets",
            ),
        ),
    ),
)
