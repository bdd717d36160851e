"""Know Ollama's SDK; only calls that ollama.com serves cost money, but the client class does not tell which."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import ClientClass, Function, Host, Layer, Method, Provider

CLIENT = "ollama.Client"
API_PATHS = (
    "/api/chat",
    "/api/generate",
    "/api/embed",
    "/api/embeddings",
    "/v1/chat/completions",
    "/v1/completions",
    "/v1/embeddings",
    "/v1/responses",
    "/v1/messages",
)
FREE_PATHS = ("/api/tags", "/api/show", "/api/pull", "/api/ps", "/v1/models")

PROVIDER: Final = Provider(
    name="ollama",
    layer=Layer.SDK,
    packages=("ollama",),
    source="ollama 0.6.3 introspected",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=(CLIENT, "ollama._client.Client"),
            model="",
            methods=(
                Method("chat"),
                Method("generate", api="completions"),
                Method("embed", api="embeddings"),
                Method("embeddings", api="embeddings"),
                Method("systemone", api="decisions"),
                Method("web_search", api="search", model=""),
                Method("web_fetch", api="search", model=""),
            ),
            free=("create", "copy", "delete", "list", "ps", "pull", "push", "show"),
        ),
        ClientClass(names=("ollama.AsyncClient", "ollama._client.AsyncClient"), bases=(CLIENT,), model="", asynchronous=True),
    ),
    functions=(
        Function(names=("ollama.chat",)),
        Function(names=("ollama.generate",), api="completions"),
        Function(names=("ollama.embed", "ollama.embeddings"), api="embeddings"),
        Function(names=("ollama.systemone",), api="decisions"),
        Function(names=("ollama.web_search", "ollama.web_fetch"), api="search", model=""),
    ),
    hosts=(
        Host(host="ollama.com", paths=API_PATHS, free=FREE_PATHS),
        Host(host="localhost:11434", paths=API_PATHS, free=FREE_PATHS),
        Host(host="127.0.0.1:11434", paths=API_PATHS, free=FREE_PATHS),
    ),
)
