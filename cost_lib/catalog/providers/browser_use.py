"""Know Browser Use: the agent and its own chat-model classes."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import ClientClass, Layer, Method, Provider

MODEL = "browser_use.llm.base.BaseChatModel"

PROVIDER: Final = Provider(
    name="browser-use",
    layer=Layer.FRAMEWORK,
    packages=("browser-use",),
    source="browser-use 0.13.14, source read",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=("browser_use.Agent", "browser_use.agent.service.Agent", "browser_use.CodeAgent"),
            methods=(
                Method("run", api="agent", model=""),
                Method("run_sync", api="agent", model=""),
                Method("step", api="agent", model=""),
                Method("take_step", api="agent", model=""),
                Method("get_model_output", model=""),
                Method("rerun_history", api="agent", model=""),
                Method("load_and_rerun", api="agent", model=""),
            ),
            free=("pause", "resume", "stop", "close", "add_new_task", "save_history", "multi_act"),
            parts=("llm",),
            model="",
        ),
        ClientClass(
            names=(MODEL, "browser_use.llm.BaseChatModel"),
            methods=(Method("ainvoke", model=""),),
            free=("get_client",),
            abstract=True,
        ),
        ClientClass(names=("browser_use.ChatOpenAI", "browser_use.Chat*", "browser_use.llm.*Chat*"), bases=(MODEL,)),
    ),
)
