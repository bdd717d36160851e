"""Know Strands Agents: agents, graphs, swarms, models."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import Bills, ClientClass, Layer, Method, Provider

AGENT = "strands.Agent"
MODEL = "strands.models.Model"
GRAPH = "strands.multiagent.Graph"

PROVIDER: Final = Provider(
    name="strands-agents",
    layer=Layer.FRAMEWORK,
    packages=("strands-agents",),
    source="strands-agents 1.62.0, source read",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=(AGENT, "strands.agent.Agent", "strands.agent.agent.Agent"),
            methods=(
                Method("", api="agent", model=""),
                Method("invoke_async", api="agent", model=""),
                Method("stream_async", api="agent", model=""),
                Method("structured_output", api="agent", model=""),
                Method("structured_output_async", api="agent", model=""),
            ),
            free=("tool.*", "cancel", "shutdown", "shutdown_async"),
            parts=("model",),
        ),
        ClientClass(
            names=(GRAPH, "strands.multiagent.graph.Graph", "strands.multiagent.Swarm", "strands.multiagent.swarm.Swarm"),
            methods=(
                Method("", api="agent", model=""),
                Method("invoke_async", api="agent", model=""),
                Method("stream_async", api="agent", model=""),
            ),
            free=("add_hook", "serialize_state", "deserialize_state"),
            parts=("nodes",),
            model="",
        ),
        ClientClass(
            names=("strands.multiagent.GraphBuilder", "strands.multiagent.graph.GraphBuilder"),
            methods=(Method("build", Bills.FREE, "", returns=GRAPH, model=""),),
            free=("add_node", "add_edge", "set_entry_point"),
            model="",
        ),
        ClientClass(
            names=(MODEL, "strands.models.model.Model", "strands.types.models.Model"),
            methods=(Method("stream", model=""), Method("structured_output", model=""), Method("converse", model="")),
            free=("count_tokens", "estimate_utilization", "get_config", "update_config"),
            abstract=True,
            model="model_id",
        ),
        ClientClass(
            names=(
                "strands.models.BedrockModel",
                "strands.models.bedrock.BedrockModel",
                "strands.models.anthropic.AnthropicModel",
                "strands.models.gemini.GeminiModel",
                "strands.models.litellm.LiteLLMModel",
                "strands.models.llamaapi.LlamaAPIModel",
                "strands.models.mistral.MistralModel",
                "strands.models.ollama.OllamaModel",
                "strands.models.openai.OpenAIModel",
                "strands.models.openai_responses.OpenAIResponsesModel",
                "strands.models.sagemaker.SageMakerAIModel",
                "strands.models.writer.WriterModel",
            ),
            bases=(MODEL,),
            model="model_id",
        ),
        ClientClass(names=("strands.models.llamacpp.LlamaCppModel",), own=False, model="model_id"),
    ),
)
