"""Know Swarm, the educational agent loop over OpenAI's chat completions."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import ClientClass, Function, Layer, Method, Provider

PROVIDER: Final = Provider(
    name="swarm",
    layer=Layer.FRAMEWORK,
    packages=("openai-swarm",),
    source="https://github.com/openai/swarm, source read",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=("swarm.Swarm", "swarm.core.Swarm"),
            methods=(
                Method("run", api="agent", model="model_override"),
                Method("run_and_stream", api="agent", model="model_override"),
                Method("get_chat_completion", model="model_override"),
            ),
            free=("handle_function_result", "handle_tool_calls"),
            parts=("client",),
            model="",
        ),
    ),
    functions=(Function(names=("swarm.repl.run_demo_loop", "swarm.repl.repl.run_demo_loop"), api="agent", model=""),),
)
