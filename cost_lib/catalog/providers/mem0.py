"""Know Mem0 and Embedchain: memories and chat-over-documents apps that ask a model and embed."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import Bills, ClientClass, Function, Layer, Method, Provider

MEMORY = "mem0.Memory"
APP = "embedchain.App"

PROVIDER: Final = Provider(
    name="mem0",
    layer=Layer.FRAMEWORK,
    packages=("mem0ai", "embedchain"),
    source="mem0ai 2.2.1, embedchain 0.1.128, source read",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=(MEMORY, "mem0.AsyncMemory", "mem0.memory.main.Memory", "mem0.memory.main.AsyncMemory"),
            methods=(
                Method("add", model=""),
                Method("search", api="embeddings", model=""),
                Method("update", api="embeddings", model=""),
            ),
            free=("get", "get_all", "delete", "delete_all", "history", "reset", "chat"),
            model="",
        ),
        ClientClass(
            names=("mem0.proxy.main.Mem0",),
            methods=(Method("chat.completions.create"),),
            model="",
        ),
        ClientClass(
            names=(
                APP,
                "embedchain.Pipeline",
                "embedchain.OpenSourceApp",
                "embedchain.CustomApp",
                "embedchain.app.App",
                "embedchain.pipeline.Pipeline",
                "embedchain.store.assistants.OpenAIAssistant",
                "embedchain.store.assistants.AIAssistant",
            ),
            methods=(
                Method("query", model=""),
                Method("chat", model=""),
                Method("add", api="embeddings", model=""),
                Method("search", api="embeddings", model=""),
                Method("evaluate", model=""),
            ),
            free=("get_history", "delete", "reset", "get_data_sources", "delete_thread"),
            provider="embedchain",
            model="",
        ),
    ),
    functions=(
        Function(
            names=("mem0.Memory.from_config", "mem0.AsyncMemory.from_config", "mem0.memory.main.Memory.from_config"),
            bills=Bills.FREE,
            api="",
            returns=MEMORY,
            model="",
        ),
        Function(
            names=("embedchain.App.from_config", "embedchain.Pipeline.from_config", "embedchain.app.App.from_config"),
            bills=Bills.FREE,
            api="",
            returns=APP,
            model="",
        ),
    ),
)
