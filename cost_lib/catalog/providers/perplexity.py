"""Know Perplexity's SDK."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import Bills, ClientClass, Host, Layer, Method, Provider

CLIENT = "perplexity.Perplexity"

PROVIDER: Final = Provider(
    name="perplexity",
    layer=Layer.SDK,
    packages=("perplexityai",),
    source="perplexityai 0.46.1 introspected",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=(CLIENT, "perplexity.Client", "perplexity._client.Perplexity"),
            views=("with_raw_response", "with_streaming_response"),
            same=("with_options", "copy"),
            model="",
            methods=(
                Method("chat.completions.create"),
                Method("responses.create", api="responses"),
                Method("search.create", api="search", model=""),
                Method("embeddings.create", api="embeddings"),
                Method("contextualized_embeddings.create", api="embeddings"),
                Method("decisions.create", api="decisions"),
                Method("browser.sessions.create", api="agent", model=""),
                Method("async_.chat.completions.create", Bills.JOB),
                Method("batches.create", Bills.JOB, "batch", model=""),
            ),
            free=(
                "async_.chat.completions.get",
                "async_.chat.completions.list",
                "batches.cancel",
                "files.create",
                "responses.cancel",
                "skills.create",
            ),
        ),
        ClientClass(
            names=("perplexity.AsyncPerplexity", "perplexity.AsyncClient", "perplexity._client.AsyncPerplexity"),
            bases=(CLIENT,),
            model="",
            asynchronous=True,
        ),
    ),
    hosts=(
        Host(
            host="api.perplexity.ai",
            paths=(
                "/chat/completions",
                "/v1/chat/completions",
                "/v1/responses",
                "/responses",
                "/v1/sonar",
                "/search",
                "/v1/embeddings",
                "/v1/contextualizedembeddings",
                "/v1/decisions",
                "/async/chat/completions",
                "/v1/batches",
            ),
            free=("/v1/models",),
        ),
    ),
)
