"""Know Sber's GigaChat SDK and host."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import ClientClass, Host, Layer, Method, Provider

CLIENT = "gigachat.GigaChat"

PROVIDER: Final = Provider(
    name="gigachat",
    layer=Layer.SDK,
    packages=("gigachat",),
    source="gigachat as published in November 2026, read in the package",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=(
                CLIENT,
                "gigachat.client.GigaChat",
                "gigachat.GigaChatSyncClient",
                "gigachat.client.GigaChatSyncClient",
                "gigachat.GigaChatAsyncClient",
                "gigachat.client.GigaChatAsyncClient",
            ),
            methods=(
                Method("chat", model=""),
                Method("achat", model=""),
                Method("chat.*", model=""),
                Method("achat.*", model=""),
                Method("chat_parse", model=""),
                Method("achat_parse", model=""),
                Method("stream", model=""),
                Method("astream", model=""),
                Method("embeddings", api="embeddings"),
                Method("aembeddings", api="embeddings"),
                Method("threads.run_messages", api="agent", model=""),
                Method("a_threads.run_messages", api="agent", model=""),
            ),
            free=("tokens_count", "atokens_count", "get_models", "aget_models", "upload_file", "aupload_file", "check_ai"),
        ),
    ),
    hosts=(Host(host="gigachat.devices.sberbank.ru", paths=("/api/v1/chat/completions", "/api/v1/embeddings"), free=("/api/v1/models",)),),
)
