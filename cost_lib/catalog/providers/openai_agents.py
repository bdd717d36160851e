"""Know the OpenAI Agents SDK: the runner, its models, realtime sessions and voice pipelines."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import Bills, ClientClass, Function, Layer, Method, Provider, Transport

MODEL = "agents.models.interface.Model"
SESSION = "agents.realtime.RealtimeSession"

PROVIDER: Final = Provider(
    name="openai-agents",
    layer=Layer.FRAMEWORK,
    packages=("openai-agents",),
    source="openai-agents 0.24.0, source read",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=("agents.run.AgentRunner",),
            methods=(
                Method("run", api="agent", model=""),
                Method("run_sync", api="agent", model=""),
                Method("run_streamed", api="agent", model=""),
            ),
            model="",
        ),
        ClientClass(
            names=(MODEL, "agents.Model", "agents.models.Model"),
            methods=(Method("get_response", api="responses", model=""), Method("stream_response", api="responses", model="")),
            free=("get_retry_advice", "close"),
            abstract=True,
        ),
        ClientClass(
            names=(
                "agents.OpenAIChatCompletionsModel",
                "agents.OpenAIResponsesModel",
                "agents.models.openai_chatcompletions.OpenAIChatCompletionsModel",
                "agents.models.openai_responses.OpenAIResponsesModel",
                "agents.extensions.models.litellm_model.LitellmModel",
                "agents.extensions.models.any_llm_model.AnyLLMModel",
            ),
            bases=(MODEL,),
            parts=("openai_client",),
        ),
        ClientClass(
            names=("agents.OpenAIResponsesWSModel", "agents.models.openai_responses.OpenAIResponsesWSModel"),
            methods=(
                Method("get_response", api="responses", transport=Transport.WEBSOCKET, model=""),
                Method("stream_response", api="responses", transport=Transport.WEBSOCKET, model=""),
            ),
        ),
        ClientClass(
            names=("agents.realtime.RealtimeRunner", "agents.realtime.runner.RealtimeRunner"),
            methods=(Method("run", Bills.FREE, "realtime", returns=SESSION, model=""),),
            model="",
        ),
        ClientClass(
            names=(SESSION, "agents.realtime.session.RealtimeSession"),
            methods=(
                Method("enter", api="realtime", transport=Transport.WEBSOCKET, model=""),
                Method("send_message", api="realtime", transport=Transport.WEBSOCKET, model=""),
                Method("send_audio", api="realtime", transport=Transport.WEBSOCKET, model=""),
            ),
            free=("interrupt", "close", "update_agent"),
            model="",
        ),
        ClientClass(
            names=("agents.voice.VoicePipeline", "agents.voice.pipeline.VoicePipeline"),
            methods=(Method("run", api="audio", model=""),),
            model="",
        ),
    ),
    functions=(
        Function(
            names=(
                "agents.Runner.run",
                "agents.Runner.run_sync",
                "agents.Runner.run_streamed",
                "agents.run.Runner.run",
                "agents.run.Runner.run_sync",
                "agents.run.Runner.run_streamed",
                "agents.run_demo_loop",
                "agents.repl.run_demo_loop",
            ),
            api="agent",
            model="",
        ),
    ),
)
