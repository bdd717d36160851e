"""Know CAMEL: chat agents, role playing, model backends."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import Bills, ClientClass, Function, Layer, Method, Provider

AGENT = "camel.agents.ChatAgent"
BACKEND = "camel.models.base_model.BaseModelBackend"
MADE = "camel.models.ModelFactory.create()"

PROVIDER: Final = Provider(
    name="camel",
    layer=Layer.FRAMEWORK,
    packages=("camel-ai",),
    source="camel-ai 0.2.90, source read",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=(AGENT, "camel.agents.*Agent", "camel.societies.RolePlaying", "camel.societies.role_playing.RolePlaying"),
            methods=(
                Method("step", api="agent", model=""),
                Method("astep", api="agent", model=""),
                Method("summarize", model=""),
                Method("asummarize", model=""),
                Method("run", api="agent", model=""),
            ),
            free=("init_chat", "ainit_chat", "reset", "record_message", "update_memory", "add_tool"),
            same=("clone",),
            parts=("model",),
        ),
        ClientClass(
            names=(BACKEND, "camel.models.BaseModelBackend"),
            methods=(Method("run", model=""), Method("arun", model="")),
            free=("count_tokens_from_messages", "preprocess_messages"),
            own=False,
            abstract=True,
            model="model_type",
        ),
        ClientClass(names=(MADE,), bases=(BACKEND,), model="model_type"),
    ),
    functions=(
        Function(
            names=("camel.models.ModelFactory.create", "camel.models.model_factory.ModelFactory.create"),
            bills=Bills.FREE,
            api="",
            returns=MADE,
            positions=("model_platform", "model_type"),
            model="model_type",
        ),
    ),
)
